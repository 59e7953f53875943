using System.Globalization;
using System.Text.RegularExpressions;
using Isms.Evidence;
using Isms.Monitoring;
using Isms.Rules;
using Isms.Year;
using Microsoft.AspNetCore.Http;

namespace IsmsFunctions.Evidence;

/// <summary>Reads what callers say about evidence, strictly: whatever cannot be meant is refused under the name of its field.</summary>
internal static partial class EvidenceInput
{
    public const int DefaultTop = 50;
    public const int MostTop = 200;

    private static readonly string[] ListParameters =
        ["fy", "type", "clause", "control", "from", "to", "subject", "record", "top", "continuationToken"];

    /// <summary>The query of <c>GET /evidence</c>. A date without a time is a day of the organisation's time zone; <c>to</c> includes that day.</summary>
    public static (EvidenceQuery Query, int Top, string? Token) OfList(IQueryCollection query, string timeZone)
    {
        foreach (var (name, values) in query)
        {
            if (!ListParameters.Contains(name))
            {
                throw Invalid("parameter-unknown", name, null, name, string.Join(", ", ListParameters));
            }

            if (values.Count > 1)
            {
                throw Invalid("parameter-repeated", name, null, name);
            }
        }

        var zone = TimeZoneInfo.FindSystemTimeZoneById(timeZone);
        var result = new EvidenceQuery(
            Map(query["fy"], v => FiscalYearOf(v, "fy")),
            query["type"].FirstOrDefault() is { } type ? TypeOf(type) : null,
            Map(query["clause"], v => ClauseOf(v, "clause")),
            Map(query["control"], v => ControlOf(v, "control")),
            query["from"].FirstOrDefault() is { } from ? MomentOf(from, "from", zone, endOfDay: false) : null,
            query["to"].FirstOrDefault() is { } to ? MomentOf(to, "to", zone, endOfDay: true) : null,
            Map(query["subject"], v => NameOf(v, "subject")),
            Map(query["record"], v => NameOf(v, "record")));
        if (result is { From: { } start, To: { } end } && end < start)
        {
            throw Invalid("period-reversed", "to", query["to"]);
        }

        return (result, TopOf(query["top"].FirstOrDefault()), query["continuationToken"].FirstOrDefault());
    }

    public static EvidenceType TypeOf(string text) =>
        EvidencePaths.TypeOf(text) ?? throw Invalid("evidence-type-unknown", "type", text, text, string.Join(", ", EvidencePaths.TypeNames));

    public static string FiscalYearOf(string text, string field) =>
        FiscalYear.TryParse(text, 1, out var year) ? year.Id : throw Invalid("fiscal-year-malformed", field, text, text);

    public static string ClauseOf(string text, string field) => AnnexA.IsClause(text) ? text : throw Invalid("clause-unknown", field, text, text);

    public static string ControlOf(string text, string field) => AnnexA.ControlOf(text) ?? throw Invalid("control-unknown", field, text, text);

    public static string NameOf(string text, string field) => PlainName().IsMatch(text) ? text : throw Invalid("name-malformed", field, text, text);

    /// <summary>Several clauses or controls, separated by commas.</summary>
    public static IReadOnlyList<string> ListOf(string? text, string field, Func<string, string, string> read)
    {
        string[] parts = text?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];
        return parts.Length <= EvidenceRules.MostClausesOrControls
            ? [.. parts.Select(p => read(p, field)).Distinct(StringComparer.Ordinal)]
            : throw Invalid("too-many-clauses", field, null, field, EvidenceRules.MostClausesOrControls);
    }

    /// <summary>A period as <c>date</c>, <c>date/date</c> (both days included) or <c>time/time</c>.</summary>
    public static Period PeriodOf(string text, string field, TimeZoneInfo zone)
    {
        var ends = text.Split('/');
        if (ends.Length > 2)
        {
            throw Invalid("moment-malformed", field, text, text);
        }

        var period = new Period(MomentOf(ends[0], field, zone, endOfDay: false), MomentOf(ends[^1], field, zone, endOfDay: true));
        return period.From <= period.To ? period : throw Invalid("period-reversed", field, text);
    }

    public static RefusedException Invalid(string code, string field, string? value, params ReadOnlySpan<object?> arguments) =>
        new(Refusal.Of(RefusalKind.InvalidInput, code, field, value, arguments));

    /// <summary>A moment with its offset, or a day of the organisation's time zone.</summary>
    public static DateTimeOffset MomentOf(string text, string field, TimeZoneInfo zone, bool endOfDay)
    {
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return day.Year is >= 1900 and <= 9000 ? CollectionWindows.StartOf(endOfDay ? day.AddDays(1) : day, zone) : throw Invalid("moment-malformed", field, text, text);
        }

        // An offset is demanded: a time of day without one would mean different things to caller and server.
        return MomentWithOffset().IsMatch(text)
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var moment) && moment.Year is >= 1900 and <= 9000
                ? moment.ToUniversalTime()
                : throw Invalid("moment-malformed", field, text, text);
    }

    private static int TopOf(string? text) => text is null
        ? DefaultTop
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var top) && top is >= 1 and <= MostTop
            ? top
            : throw Invalid("top-out-of-range", "top", text, text, MostTop);

    private static string? Map(Microsoft.Extensions.Primitives.StringValues values, Func<string, string> read) =>
        values.FirstOrDefault() is { } value ? read(value) : null;

    [GeneratedRegex(@"^[A-Za-z0-9.-]{1,100}\z")]
    private static partial Regex PlainName();

    [GeneratedRegex(@"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,7})?)?(Z|[+-]\d{2}:\d{2})\z")]
    private static partial Regex MomentWithOffset();
}
