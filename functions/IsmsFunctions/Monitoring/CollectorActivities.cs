using Isms.Monitoring;
using Microsoft.Azure.Functions.Worker;

namespace IsmsFunctions.Monitoring;

/// <summary>Notes that a run failed.</summary>
public sealed record FailCollectionInput(string Collector, string InstanceId, string ErrorType);

/// <summary>What all collectors' orchestrations need.</summary>
public sealed class CollectorActivities(CollectorRuns runs, TimeProvider clock)
{
    /// <summary>Ends a run as failed, so that the next one may begin.</summary>
    [Function(nameof(FailCollection))]
    public Task FailCollection([ActivityTrigger] FailCollectionInput input, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        return runs.UpdateAsync(
            input.Collector, s => CollectorRules.End(s, input.InstanceId, clock.GetUtcNow(), input.ErrorType), cancellationToken);
    }
}
