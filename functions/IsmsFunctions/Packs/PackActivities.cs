using Isms.Packs;
using Isms.Sealing;
using IsmsFunctions.Sealing;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace IsmsFunctions.Packs;

/// <summary>What the making of a pack does.</summary>
public sealed partial class PackActivities(
    PackStore packs, PackPlanner planner, PackFinisher finisher, IEnumerable<ITamperAlarm> alarms, TimeProvider clock, ILogger<PackActivities> logger)
{
    /// <summary>Plans the next slice. What is not as it was recorded ends the pack and raises the alarm.</summary>
    [Function(nameof(PlanPackSlice))]
    public async Task<PackStep> PlanPackSlice(
        [ActivityTrigger] PackCheckpoint input, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        var pack = (await packs.GetAsync(input.Id, cancellationToken)).Value;
        if (pack.Status != PackStatus.Preparing)
        {
            return new PackStep(null);
        }

        var slice = await planner.PlanAsync(pack, input.Slices + 1, input.After, cancellationToken);
        var ended = clock.GetUtcNow();
        var stored = await packs.UpdateAsync(
            input.Id,
            p => p.Slices > input.Slices
                ? p // This slice was counted by an earlier attempt.
                : p with
                {
                    Slices = input.Slices + 1,
                    Items = p.Items + slice.Items,
                    Status = slice.Faults.Count > 0 ? PackStatus.Failed : p.Status,
                    Faults = slice.Faults,
                    EndedAt = slice.Faults.Count > 0 ? ended : null,
                },
            cancellationToken);
        if (slice.Faults.Count > 0)
        {
            Failed(logger, input.Id, slice.Faults.Count);
            await RaiseAsync(client, slice.Faults, cancellationToken);
        }

        return new PackStep(
            slice.Next is { } next && stored.Value.Status == PackStatus.Preparing
                ? new PackCheckpoint(input.Id, input.Slices + 1, next, stored.Value.Items)
                : null);
    }

    /// <summary>Writes what stands at the head, and opens the pack for download.</summary>
    [Function(nameof(FinishPack))]
    public async Task FinishPack([ActivityTrigger] string id, CancellationToken cancellationToken)
    {
        var stored = await packs.GetAsync(id, cancellationToken);
        if (stored.Value.Status == PackStatus.Preparing)
        {
            var (members, length) = await finisher.FinishAsync(stored.Value, cancellationToken);
            stored = await packs.UpdateAsync(
                id, p => p with { Status = PackStatus.Ready, Members = members, Length = length, EndedAt = clock.GetUtcNow() }, cancellationToken);
            Made(logger, id, members, length);
        }

        await packs.AcknowledgeAsync(stored, cancellationToken);
    }

    private async Task RaiseAsync(DurableTaskClient client, IReadOnlyList<TamperFault> faults, CancellationToken cancellationToken)
    {
        foreach (var alarm in alarms)
        {
            await alarm.RaiseAsync(client, faults, cancellationToken);
        }
    }

    [LoggerMessage(EventId = 1703, EventName = "PackMade", Level = LogLevel.Information, Message = "{Pack} was made: {Members} members, {Length} bytes")]
    private static partial void Made(ILogger logger, string pack, long members, long length);

    [LoggerMessage(EventId = 1704, EventName = "PackFailed", Level = LogLevel.Critical, Message = "{Pack} was not made: {Count} members are not as they were recorded")]
    private static partial void Failed(ILogger logger, string pack, int count);
}
