using System.Globalization;
using Isms.Evidence;
using IsmsFunctions.Evidence;
using IsmsFunctions.Monitoring.Graph;

namespace IsmsFunctions.Monitoring;

/// <summary>
/// What is noted beside a file of rows when it is committed: in one write with the rows, so that whoever composes the item – even after a crash – speaks of
/// exactly these rows.
/// </summary>
/// <param name="Query">What was asked, and what came.</param>
/// <param name="Late">See <see cref="RowFile.Late"/>.</param>
/// <param name="Revised">See <see cref="RowFile.Revised"/>.</param>
/// <param name="Gap">What is missing; null when every page was read.</param>
public sealed record PullFacts(GraphQuery Query, long Late, long Revised, Gap? Gap)
{
    // Metadata holds 8 KiB. Beyond this many pages only the first request ids are noted; the count of pages is always whole.
    private const int RequestIdsLength = 5_500;

    /// <summary>The facts as metadata.</summary>
    public static IReadOnlyDictionary<string, string> Write(PullReport report, RowFile rows, (string Reason, string Detail)? gap)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(rows);
        var facts = new Dictionary<string, string>
        {
            ["query"] = Uri.EscapeDataString(report.Query),
            ["pages"] = report.Pages.ToString(CultureInfo.InvariantCulture),
            ["rows"] = rows.Rows.ToString(CultureInfo.InvariantCulture),
            ["late"] = rows.Late.ToString(CultureInfo.InvariantCulture),
            ["revised"] = rows.Revised.ToString(CultureInfo.InvariantCulture),
            ["startedat"] = report.StartedAt.UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
            ["endedat"] = report.EndedAt.UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
        };
        var ids = string.Join(',', report.RequestIds.Where(id => id.Length > 0).Select(Uri.EscapeDataString));
        if (ids.Length > RequestIdsLength)
        {
            ids = ids[..ids.LastIndexOf(',', RequestIdsLength)];
        }

        if (ids.Length > 0)
        {
            facts["requestids"] = ids;
        }

        if (gap is var (reason, detail))
        {
            facts["gapreason"] = reason;
            facts["gapdetail"] = Uri.EscapeDataString(detail.Length > 300 ? detail[..300] : detail);
        }

        return facts;
    }

    /// <summary>Whether rows are missing from a file.</summary>
    public static bool HasGap(StoredFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        return file.Facts.ContainsKey("gapreason");
    }

    /// <summary>Reads them back.</summary>
    /// <param name="file">The file they stand beside.</param>
    /// <param name="what">What a gap of it is called.</param>
    /// <param name="period">The time a gap of it leaves open, for logs.</param>
    public static PullFacts Read(StoredFile file, string what, Period? period)
    {
        ArgumentNullException.ThrowIfNull(file);
        var facts = file.Facts;
        var ids = facts.TryGetValue("requestids", out var joined) ? joined.Split(',').Select(Uri.UnescapeDataString).ToArray() : [];
        var query = new GraphQuery(
            Uri.UnescapeDataString(facts["query"]), ids, int.Parse(facts["pages"], CultureInfo.InvariantCulture),
            long.Parse(facts["rows"], CultureInfo.InvariantCulture), Moment(facts["startedat"]), Moment(facts["endedat"]));
        var gap = facts.TryGetValue("gapreason", out var reason)
            ? new Gap(what, reason, Uri.UnescapeDataString(facts.GetValueOrDefault("gapdetail") ?? ""), period)
            : null;
        return new PullFacts(
            query, long.Parse(facts["late"], CultureInfo.InvariantCulture), long.Parse(facts["revised"], CultureInfo.InvariantCulture), gap);
    }

    private static DateTimeOffset Moment(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind);
}
