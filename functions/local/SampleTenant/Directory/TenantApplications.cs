using System.Globalization;

namespace SampleTenant.Directory;

/// <summary>A secret or certificate of an application.</summary>
internal sealed record AppCredential(Guid KeyId, string Name, bool IsCertificate, DateTimeOffset From, DateTimeOffset To);

/// <summary>An application and its service principal; first-party ones have no application object in the tenant.</summary>
internal sealed record TenantApplication(
    int Number,
    Guid AppId,
    Guid ServicePrincipalId,
    Guid? ObjectId,
    string Name,
    bool IsManagedIdentity,
    bool IsForeign,
    bool Enabled,
    DateTimeOffset Created,
    IReadOnlyList<int> OwnerIndexes,
    IReadOnlyList<AppCredential> Credentials,
    IReadOnlyList<string> GraphPermissions);

/// <summary>Applications of the tenant: Microsoft's own, a few of other vendors, managed identities, and those somebody once registered.</summary>
internal sealed class TenantApplications
{
    /// <summary>Microsoft Graph's own app roles that are used here, by their documented ids.</summary>
    public static readonly IReadOnlyList<(string Value, Guid Id)> GraphAppRoles =
    [
        ("User.Read.All", new("df021288-bdef-4463-88db-98f22de89214")),
        ("Directory.Read.All", new("7ab1d382-f21e-4acd-a863-ba3e13f7da61")),
        ("Directory.ReadWrite.All", new("19dbc75e-c2e2-444c-a770-ec69d8559fc7")),
        ("RoleManagement.ReadWrite.Directory", new("9e3f62cf-ca93-4989-b6ce-bf83c28f9fe8")),
        ("Mail.Send", new("b633e1c5-b582-4048-a93e-9f11b44c7e96")),
        ("Mail.Read", new("810c84a8-4a9e-49e6-bf7d-12d183f40d01")),
        ("Sites.Read.All", new("332a536c-c7ef-4017-ab91-336970924f0d")),
        ("AuditLog.Read.All", new("b0afded3-3588-46d8-8b3d-9842eff778da")),
    ];

    private static readonly (string Name, string AppId)[] FirstParty =
    [
        ("Microsoft Graph", "00000003-0000-0000-c000-000000000000"),
        ("Office 365 Exchange Online", "00000002-0000-0ff1-ce00-000000000000"),
        ("Office 365 SharePoint Online", "00000003-0000-0ff1-ce00-000000000000"),
        ("Microsoft Teams", "1fec8e78-bce4-4aaf-ab1b-5451cc387264"),
        ("Azure Portal", "c44b4083-3bb0-49c1-b47d-974e53cbdf3c"),
        ("OfficeHome", "4765445b-32c6-49b0-83e6-1d93765276ca"),
        ("Windows Azure Service Management API", "797f4846-ba00-4fd7-ba43-dac1f8f63013"),
        ("Microsoft Office", "d3590ed6-52b3-4102-aeff-aad2292ab01c"),
    ];

    private static readonly (string Ja, string En)[] Names =
    [
        ("勤怠連携", "Attendance connector"), ("経費精算コネクタ", "Expense connector"), ("CRM 同期", "CRM sync"), ("名刺管理", "Business card service"),
        ("電子契約", "Electronic contracts"), ("バックアップ取得", "Backup collector"), ("社内ポータル", "Intranet portal"), ("チャットボット", "Chat bot"),
        ("メール一斉送信", "Bulk mailer"), ("監視ダッシュボード", "Monitoring dashboard"), ("人事データ連携", "HR data bridge"), ("複合機スキャン", "Scan to cloud"),
        ("旧グループウェア移行", "Old groupware migration"), ("在庫照会", "Stock inquiry"), ("IaC デプロイ", "IaC deployment"), ("ISMS 自動化", "ISMS automation"),
    ];

    private readonly TenantDirectory directory;

    public TenantApplications(TenantDirectory directory)
    {
        this.directory = directory;
        var registered = Math.Clamp(directory.InitialUsers / 25, 8, 400);
        All = [.. FirstParty.Select(Microsoft), .. Enumerable.Range(0, registered).Select(Registered)];
    }

    public IReadOnlyList<TenantApplication> All { get; }

    public TenantApplication Graph => All[0];

    /// <summary>Those that people sign in to.</summary>
    public static int FirstPartyCount => FirstParty.Length;

    public IReadOnlyList<TenantApplication> At(DateTimeOffset time) => [.. All.Where(app => app.Created <= time)];

    private TenantApplication Microsoft((string Name, string AppId) app, int number) => new(
        number,
        Guid.Parse(app.AppId),
        ObjectIds.Create(directory.Seed, Topic.ServicePrincipalId, number),
        null,
        app.Name,
        false,
        true,
        true,
        directory.Start.AddYears(-8).AddMinutes(number),
        [],
        [],
        []);

    private TenantApplication Registered(int index)
    {
        var number = FirstParty.Length + index;
        var bits = Noise.Bits(directory.Seed, Topic.AppFacts, (ulong)index);
        var (ja, en) = Names[index % Names.Length];
        var suffix = index < Names.Length ? "" : string.Create(CultureInfo.InvariantCulture, $" {(index / Names.Length) + 1}");
        var isManagedIdentity = index % 9 == 6;
        var isForeign = index % 11 == 4;

        // Most are older than the sample; every tenth is registered in the course of it.
        var created = index % 10 == 9
            ? directory.Start.AddDays(20 + ((bits >> 8) % 300)).AddHours(11)
            : directory.Start.AddDays(-30 - (double)((bits >> 8) % 1500)).AddHours(10);
        return new TenantApplication(
            number,
            ObjectIds.Create(directory.Seed, Topic.ApplicationId + 1000, number),
            ObjectIds.Create(directory.Seed, Topic.ServicePrincipalId, number),
            isManagedIdentity || isForeign ? null : ObjectIds.Create(directory.Seed, Topic.ApplicationId, number),
            (directory.IsJapanese ? ja : en) + suffix,
            isManagedIdentity,
            isForeign,
            index % 17 != 12,
            created,
            isManagedIdentity || isForeign ? [] : Owners(index, bits),
            isManagedIdentity || isForeign ? [] : Credentials(index, created),
            Permissions(bits));
    }

    private List<int> Owners(int index, ulong bits)
    {
        // A third has no owner, and where there is one it may be somebody who left.
        var count = index % 3 == 2 ? 0 : 1 + (int)(bits >> 50 & 1);
        return [.. Enumerable.Range(0, count)
            .Select(i => Noise.Below(directory.Seed, Topic.AppFacts + 500, (ulong)((index * 8) + i), directory.InitialUsers))
            .Distinct()];
    }

    private List<AppCredential> Credentials(int index, DateTimeOffset created) => (index % 6) switch
    {
        // Expired long ago and forgotten; still beside it one that is good for a year.
        0 => [Credential(index, 0, created, directory.Start.AddDays(-60)), Credential(index, 1, created.AddDays(20), directory.Start.AddDays(200))],

        // Runs out within weeks of the first day.
        1 => [Credential(index, 0, created, directory.Start.AddDays(18 + index))],

        // "Never" expires.
        2 => [Credential(index, 0, created, created.AddYears(99))],
        3 => [],
        4 => [Credential(index, 0, created, directory.Start.AddDays(90 + (index * 7 % 250)))],
        _ => [Credential(index, 0, created, created.AddYears(6)), Credential(index, 1, created, directory.Start.AddYears(2))],
    };

    private AppCredential Credential(int index, int number, DateTimeOffset from, DateTimeOffset to) => new(
        ObjectIds.Create(directory.Seed, Topic.Credential, (index * 4) + number),
        number == 0 ? "client-secret" : "CN=mihon-works-app",
        number != 0,
        from,
        to);

    private static List<string> Permissions(ulong bits) =>
        [.. GraphAppRoles.Where((_, i) => (bits >> (i * 3) & 7) == 0 || (i == 0 && (bits >> 40 & 1) == 0)).Select(role => role.Value)];
}
