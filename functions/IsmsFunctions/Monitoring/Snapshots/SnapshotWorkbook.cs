using System.Globalization;
using Isms.Documents;
using Isms.Monitoring.Snapshots;
using Isms.Text;
using IsmsFunctions.Documents;
using IsmsFunctions.Evidence;

namespace IsmsFunctions.Monitoring.Snapshots;

/// <summary>The workbook that people look at: the figures, a chart for each count, the exceptions, what changed, and the first rows of each kind.</summary>
public static class SnapshotWorkbook
{
    /// <summary>The name of its files, without language.</summary>
    public const string Name = "workbook";

    private const int MostLines = 5_000;
    private static readonly TimeSpan Week = TimeSpan.FromDays(6);

    /// <summary>
    /// Whether a snapshot has one. Summary and exceptions are there every time; a workbook of which the one of yesterday says the same is looked at by nobody. So daily
    /// collectors have one a month, and whenever a person asked for the run.
    /// </summary>
    /// <param name="previous">The snapshot before; null for the first.</param>
    /// <param name="at">This one.</param>
    /// <param name="isByPerson">Whether a person asked for it.</param>
    /// <param name="zone">The organisation's time zone.</param>
    public static bool IsDue(DateTimeOffset? previous, DateTimeOffset at, bool isByPerson, TimeZoneInfo zone) =>
        isByPerson || previous is not { } before || at - before >= Week || TimeZoneInfo.ConvertTime(before, zone).Month != TimeZoneInfo.ConvertTime(at, zone).Month;

    /// <summary>The workbook in both languages.</summary>
    public static IReadOnlyList<EvidenceContent> Of(SnapshotReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        return DocumentFiles.Workbooks(Name, DocumentOf(report));
    }

    /// <summary>A moment as people read it.</summary>
    public static string Local(DateTimeOffset moment, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTime(moment, zone).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    /// <summary>What the workbook says.</summary>
    public static PrintedDocument DocumentOf(SnapshotReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        return new PrintedDocument
        {
            Title = report.Source.Collector.Title,
            Organization = report.Organization.Name,
            Number = report.ItemId,
            Version = "1",
            Date = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(report.At, report.Zone).DateTime),
            IsLandscape = true,
            IsTabular = true,
            Blocks =
            [
                .. Overview(report),
                .. report.Result.Breakdowns.Where(b => b.Counts.Any(c => c.Value > 0)).Select(ChartOf),
                .. WorkbookTables.Exceptions(report.Result.Findings, report.Zone, MostLines),
                .. Changes(report.Difference),
                .. report.Tables.SelectMany(t => Rows(t.Key, t.Value)),
            ],
        };
    }

    private static IEnumerable<Block> Overview(SnapshotReport report)
    {
        yield return new Heading(Texts.Get("workbook.summary"));
        yield return new Facts(
        [
            new Fact(Texts.Get("workbook.at"), WorkbookTables.Same(Local(report.At, report.Zone))),
            new Fact(Texts.Get("workbook.controls"), WorkbookTables.Same(string.Join(", ", report.Source.Controls.Select(c => "A." + c)))),
            .. report.Result.Figures.Select(f => new Fact(Texts.Get("figure." + f.Name), ValueOf(f))),
        ]);
        yield return new Heading(Texts.Get("workbook.completeness"));
        yield return new Facts(
        [
            .. report.Queries.Select(q => new Fact(Texts.Get("kind." + q.Kind), Texts.Get("workbook.rows-read", q.Rows.ToString("N0", CultureInfo.InvariantCulture)))),
            .. report.Gaps.Select(g => new Fact(Texts.Get("workbook.gap", Texts.Get("kind." + g.What)), Texts.Get("gap-reason." + g.Reason))),
        ]);
    }

    private static LocalizedText ValueOf(Figure figure)
    {
        if (figure.Value is not { } value)
        {
            return Texts.Get("workbook.unknown");
        }

        var text = value.ToString("#,0.##", CultureInfo.InvariantCulture);
        return WorkbookTables.Same(
            figure.Of is not { } whole ? text
            : string.Create(CultureInfo.InvariantCulture, $"{text} / {whole:#,0.##}{(whole == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" ({100 * value / whole:0.#} %)"))}"));
    }

    /// <summary>A chart of counts.</summary>
    public static Chart ChartOf(Breakdown breakdown)
    {
        ArgumentNullException.ThrowIfNull(breakdown);
        var title = Texts.Get("breakdown." + breakdown.Name);
        return new Chart(
            title, ChartKind.Bars, [.. breakdown.Counts.Select(c => WorkbookTables.Category(c.Key))], [new ChartSeries(Texts.Get("workbook.count"), [.. breakdown.Counts.Select(c => (decimal?)c.Value)])]);
    }

    private static IEnumerable<Block> Changes(SnapshotDifference difference)
    {
        yield return new Heading(Texts.Get("workbook.changes"));
        if (difference.Since is null)
        {
            yield return new Paragraph(Texts.Get("workbook.nothing-to-compare"));
            yield break;
        }

        yield return new Paragraph(Texts.Get("workbook.compared-with", difference.Since));
        var lines = difference.Changes.SelectMany(LinesOf).ToList();
        if (lines.Count == 0)
        {
            yield return new Paragraph(Texts.Get("workbook.no-changes"));
            yield break;
        }

        if (lines.Count > MostLines)
        {
            yield return new Paragraph(Texts.Get("workbook.more-in", lines.Count - MostLines, "diff.json"));
        }

        yield return new Table(
            [
                new Column(Texts.Get("workbook.kind"), 14), new Column(Texts.Get("workbook.name"), 24), new Column(Texts.Get("workbook.change"), 8),
                new Column(Texts.Get("workbook.member"), 18), new Column(Texts.Get("workbook.before"), 18), new Column(Texts.Get("workbook.after"), 18),
            ],
            [.. lines.Take(MostLines)]);
    }

    private static IEnumerable<IReadOnlyList<LocalizedText>> LinesOf(RowChange change)
    {
        var head = new[] { Texts.Get("kind." + change.Kind), WorkbookTables.Same(change.Name), Texts.Get("change." + change.What) };
        return change.Values.Count == 0
            ? [[.. head, WorkbookTables.Same(""), WorkbookTables.Same(""), WorkbookTables.Same("")]]
            : change.Values.Select(IReadOnlyList<LocalizedText> (v) =>
                [.. head, WorkbookTables.Column(v.Member), WorkbookTables.Same(v.Before ?? ""), WorkbookTables.Same(v.After ?? "")]);
    }

    private static IEnumerable<Block> Rows(string kind, RowTable table)
    {
        yield return new Heading(Texts.Get("kind." + kind));
        if (table.Count > table.Rows.Count)
        {
            yield return new Paragraph(Texts.Get("workbook.more-in", table.Count - table.Rows.Count, "rows*.ndjson.gz"));
        }

        yield return table.Rows.Count == 0
            ? new Paragraph(Texts.Get("workbook.no-rows"))
            : new Table([.. table.Columns.Select(c => new Column(WorkbookTables.Column(c)))], table.Rows);
    }
}
