using Isms.Organizations;
using Isms.Rules;
using Isms.Year;

namespace Isms.Objectives;

/// <summary>What the register of objectives says when a quarter is measured.</summary>
/// <param name="Year">The objective, and the values that stand in the register.</param>
/// <param name="System">What the system measured over the quarter; null where it did not measure.</param>
/// <param name="SystemOfYear">What it measured over the whole year; null where it did not.</param>
/// <param name="ChangedBy">Who last wrote the entry.</param>
/// <param name="ChangedAt">When.</param>
public sealed record ObjectiveReading(ObjectiveYear Year, SystemValue? System, SystemValue? SystemOfYear, string ChangedBy, DateTimeOffset ChangedAt);

/// <summary>What happens to a quarter's measurement. Each rule is a pure function from the present state to the next one.</summary>
public static class KpiRules
{
    private const int LongestReason = 2_000;

    /// <summary>The measurement of a quarter, planned.</summary>
    public static KpiMeasurement IsPlanned(FiscalQuarter quarter, string? item, Organization organization, string by, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(quarter);
        ArgumentNullException.ThrowIfNull(organization);
        var (measuresOn, enterBy, recordsOn) = KpiSchedule.DaysOf(quarter, WorkingDays.Of(organization));
        return new KpiMeasurement
        {
            Id = KpiMeasurement.IdOf(quarter),
            FiscalYear = quarter.Year.Id,
            Quarter = quarter.Number,
            StartMonth = quarter.Year.StartMonth,
            Item = item,
            StageSince = at,
            MeasuresOn = measuresOn,
            EnterBy = enterBy,
            RecordsOn = recordsOn,
            Log = [new KpiDecision("plan", by, at, KpiStage.Scheduled)],
        };
    }

    /// <summary>The plan item whose record the sheet will be; the first one that asks.</summary>
    public static KpiMeasurement BelongsToItem(KpiMeasurement measurement, string item)
    {
        ArgumentNullException.ThrowIfNull(measurement);
        return measurement.Item is null ? measurement with { Item = item } : measurement;
    }

    /// <summary>
    /// The objectives have been read and measured. A value in the register that the app did not write is somebody's: it stays and counts, beside what the system
    /// measured. Otherwise the system's value counts, unless somebody entered another one.
    /// </summary>
    public static KpiMeasurement IsMeasured(KpiMeasurement measurement, IReadOnlyList<ObjectiveReading> readings, string by, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(measurement);
        ArgumentNullException.ThrowIfNull(readings);
        var before = measurement.Lines.ToDictionary(l => l.Objective.Id, StringComparer.Ordinal);
        var measured = measurement with
        {
            Lines =
            [
                .. readings.Where(r => r.Year.Objective.IsDueIn(measurement.Quarter))
                    .Select(r => LineOf(before.GetValueOrDefault(r.Year.Objective.Id), r, measurement.Quarter)),
            ],
            Log = [.. measurement.Log, new KpiDecision("measure", by, at, measurement.Stage)],
        };
        return measured switch
        {
            { Stage: KpiStage.NothingToMeasure, Lines.Count: > 0 } => Enter(measured, KpiStage.Entering, at),
            { Stage: KpiStage.Recorded } when !SameValues(measurement, measured) => Enter(measured, KpiStage.Recording, at),
            _ => measured,
        };
    }

    /// <summary>A person enters a value. What the system measured can be replaced for a reason only, and is kept beside.</summary>
    public static Outcome<KpiMeasurement> ValueIsEntered(KpiMeasurement measurement, string objective, KpiEntry entry)
    {
        ArgumentNullException.ThrowIfNull(measurement);
        ArgumentNullException.ThrowIfNull(entry);
        var line = measurement.Lines.FirstOrDefault(l => l.Objective.Id == objective);
        if (line is null)
        {
            return Refusal.Of(RefusalKind.RuleBroken, "kpi-not-due", "quarter", measurement.ToQuarter().Id, objective, measurement.ToQuarter().Id);
        }

        if (line.System?.Value is { } value && value != entry.Value && string.IsNullOrWhiteSpace(entry.Reason))
        {
            return Refusal.Of(RefusalKind.RuleBroken, "kpi-override-without-reason", "reason", null, objective, KpiTexts.Value(value, line.Objective.Unit));
        }

        if (entry.Reason?.Length > LongestReason)
        {
            return Refusal.Of(RefusalKind.InvalidInput, "kpi-reason-too-long", "reason", null, LongestReason);
        }

        if (line.Entries.Count > 0 && line.Entries[^1].Value == entry.Value && line.Entries[^1].Reason == entry.Reason && line.Entries[^1].Evidence.SequenceEqual(entry.Evidence))
        {
            return measurement;
        }

        var entered = line with { Entries = [.. line.Entries, entry], Written = entry.Value };
        var changed = measurement with
        {
            Lines = [.. measurement.Lines.Select(l => l == line ? entered : l)],
            Log = [.. measurement.Log, new KpiDecision("enter", entry.By, entry.At, measurement.Stage, objective, entry.Reason)],
        };
        return changed.Stage == KpiStage.Recorded ? Enter(changed, KpiStage.Recording, entry.At) : changed;
    }

    /// <summary>The day of measuring has come: people are asked for what the system cannot measure.</summary>
    public static KpiMeasurement EnteringBegins(KpiMeasurement measurement, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(measurement);
        return measurement.Stage == KpiStage.Scheduled ? Enter(measurement, KpiStage.Entering, at) : measurement;
    }

    /// <summary>Everything is there, or the day has come: the sheet is written. Where there is no objective, there is no sheet: it would show nothing.</summary>
    public static KpiMeasurement EnteringEnds(KpiMeasurement measurement, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(measurement);
        return measurement.Stage != KpiStage.Entering ? measurement
            : Enter(measurement, measurement.Lines.Count == 0 ? KpiStage.NothingToMeasure : KpiStage.Recording, at);
    }

    /// <summary>Somebody has the sheet written now; what is missing needs a reason.</summary>
    public static Outcome<KpiMeasurement> RecordingIsOrdered(KpiMeasurement measurement, string by, string? reason, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(measurement);
        if (measurement.Stage is KpiStage.Recording or KpiStage.Recorded)
        {
            return Refusal.Of(RefusalKind.IllegalState, "kpi-sheet-on-record", "quarter", measurement.ToQuarter().Id, measurement.ToQuarter().Id);
        }

        if (measurement.Lines.Count == 0)
        {
            return Refusal.Of(RefusalKind.RuleBroken, "kpi-nothing-to-record", "quarter", measurement.ToQuarter().Id, measurement.ToQuarter().Id, measurement.FiscalYear);
        }

        if (measurement.Missing is { Count: > 0 } missing && string.IsNullOrWhiteSpace(reason))
        {
            return Refusal.Of(RefusalKind.RuleBroken, "kpi-values-missing", "reason", null, missing.Count) with { Missing = [.. missing.Select(l => l.Objective.Id)] };
        }

        var ordered = measurement with
        {
            ReasonForMissing = measurement.IsComplete ? null : reason,
            Log = [.. measurement.Log, new KpiDecision("record", by, at, KpiStage.Recording, Comment: reason)],
        };
        return Enter(ordered, KpiStage.Recording, at);
    }

    /// <summary>The sheet is on record.</summary>
    public static KpiMeasurement SheetIsRecorded(KpiMeasurement measurement, int round, string evidence, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(measurement);
        return measurement.Stage == KpiStage.Recording && measurement.Round == round
            ? Enter(measurement with { Evidence = evidence }, KpiStage.Recorded, at)
            : measurement;
    }

    private static KpiMeasurement Enter(KpiMeasurement measurement, KpiStage stage, DateTimeOffset at) => measurement with
    {
        Stage = stage,
        Serial = measurement.Serial + 1,
        StageSince = at,
        Round = stage == KpiStage.Recording ? measurement.Round + 1 : measurement.Round,
    };

    private static KpiLine LineOf(KpiLine? before, ObjectiveReading reading, int quarter)
    {
        var line = (before ?? new KpiLine { Objective = reading.Year.Objective }) with { Objective = reading.Year.Objective };
        line = line with { System = reading.System ?? line.System, SystemOfYear = reading.SystemOfYear ?? line.SystemOfYear };
        if (reading.Year.Quarters[quarter - 1] is { } typed && typed != line.Written && IsTyped(reading, line))
        {
            line = line with { Entries = [.. line.Entries, new KpiEntry(typed, reading.ChangedBy, reading.ChangedAt, [], InRegister: true)] };
        }

        var resultIsTyped = reading.Year.Result is { } result && result != line.WrittenOfYear && reading.ChangedBy != YearPlanning.System;
        return line with { Written = line.Value, WrittenOfYear = resultIsTyped ? null : line.SystemOfYear?.Value };
    }

    /// <summary>Whether a person wrote the entry since the last value was entered; what the app itself wrote, it may replace.</summary>
    private static bool IsTyped(ObjectiveReading reading, KpiLine line) =>
        reading.ChangedBy != YearPlanning.System && (line.Entries.Count == 0 || reading.ChangedAt > line.Entries[^1].At);

    private static bool SameValues(KpiMeasurement one, KpiMeasurement other) =>
        one.Lines.Select(l => (l.Objective.Id, l.Value)).SequenceEqual(other.Lines.Select(l => (l.Objective.Id, l.Value)));
}
