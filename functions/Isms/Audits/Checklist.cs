using System.Globalization;
using Isms.Catalogues;
using Isms.Evidence;
using Isms.Organizations;
using Isms.Registers;
using Isms.Text;
using Isms.Year;

namespace Isms.Audits;

/// <summary>The checklist of an audit. It holds its texts, so that a later question bank does not change what was asked.</summary>
/// <param name="Questions">The questions, by department in the order of the settings.</param>
public sealed record Checklist(IReadOnlyList<ChecklistQuestion> Questions)
{
    /// <summary>The question of this id, or null.</summary>
    public ChecklistQuestion? Find(string id) => Questions.FirstOrDefault(q => q.Id == id);
}

/// <summary>A question of a checklist.</summary>
/// <param name="Id">Its id, such as <c>q-001</c>.</param>
/// <param name="Department">The department that is asked.</param>
/// <param name="Clause">The clause.</param>
/// <param name="Control">The control.</param>
/// <param name="Method">How to find out.</param>
/// <param name="Text">The question.</param>
/// <param name="AskFor">What evidence to ask for.</param>
/// <param name="Evidence">The newest evidence there is for it, newest first.</param>
/// <param name="FollowsUp">The earlier finding it follows up, as <c>audit id/finding id</c>.</param>
/// <param name="Action">The overdue corrective action it asks about.</param>
/// <param name="Risk">The risk whose treatment it asks about.</param>
/// <param name="Freshness">How fresh the newest evidence is; null where there is none.</param>
public sealed record ChecklistQuestion(
    string Id,
    string Department,
    string? Clause,
    string? Control,
    AuditMethod Method,
    LocalizedText Text,
    LocalizedText AskFor,
    IReadOnlyList<string> Evidence,
    string? FollowsUp = null,
    string? Action = null,
    string? Risk = null,
    EvidenceFreshness? Freshness = null);

/// <summary>A finding of the certification body, to be followed up.</summary>
/// <param name="Reference">The finding as <c>audit id/finding id</c>.</param>
/// <param name="Audit">What the audit is called.</param>
/// <param name="On">Its last day.</param>
/// <param name="IsNonconformity">Whether it is a nonconformity.</param>
/// <param name="Department">The department's id.</param>
/// <param name="Clause">The clause.</param>
/// <param name="Control">The control.</param>
/// <param name="Fact">What was found.</param>
public sealed record ExternalFinding(
    string Reference, LocalizedText Audit, DateOnly On, bool IsNonconformity, string Department, string? Clause, string? Control, string Fact);

/// <summary>What a checklist is drawn up from besides its plan and the question bank.</summary>
/// <param name="Today">The local date; evidence is as old as it is on it.</param>
public sealed record ChecklistSources(DateOnly Today)
{
    /// <summary>Earlier audits: what they found is followed up.</summary>
    public IReadOnlyList<Audit> Earlier { get; init; } = [];

    /// <summary>What the certification body found: where no internal audit has looked since, it is followed up as well (clause 9.2.2).</summary>
    public IReadOnlyList<ExternalFinding> External { get; init; } = [];

    /// <summary>Corrective actions that are overdue.</summary>
    public IReadOnlyList<OverdueAction> OverdueActions { get; init; } = [];

    /// <summary>The risks to look at.</summary>
    public AuditFocus Focus { get; init; } = AuditFocus.None;

    /// <summary>The evidence there is.</summary>
    public IReadOnlyList<EvidenceManifest> Evidence { get; init; } = [];
}

/// <summary>Generates checklists. The same inputs give the same questions with the same ids in the same order.</summary>
public static class ChecklistGenerator
{
    private const int EvidencePerQuestion = 3;

    /// <summary>The checklist of a plan.</summary>
    /// <param name="plan">The plan, whose scope decides.</param>
    /// <param name="organization">Whose departments and roles decide who is asked.</param>
    /// <param name="sources">What else it is drawn up from.</param>
    public static Checklist Generate(AuditPlan plan, Organization organization, ChecklistSources sources)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(organization);
        ArgumentNullException.ThrowIfNull(sources);
        var office = OfficeTime.Of(organization.TimeZone);
        var superseded = sources.Evidence.Select(e => e.Supersedes).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var newestFirst = sources.Evidence.Where(e => !superseded.Contains(e.Id)).OrderByDescending(e => e.CreatedAt).ThenBy(e => e.Id, StringComparer.Ordinal).ToList();
        var fromBank = QuestionBank.Questions.Where(q => IsInScope(q, plan)).Select(q => (Question: q, Departments: DepartmentsAsked(q, plan, organization))).ToList();
        var questions = plan.Departments.SelectMany(department =>
            FollowUps(department, plan, sources.Earlier, sources.External)
                .Concat(ChecklistFocus.OverdueActions(department, plan, sources.OverdueActions))
                .Concat(ChecklistFocus.Risks(department, plan, sources.Focus))
                .Concat(fromBank.Where(q => q.Departments.Contains(department)).Select(q => FromBank(q.Question, department))));
        return new Checklist([.. questions.Select((q, index) =>
        {
            var shown = newestFirst.Where(e => Shows(e, q)).Take(EvidencePerQuestion).ToList();
            return q with
            {
                Id = string.Create(CultureInfo.InvariantCulture, $"q-{index + 1:000}"),
                Evidence = [.. shown.Select(e => e.Id)],
                Freshness = shown is [var newest, ..] ? EvidenceFreshness.Of(newest, office, sources.Today) : null,
            };
        })]);
    }

    /// <summary>The departments in which a question of the bank is asked: every one in scope for what concerns all of them, or one of those for a sample; otherwise
    /// the one where the role's first holder in scope works.</summary>
    public static IReadOnlyList<string> DepartmentsAsked(BankQuestion question, AuditPlan plan, Organization organization)
    {
        ArgumentNullException.ThrowIfNull(question);
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(organization);
        return question.AskedOf == Role.DepartmentLead && question.Sampled && plan.Departments.Count > 0
            ? [plan.Departments[(QuestionBank.IndexOf(question) + plan.From.Year) % plan.Departments.Count]]
            : question.AskedOf == Role.DepartmentLead
            ? [.. plan.Departments]
            : [.. organization.InRole(question.AskedOf).Select(p => p.DepartmentId).Where(plan.Departments.Contains).Take(1)];
    }

    private static bool IsInScope(BankQuestion question, AuditPlan plan) =>
        question.Clause is { } clause ? plan.Clauses.Contains(clause) : plan.Controls.Contains(question.Control!);

    /// <summary>What the last audit that covered the department found there, and what the certification body has found there since.</summary>
    private static IEnumerable<ChecklistQuestion> FollowUps(
        string department, AuditPlan plan, IReadOnlyList<Audit> earlier, IReadOnlyList<ExternalFinding> external)
    {
        var last = earlier
            .Where(a => a.Stage is AuditStage.FollowingUp or AuditStage.Closed && a.Plan.Departments.Contains(department))
            .OrderByDescending(a => a.Plan.To).ThenByDescending(a => a.Id, StringComparer.Ordinal)
            .FirstOrDefault();
        bool IsInScope(string? clause, string? control) => plan.Clauses.Contains(clause ?? "") || plan.Controls.Contains(control ?? "");
        var own =
            from finding in last?.Findings ?? []
            where finding.Department == department && IsInScope(finding.Clause, finding.Control)
            orderby Standard.OrderOf(finding.Clause, finding.Control), finding.Id
            select FollowUp(last!.Id, finding);
        var ofTheBody =
            from finding in external
            where finding.Department == department && IsInScope(finding.Clause, finding.Control) && (last is null || finding.On > last.Plan.To)
            orderby finding.On, Standard.OrderOf(finding.Clause, finding.Control), finding.Reference
            select FollowUp(finding);
        return own.Concat(ofTheBody);
    }

    private static ChecklistQuestion FollowUp(ExternalFinding finding)
    {
        var key = finding.IsNonconformity ? "certification.follow-up.nonconformity" : "certification.follow-up.observation";
        return new ChecklistQuestion(
            "", finding.Department, finding.Clause, finding.Control, AuditMethod.Document, Texts.Get(key, finding.Audit, finding.Reference, finding.Fact),
            Texts.Get("audit.follow-up.evidence"), [], finding.Reference);
    }

    private static ChecklistQuestion FollowUp(string auditId, Finding finding)
    {
        var key = finding.IsNonconformity ? "audit.follow-up.nonconformity" : "audit.follow-up.observation";
        return new ChecklistQuestion(
            "", finding.Department, finding.Clause, finding.Control, AuditMethod.Document, Texts.Get(key, auditId, finding.Id, finding.Fact),
            Texts.Get("audit.follow-up.evidence"), [], $"{auditId}/{finding.Id}");
    }

    private static ChecklistQuestion FromBank(BankQuestion question, string department) =>
        new("", department, question.Clause, question.Control, question.Method, question.Text, question.Evidence, []);

    /// <summary>Evidence for a heading such as 9.2 counts for what stands below it.</summary>
    private static bool Shows(EvidenceManifest evidence, ChecklistQuestion question) =>
        question.Clause is { } clause
            ? evidence.Clauses.Any(c => c == clause || clause.StartsWith(c + ".", StringComparison.Ordinal))
            : ControlEvidence.Find(question.Control!)?.IsShownBy(evidence) ?? false;
}
