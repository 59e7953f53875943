using Isms.Objectives;
using Isms.Text;

namespace IsmsFunctions.Objectives;

/// <summary>The objectives of a fiscal year with what was measured.</summary>
public sealed record KpiOverview(string FiscalYear, ObjectiveFigures Figures, IReadOnlyList<ObjectiveView> Items)
{
    /// <summary>The overview.</summary>
    public static KpiOverview Of(
        string fiscalYear, IReadOnlyList<ObjectiveYear> objectives, IReadOnlyList<ObjectiveYear> before, IReadOnlyList<KpiMeasurement> measurements)
    {
        ArgumentNullException.ThrowIfNull(objectives);
        return new KpiOverview(
            fiscalYear, ObjectiveFigures.Of(objectives.Select(o => o.Achievement)), [.. objectives.Select(o => ObjectiveView.Of(o, before, measurements))]);
    }
}

/// <summary>An objective with its quarters and its year.</summary>
public sealed record ObjectiveView(
    string Id,
    string Name,
    string Department,
    string Owner,
    decimal Target,
    string Unit,
    TargetDirection Direction,
    decimal Tolerance,
    MeasurementFrequency Frequency,
    string Source,
    string? Measure,
    IReadOnlyList<QuarterView> Quarters,
    decimal? Result,
    Achievement Achievement,
    decimal? LastYear,
    Trend TrendAgainstLastYear)
{
    /// <summary>The view.</summary>
    public static ObjectiveView Of(ObjectiveYear year, IReadOnlyList<ObjectiveYear> before, IReadOnlyList<KpiMeasurement> measurements)
    {
        ArgumentNullException.ThrowIfNull(year);
        ArgumentNullException.ThrowIfNull(measurements);
        var objective = year.Objective;
        var lastYear = ObjectiveYear.Counterpart(objective, before)?.Newest;
        return new ObjectiveView(
            objective.Id, objective.Name, objective.Department, objective.Owner, objective.Target, objective.Unit, objective.Direction, objective.Tolerance,
            objective.Frequency, objective.Source, objective.Measure,
            [.. Enumerable.Range(1, 4).Where(objective.IsDueIn).Select(q => QuarterView.Of(q, year, measurements.FirstOrDefault(m => m.Quarter == q)))],
            year.Result, year.Achievement, lastYear, ObjectiveScoring.TrendOf(lastYear, year.Newest, objective.Direction));
    }
}

/// <summary>Where a value comes from.</summary>
public enum ValueOrigin
{
    /// <summary>The system measured it.</summary>
    Measured,

    /// <summary>Somebody entered it.</summary>
    Entered,

    /// <summary>Somebody typed it into the register.</summary>
    Register,
}

/// <summary>What an objective came to in a quarter.</summary>
/// <param name="Quarter">The quarter, 1–4.</param>
/// <param name="Value">The value that counts; null where there is none.</param>
/// <param name="Origin">Where it comes from; null where there is none.</param>
/// <param name="Achievement">What it comes to.</param>
/// <param name="Trend">How it compares with the quarter before that has a value.</param>
/// <param name="Measured">What the system measured, whether it counts or not.</param>
/// <param name="Entries">What people entered, oldest first.</param>
/// <param name="Evidence">The evidence that the value rests on.</param>
/// <param name="Sheet">The evidence id of the quarter's sheet.</param>
public sealed record QuarterView(
    int Quarter,
    decimal? Value,
    ValueOrigin? Origin,
    Achievement Achievement,
    Trend Trend,
    SystemValue? Measured,
    IReadOnlyList<KpiEntry> Entries,
    IReadOnlyList<string> Evidence,
    string? Sheet)
{
    /// <summary>The view. The register has the last word: it may have been edited since the measurement.</summary>
    public static QuarterView Of(int quarter, ObjectiveYear year, KpiMeasurement? measurement)
    {
        ArgumentNullException.ThrowIfNull(year);
        var line = measurement?.Lines.FirstOrDefault(l => l.Objective.Id == year.Objective.Id);
        var value = year.Quarters[quarter - 1];
        var origin = value switch
        {
            null => (ValueOrigin?)null,
            _ when line is null || line.Value != value => ValueOrigin.Register,
            _ when line.Entries.Count == 0 => ValueOrigin.Measured,
            _ => line.Entries[^1].InRegister ? ValueOrigin.Register : ValueOrigin.Entered,
        };
        return new QuarterView(
            quarter, value, origin, year.Objective.Judge(value), year.TrendIn(quarter), line?.System, line?.Entries ?? [],
            origin is ValueOrigin.Measured or ValueOrigin.Entered ? line!.Evidence : [], measurement?.Evidence);
    }
}

/// <summary>A quarter's measurement.</summary>
public sealed record MeasurementView(
    string Id,
    string FiscalYear,
    int Quarter,
    KpiStage Stage,
    LocalizedText StageName,
    DateOnly MeasuresOn,
    DateOnly EnterBy,
    DateOnly RecordsOn,
    string? Item,
    string? Evidence,
    int Round,
    ObjectiveFigures Figures,
    IReadOnlyList<MeasuredLineView> Items,
    IReadOnlyList<string> Missing,
    IReadOnlyList<KpiDecision> Log)
{
    /// <summary>The view.</summary>
    public static MeasurementView Of(KpiMeasurement measurement)
    {
        ArgumentNullException.ThrowIfNull(measurement);
        return new MeasurementView(
            measurement.Id, measurement.FiscalYear, measurement.Quarter, measurement.Stage, KpiTexts.NameOf(measurement.Stage), measurement.MeasuresOn,
            measurement.EnterBy, measurement.RecordsOn, measurement.Item, measurement.Evidence, measurement.Round,
            ObjectiveFigures.Of(measurement.Lines.Select(l => l.Achievement)),
            [.. measurement.Lines.Select(l => new MeasuredLineView(
                l.Objective.Id, l.Objective.Name, l.Objective.Owner, l.Objective.Unit, l.Value, l.Achievement, l.IsOverridden, l.System, l.Entries))],
            [.. measurement.Missing.Select(l => l.Objective.Id)], measurement.Log);
    }
}

/// <summary>An objective in a quarter's measurement.</summary>
public sealed record MeasuredLineView(
    string Objective, string Name, string Owner, string Unit, decimal? Value, Achievement Achievement, bool Overridden, SystemValue? Measured, IReadOnlyList<KpiEntry> Entries);
