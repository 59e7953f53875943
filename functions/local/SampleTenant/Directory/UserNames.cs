using System.Globalization;

namespace SampleTenant.Directory;

/// <summary>A person's or account's name in both scripts, and the local part of its address, unique by construction.</summary>
internal readonly record struct UserName(string Display, string? Given, string? Family, string Local);

/// <summary>
/// Gives each number a name. Going through all pairs of names with a stride that shares no factor with their count uses every pair once
/// before the first namesake, who gets a number in the address as in real life.
/// </summary>
internal sealed class UserNames(ulong seed, bool japanese)
{
    private static readonly (string Code, string Ja, string En)[] SharedMailboxes =
    [
        ("info", "代表窓口", "Information desk"), ("recruit", "採用窓口", "Recruiting"), ("accounting", "経理共有", "Accounting (shared)"),
        ("support", "お客様サポート", "Customer support"), ("reception", "受付端末", "Reception terminal"),
    ];

    private static readonly (string Code, string Ja, string En)[] Services =
    [
        ("svc-scanner", "複合機スキャン送信", "Scan to mail"), ("svc-backup", "バックアップ実行", "Backup runner"), ("svc-batch", "夜間バッチ", "Nightly batch"),
    ];

    public UserName Of(int index, UserKind kind) => kind switch
    {
        UserKind.Shared => Account(SharedMailboxes, index),
        UserKind.Service => Account(Services, index),
        UserKind.BreakGlass => new UserName(japanese ? "緊急用管理者" : "Emergency access", null, null, "emergency-admin"),
        _ => Person(index, kind),
    };

    private UserName Account((string Code, string Ja, string En)[] list, int index)
    {
        var (code, ja, en) = list[index % list.Length];
        var number = (index / list.Length).ToString(CultureInfo.InvariantCulture);
        return new UserName($"{(japanese ? ja : en)} {number}", null, null, $"{code}{number}");
    }

    private UserName Person(int index, UserKind kind)
    {
        var foreigner = Noise.Below(seed, Topic.Person, (ulong)index, 100) < (kind == UserKind.Guest ? 30 : 8);
        if (foreigner)
        {
            var english = Pair(index, NameLists.EnglishFamily.Length, NameLists.EnglishGiven.Length, 389);
            var (family, given) = (NameLists.EnglishFamily[english.Family], NameLists.EnglishGiven[english.Given]);
            return new UserName($"{given} {family}", given, family, Local(given, family, english.Namesakes));
        }

        var pair = Pair(index, NameLists.JapaneseFamily.Length, NameLists.JapaneseGiven.Length, 1811);
        var (familyName, givenName) = (NameLists.JapaneseFamily[pair.Family], NameLists.JapaneseGiven[pair.Given]);
        var local = Local(givenName.Roman, familyName.Roman, pair.Namesakes);
        return japanese
            ? new UserName($"{familyName.Written} {givenName.Written}", givenName.Written, familyName.Written, local)
            : new UserName($"{givenName.Roman} {familyName.Roman}", givenName.Roman, familyName.Roman, local);
    }

    private (int Family, int Given, int Namesakes) Pair(int index, int families, int givens, int stride)
    {
        var count = families * givens;
        var pair = (int)((((long)index * stride) + (long)(seed % 1009)) % count);
        return (pair % families, pair / families, index / count);
    }

    private static string Local(string given, string family, int namesakes)
    {
        var name = $"{given}.{family}".ToLowerInvariant();
        return namesakes == 0 ? name : name + (namesakes + 1).ToString(CultureInfo.InvariantCulture);
    }
}
