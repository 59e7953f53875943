using System.Globalization;
using Isms.Documents;
using Isms.Evidence;
using Isms.Monitoring;
using Isms.Organizations;
using Isms.Text;
using IsmsFunctions.Documents;
using IsmsFunctions.Evidence;
using IsmsFunctions.Monitoring.Snapshots;

namespace IsmsFunctions.Monitoring;

/// <summary>All that is told of a snapshot of access rights.</summary>
/// <param name="Organization">Whose it is.</param>
/// <param name="ItemId">The item of evidence.</param>
/// <param name="At">The moment of the snapshot.</param>
/// <param name="Zone">The organisation's time zone.</param>
/// <param name="Summary">The counts.</param>
/// <param name="Rights">The sheet.</param>
/// <param name="Difference">Who gained and lost what.</param>
/// <param name="Findings">What exceeds the policy.</param>
/// <param name="Gaps">What is missing.</param>
/// <param name="MostRows">How many rows of a table are shown.</param>
public sealed record AccessRightsReport(
    Organization Organization, string ItemId, DateTimeOffset At, TimeZoneInfo Zone, AccessRightsSummary Summary, IReadOnlyList<Right> Rights, RightsDifference Difference,
    IReadOnlyList<Finding> Findings, IReadOnlyList<Gap> Gaps, int MostRows);

/// <summary>The access rights sheet (アクセス権一覧) as people look at it.</summary>
public static class AccessRightsWorkbook
{
    /// <summary>The workbook in both languages.</summary>
    public static IReadOnlyList<EvidenceContent> Of(AccessRightsReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        return DocumentFiles.Workbooks(SnapshotWorkbook.Name, DocumentOf(report));
    }

    private static PrintedDocument DocumentOf(AccessRightsReport report) => new()
    {
        Title = CollectorCatalogue.AccessRights.Title,
        Organization = report.Organization.Name,
        Number = report.ItemId,
        Version = "1",
        Date = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(report.At, report.Zone).DateTime),
        IsLandscape = true,
        IsTabular = true,
        Blocks =
        [
            .. Overview(report),
            .. ChartOf("by-active-role", report.Summary.ActiveRoles, WorkbookTables.Same),
            .. ChartOf("by-eligible-role", report.Summary.EligibleRoles, WorkbookTables.Same),
            .. ChartOf("by-right", report.Summary.Rights, kind => Texts.Get("right." + kind)),
            .. WorkbookTables.Exceptions(report.Findings, report.Zone, report.MostRows),
            .. Changes(report),
            new Heading(Texts.Get("workbook.rights")),
            .. More(report.Rights.Count, report.MostRows, "rights.ndjson.gz"),
            new Table(Columns(), [.. report.Rights.Take(report.MostRows).Select(Line)]),
        ],
    };

    private static IEnumerable<Block> Overview(AccessRightsReport report)
    {
        static Fact Figure(string name, int value) => new(Texts.Get("figure." + name), WorkbookTables.Same(value.ToString("N0", CultureInfo.InvariantCulture)));
        var summary = report.Summary;
        yield return new Heading(Texts.Get("workbook.summary"));
        yield return new Facts(
        [
            new Fact(Texts.Get("workbook.at"), WorkbookTables.Same(SnapshotWorkbook.Local(report.At, report.Zone))),
            new Fact(Texts.Get("workbook.controls"), WorkbookTables.Same("A.5.15, A.5.18, A.8.2")),
            Figure("users", summary.Users), Figure("enabled-accounts", summary.EnabledUsers), Figure("guests", summary.Guests), Figure("groups", summary.Groups),
            Figure("service-principals", summary.Applications), Figure("administrators", summary.Administrators.Count), Figure("global-administrators", summary.GlobalAdministrators),
        ]);
        if (report.Gaps.Count > 0)
        {
            yield return new Heading(Texts.Get("workbook.completeness"));
            yield return new Facts([.. report.Gaps.Select(g => new Fact(Texts.Get("workbook.gap", Texts.Get("kind." + g.What)), Texts.Get("gap-reason." + g.Reason)))]);
        }
    }

    private static IEnumerable<Block> ChartOf(string breakdown, IReadOnlyDictionary<string, int> counts, Func<string, LocalizedText> nameOf)
    {
        if (counts.Count > 0)
        {
            var largest = counts.OrderByDescending(c => c.Value).ThenBy(c => c.Key, StringComparer.Ordinal).Take(20).ToList();
            yield return new Chart(
                Texts.Get("breakdown." + breakdown), ChartKind.Bars, [.. largest.Select(c => nameOf(c.Key))],
                [new ChartSeries(Texts.Get("workbook.count"), [.. largest.Select(c => (decimal?)c.Value)])]);
        }
    }

    private static IEnumerable<Block> Changes(AccessRightsReport report)
    {
        var (gained, lost) = (report.Difference.Gained, report.Difference.Lost);
        yield return new Heading(Texts.Get("workbook.changes"));
        yield return new Paragraph(report.Difference.Since is { } since ? Texts.Get("workbook.compared-with", since) : Texts.Get("workbook.nothing-to-compare"));
        foreach (var block in More(gained.Count + lost.Count, report.MostRows, report.Summary.Changes is null ? AccessRightsActivities.ChangesFile : AccessRightsActivities.SummaryFile))
        {
            yield return block;
        }

        if (gained.Count + lost.Count > 0)
        {
            yield return new Table(
                [new Column(Texts.Get("workbook.change"), 8), .. Columns()],
                [
                    .. gained.Select(IReadOnlyList<LocalizedText> (r) => [Texts.Get("change.added"), .. Line(r)])
                        .Concat(lost.Select(IReadOnlyList<LocalizedText> (r) => [Texts.Get("change.removed"), .. Line(r)])).Take(report.MostRows),
                ]);
        }
    }

    private static IEnumerable<Block> More(int count, int most, string file) => count > most ? [new Paragraph(Texts.Get("workbook.more-in", count - most, file))] : [];

    private static IReadOnlyList<Column> Columns() =>
    [
        new(Texts.Get("workbook.kind"), 14), new(Texts.Get("workbook.holder"), 20), new(Texts.Get("workbook.holder-type"), 9), new(Texts.Get("workbook.what"), 26),
        new(Texts.Get("workbook.scope"), 16), new(Texts.Get("workbook.via"), 15),
    ];

    private static IReadOnlyList<LocalizedText> Line(Right right) =>
    [
        Texts.Get("right." + right.Kind), WorkbookTables.Same(right.HolderName.Length > 0 ? right.HolderName : right.HolderId), WorkbookTables.Holder(right.HolderType),
        WorkbookTables.Same(right.What), WorkbookTables.Same(right.Scope), WorkbookTables.Same(right.Via ?? ""),
    ];
}
