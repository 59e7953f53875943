namespace Isms.Meetings;

/// <summary>What a decision is about (clause 9.3.3).</summary>
public enum DecisionKind
{
    /// <summary>The information security policy (方針).</summary>
    Policy,

    /// <summary>Objectives (目的).</summary>
    Objectives,

    /// <summary>People, money, means (資源).</summary>
    Resources,

    /// <summary>Continual improvement (改善).</summary>
    Improvement,

    /// <summary>Something else (その他).</summary>
    Other,
}

/// <summary>Where a decision stands.</summary>
public enum DecisionStatus
{
    /// <summary>It is to be carried out (未完了).</summary>
    Open,

    /// <summary>It was carried out (完了).</summary>
    Done,

    /// <summary>It was given up, with a reason (取下げ).</summary>
    Withdrawn,
}

/// <summary>What a decision starts as soon as the minutes are approved.</summary>
public enum DecisionFollowUp
{
    /// <summary>A corrective action: the decision is done when that is closed.</summary>
    CorrectiveAction,

    /// <summary>An entry in the register of suggestions.</summary>
    Suggestion,
}

/// <summary>A decision with an owner and a due date.</summary>
public sealed record Decision
{
    /// <summary>Its id within the meeting, such as <c>d-01</c>.</summary>
    public required string Id { get; init; }

    /// <summary>What it is about.</summary>
    public required DecisionKind Kind { get; init; }

    /// <summary>What is to be done.</summary>
    public required string What { get; init; }

    /// <summary>The person id of who sees to it.</summary>
    public required string Owner { get; init; }

    /// <summary>By when.</summary>
    public required DateOnly Due { get; init; }

    /// <summary>What it starts.</summary>
    public DecisionFollowUp? Raises { get; init; }

    /// <summary>The id of the department that a corrective action concerns.</summary>
    public string? Department { get; init; }

    /// <summary>The instance id of the plan item that it concerns, such as that of the objectives.</summary>
    public string? Item { get; init; }

    /// <summary>Where it stands.</summary>
    public DecisionStatus Status { get; init; }

    /// <summary>What it started: a corrective action's id, or an entry such as <c>suggestions/I-0003</c>.</summary>
    public string? Started { get; init; }

    /// <summary>Ids of evidence of its completion.</summary>
    public IReadOnlyList<string> Evidence { get; init; } = [];

    /// <summary>What happened to it since it was made, oldest first.</summary>
    public IReadOnlyList<DecisionEntry> Log { get; init; } = [];

    /// <summary>By when it was to be carried out at first, where it was extended since.</summary>
    public DateOnly? FirstDue { get; init; }

    /// <summary>Whether it should have been carried out by now.</summary>
    public bool IsOverdue(DateOnly today) => Status == DecisionStatus.Open && Due < today;
}

/// <summary>An entry of a decision's log.</summary>
/// <param name="What"><c>complete</c>, <c>extend</c> or <c>withdraw</c>.</param>
/// <param name="By">The person id, or <c>system</c>.</param>
/// <param name="At">When.</param>
/// <param name="Comment">What was done, or why.</param>
/// <param name="Due">The new due date, where it changed.</param>
/// <param name="OnBehalfOf">The owner, where somebody else reported it.</param>
public sealed record DecisionEntry(string What, string By, DateTimeOffset At, string? Comment = null, DateOnly? Due = null, string? OnBehalfOf = null);
