using Isms.Organizations;
using Isms.Text;

namespace Isms.Year;

/// <summary>Where a plan item stands.</summary>
public enum PlanItemState
{
    /// <summary>Its window has not come yet.</summary>
    Scheduled,

    /// <summary>The responsible person has been asked.</summary>
    Open,

    /// <summary>It waits for its approval.</summary>
    Submitted,

    /// <summary>The approver wants it improved; otherwise like open.</summary>
    Returned,

    /// <summary>Approved, or submitted where no approval is needed; its completion record is being written.</summary>
    Approved,

    /// <summary>Done, with its completion record among the evidence.</summary>
    Done,

    /// <summary>Not done in this year, for a reason, by decision of the ISMS manager or top management.</summary>
    Waived,

    /// <summary>Still open at the year's end: the next year takes it along.</summary>
    CarriedOver,
}

/// <summary>What happened to a plan item.</summary>
public enum PlanItemAct
{
    /// <summary>It became part of the year's plan.</summary>
    Planned,

    /// <summary>Its window came.</summary>
    Opened,

    /// <summary>It was submitted with its records.</summary>
    Submitted,

    /// <summary>It was approved.</summary>
    Approved,

    /// <summary>The approver gave it back.</summary>
    Returned,

    /// <summary>It was waived.</summary>
    Waived,

    /// <summary>It got another due date.</summary>
    Rescheduled,

    /// <summary>The work that does it – an internal audit, a training campaign – was started, or was there already; the comment is its id.</summary>
    WorkAssigned,

    /// <summary>Being overdue, it was brought before the ISMS manager.</summary>
    EscalatedToManager,

    /// <summary>Being long overdue, it was brought before top management.</summary>
    EscalatedToTopManagement,

    /// <summary>While it was in somebody's hands, it passed into other hands: a role was handed over, or a delegate steps in.</summary>
    HandedOver,

    /// <summary>Its completion record was written.</summary>
    Completed,

    /// <summary>The year ended first.</summary>
    CarriedOver,
}

/// <summary>An entry of a plan item's log: who did what, when and why.</summary>
/// <param name="At">When.</param>
/// <param name="Actor">The person's id, or <c>system</c>.</param>
/// <param name="Act">What.</param>
/// <param name="OnBehalfOf">Whose duty it was, where a delegate or the secretariat acted in somebody's place: a person's id, or a role.</param>
/// <param name="Comment">Why, in the person's words.</param>
/// <param name="Due">The new due date, where it changed.</param>
/// <param name="HandedTo">The ids of the people it came to, where it passed into other hands.</param>
public sealed record PlanItemEntry(
    DateTimeOffset At,
    string Actor,
    PlanItemAct Act,
    string? OnBehalfOf = null,
    string? Comment = null,
    DateOnly? Due = null,
    IReadOnlyList<string>? HandedTo = null);

/// <summary>In whose hands an item was when it was last looked at.</summary>
/// <param name="State">The state it was in.</param>
/// <param name="People">The ids of those who had to act, delegates included.</param>
public sealed record PlanItemTurn(PlanItemState State, IReadOnlyList<string> People);

/// <summary>Evidence that was found for a required record.</summary>
/// <param name="Record">The record's key.</param>
/// <param name="EvidenceIds">Newest last; of a long series only its newest.</param>
public sealed record FiledRecord(string Record, IReadOnlyList<string> EvidenceIds);

/// <summary>The item of an earlier year that this one continues.</summary>
/// <param name="FiscalYear">The year it was first planned in.</param>
/// <param name="Item">Its workflow instance id there.</param>
public sealed record CarriedFrom(string FiscalYear, string Item);

/// <summary>A duty of one fiscal year: a line of its plan.</summary>
public sealed record PlanItem
{
    /// <summary>Id within the year, such as <c>backup-check-m03</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The fiscal year's id.</summary>
    public required string FiscalYear { get; init; }

    /// <summary>The duty of the catalogue that it comes from.</summary>
    public required string Duty { get; init; }

    /// <summary>What people call it, with month, quarter and department where it has them.</summary>
    public required LocalizedText Title { get; init; }

    /// <inheritdoc cref="PlanDuty.Phase"/>
    public required PlanPhase Phase { get; init; }

    /// <inheritdoc cref="PlanDuty.Clauses"/>
    public required IReadOnlyList<string> Clauses { get; init; }

    /// <inheritdoc cref="PlanDuty.Controls"/>
    public required IReadOnlyList<string> Controls { get; init; }

    /// <summary>The department that does it for itself; null for the organisation's duties.</summary>
    public string? Department { get; init; }

    /// <inheritdoc cref="PlanDuty.Responsible"/>
    public required Role Responsible { get; init; }

    /// <inheritdoc cref="PlanDuty.Approver"/>
    public Role? Approver { get; init; }

    /// <inheritdoc cref="PlanDuty.Records"/>
    public required IReadOnlyList<RequiredRecord> Records { get; init; }

    /// <inheritdoc cref="PlanDuty.Supporting"/>
    public IReadOnlyList<string> Supporting { get; init; } = [];

    /// <inheritdoc cref="PlanDuty.Work"/>
    public string? Work { get; init; }

    /// <inheritdoc cref="PlanDuty.StartsNextYear"/>
    public bool StartsNextYear { get; init; }

    /// <summary>The id of the work that does it, such as an internal audit's; null while there is none.</summary>
    public string? WorkId { get; init; }

    /// <summary>The first day of its window.</summary>
    public required DateOnly OpensOn { get; init; }

    /// <summary>The day by which it must be submitted: a working day.</summary>
    public required DateOnly DueOn { get; init; }

    /// <summary>Where it stands.</summary>
    public PlanItemState State { get; init; }

    /// <summary>In whose hands it is; null until it opens.</summary>
    public PlanItemTurn? Turn { get; init; }

    /// <summary>The evidence that the last submission rested on.</summary>
    public IReadOnlyList<FiledRecord> Filed { get; init; } = [];

    /// <summary>The earlier year's item that it continues.</summary>
    public CarriedFrom? CarriedFrom { get; init; }

    /// <summary>Everything that happened to it, oldest first.</summary>
    public IReadOnlyList<PlanItemEntry> Log { get; init; } = [];

    /// <summary>The workflow instance's id, such as <c>item-FY2026-backup-check-m03</c>.</summary>
    public string InstanceId => InstanceIdOf(FiscalYear, Id);

    /// <summary>The last submission; null before the first.</summary>
    public PlanItemEntry? LastSubmission => Log.LastOrDefault(e => e.Act == PlanItemAct.Submitted);

    /// <summary>Whether nothing can happen to it any more.</summary>
    public bool HasEnded => State is PlanItemState.Done or PlanItemState.Waived or PlanItemState.CarriedOver;

    /// <summary>The workflow instance's id of an item of a year.</summary>
    public static string InstanceIdOf(string fiscalYear, string item) => $"item-{fiscalYear}-{item}";

    /// <summary>What all instance ids of a year's items start with.</summary>
    public static string InstancePrefixOf(string fiscalYear) => $"item-{fiscalYear}-";

    /// <summary>Whether it should have been submitted by now. Once it is submitted the approver's time does not count against it.</summary>
    public bool IsOverdue(DateOnly today) => today > DueOn && State is (PlanItemState.Scheduled or PlanItemState.Open or PlanItemState.Returned);
}
