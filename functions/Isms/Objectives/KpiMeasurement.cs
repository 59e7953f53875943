using System.Text.Json.Serialization;
using Isms.Text;

namespace Isms.Objectives;

/// <summary>Where a quarter's measurement stands (clause 9.1).</summary>
public enum KpiStage
{
    /// <summary>The quarter is not far enough to be measured (予定).</summary>
    Scheduled,

    /// <summary>The system has measured; the values that only people know are being entered (入力待ち).</summary>
    Entering,

    /// <summary>The sheet is being written (記録中).</summary>
    Recording,

    /// <summary>The sheet is on record (記録済み).</summary>
    Recorded,

    /// <summary>No objective was to be measured, so there is no sheet (測定対象なし).</summary>
    NothingToMeasure,
}

/// <summary>The measurement of all objectives at the end of a quarter: its state row.</summary>
public sealed record KpiMeasurement
{
    /// <summary>Its id, which is the workflow's instance id as well, such as <c>kpi-FY2026-q1</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The fiscal year's id.</summary>
    public required string FiscalYear { get; init; }

    /// <summary>The quarter's number, 1–4.</summary>
    public required int Quarter { get; init; }

    /// <summary>The month in which the fiscal year starts, as it was when the quarter was planned.</summary>
    public required int StartMonth { get; init; }

    /// <summary>The plan item that the sheet is the record of; null while none asked for it.</summary>
    public string? Item { get; init; }

    /// <summary>Where it stands.</summary>
    public KpiStage Stage { get; init; }

    /// <summary>Counts the stages it entered.</summary>
    public int Serial { get; init; } = 1;

    /// <summary>When it entered its stage.</summary>
    public required DateTimeOffset StageSince { get; init; }

    /// <summary>The day on which the system measures and asks people for the rest.</summary>
    public required DateOnly MeasuresOn { get; init; }

    /// <summary>The day by which people enter their values.</summary>
    public required DateOnly EnterBy { get; init; }

    /// <summary>The day on which the sheet is recorded with whatever there is.</summary>
    public required DateOnly RecordsOn { get; init; }

    /// <summary>How many sheets were recorded or begun; a value that comes later makes another one.</summary>
    public int Round { get; init; }

    /// <summary>The evidence id of the newest sheet.</summary>
    public string? Evidence { get; init; }

    /// <summary>Why values are missing, where somebody had the sheet recorded without them.</summary>
    public string? ReasonForMissing { get; init; }

    /// <summary>The objectives that are due, in the order of the register.</summary>
    public IReadOnlyList<KpiLine> Lines { get; init; } = [];

    /// <summary>Every decision, oldest first.</summary>
    public IReadOnlyList<KpiDecision> Log { get; init; } = [];

    /// <summary>The lines without a value.</summary>
    [JsonIgnore]
    public IReadOnlyList<KpiLine> Missing => [.. Lines.Where(l => l.Value is null)];

    /// <summary>Whether every objective that is due has a value. Where none is due there is nothing to be complete.</summary>
    [JsonIgnore]
    public bool IsComplete => Lines.Count > 0 && Lines.All(l => l.Value is not null);

    /// <summary>Whether its workflow has nothing more to do.</summary>
    [JsonIgnore]
    public bool Ended => Stage is KpiStage.Recorded or KpiStage.NothingToMeasure;

    /// <summary>The id of a quarter's measurement.</summary>
    public static string IdOf(FiscalQuarter quarter)
    {
        ArgumentNullException.ThrowIfNull(quarter);
        return "kpi-" + quarter.Id;
    }

    /// <summary>The quarter.</summary>
    public FiscalQuarter ToQuarter() => Year.FiscalYear.TryParse(FiscalYear, StartMonth, out var year)
        ? new FiscalQuarter(year, Quarter)
        : throw new InvalidDataException($"'{FiscalYear}' is not a fiscal year.");
}

/// <summary>An objective in a quarter's measurement.</summary>
public sealed record KpiLine
{
    /// <summary>The objective as it was when the line was last looked at.</summary>
    public required Objective Objective { get; init; }

    /// <summary>What the system measured; null where it measures nothing, or has not yet.</summary>
    public SystemValue? System { get; init; }

    /// <summary>In the year's last quarter: what the system measured over the whole year.</summary>
    public SystemValue? SystemOfYear { get; init; }

    /// <summary>What people entered, oldest first; the last one counts.</summary>
    public IReadOnlyList<KpiEntry> Entries { get; init; } = [];

    /// <summary>The value of the quarter that the app writes into the register: a different one there is one that somebody typed.</summary>
    public decimal? Written { get; init; }

    /// <summary>The same of the year's result.</summary>
    public decimal? WrittenOfYear { get; init; }

    /// <summary>The value that counts: what somebody entered last, or else what the system measured.</summary>
    [JsonIgnore]
    public decimal? Value => Entries.Count > 0 ? Entries[^1].Value : System?.Value;

    /// <summary>Whether a person's value stands in place of a different one that the system measured.</summary>
    [JsonIgnore]
    public bool IsOverridden => Entries.Count > 0 && System?.Value is { } measured && measured != Entries[^1].Value;

    /// <summary>What its value comes to.</summary>
    [JsonIgnore]
    public Achievement Achievement => Objective.Judge(Value);

    /// <summary>The evidence that its value rests on.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> Evidence => Entries.Count > 0 ? Entries[^1].Evidence : System?.Evidence ?? [];
}

/// <summary>What the system measured.</summary>
public sealed record SystemValue
{
    /// <summary>The measure's id.</summary>
    public required string Measure { get; init; }

    /// <summary>When it was measured.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The first day it was measured over.</summary>
    public required DateOnly From { get; init; }

    /// <summary>The last day it was measured over.</summary>
    public required DateOnly Until { get; init; }

    /// <summary>The value; null when there was nothing to measure.</summary>
    public decimal? Value { get; init; }

    /// <summary>What was counted.</summary>
    public decimal? Numerator { get; init; }

    /// <summary>Out of how many.</summary>
    public decimal? Denominator { get; init; }

    /// <summary>The evidence it was counted from.</summary>
    public IReadOnlyList<string> Evidence { get; init; } = [];

    /// <summary>Why there was nothing to measure.</summary>
    public LocalizedText? NothingBecause { get; init; }

    /// <summary>What a measurement came to.</summary>
    public static SystemValue Of(string measure, MeasurePeriod period, MeasuredValue measured)
    {
        ArgumentNullException.ThrowIfNull(period);
        ArgumentNullException.ThrowIfNull(measured);
        return new SystemValue
        {
            Measure = measure,
            At = period.AsOf,
            From = period.From,
            Until = period.Until,
            Value = measured.Value,
            Numerator = measured.Numerator,
            Denominator = measured.Denominator,
            Evidence = measured.EvidenceIds,
            NothingBecause = measured.NothingBecause,
        };
    }
}

/// <summary>A value that a person entered.</summary>
/// <param name="Value">The value, in the objective's unit.</param>
/// <param name="By">The person id.</param>
/// <param name="At">When.</param>
/// <param name="Evidence">The evidence it rests on.</param>
/// <param name="Reason">Why it stands in place of what the system measured.</param>
/// <param name="InRegister">Whether it was typed into the register rather than entered as a measurement.</param>
public sealed record KpiEntry(decimal Value, string By, DateTimeOffset At, IReadOnlyList<string> Evidence, string? Reason = null, bool InRegister = false);

/// <summary>One entry of the decision log.</summary>
/// <param name="What">The command or event, such as <c>measure</c>.</param>
/// <param name="By">The person id, or <c>system</c>.</param>
/// <param name="At">When.</param>
/// <param name="Stage">The stage it led to.</param>
/// <param name="Objective">The objective it is about, where it is about one.</param>
/// <param name="Comment">In the person's words.</param>
public sealed record KpiDecision(string What, string By, DateTimeOffset At, KpiStage Stage, string? Objective = null, string? Comment = null);
