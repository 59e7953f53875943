using Isms.Sealing;
using IsmsFunctions.Hosting.State;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace IsmsFunctions.Sealing;

/// <summary>What a check of everything does.</summary>
public sealed class FullCheckActivities(StateStore states, EvidenceCheck check, LedgerSeal seal, IEnumerable<ITamperAlarm> alarms, TimeProvider clock)
{
    /// <summary>The kind of the state rows.</summary>
    public const string Kind = "full-check";

    private const int ItemsInSlice = 100;

    /// <summary>Checks the next items; before the first of them, the ledger.</summary>
    [Function(nameof(CheckSlice))]
    public async Task<FullCheckStep> CheckSlice([ActivityTrigger] FullCheckCheckpoint input, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        var stored = await states.FindAsync<FullCheck>(Kind, input.Id, cancellationToken) ?? throw new KeyNotFoundException(input.Id);
        if (stored.Value.Checked == input.Checked && stored.Value.EndedAt is null)
        {
            var count = (int)Math.Min(ItemsInSlice, stored.Value.LedgerSize - input.Checked);
            IReadOnlyList<TamperFault> ofLedger = input.Checked == 0 ? await seal.CheckAsync(cancellationToken) : [];
            var faults = await check.CheckAsync(input.Checked, count, cancellationToken);
            if (stored.Value.Relists)
            {
                // What was not in its lists is there now; what somebody changed in them is not hidden by that.
                await check.RelistAsync(input.Checked, count, cancellationToken);
                var remaining = await check.CheckAsync(input.Checked, count, cancellationToken);
                faults = [.. faults.Where(f => f.Kind != TamperKind.IndexRowMissing).Union(remaining)];
            }

            stored = await states.UpdateAsync<FullCheck>(
                Kind, input.Id, c => c.Checked == input.Checked ? c.After(input.Checked + count, [.. ofLedger, .. faults]) : c, cancellationToken: cancellationToken);
        }

        return new FullCheckStep(stored.Value.Checked, stored.Value.Checked >= stored.Value.LedgerSize);
    }

    /// <summary>Looks for what nobody recorded, raises the alarm for all that was found, and ends the check.</summary>
    [Function(nameof(EndFullCheck))]
    public async Task EndFullCheck([ActivityTrigger] string id, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        var unknown = await check.FindUnknownAsync(cancellationToken);
        var now = clock.GetUtcNow();
        var stored = await states.UpdateAsync<FullCheck>(
            Kind, id, c => c.EndedAt is null ? c.After(c.Checked, unknown) with { EndedAt = now } : c, cancellationToken: cancellationToken);
        foreach (var alarm in stored.Value.FaultCount > 0 ? alarms : [])
        {
            await alarm.RaiseAsync(client, stored.Value.Faults, cancellationToken);
        }

        await states.AcknowledgeAsync(stored, cancellationToken);
    }
}
