using System.Globalization;
using Isms.Documents;
using Isms.Organizations;
using Isms.Text;
using Isms.Year;

namespace Isms.Audits;

/// <summary>The documents of an audit: plan and checklist. The report is <see cref="AuditReport"/>.</summary>
public static class AuditPapers
{
    /// <summary>The audit plan (内部監査計画書), with its approval.</summary>
    public static PrintedDocument Plan(Audit audit, Organization organization)
    {
        ArgumentNullException.ThrowIfNull(audit);
        ArgumentNullException.ThrowIfNull(organization);
        var names = new AuditNames(organization);
        var plan = audit.Plan;
        return Paper(audit, organization, "plan", Number(AuditRules.IssueOfPlan(audit)), audit.RequestedAt, audit.RequestedBy, audit.PlanApproval,
        [
            new Heading(Texts.Get("audit-paper.outline")),
            new Facts(
            [
                new Fact(Texts.Get("audit-paper.objective"), plan.Objective),
                new Fact(Texts.Get("audit-paper.criteria"), plan.Criteria),
                new Fact(Texts.Get("audit-paper.dates"), Texts.Get("audit-paper.from-to", plan.From, plan.To)),
                new Fact(Texts.Get("audit-paper.departments"), Texts.Join(plan.Departments.Select(names.Department))),
                new Fact(Texts.Get("audit-paper.clauses"), LocalizedText.Same(string.Join(", ", plan.Clauses))),
                new Fact(Texts.Get("audit-paper.controls"), Controls(plan)),
                new Fact(Texts.Get("audit-paper.lead"), names.Person(plan.LeadAuditor)),
                new Fact(Texts.Get("audit-paper.auditors"), Texts.Join(plan.Auditors.Select(names.Person))),
            ]),
            new Heading(Texts.Get("audit-paper.assignments")),
            new Table(
                [
                    new Column(Texts.Get("audit-paper.department"), 18), new Column(Texts.Get("audit-paper.part"), 24), new Column(Texts.Get("audit-paper.auditee"), 20),
                    new Column(Texts.Get("audit-paper.auditor"), 18), new Column(Texts.Get("audit-paper.auditor-from"), 20),
                ],
                [.. plan.Assignments.Select(a => Row(
                    names.Department(a.Department), PartOf(a, plan), names.LeadOf(a.Department), names.Person(a.Auditor), names.DepartmentOf(a.Auditor)))]),
            new Paragraph(Texts.Get("audit-paper.independence")),
            new Heading(Texts.Get("audit-paper.timetable")),
            Timetable(plan, organization, names),
            new Paragraph(Texts.Get("audit-paper.timetable.note")),
            new Heading(Texts.Get("audit-paper.procedure")),
            new Bullets([Texts.Get("audit-paper.procedure.1"), Texts.Get("audit-paper.procedure.2"), Texts.Get("audit-paper.procedure.3"), Texts.Get("audit-paper.procedure.4")]),
        ]);
    }

    /// <summary>The checklist with its answers (内部監査チェックリスト).</summary>
    /// <param name="audit">The audit, whose answers have been submitted.</param>
    /// <param name="checklist">Its questions.</param>
    /// <param name="answers">The answers that were submitted, by question.</param>
    /// <param name="organization">For names.</param>
    public static PrintedDocument Checklist(
        Audit audit, Checklist checklist, IReadOnlyDictionary<string, GivenAnswer> answers, Organization organization)
    {
        ArgumentNullException.ThrowIfNull(audit);
        ArgumentNullException.ThrowIfNull(checklist);
        ArgumentNullException.ThrowIfNull(organization);
        var names = new AuditNames(organization);
        var blocks = new List<Block>();
        foreach (var department in checklist.Questions.GroupBy(q => q.Department))
        {
            blocks.Add(new Heading(names.Department(department.Key)));
            blocks.Add(new Table(
                [
                    new Column(Texts.Get("audit-paper.number"), 6), new Column(Texts.Get("audit-paper.requirement"), 9),
                    new Column(Texts.Get("audit-paper.question"), 42), new Column(Texts.Get("audit-paper.method"), 9),
                    new Column(Texts.Get("audit-paper.result"), 9), new Column(Texts.Get("audit-paper.note"), 25),
                ],
                [.. department.Select(q => AnswerRow(q, answers.GetValueOrDefault(q.Id), names))]));
        }

        var submission = audit.Submission!;
        return Paper(audit, organization, "checklist", Number(submission.Round), submission.At, submission.By, null, blocks) with { IsTabular = true, IsLandscape = true };
    }

    /// <summary>A document of an audit: number, organisation and approval block are the same for all of them.</summary>
    internal static PrintedDocument Paper(
        Audit audit, Organization organization, string kind, string version, DateTimeOffset at, string by, AuditApproval? approval, IReadOnlyList<Block> blocks)
    {
        var office = OfficeTime.Of(organization.TimeZone);
        var names = new AuditNames(organization);
        return new PrintedDocument
        {
            Title = Texts.Get($"audit-paper.{kind}.title"),
            Organization = organization.Name,
            Number = $"{audit.Id}-{kind}",
            Version = version,
            Date = office.DateAt(at),
            Approvals =
            [
                new Approval(Texts.Get("document.prepared"), names.Person(by), office.DateAt(at)),
                new Approval(
                    Texts.Get("document.approved"), approval is null ? null : names.Person(approval.By), approval is null ? null : office.DateAt(approval.At)),
            ],
            Blocks = blocks,
        };
    }

    internal static IReadOnlyList<Column> Columns(params ReadOnlySpan<string> keys)
    {
        var columns = new Column[keys.Length];
        for (var i = 0; i < keys.Length; i++)
        {
            columns[i] = new Column(Texts.Get(keys[i]));
        }

        return columns;
    }

    internal static IReadOnlyList<LocalizedText> Row(params LocalizedText[] cells) => cells;

    internal static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>The clause, or the control with its <c>A.</c>.</summary>
    internal static LocalizedText Demand(string? clause, string? control) =>
        clause is not null ? LocalizedText.Same(clause) : control is not null ? LocalizedText.Same("A." + control) : Texts.Get("document.none");

    private static LocalizedText PartOf(Assignment assignment, AuditPlan plan) =>
        assignment.Requirements is { Count: > 0 } given ? LocalizedText.Same(string.Join(", ", given))
        : Texts.Get(plan.Assignments.Any(a => a.Department == assignment.Department && a != assignment) ? "audit-paper.part.rest" : "audit-paper.part.all");

    private static Table Timetable(AuditPlan plan, Organization organization, AuditNames names)
    {
        var visits = AuditTimetable.Of(plan, organization);
        IReadOnlyList<LocalizedText> Meeting(string key, DateOnly day) =>
            Row(Texts.Get("audit-paper.day", day), Texts.Get(key), Texts.Join(plan.Departments.Select(names.LeadOf).Distinct()), Texts.Join(plan.Auditors.Select(names.Person)));
        return new Table(
            [
                new Column(Texts.Get("audit-paper.date"), 26), new Column(Texts.Get("audit-paper.visit"), 24), new Column(Texts.Get("audit-paper.auditee"), 26),
                new Column(Texts.Get("audit-paper.auditor"), 24),
            ],
            [
                Meeting("audit-paper.opening", plan.From),
                .. visits.GroupBy(v => (v.Department, v.Auditor, Part: string.Join(", ", v.Requirements))).Select(g => (Visit: g.First(), Last: g.Last().Day)).Select(g => Row(
                    g.Visit.Day == g.Last ? Texts.Get("audit-paper.day", g.Last) : Texts.Get("audit-paper.from-to", g.Visit.Day, g.Last),
                    g.Visit.Requirements.Count == 0 ? names.Department(g.Visit.Department) : Texts.Get("audit-paper.visit.part", names.Department(g.Visit.Department), string.Join(", ", g.Visit.Requirements)),
                    names.LeadOf(g.Visit.Department), names.Person(g.Visit.Auditor))),
                Meeting("audit-paper.closing", plan.To),
            ]);
    }

    private static LocalizedText Controls(AuditPlan plan) =>
        plan.ExcludedControls.Count > 0
            ? Texts.Get("audit-paper.applicable-controls", plan.Controls.Count, string.Join(", ", plan.ExcludedControls.Select(c => "A." + c)))
            : AllOrNamed(plan);

    private static LocalizedText AllOrNamed(AuditPlan plan) =>
        plan.Controls.Count == Catalogues.Standard.Controls.Count ? Texts.Get("audit-paper.all-controls", plan.Controls.Count)
        : plan.Controls.Count == 0 ? Texts.Get("document.none")
        : LocalizedText.Same(string.Join(", ", plan.Controls.Select(c => "A." + c)));

    private static IReadOnlyList<LocalizedText> AnswerRow(ChecklistQuestion question, GivenAnswer? given, AuditNames names)
    {
        var answer = given?.Answer;
        string?[] notes = [answer?.Note, answer?.Fact];
        var note = string.Join("\n", notes.Where(n => !string.IsNullOrWhiteSpace(n)));
        var evidence = answer?.Evidence is { Count: > 0 } ids ? Texts.Get("audit-paper.evidence", string.Join("\n", ids)) : LocalizedText.Same("");
        var who = given is null ? LocalizedText.Same("") : Texts.Get("audit-paper.answered-by", names.Person(given.By));
        return
        [
            LocalizedText.Same(question.Id),
            Demand(question.Clause, question.Control),
            Lines(question.Text, Texts.Get("audit-paper.ask-for", question.AskFor), FreshnessOf(question)),
            Texts.Get("audit.method." + question.Method),
            answer is null ? LocalizedText.Same("") : Texts.Get("audit.result." + answer.Result),
            Lines(LocalizedText.Same(note), evidence, who),
        ];
    }

    private static LocalizedText FreshnessOf(ChecklistQuestion question) =>
        question.Freshness is not { } fresh ? LocalizedText.Same("")
        : Texts.Get(fresh.IsStale ? "audit-paper.freshness.stale" : "audit-paper.freshness", fresh.NewestOn, fresh.AgeDays);

    private static LocalizedText Lines(params LocalizedText[] lines) => new(
        string.Join("\n", lines.Select(l => l.Ja).Where(l => l.Length > 0)), string.Join("\n", lines.Select(l => l.En).Where(l => l.Length > 0)));
}

/// <summary>Names of people and departments, for documents; an id that is no longer in the settings stands for itself.</summary>
/// <param name="organization">The organisation.</param>
public sealed class AuditNames(Organization organization)
{
    /// <summary>A person's name.</summary>
    public LocalizedText Person(string id) =>
        id == "system" ? Texts.Get("audit-paper.system") : organization.FindPerson(id)?.Name ?? LocalizedText.Same(id);

    /// <summary>A department's name.</summary>
    public LocalizedText Department(string id) => organization.FindDepartment(id)?.Name ?? LocalizedText.Same(id);

    /// <summary>The name of a department's lead.</summary>
    public LocalizedText LeadOf(string department) => organization.FindDepartment(department) is { } d ? Person(d.LeadId) : Texts.Get("document.none");

    /// <summary>The name of the department a person works in.</summary>
    public LocalizedText DepartmentOf(string person) => organization.FindPerson(person) is { } p ? Department(p.DepartmentId) : Texts.Get("document.none");
}
