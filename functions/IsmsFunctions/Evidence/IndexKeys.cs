using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Isms.Evidence;
using Isms.Rules;

namespace IsmsFunctions.Evidence;

/// <summary>
/// The row keys of the evidence index. An item has one row by id, and one in every list it belongs to: all, its type, each clause and control, its record and subject –
/// each ordered by fiscal year and then by creation, so that a year of a list is a range of it – and one among the periods of its length, ordered by their ends.
/// Every look-up is a range of keys, never a scan.
/// </summary>
internal static partial class IndexKeys
{
    /// <summary>What follows whatever begins with a digit.</summary>
    private const string AfterDigits = ":";

    /// <summary>What follows whatever begins with a letter or a digit.</summary>
    private const string AfterIds = "{";

    public static string OfId(string id) => "id~" + Escape(id);

    /// <summary>The keys of all lists an item stands in.</summary>
    public static IEnumerable<string> OfLists(EvidenceManifest item)
    {
        var id = Escape(item.Id);
        var position = $"{YearOf(item.FiscalYear)}{TicksOf(item.CreatedAt)}~{id}";
        return ListsOf(item).Distinct(StringComparer.Ordinal).Select(list => list + position)
            .Append($"{PeriodList(EvidenceRules.ClassOf(item.Period))}{TicksOf(item.Period.To)}~{id}");
    }

    /// <summary>
    /// The ranges of keys that hold all that a query asks for and as little else as possible: one of a list, or for a period one of each class. What they hold comes in
    /// the order of the keys without the list's name.
    /// </summary>
    public static IReadOnlyList<KeyRange> RangesFor(EvidenceQuery query)
    {
        if (query is { Subject: null, Record: null, Control: null, Clause: null, From: { } from, To: { } to })
        {
            return [.. EvidenceRules.PeriodClasses.Select((longest, number) => new KeyRange(
                PeriodList(number), TicksOf(from), longest > DateTimeOffset.MaxValue - to ? AfterDigits : TicksOf(to + longest) + "~" + AfterIds))];
        }

        var list = query switch
        {
            { Subject: { } subject } => List("subject", subject),
            { Record: { } record } => List("record", record),
            { Control: { } control } => List("control", control),
            { Clause: { } clause } => List("clause", clause),
            { Type: { } type } => List("type", EvidencePaths.NameOf(type)),
            _ => "all~",
        };
        return [query.FiscalYear is { } year ? new KeyRange(list, YearOf(year), YearOf(year) + AfterDigits) : new KeyRange(list, AfterDigits, AfterIds)];
    }

    /// <summary>Hides a position from the caller, who only hands it back.</summary>
    public static string ToToken(string position) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(position));

    /// <summary>The position that a token stands for.</summary>
    /// <exception cref="RefusedException">It is none that was given out.</exception>
    public static string FromToken(string token)
    {
        try
        {
            var position = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(token));
            if (Position().IsMatch(position))
            {
                return position;
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
        yield return List("type", EvidencePaths.NameOf(item.Type));
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

    private static string YearOf(string fiscalYear) => Escape(fiscalYear) + "~";

    private static string TicksOf(DateTimeOffset moment) => moment.UtcTicks.ToString("0000000000000000000", CultureInfo.InvariantCulture);

    private static string PeriodList(int number) => string.Create(CultureInfo.InvariantCulture, $"period~{number}~");

    private static string List(string name, string value) => $"{name}~{Escape(value)}~";

    [GeneratedRegex(@"^([A-Za-z0-9._-]{1,60}~)?[0-9]{19}~[A-Za-z0-9._-]{1,600}\z")]
    private static partial Regex Position();

    private static bool IsPlain(char c) => char.IsAsciiLetterOrDigit(c) || c is '.' or '-';
}

/// <summary>A range of a list's keys.</summary>
/// <param name="List">The list, as the beginning of its keys.</param>
/// <param name="From">What the keys of the range begin with or come after, behind the list's name.</param>
/// <param name="To">What they all come before.</param>
internal sealed record KeyRange(string List, string From, string To);
