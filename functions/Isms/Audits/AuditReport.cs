using Isms.Catalogues;
using Isms.Documents;
using Isms.Organizations;
using Isms.Text;
using Isms.Year;

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
    /// <param name="previous">The audit before, to compare with; null where there is none.</param>
    public static PrintedDocument Write(
        Audit audit, Checklist checklist, IReadOnlyDictionary<string, GivenAnswer> answers, Organization organization, Audit? previous = null)
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
        var departments = audit.Plan.Departments.Select(d => (names.Department(d), checklist.Questions.Where(q => q.Department == d))).ToList();
        var demands = Demands(checklist).ToList();
        var statistics = new AuditStatistics(audit, answers);
        return AuditPapers.Paper(audit, organization, "report", AuditPapers.Number(submission.Round), submission.At, submission.By, audit.ReportApproval,
        [
            new Heading(Texts.Get("audit-report.summary")),
            new Paragraph(Conclusion(audit.Counts!)),
            Outline(audit, answers.Count, names),
            .. statistics.ByGrade(previous),
            new Heading(Texts.Get("audit-report.findings")),
            audit.Findings.Count == 0 ? new Paragraph(Texts.Get("audit-report.no-findings")) : FindingsTable(audit.Findings, names),
            new Heading(Texts.Get("audit-report.good-points")),
            good.Count == 0 ? new Paragraph(Texts.Get("audit-report.no-good-points")) : new Bullets(good),
            new Heading(Texts.Get("audit-report.by-department")),
            Counted(departments, answers, "audit-paper.department"),
            .. statistics.By(Texts.Get("audit-report.chart.departments"), departments),
            new Heading(Texts.Get("audit-report.by-requirement")),
            Counted(demands, answers, "audit-paper.requirement"),
            .. statistics.By(Texts.Get("audit-report.chart.requirements"), demands),
            new Heading(Texts.Get("audit-report.next")),
            new Bullets([Texts.Get("audit-report.next.1"), Texts.Get("audit-report.next.2")]),
            new Heading(Texts.Get("audit-report.distribution")),
            Distribution(audit, organization, names),
        ]);
    }

    /// <summary>The audit that a report compares with: the newest of those before it whose report is approved.</summary>
    public static Audit? PreviousOf(Audit audit, IEnumerable<Audit> audits)
    {
        ArgumentNullException.ThrowIfNull(audit);
        return audits
            .Where(a => a.Id != audit.Id && a.ReportApproval is not null && a.Counts is not null && a.Plan.To < audit.Plan.To)
            .OrderByDescending(a => a.Plan.To).ThenByDescending(a => a.Id, StringComparer.Ordinal).FirstOrDefault();
    }

    /// <summary>What the audit comes to, in one sentence.</summary>
    public static LocalizedText Conclusion(AnswerCounts counts)
    {
        ArgumentNullException.ThrowIfNull(counts);
        var key = counts.Major > 0 ? "major" : counts.Minor > 0 ? "minor" : counts.Observations > 0 ? "observation" : "none";
        return Texts.Get("audit-report.conclusion." + key, counts.Major, counts.Minor, counts.Observations);
    }

    private static Facts Outline(Audit audit, int answered, AuditNames names)
    {
        var counts = audit.Counts!;
        return new Facts(
        [
            new Fact(Texts.Get("audit-paper.dates"), Texts.Get("audit-paper.from-to", audit.Plan.From, audit.Plan.To)),
            new Fact(Texts.Get("audit-paper.departments"), Texts.Join(audit.Plan.Departments.Select(names.Department))),
            new Fact(Texts.Get("audit-paper.lead"), names.Person(audit.Plan.LeadAuditor)),
            new Fact(Texts.Get("audit-paper.auditors"), Texts.Join(audit.Plan.Auditors.Select(names.Person))),
            new Fact(Texts.Get("audit-report.answered"), Texts.Get("audit-report.answered.value", answered, counts.Questions)),
            new Fact(Texts.Get("audit-report.counts"), Texts.Get(
                "audit-report.counts.value", counts.Questions, counts.Conforming, counts.Major, counts.Minor, counts.Observations, counts.Opportunities,
                counts.NotApplicable)),
        ]);
    }

    /// <summary>Who gets the approved report (clause 9.2.2 d: relevant management); the letters that bring it are in the outbox.</summary>
    private static Facts Distribution(Audit audit, Organization organization, AuditNames names)
    {
        LocalizedText People(IEnumerable<string> ids) => Texts.Join(ids.Distinct().Select(names.Person));
        return new Facts(
        [
            new Fact(Texts.Get("audit-report.distribution.management"), People(organization.InRole(Role.TopManagement).Select(p => p.Id))),
            new Fact(Texts.Get("audit-report.distribution.auditees"), People(audit.Plan.Departments.Select(organization.FindDepartment).OfType<Department>().Select(d => d.LeadId))),
            new Fact(Texts.Get("audit-report.distribution.on"), audit.ReportApproval is { } approval
                ? Texts.Get("document.day", OfficeTime.Of(organization.TimeZone).DateAt(approval.At)) : Texts.Get("document.none")),
        ]);
    }

    private static LocalizedText UrgencyOf(Finding finding) => finding.UrgencyReasons.Count == 0
        ? Texts.Get("audit.urgency." + finding.Urgency)
        : Texts.Get("audit-report.urgency.value", Texts.Get("audit.urgency." + finding.Urgency), Texts.Join(finding.UrgencyReasons.Select(FindingUrgency.NameOf)));

    private static Table FindingsTable(IReadOnlyList<Finding> findings, AuditNames names) => new(
        [
            new Column(Texts.Get("audit-paper.number"), 6), new Column(Texts.Get("audit-report.grade"), 11), new Column(Texts.Get("audit-report.urgency"), 9),
            new Column(Texts.Get("audit-paper.department"), 10), new Column(Texts.Get("audit-paper.requirement"), 8),
            new Column(Texts.Get("audit-report.requirement-and-fact"), 27), new Column(Texts.Get("audit-report.evidence"), 29),
        ],
        [.. findings.Select(f => AuditPapers.Row(
            LocalizedText.Same(f.Id), Texts.Get("audit.result." + f.Grade), UrgencyOf(f), names.Department(f.Department),
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
