using Isms.Objectives;
using Isms.Year;
using IsmsFunctions.Hosting.State;
using IsmsFunctions.Notifications;
using IsmsFunctions.Organizations;
using Microsoft.Azure.Functions.Worker;

namespace IsmsFunctions.Objectives;

/// <summary>What a measurement's workflow does.</summary>
public sealed class KpiActivities(
    StateStore states, KpiStore store, KpiMeasuring measuring, KpiSheets sheets, INotifier notifier, OrganizationStore organizations, TimeProvider clock)
{
    /// <summary>Reads the measurement's state and notes that its workflow has seen it.</summary>
    [Function(nameof(LookAtKpiMeasurement))]
    public async Task<KpiView> LookAtKpiMeasurement([ActivityTrigger] KpiLook input, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        var stored = await store.GetAsync(input.Id, cancellationToken);
        await states.AcknowledgeAsync(stored, cancellationToken);
        var measurement = stored.Value;
        var office = OfficeTime.Of((await organizations.GetAsync(cancellationToken)).TimeZone);
        var next = KpiSchedule.NextMoment(measurement, office, new DateTimeOffset(input.HandledUntil, TimeSpan.Zero));
        return new KpiView(
            measurement.Id, measurement.Stage, measurement.Serial, measurement.StageSince.UtcDateTime, measurement.Ended, next?.UtcDateTime);
    }

    /// <summary>Measures on its day, ends the wait for values, reminds and escalates.</summary>
    [Function(nameof(FollowKpiCalendar))]
    public async Task FollowKpiCalendar([ActivityTrigger] KpiTime input, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        var organization = await organizations.GetAsync(cancellationToken);
        var office = OfficeTime.Of(organization.TimeZone);
        var until = new DateTimeOffset(input.Until, TimeSpan.Zero);
        var stored = await store.GetAsync(input.Id, cancellationToken);
        if (KpiSchedule.MeasuringIsDue(stored.Value, office, until))
        {
            await measuring.MeasureAsync(stored, YearPlanning.System, null, cancellationToken);
            await ChangeAsync(input.Id, m => KpiRules.EnteringBegins(m, clock.GetUtcNow()), cancellationToken);
        }
        else if (KpiSchedule.RecordingIsDue(stored.Value, office, until))
        {
            // Once more, so that the sheet holds what happened since the day of measuring.
            await measuring.MeasureAsync(stored, YearPlanning.System, null, cancellationToken);
            await ChangeAsync(input.Id, m => KpiRules.EnteringEnds(m, clock.GetUtcNow()), cancellationToken);
        }
        else
        {
            var after = new DateTimeOffset(input.After, TimeSpan.Zero);
            foreach (var moment in KpiSchedule.DeadlineOf(stored.Value)?.Between(after, until, office) ?? [])
            {
                await notifier.NotifyAsync(input.Id, stored.Value.Serial, KpiLetters.At(moment, stored.Value, organization), cancellationToken);
            }
        }
    }

    /// <summary>Records the sheet of the round.</summary>
    [Function(nameof(RecordKpiSheet))]
    public async Task RecordKpiSheet([ActivityTrigger] KpiStep input, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        var measurement = (await store.GetAsync(input.Id, cancellationToken)).Value;
        if (measurement.Stage == KpiStage.Recording)
        {
            var recorded = await sheets.RecordAsync(measurement, cancellationToken);
            await ChangeAsync(input.Id, m => KpiRules.SheetIsRecorded(m, measurement.Round, recorded.Id, clock.GetUtcNow()), cancellationToken);
        }
    }

    /// <summary>Writes what people have to know about the stage that was entered.</summary>
    [Function(nameof(WriteKpiLetters))]
    public async Task WriteKpiLetters([ActivityTrigger] KpiStep input, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        var measurement = (await store.GetAsync(input.Id, cancellationToken)).Value;
        if (measurement.Serial == input.Serial)
        {
            // Otherwise somebody was faster than the mail, and what it would say is no longer so.
            var organization = await organizations.GetAsync(cancellationToken);
            await notifier.NotifyAsync(measurement.Id, measurement.Serial, KpiLetters.OnEntering(measurement, organization), cancellationToken);
        }
    }

    private Task<Stored<KpiMeasurement>> ChangeAsync(string id, Func<KpiMeasurement, KpiMeasurement> change, CancellationToken cancellationToken) =>
        states.UpdateAsync(KpiStore.Kind, id, change, cancellationToken: cancellationToken);
}
