using System.Globalization;
using Isms.Documents;
using Isms.Organizations;
using Isms.Text;

namespace Isms.Reports;

/// <summary>The monthly report as a page and as a mail.</summary>
public static class ManagementReportText
{
    /// <summary>The title, such as 経営層への月次報告(2026年5月).</summary>
    public static LocalizedText Title(ManagementReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        return Texts.Get("management-report.title", MonthOf(report));
    }

    /// <summary>The page.</summary>
    public static PrintedDocument Page(ManagementReport report, string number, Organization organization)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(organization);
        return new PrintedDocument
        {
            Title = Title(report),
            Organization = organization.Name,
            Number = number,
            Version = "1",
            Date = report.AsOf,
            Blocks =
            [
                .. Sections(report).SelectMany(s => new Block[] { new Heading(s.Head), new Facts([.. s.Figures.Select(f => new Fact(f.Name, f.Value))]) }),
                new Heading(T("overdue-items")),
                report.Overdue.Count == 0
                    ? new Paragraph(Texts.Get("document.none"))
                    : new Table(
                        [new Column(T("item")), new Column(T("due"), 22), new Column(T("responsible"), 26)],
                        [.. report.Overdue.Select(o => (IReadOnlyList<LocalizedText>)[o.Title, Texts.Get("document.day", o.DueOn), Names(o, organization)])]),
            ],
        };
    }

    /// <summary>The mail's subject line and text.</summary>
    public static (LocalizedText Subject, LocalizedText Body) Mail(ManagementReport report, Person recipient, Organization organization, string evidence)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(recipient);
        ArgumentNullException.ThrowIfNull(organization);
        var parts = Sections(report).Select(s => Lines(Texts.Get("management-report.head", s.Head), s.Figures.Select(f => Texts.Get("management-report.line", f.Name, f.Value)))).ToList();
        var overdue = report.Overdue.Select(o => Texts.Get("management-report.overdue-line", o.Title, o.DueOn, Names(o, organization))).DefaultIfEmpty(Texts.Get("weekly.none"));
        parts.Insert(1, Lines(Texts.Get("management-report.head", T("overdue-items")), overdue));
        parts.Add(Texts.Get("management-report.evidence", evidence));
        var list = new LocalizedText(string.Join("\n\n", parts.Select(p => p.Ja)), string.Join("\n\n", parts.Select(p => p.En)));
        return (
            Texts.Get("management-report.subject", MonthOf(report)),
            Texts.Get("item-notice.letter", recipient.Name, Texts.Get("management-report.body", MonthOf(report)), list, organization.Name));
    }

    private static IReadOnlyList<(LocalizedText Head, IReadOnlyList<ReportFigure> Figures)> Sections(ManagementReport report)
    {
        var (progress, none) = (report.Progress, new ReportFigure(T("recorded"), Texts.Get("document.none")));
        return
        [
            (T("plan"),
            [
                Figure("total", progress.Total), Figure("done", progress.Done), Figure("open", progress.Open), Figure("submitted", progress.Submitted),
                Figure("overdue", progress.Overdue), Figure("escalated", progress.Escalated),
            ]),
            (T("findings"),
            [
                Figure("major", report.Findings.Major), Figure("minor", report.Findings.Minor), Figure("observations", report.Findings.Observations),
                Figure("actions-open", report.Actions.Open), Figure("actions-overdue", report.Actions.Overdue), Figure("actions-closed", report.Actions.Closed),
            ]),
            (T("indicators"),
            [
                new ReportFigure(T("on-time"), progress.OnTimePercent is { } percent ? Plain(percent.ToString("0.0", CultureInfo.InvariantCulture) + " %") : T("not-yet")),
                .. report.Indicators,
            ]),
            (T("incidents"), report.Incidents.Count > 0 ? report.Incidents : [none]),
            (T("collectors"),
                report.Collectors.Count > 0
                    ? [.. report.Collectors.Select(c => new ReportFigure(c.Title, Texts.Get("management-report.collected", c.Recorded, c.Recorded - c.Partial, c.Partial)))]
                    : [none]),
            (T("ledger"),
            [
                new ReportFigure(T("ledger-size"), Plain(report.Ledger.Size.ToString(CultureInfo.InvariantCulture))), new ReportFigure(T("ledger-root"), Plain(report.Ledger.Root)),
            ]),
        ];
    }

    private static LocalizedText MonthOf(ManagementReport report) => new(
        report.Month.ToString("yyyy年M月", CultureInfo.InvariantCulture), report.Month.ToString("MMMM yyyy", CultureInfo.InvariantCulture));

    private static LocalizedText Lines(LocalizedText head, IEnumerable<LocalizedText> lines)
    {
        var all = lines.ToList();
        return new LocalizedText(head.Ja + "\n" + string.Join('\n', all.Select(l => l.Ja)), head.En + "\n" + string.Join('\n', all.Select(l => l.En)));
    }

    private static LocalizedText Names(OverdueItem item, Organization organization) =>
        Texts.Join(item.Responsible.Select(id => organization.FindPerson(id)?.Name ?? Plain(id)));

    private static ReportFigure Figure(string name, int value) => new(T(name), Plain(value.ToString(CultureInfo.InvariantCulture)));

    private static LocalizedText Plain(string text) => LocalizedText.Same(text);

    private static LocalizedText T(string name) => Texts.Get("management-report." + name);
}
