using System.Globalization;
using Isms.Rules;
using Isms.Sealing;
using IsmsFunctions.Hosting.Telemetry;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace IsmsFunctions.Sealing;

/// <summary>Signs the ledger and reads evidence again, regularly.</summary>
public sealed partial class SealingTimers(
    LedgerSeal seal, EvidenceCheck check, IEnumerable<ITamperAlarm> alarms, IOptions<SealingOptions> options, Measurements measurements, TimeProvider clock,
    ILogger<SealingTimers> logger)
{
    /// <summary>Checks the whole ledger and a sample of the items, raises an incident for what is not as it was recorded, and signs the ledger's head when all is well.</summary>
    [Function(nameof(CheckEvidenceOnSchedule))]
    public async Task CheckEvidenceOnSchedule(
        [TimerTrigger("%Schedules:EvidenceCheck%")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        var day = clock.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var result = await check.RunAsync(options.Value.Sample, day, cancellationToken);
        measurements.Ledger(result.LedgerSize);
        if (result.Faults.Count > 0)
        {
            Found(logger, result.Faults.Count, result.Faults[0].Kind);
            foreach (var alarm in alarms)
            {
                await alarm.RaiseAsync(client, result.Faults, cancellationToken);
            }

            return; // What contradicts itself is not signed.
        }

        try
        {
            await seal.SignAsync(cancellationToken);
        }
        catch (RefusedException e) when (e.Refusal.Code == "sealing-key-missing")
        {
            NoKey(logger);
        }
    }

    [LoggerMessage(EventId = 1601, EventName = "EvidenceNotAsRecorded", Level = LogLevel.Critical, Message = "Evidence is not as it was recorded: {Count} faults, the first of them {First}")]
    private static partial void Found(ILogger logger, int count, TamperKind first);

    [LoggerMessage(EventId = 1602, EventName = "LedgerNotSigned", Level = LogLevel.Warning, Message = "The ledger is not signed: set Sealing__KeyVaultKey or Sealing__KeyFile")]
    private static partial void NoKey(ILogger logger);
}
