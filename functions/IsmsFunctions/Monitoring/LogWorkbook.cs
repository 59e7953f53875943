using System.Globalization;
using Isms.Documents;
using Isms.Evidence;
using Isms.Monitoring;
using Isms.Monitoring.Snapshots;
using Isms.Organizations;
using Isms.Text;
using IsmsFunctions.Documents;
using IsmsFunctions.Evidence;
using IsmsFunctions.Monitoring.Snapshots;

namespace IsmsFunctions.Monitoring;

/// <summary>A member of a log's rows that its workbook shows.</summary>
/// <param name="Member">The member.</param>
/// <param name="Head">What stands above it; its text is <c>log-column.{head}</c>.</param>
public sealed record LogColumn(string Member, string Head);

/// <summary>All that is told of a window of a log.</summary>
/// <param name="Log">The log.</param>
/// <param name="Organization">Whose it is.</param>
/// <param name="ItemId">The item of evidence.</param>
/// <param name="Window">The window.</param>
/// <param name="Zone">The organisation's time zone.</param>
/// <param name="Breakdowns">The counts.</param>
/// <param name="Findings">What exceeds the policy.</param>
/// <param name="Gaps">What is missing.</param>
/// <param name="Queries">What was asked, and what came.</param>
/// <param name="Tables">The first rows, by kind.</param>
/// <param name="MostRows">How many rows of a table are shown.</param>
public sealed record LogReport(
    LogSource Log, Organization Organization, string ItemId, Period Window, TimeZoneInfo Zone, IReadOnlyList<Breakdown> Breakdowns, IReadOnlyList<Finding> Findings,
    IReadOnlyList<Gap> Gaps, IReadOnlyList<GraphQuery> Queries, IReadOnlyDictionary<string, RowTable> Tables, int MostRows);

/// <summary>A window of a log as people look at it: how much was read, a chart for each count, the exceptions, and the first rows of each kind.</summary>
public static class LogWorkbook
{
    /// <summary>The workbook in both languages.</summary>
    public static IReadOnlyList<EvidenceContent> Of(LogReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        return DocumentFiles.Workbooks(SnapshotWorkbook.Name, DocumentOf(report));
    }

    private static PrintedDocument DocumentOf(LogReport report) => new()
    {
        Title = report.Log.Collector.Title,
        Organization = report.Organization.Name,
        Number = report.ItemId,
        Version = "1",
        Date = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(report.Window.From, report.Zone).DateTime),
        IsLandscape = true,
        IsTabular = true,
        Blocks =
        [
            .. Overview(report),
            .. report.Breakdowns.Where(b => b.Counts.Any(c => c.Value > 0)).Select(SnapshotWorkbook.ChartOf),
            .. WorkbookTables.Exceptions(report.Findings, report.Zone, report.MostRows),
            .. report.Tables.SelectMany(t => Rows(report.Log, t.Key, t.Value)),
        ],
    };

    private static IEnumerable<Block> Overview(LogReport report)
    {
        var (from, to) = (SnapshotWorkbook.Local(report.Window.From, report.Zone), SnapshotWorkbook.Local(report.Window.To, report.Zone));
        yield return new Heading(Texts.Get("workbook.summary"));
        yield return new Facts(
        [
            new Fact(Texts.Get("workbook.period"), Texts.Get("workbook.from-to", from, to)),
            new Fact(Texts.Get("workbook.controls"), WorkbookTables.Same(string.Join(", ", report.Log.Controls.Select(c => "A." + c)))),
        ]);
        yield return new Heading(Texts.Get("workbook.completeness"));
        yield return new Facts(
        [
            .. report.Queries.Select(q => new Fact(Texts.Get("kind." + q.Kind), Texts.Get("workbook.rows-read", q.Rows.ToString("N0", CultureInfo.InvariantCulture)))),
            .. report.Gaps.Select(g => new Fact(GapTitle(g), Texts.Get("gap-reason." + g.Reason))),
        ]);
    }

    /// <summary>A log's gaps name collector and kind, <c>sign-ins: interactive</c>, or the collector where the whole of it is missing.</summary>
    private static LocalizedText GapTitle(Gap gap)
    {
        const string Separator = ": ";
        var separator = gap.What.IndexOf(Separator, StringComparison.Ordinal);
        return Texts.Get("workbook.gap", separator < 0 ? Texts.Get($"collector.{gap.What}.title") : Texts.Get("kind." + gap.What[(separator + Separator.Length)..]));
    }

    private static IEnumerable<Block> Rows(LogSource log, string kind, RowTable table)
    {
        yield return new Heading(Texts.Get("kind." + kind));
        if (table.Count > table.Rows.Count)
        {
            yield return new Paragraph(Texts.Get("workbook.more-in", table.Count - table.Rows.Count, "rows*.ndjson.gz"));
        }

        yield return table.Rows.Count == 0
            ? new Paragraph(Texts.Get("workbook.no-rows"))
            : new Table([.. log.ColumnsOf(kind).Select(c => new Column(Texts.Get("log-column." + c.Head)))], table.Rows);
    }
}
