using System.Text.Json.Serialization;
using Isms.Audits;
using Isms.Text;

namespace Isms.CorrectiveActions;

/// <summary>Where a corrective action stands (clause 10.2).</summary>
public enum ActionStage
{
    /// <summary>It has been raised, its owner does not know yet (起票).</summary>
    Raised,

    /// <summary>The owner corrects the nonconformity and deals with its consequences (修正).</summary>
    Correction,

    /// <summary>The owner finds the cause, looks whether the same exists elsewhere, and plans (原因分析).</summary>
    RootCause,

    /// <summary>The plan waits for approval (計画承認待ち).</summary>
    PlanApproval,

    /// <summary>The plan is being carried out (実施中).</summary>
    Implementing,

    /// <summary>After a waiting period somebody else checks whether it worked (有効性確認).</summary>
    EffectivenessCheck,

    /// <summary>It did not work and starts again from the cause (再開).</summary>
    Reopened,

    /// <summary>It worked (完了).</summary>
    Closed,
}

/// <summary>Where a corrective action comes from.</summary>
public enum ActionOrigin
{
    /// <summary>A finding of an internal audit.</summary>
    Audit,

    /// <summary>Somebody noticed a nonconformity.</summary>
    Manual,

    /// <summary>An incident.</summary>
    Incident,

    /// <summary>A management review.</summary>
    Review,

    /// <summary>A spot-check.</summary>
    SpotCheck,

    /// <summary>Monitoring evidence.</summary>
    Monitoring,

    /// <summary>A suggestion.</summary>
    Suggestion,

    /// <summary>A finding of the certification body.</summary>
    ExternalAudit,

    /// <summary>A committee meeting.</summary>
    Committee,
}

/// <summary>The source of a corrective action.</summary>
/// <param name="Origin">The kind of source.</param>
/// <param name="Instance">The workflow it came from, such as <c>audit-FY2026-01</c>.</param>
/// <param name="Finding">The finding within it, such as <c>f-01</c>.</param>
public sealed record ActionSource(ActionOrigin Origin, string? Instance = null, string? Finding = null);

/// <summary>The nonconformity that an action corrects.</summary>
/// <param name="Department">The department's id.</param>
/// <param name="Requirement">What is demanded.</param>
/// <param name="Fact">What was found instead.</param>
/// <param name="Evidence">Ids of the evidence of it.</param>
/// <param name="Clause">The clause it concerns.</param>
/// <param name="Control">The control it concerns.</param>
/// <param name="Grade">Major or minor, where an auditor graded it.</param>
/// <param name="Urgency">How soon something has to be done.</param>
/// <param name="RespondBy">Until when somebody outside – the certification body – wants cause and plan; null where nobody does.</param>
public sealed record Nonconformity(
    string Department,
    LocalizedText Requirement,
    string Fact,
    IReadOnlyList<string> Evidence,
    string? Clause = null,
    string? Control = null,
    AnswerResult? Grade = null,
    Urgency Urgency = Urgency.High,
    DateOnly? RespondBy = null);

/// <summary>A corrective action: its state row, and the record of every decision on it.</summary>
public sealed record CorrectiveAction
{
    /// <summary>Its id, which is the workflow's instance id as well, such as <c>action-FY2026-001</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The fiscal year in which it was raised.</summary>
    public required string FiscalYear { get; init; }

    /// <summary>Where it stands.</summary>
    public ActionStage Stage { get; init; }

    /// <summary>Counts the stages it entered.</summary>
    public int Serial { get; init; } = 1;

    /// <summary>When it entered its stage.</summary>
    public required DateTimeOffset StageSince { get; init; }

    /// <summary>The due date of the present step; null when nothing is due.</summary>
    public DateOnly? Due { get; init; }

    /// <summary>Where it comes from.</summary>
    public required ActionSource Source { get; init; }

    /// <summary>The nonconformity.</summary>
    public required Nonconformity Nonconformity { get; init; }

    /// <summary>The person id of the owner.</summary>
    public required string Owner { get; init; }

    /// <summary>The person id of who raised it, or <c>system</c>.</summary>
    public required string RaisedBy { get; init; }

    /// <summary>When it was raised.</summary>
    public required DateTimeOffset RaisedAt { get; init; }

    /// <summary>How the nonconformity itself was corrected.</summary>
    public Correction? Correction { get; init; }

    /// <summary>The rounds from cause to effectiveness, oldest first; a second one exists when the first was not effective.</summary>
    public IReadOnlyList<ActionRound> Rounds { get; init; } = [];

    /// <summary>Every decision, oldest first.</summary>
    public IReadOnlyList<ActionDecision> Log { get; init; } = [];

    /// <summary>The present round.</summary>
    [JsonIgnore]
    public ActionRound Round => Rounds.Count > 0 ? Rounds[^1] : new ActionRound(1);

    /// <summary>How often it was reopened.</summary>
    [JsonIgnore]
    public int Reopenings => Rounds.Count(r => r.Effectiveness is { Effective: false });
}

/// <summary>What was done at once (修正).</summary>
/// <param name="Description">What was done about the nonconformity and its consequences.</param>
/// <param name="Evidence">Ids of evidence of it.</param>
/// <param name="By">Who reported it.</param>
/// <param name="At">When.</param>
public sealed record Correction(string Description, IReadOnlyList<string> Evidence, string By, DateTimeOffset At);

/// <summary>One round from cause to effectiveness.</summary>
/// <param name="Number">Counts the rounds, from 1.</param>
/// <param name="RootCause">The cause.</param>
/// <param name="Plan">What is going to be done.</param>
/// <param name="Approval">Who approved the plan.</param>
/// <param name="Implementation">What was done.</param>
/// <param name="Effectiveness">Whether it worked.</param>
public sealed record ActionRound(
    int Number,
    RootCause? RootCause = null,
    ActionPlan? Plan = null,
    AuditApproval? Approval = null,
    Implementation? Implementation = null,
    Effectiveness? Effectiveness = null);

/// <summary>The cause (原因), and whether the same exists elsewhere (水平展開; clause 10.2 b 3).</summary>
/// <param name="Whys">The answers to the repeated question why, the last of them the root cause.</param>
/// <param name="Elsewhere">Where else it was looked for, and what was found.</param>
/// <param name="By">Who analysed it.</param>
/// <param name="At">When.</param>
public sealed record RootCause(IReadOnlyList<string> Whys, ElsewhereCheck Elsewhere, string By, DateTimeOffset At);

/// <summary>Whether similar nonconformities exist or could occur elsewhere.</summary>
/// <param name="Departments">Ids of the departments that were looked at.</param>
/// <param name="Result">What was found.</param>
/// <param name="SimilarFound">Whether the same was found.</param>
public sealed record ElsewhereCheck(IReadOnlyList<string> Departments, string Result, bool SimilarFound = false);

/// <summary>What is going to be done so that it does not happen again.</summary>
/// <param name="Steps">The steps.</param>
/// <param name="WaitingDays">How many days after implementation its effectiveness is checked.</param>
/// <param name="By">Who planned it.</param>
/// <param name="At">When.</param>
public sealed record ActionPlan(IReadOnlyList<PlanStep> Steps, int WaitingDays, string By, DateTimeOffset At)
{
    /// <summary>The day by which all of it is done.</summary>
    [JsonIgnore]
    public DateOnly Due => Steps.Max(s => s.Due);
}

/// <summary>A step of a plan.</summary>
/// <param name="What">What is done.</param>
/// <param name="Responsible">The person id of who does it.</param>
/// <param name="Due">By when.</param>
public sealed record PlanStep(string What, string Responsible, DateOnly Due);

/// <summary>What was done.</summary>
/// <param name="Note">In words.</param>
/// <param name="Evidence">Ids of evidence of it, at least one.</param>
/// <param name="By">Who reported it.</param>
/// <param name="At">When.</param>
public sealed record Implementation(string Note, IReadOnlyList<string> Evidence, string By, DateTimeOffset At);

/// <summary>Whether it worked (clause 10.2 d).</summary>
/// <param name="Effective">Whether it did.</param>
/// <param name="Note">How that was found.</param>
/// <param name="Evidence">Ids of evidence of it.</param>
/// <param name="By">Who checked: somebody other than the owner.</param>
/// <param name="At">When.</param>
public sealed record Effectiveness(bool Effective, string Note, IReadOnlyList<string> Evidence, string By, DateTimeOffset At);

/// <summary>One entry of the decision log.</summary>
/// <param name="What">The command or event.</param>
/// <param name="By">The person id of who did it, or <c>system</c>.</param>
/// <param name="At">When.</param>
/// <param name="Stage">The stage it led to.</param>
/// <param name="Comment">A remark.</param>
/// <param name="OnBehalfOf">The owner, when the secretariat acted for them.</param>
public sealed record ActionDecision(string What, string By, DateTimeOffset At, ActionStage Stage, string? Comment = null, string? OnBehalfOf = null);
