using Isms.Monitoring;
using Isms.Rules;
using IsmsFunctions.Organizations;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace IsmsFunctions.Monitoring;

/// <summary>Starts the collectors that have no schedule of their own, each as often as its cadence says.</summary>
public sealed partial class SharedTimers(
    CollectorRuns runs, OrganizationStore organizations, IOptions<MonitoringOptions> options, TimeProvider clock, ILogger<SharedTimers> logger)
{
    /// <summary>Starts what is due. A collector that cannot be started does not keep the others from it.</summary>
    [Function(nameof(CollectOnSchedule))]
    public async Task CollectOnSchedule(
        [TimerTrigger("%Schedules:Collectors%")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(timer);
        if (await organizations.FindInForceAsync(cancellationToken) is not { } organization)
        {
            return; // Before the organisation is set up there is nobody to collect for.
        }

        var zone = TimeZoneInfo.FindSystemTimeZoneById(organization.TimeZone);
        var now = TimeZoneInfo.ConvertTime(clock.GetUtcNow(), zone).DateTime;
        var last = timer.ScheduleStatus?.Last is { } at && at != default ? TimeZoneInfo.ConvertTime(new DateTimeOffset(at.ToUniversalTime()), zone).DateTime : (DateTime?)null;
        foreach (var collector in CollectorCatalogue.All.Where(c => options.Value.CadenceOf(c) is { } cadence && Cadences.IsDue(cadence, last, now)))
        {
            try
            {
                await runs.StartAsync(client, collector, CollectorRuns.Schedule, null, cancellationToken);
            }
            catch (Exception e) when (!cancellationToken.IsCancellationRequested)
            {
                NotStarted(logger, collector.Name, e is RefusedException refused ? refused.Refusal.Code : e.GetType().Name);
            }
        }
    }

    [LoggerMessage(EventId = 2102, EventName = "SharedCollectorNotStarted", Level = LogLevel.Warning, Message = "Collector {Collector} was not started: {Code}")]
    private static partial void NotStarted(ILogger logger, string collector, string code);
}
