using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Isms.Evidence;
using Isms.Rules;

namespace IsmsFunctions.Evidence;

/// <summary>
/// The row keys of the evidence index. An item has one row by id, and one in every list it belongs to (all, its fiscal year, each clause and control, its
/// record and subject), each ordered by creation: every look-up is a range of keys, never a scan.
/// </summary>
internal static class IndexKeys
{
    /// <summary>What follows the last character of any list entry's time.</summary>
    private const string AfterDigits = ":";

    public static string OfId(string id) => "id~" + Escape(id);

    /// <summary>The keys of all lists an item stands in.</summary>
    public static IEnumerable<string> OfLists(EvidenceManifest item)
    {
        var position = item.CreatedAt.UtcTicks.ToString("0000000000000000000", CultureInfo.InvariantCulture) + "~" + Escape(item.Id);
        return ListsOf(item).Distinct(StringComparer.Ordinal).Select(list => list + position);
    }

    /// <summary>The list that narrows a query most, as a key prefix.</summary>
    public static string ListFor(EvidenceQuery query) => query switch
    {
        { Subject: { } subject } => List("subject", subject),
        { Record: { } record } => List("record", record),
        { Control: { } control } => List("control", control),
        { Clause: { } clause } => List("clause", clause),
        { FiscalYear: { } year } => List("fy", year),
        _ => "all~",
    };

    /// <summary>The first key after all of a list.</summary>
    public static string EndOf(string list) => list + AfterDigits;

    /// <summary>Hides a position in a list from the caller, who only hands it back.</summary>
    public static string ToToken(string list, string rowKey) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(rowKey[list.Length..]));

    /// <summary>The key that a token stands for.</summary>
    /// <exception cref="RefusedException">The token was not given out for such a list.</exception>
    public static string FromToken(string list, string token)
    {
        try
        {
            var position = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(token));
            if (position.Length > 20 && position[..19].All(char.IsAsciiDigit) && position[19] == '~' && position[20..].All(c => IsPlain(c) || c == '_'))
            {
                return list + position;
            }
        }
        catch (FormatException)
        {
            // Refused below, like any other token of somebody's own making.
        }

        throw new RefusedException(Refusal.Of(RefusalKind.InvalidInput, "continuation-token-invalid", "continuationToken"));
    }

    /// <summary>Keys must not contain / \ # ? or control characters, and ours use ~ as a separator: all but the plainest characters become _XX.</summary>
    public static string Escape(string text)
    {
        if (text.All(IsPlain))
        {
            return text;
        }

        var escaped = new StringBuilder();
        foreach (var b in Encoding.UTF8.GetBytes(text))
        {
            _ = IsPlain((char)b) ? escaped.Append((char)b) : escaped.Append(CultureInfo.InvariantCulture, $"_{b:X2}");
        }

        return escaped.ToString();
    }

    private static IEnumerable<string> ListsOf(EvidenceManifest item)
    {
        yield return "all~";
        yield return List("fy", item.FiscalYear);
        foreach (var clause in item.Clauses)
        {
            yield return List("clause", clause);
        }

        foreach (var control in item.Controls)
        {
            yield return List("control", control);
        }

        if (item.Record is { } record)
        {
            yield return List("record", record);
        }

        if (item.Subject is { } subject)
        {
            yield return List("subject", subject);
        }
    }

    private static string List(string name, string value) => $"{name}~{Escape(value)}~";

    private static bool IsPlain(char c) => char.IsAsciiLetterOrDigit(c) || c is '.' or '-';
}
