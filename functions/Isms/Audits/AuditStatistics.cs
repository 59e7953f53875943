using Isms.Documents;
using Isms.Text;

namespace Isms.Audits;

/// <summary>The figures of an audit as charts: findings by grade, beside those of the audit before, and where they were found.</summary>
/// <param name="audit">The audit, whose report is written.</param>
/// <param name="answers">The answers that were submitted, by question.</param>
internal sealed class AuditStatistics(Audit audit, IReadOnlyDictionary<string, GivenAnswer> answers)
{
    private const int MostGroups = 20;

    /// <summary>The grades of findings, from grave to slight, with the colours they have in every chart.</summary>
    private static readonly (AnswerResult Grade, string Color)[] Grades =
    [
        (AnswerResult.MajorNonconformity, "D2574B"), (AnswerResult.MinorNonconformity, "EDA24C"), (AnswerResult.Observation, "F2D45C"), (AnswerResult.Opportunity, "7FB2D9"),
    ];

    /// <summary>Findings by grade, and what has changed since the audit before.</summary>
    public IEnumerable<Block> ByGrade(Audit? previous)
    {
        var categories = Grades.Select(g => Texts.Get("audit.result." + g.Grade)).ToList();
        if (previous?.Counts is not { } before)
        {
            return audit.Findings.Count == 0 ? [] : [new Chart(Texts.Get("audit-report.chart.grades"), ChartKind.Columns, categories, [SeriesOf(audit, audit.Counts!)])];
        }

        var now = audit.Counts!;
        var rows = Grades.Select(g => (Name: Texts.Get("audit.result." + g.Grade), Before: CountOf(before, g.Grade), Now: CountOf(now, g.Grade)))
            .Append((Name: Texts.Get("audit-report.questions"), Before: before.Questions, Now: now.Questions));
        return
        [
            new Heading(Texts.Get("audit-report.comparison"), 2),
            new Table(
                [new Column(Texts.Get("audit-report.grade"), 40), new Column(NameOf(previous)), new Column(NameOf(audit)), new Column(Texts.Get("audit-report.change"))],
                [.. rows.Select(r => AuditPapers.Row(r.Name, Number(r.Before), Number(r.Now), LocalizedText.Same(Signed(r.Now - r.Before))))]),
            new Paragraph(Texts.Get("audit-report.recurring", audit.Findings.Count(f => f.UrgencyReasons.Contains(UrgencyReason.Recurs)))),
            .. audit.Findings.Count + previous.Findings.Count == 0 ? Array.Empty<Block>() :
            [
                new Chart(Texts.Get("audit-report.chart.comparison"), ChartKind.Columns, categories, [SeriesOf(previous, before) with { Color = "B9C3CE" }, SeriesOf(audit, now)]),
            ],
        ];
    }

    /// <summary>Findings by something; groups without any are left out, and so is a chart of nothing.</summary>
    public IEnumerable<Block> By(LocalizedText title, IEnumerable<(LocalizedText Name, IEnumerable<ChecklistQuestion> Questions)> groups)
    {
        var counted = groups
            .Select(g => (g.Name, Results: g.Questions.Select(q => answers.GetValueOrDefault(q.Id)?.Answer.Result).CountBy(r => r ?? AnswerResult.Conforming).ToDictionary()))
            .Where(g => Grades.Any(grade => g.Results.ContainsKey(grade.Grade))).Take(MostGroups).ToList();
        return counted.Count == 0 ? [] :
        [
            new Chart(title, ChartKind.StackedBars, [.. counted.Select(g => g.Name)],
                [.. Grades.Select(grade => new ChartSeries(
                    Texts.Get("audit.result." + grade.Grade), [.. counted.Select(g => (decimal?)g.Results.GetValueOrDefault(grade.Grade))], grade.Color))]),
        ];
    }

    private static ChartSeries SeriesOf(Audit audit, AnswerCounts counts) => new(NameOf(audit), [.. Grades.Select(g => (decimal?)CountOf(counts, g.Grade))]);

    private static LocalizedText NameOf(Audit audit) => LocalizedText.Same(audit.Id);

    private static int CountOf(AnswerCounts counts, AnswerResult grade) => grade switch
    {
        AnswerResult.MajorNonconformity => counts.Major,
        AnswerResult.MinorNonconformity => counts.Minor,
        AnswerResult.Observation => counts.Observations,
        _ => counts.Opportunities,
    };

    private static LocalizedText Number(int number) => LocalizedText.Same(AuditPapers.Number(number));

    private static string Signed(int change) => change > 0 ? "+" + AuditPapers.Number(change) : change < 0 ? "−" + AuditPapers.Number(-change) : "±0";
}
