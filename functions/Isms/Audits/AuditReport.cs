using Isms.Catalogues;
using Isms.Documents;
using Isms.Organizations;
using Isms.Text;

namespace Isms.Audits;

/// <summary>The audit report (内部監査報告書; clause 9.2.2 e).</summary>
public static class AuditReport
{
    private static readonly AnswerResult[] Grades =
        [AnswerResult.MajorNonconformity, AnswerResult.MinorNonconformity, AnswerResult.Observation, AnswerResult.Opportunity];

    /// <summary>The report with its approval.</summary>
    /// <param name="audit">The audit, whose report is written.</param>
    /// <param name="checklist">Its questions.</param>
    /// <param name="answers">The answers that were submitted, by question.</param>
    /// <param name="organization">For names.</param>
    public static PrintedDocument Write(Audit audit, Checklist checklist, IReadOnlyDictionary<string, GivenAnswer> answers, Organization organization)
    {
        ArgumentNullException.ThrowIfNull(audit);
        ArgumentNullException.ThrowIfNull(checklist);
        ArgumentNullException.ThrowIfNull(answers);
        ArgumentNullException.ThrowIfNull(organization);
        var names = new AuditNames(organization);
        var submission = audit.Submission!;
        var good = checklist.Questions
            .Select(q => (Question: q, Given: answers.GetValueOrDefault(q.Id)))
            .Where(a => a.Given is { Answer: { GoodPoint: true, Note.Length: > 0 } })
            .Select(a => Texts.Get("audit-report.good-point", names.Department(a.Question.Department), AuditPapers.Demand(a.Question.Clause, a.Question.Control), a.Given!.Answer.Note))
            .ToList();
        return AuditPapers.Paper(audit, organization, "report", AuditPapers.Number(submission.Round), submission.At, submission.By, audit.ReportApproval,
        [
            new Heading(Texts.Get("audit-report.summary")),
            new Paragraph(Conclusion(audit.Counts!)),
            Outline(audit, names),
            new Heading(Texts.Get("audit-report.findings")),
            audit.Findings.Count == 0 ? new Paragraph(Texts.Get("audit-report.no-findings")) : FindingsTable(audit.Findings, names),
            new Heading(Texts.Get("audit-report.good-points")),
            good.Count == 0 ? new Paragraph(Texts.Get("audit-report.no-good-points")) : new Bullets(good),
            new Heading(Texts.Get("audit-report.by-department")),
            Counted(audit.Plan.Departments.Select(d => (names.Department(d), checklist.Questions.Where(q => q.Department == d))), answers, "audit-paper.department"),
            new Heading(Texts.Get("audit-report.by-requirement")),
            Counted(Demands(checklist), answers, "audit-paper.requirement"),
            new Heading(Texts.Get("audit-report.next")),
            new Bullets([Texts.Get("audit-report.next.1"), Texts.Get("audit-report.next.2")]),
        ]);
    }

    /// <summary>What the audit comes to, in one sentence.</summary>
    public static LocalizedText Conclusion(AnswerCounts counts)
    {
        ArgumentNullException.ThrowIfNull(counts);
        var key = counts.Major > 0 ? "major" : counts.Minor > 0 ? "minor" : counts.Observations > 0 ? "observation" : "none";
        return Texts.Get("audit-report.conclusion." + key, counts.Major, counts.Minor, counts.Observations);
    }

    private static Facts Outline(Audit audit, AuditNames names)
    {
        var counts = audit.Counts!;
        return new Facts(
        [
            new Fact(Texts.Get("audit-paper.dates"), Texts.Get("audit-paper.from-to", audit.Plan.From, audit.Plan.To)),
            new Fact(Texts.Get("audit-paper.departments"), Texts.Join(audit.Plan.Departments.Select(names.Department))),
            new Fact(Texts.Get("audit-paper.lead"), names.Person(audit.Plan.LeadAuditor)),
            new Fact(Texts.Get("audit-paper.auditors"), Texts.Join(audit.Plan.Auditors.Select(names.Person))),
            new Fact(Texts.Get("audit-report.counts"), Texts.Get(
                "audit-report.counts.value", counts.Questions, counts.Conforming, counts.Major, counts.Minor, counts.Observations, counts.Opportunities,
                counts.NotApplicable)),
        ]);
    }

    private static Table FindingsTable(IReadOnlyList<Finding> findings, AuditNames names) => new(
        [
            new Column(Texts.Get("audit-paper.number"), 7), new Column(Texts.Get("audit-report.grade"), 13), new Column(Texts.Get("audit-report.urgency"), 9),
            new Column(Texts.Get("audit-paper.department"), 13), new Column(Texts.Get("audit-paper.requirement"), 9),
            new Column(Texts.Get("audit-report.requirement-and-fact"), 34), new Column(Texts.Get("audit-report.evidence"), 15),
        ],
        [.. findings.Select(f => AuditPapers.Row(
            LocalizedText.Same(f.Id), Texts.Get("audit.result." + f.Grade), Texts.Get("audit.urgency." + f.Urgency), names.Department(f.Department),
            AuditPapers.Demand(f.Clause, f.Control),
            f.IsNonconformity ? Texts.Get("audit-report.requirement-and-fact.value", f.Requirement, f.Fact) : LocalizedText.Same(f.Fact),
            LocalizedText.Same(string.Join("\n", f.Evidence))))]);

    /// <summary>Clauses one by one, controls by theme: ninety-three lines would hide what matters.</summary>
    private static IEnumerable<(LocalizedText Name, IEnumerable<ChecklistQuestion> Questions)> Demands(Checklist checklist)
    {
        var clauses = checklist.Questions.Where(q => q.Clause is not null).GroupBy(q => q.Clause!)
            .OrderBy(g => Standard.OrderOf(g.Key, null))
            .Select(g => (new LocalizedText($"{g.Key} {Standard.FindClause(g.Key)?.Title.Ja}", $"{g.Key} {Standard.FindClause(g.Key)?.Title.En}"), g.AsEnumerable()));
        var themes = checklist.Questions.Where(q => q.Control is not null).GroupBy(q => q.Control!.Split('.')[0]).OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => (Texts.Get("audit-report.theme." + g.Key), g.AsEnumerable()));
        return clauses.Concat(themes);
    }

    private static Table Counted(
        IEnumerable<(LocalizedText Name, IEnumerable<ChecklistQuestion> Questions)> groups, IReadOnlyDictionary<string, GivenAnswer> answers, string head)
    {
        var columns = new List<Column> { new(Texts.Get(head), 40), new(Texts.Get("audit-report.questions")), new(Texts.Get("audit.result.Conforming")) };
        columns.AddRange(Grades.Select(g => new Column(Texts.Get("audit.result." + g))));
        return new Table(columns, [.. groups.Select(group =>
        {
            var results = group.Questions.Select(q => answers.GetValueOrDefault(q.Id)?.Answer.Result).ToList();
            LocalizedText Count(AnswerResult result) => LocalizedText.Same(AuditPapers.Number(results.Count(r => r == result)));
            return (IReadOnlyList<LocalizedText>)
                [group.Name, LocalizedText.Same(AuditPapers.Number(results.Count)), Count(AnswerResult.Conforming), .. Grades.Select(Count)];
        })]);
    }
}
