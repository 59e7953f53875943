using Isms.Audits;
using Isms.CorrectiveActions;
using Isms.Text;

namespace Isms.Certification;

/// <summary>Where an audit of the certification body stands.</summary>
public enum CertificationAuditStage
{
    /// <summary>It is being prepared (準備中).</summary>
    Planned,

    /// <summary>It took place; its result is being put on record (審査実施).</summary>
    Held,

    /// <summary>The body waits for the corrective action plan (是正処置計画の回答待ち).</summary>
    Responding,

    /// <summary>The body has accepted the plan, or had nothing to ask for; corrective actions are followed up (受理).</summary>
    Accepted,

    /// <summary>All is done (完了).</summary>
    Closed,

    /// <summary>It did not take place (中止).</summary>
    Cancelled,
}

/// <summary>What the audit team recommends to its body.</summary>
public enum CertificationResult
{
    /// <summary>To certify, to maintain or to renew (推薦).</summary>
    Recommended,

    /// <summary>The same, once corrections are accepted (条件付き推薦).</summary>
    RecommendedAfterCorrections,

    /// <summary>To look again on site first (フォローアップ審査).</summary>
    FollowUpAudit,

    /// <summary>Not to certify, or to suspend (推薦しない).</summary>
    NotRecommended,
}

/// <summary>A finding of the certification body.</summary>
public sealed record CertificationFinding
{
    /// <summary>Its id within the audit, such as <c>f-01</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The grade in the body's own words.</summary>
    public required string Wording { get; init; }

    /// <summary>Which of our grades that is.</summary>
    public required AnswerResult Grade { get; init; }

    /// <summary>The department it was found in.</summary>
    public required string Department { get; init; }

    /// <summary>The clause it concerns.</summary>
    public string? Clause { get; init; }

    /// <summary>The control it concerns.</summary>
    public string? Control { get; init; }

    /// <summary>What is demanded.</summary>
    public required LocalizedText Requirement { get; init; }

    /// <summary>What was found.</summary>
    public required string Fact { get; init; }

    /// <summary>Whether it is a nonconformity, major or minor: it starts a corrective action, which the body wants to see.</summary>
    public bool IsNonconformity => Grade is AnswerResult.MajorNonconformity or AnswerResult.MinorNonconformity;
}

/// <summary>What the body is told about one nonconformity: it is what the corrective action says at that time.</summary>
/// <param name="Finding">The finding's id.</param>
/// <param name="Action">The corrective action's id.</param>
/// <param name="Correction">What was done at once.</param>
/// <param name="Whys">How the cause was found, the last being the root cause.</param>
/// <param name="Steps">What is going to be done.</param>
public sealed record RespondedFinding(string Finding, string Action, string Correction, IReadOnlyList<string> Whys, IReadOnlyList<PlanStep> Steps);

/// <summary>The corrective action plan as it was sent to the body.</summary>
/// <param name="Round">Counts the plans, from 1: a returned one is sent again.</param>
/// <param name="By">The person id of who sent it.</param>
/// <param name="At">When.</param>
/// <param name="Comment">A remark.</param>
/// <param name="Findings">What it says of each nonconformity.</param>
/// <param name="Evidence">Ids of evidence that was sent along.</param>
public sealed record CertificationResponse(
    int Round, string By, DateTimeOffset At, string? Comment, IReadOnlyList<RespondedFinding> Findings, IReadOnlyList<string> Evidence);

/// <summary>What the audit came to.</summary>
public sealed record CertificationOutcome
{
    /// <summary>What is recommended.</summary>
    public required CertificationResult Result { get; init; }

    /// <summary>The auditors of the body, the leader first.</summary>
    public IReadOnlyList<string> Auditors { get; init; } = [];

    /// <summary>The body's conclusion, in its words.</summary>
    public string? Summary { get; init; }

    /// <summary>The findings, gravest first.</summary>
    public IReadOnlyList<CertificationFinding> Findings { get; init; } = [];

    /// <summary>Ids of evidence: the body's report, if it was filed.</summary>
    public IReadOnlyList<string> Evidence { get; init; } = [];

    /// <summary>The person id of who entered it.</summary>
    public required string By { get; init; }

    /// <summary>When it was entered.</summary>
    public required DateTimeOffset At { get; init; }
}

/// <summary>An audit of the certification body: its state row, and the record of every decision on it.</summary>
public sealed record CertificationAudit
{
    /// <summary>Its id, which is the workflow's instance id as well, such as <c>certification-2024-surveillance-1</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The fiscal year in which it is planned.</summary>
    public required string FiscalYear { get; init; }

    /// <summary>Its kind.</summary>
    public required CertificationAuditKind Kind { get; init; }

    /// <summary>What it is called.</summary>
    public required LocalizedText Title { get; init; }

    /// <summary>The audit of the track that it is; null for one outside the cycle.</summary>
    public string? Track { get; init; }

    /// <summary>The instance id of the plan item whose records it leaves; null for one outside the plan.</summary>
    public string? PlanItem { get; init; }

    /// <summary>The certification body.</summary>
    public required LocalizedText Body { get; init; }

    /// <summary>Where it stands.</summary>
    public CertificationAuditStage Stage { get; init; }

    /// <summary>Counts the stages it entered.</summary>
    public int Serial { get; init; } = 1;

    /// <summary>When it entered its stage.</summary>
    public required DateTimeOffset StageSince { get; init; }

    /// <summary>Its first day.</summary>
    public required DateOnly From { get; init; }

    /// <summary>Its last day.</summary>
    public required DateOnly To { get; init; }

    /// <summary>What is to be done before it.</summary>
    public IReadOnlyList<TrackMilestone> Milestones { get; init; } = [];

    /// <summary>What it came to; null before.</summary>
    public CertificationOutcome? Outcome { get; init; }

    /// <summary>Until when the body waits for the corrective action plan; null where there is nothing to answer.</summary>
    public DateOnly? RespondBy { get; init; }

    /// <summary>The plans that were sent, oldest first.</summary>
    public IReadOnlyList<CertificationResponse> Responses { get; init; } = [];

    /// <summary>The corrective actions that its nonconformities started.</summary>
    public IReadOnlyList<StartedAction> Actions { get; init; } = [];

    /// <summary>Every decision, oldest first.</summary>
    public required IReadOnlyList<CertificationDecision> Log { get; init; }

    /// <summary>The findings; none before it took place.</summary>
    public IReadOnlyList<CertificationFinding> FindingsSoFar() => Outcome?.Findings ?? [];

    /// <summary>Those that demand a corrective action.</summary>
    public IEnumerable<CertificationFinding> Nonconformities() => FindingsSoFar().Where(f => f.IsNonconformity);

    /// <summary>Whether nothing more happens to it.</summary>
    public bool HasEnded() => Stage is CertificationAuditStage.Closed or CertificationAuditStage.Cancelled;
}

/// <summary>One entry of the decision log.</summary>
/// <param name="What">The command or event, such as <c>accept</c>.</param>
/// <param name="By">The person id of who did it, or <c>system</c>.</param>
/// <param name="At">When.</param>
/// <param name="Stage">The stage it led to.</param>
/// <param name="Comment">What they remarked.</param>
public sealed record CertificationDecision(string What, string By, DateTimeOffset At, CertificationAuditStage Stage, string? Comment = null);
