using Isms.Packs;
using Isms.Sealing;
using IsmsFunctions.Sealing;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace IsmsFunctions.Packs;

/// <summary>What the making of a pack does.</summary>
public sealed class PackActivities(PackStore packs, PackPlanner planner, PackFinisher finisher, IEnumerable<ITamperAlarm> alarms, TimeProvider clock)
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
}
