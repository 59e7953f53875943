using Azure.Data.Tables;

namespace Rehearsal.Results;

/// <summary>
/// Counts the orchestrations of a year, looking at them every month: what ended may be purged ninety days later.
/// </summary>
internal sealed class OrchestrationCount(string storage)
{
    private readonly TableClient hub = new(storage, "IsmsFunctionsInstances");
    private readonly HashSet<string> seen = new(StringComparer.Ordinal);

    /// <summary>How many there have been.</summary>
    public int Total => seen.Count;

    /// <summary>Looks which ones there are now: every durable instance has one row of this key in the task hub's table.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        await foreach (var row in hub.QueryAsync<TableEntity>("RowKey eq 'instance'", select: ["PartitionKey"], cancellationToken: cancellationToken))
        {
            seen.Add(row.PartitionKey);
        }
    }
}
