using Isms.Objectives;
using Isms.Year;
using IsmsFunctions.Hosting.State;

namespace IsmsFunctions.Objectives;

/// <summary>Measures a quarter: reads the objectives, counts what the system can count, and writes the values where they belong.</summary>
public sealed class KpiMeasuring(StateStore states, ObjectiveRegister register, MeasureCatalogue measures, TimeProvider clock)
{
    /// <summary>Measures. The state is stored first and the register is written from it, so that a repetition after a crash writes the same.</summary>
    /// <param name="stored">The measurement.</param>
    /// <param name="by">The person id of who asks, or <c>system</c>.</param>
    /// <param name="key">Recognises a repetition; null when there is none.</param>
    /// <param name="cancellationToken">Cancels before anything is stored.</param>
    public async Task<Stored<KpiMeasurement>> MeasureAsync(Stored<KpiMeasurement> stored, string by, string? key, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(stored);
        var now = clock.GetUtcNow();
        var quarter = stored.Value.ToQuarter();
        var readings = new List<ObjectiveReading>();
        foreach (var (year, entry) in await register.ReadAsync(quarter.Year.Id, cancellationToken))
        {
            readings.Add(await ReadAsync(year, entry.ChangedBy, entry.ChangedAt, quarter, now, cancellationToken));
        }

        var measured = await states.UpdateAsync<KpiMeasurement>(
            KpiStore.Kind, stored.Id, m => KpiRules.IsMeasured(m, readings, by, now), key, wakes: true, cancellationToken: cancellationToken);
        await register.WriteAsync(measured.Value, YearPlanning.System, cancellationToken);
        return measured;
    }

    private async Task<ObjectiveReading> ReadAsync(
        ObjectiveYear year, string changedBy, DateTimeOffset changedAt, FiscalQuarter quarter, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var objective = year.Objective;
        if (objective.Measure is not { } measure || !objective.IsDueIn(quarter.Number))
        {
            return new ObjectiveReading(year, null, null, changedBy, changedAt);
        }

        var period = objective.PeriodIn(quarter, now);
        var system = SystemValue.Of(measure, period, await measures.MeasureAsync(measure, period, cancellationToken));
        if (quarter.Number != 4 || period.From == quarter.Year.Start)
        {
            return new ObjectiveReading(year, system, quarter.Number == 4 ? system : null, changedBy, changedAt);
        }

        var whole = period with { From = quarter.Year.Start };
        var ofYear = SystemValue.Of(measure, whole, await measures.MeasureAsync(measure, whole, cancellationToken));
        return new ObjectiveReading(year, system, ofYear, changedBy, changedAt);
    }
}
