namespace Isms.Year;

/// <summary>Where a year of the management system stands.</summary>
public enum YearState
{
    /// <summary>Its plan is being worked on.</summary>
    Running,

    /// <summary>It ended; what was open went to the next year.</summary>
    Closed,

    /// <summary>Its plan is made and waits for its first day. Only people see it so: what is stored runs from its start on.</summary>
    Prepared,
}

/// <summary>A year of the management system.</summary>
public sealed record ManagementYear
{
    /// <summary>The fiscal year's id, such as <c>FY2026</c>.</summary>
    public required string FiscalYear { get; init; }

    /// <summary>The month it starts in: fixed with the year's start, whatever the settings say later.</summary>
    public required int StartMonth { get; init; }

    /// <summary>Where it stands.</summary>
    public YearState State { get; init; }

    /// <summary>When it was started.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Who started it.</summary>
    public required string StartedBy { get; init; }

    /// <summary>When its plan was complete; null while it is being made.</summary>
    public DateTimeOffset? PlannedAt { get; init; }

    /// <summary>What the organisation had changed of the yearly duties when the plan was made.</summary>
    public IReadOnlyList<PlanChange> Changes { get; init; } = [];

    /// <summary>The evidence id of its plan; null until that is recorded.</summary>
    public string? PlanEvidence { get; init; }

    /// <summary>When it was closed; null while it runs.</summary>
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>The evidence id of its summary; null while it runs.</summary>
    public string? SummaryEvidence { get; init; }

    /// <summary>The workflow instance's id, such as <c>year-FY2026</c>.</summary>
    public string InstanceId => InstanceIdOf(FiscalYear);

    /// <summary>The workflow instance's id of a year.</summary>
    public static string InstanceIdOf(string fiscalYear) => $"year-{fiscalYear}";

    /// <summary>Its days.</summary>
    public FiscalYear ToFiscalYear() =>
        Year.FiscalYear.TryParse(FiscalYear, StartMonth, out var year) ? year : throw new InvalidDataException($"'{FiscalYear}' is not a fiscal year.");

    /// <summary>Where it stands on a local date, as people see it.</summary>
    public YearState StateOn(DateOnly today) => State == YearState.Running && today < ToFiscalYear().Start ? YearState.Prepared : State;

    /// <summary>Closes the year.</summary>
    public ManagementYear Close(string summaryEvidence, DateTimeOffset at) =>
        State == YearState.Closed ? this : this with { State = YearState.Closed, ClosedAt = at, SummaryEvidence = summaryEvidence };
}
