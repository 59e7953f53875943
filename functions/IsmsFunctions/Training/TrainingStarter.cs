using System.Globalization;
using Isms.Training;
using IsmsFunctions.Hosting.State;
using IsmsFunctions.Hosting.Workflows;
using Microsoft.DurableTask.Client;

namespace IsmsFunctions.Training;

/// <summary>Starts campaigns, for people and for the year alike.</summary>
public sealed class TrainingStarter(StateStore states, Sequences sequences, TrainingStore trainings, IWorkflowStarter workflows)
{
    /// <summary>Stores a campaign and starts its workflow. The same key starts one, however often it is asked for.</summary>
    /// <param name="client">The durable client.</param>
    /// <param name="plan">What it is going to be.</param>
    /// <param name="by">The person id of who asks, or <c>system</c>.</param>
    /// <param name="key">Recognises a repetition; null when there is none.</param>
    /// <param name="at">When.</param>
    /// <param name="cancellationToken">Cancels before anything is stored.</param>
    public async Task<Stored<TrainingCampaign>> StartAsync(
        DurableTaskClient client, TrainingPlan plan, string by, string? key, DateTimeOffset at, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var number = await sequences.TakeAsync($"training-{plan.FiscalYear}", key, cancellationToken);
        var id = string.Create(CultureInfo.InvariantCulture, $"training-{plan.FiscalYear}-{number:000}");
        var campaign = TrainingRules.IsPlanned(id, plan, by, at);
        var stored = await states.TryCreateAsync(TrainingStore.Kind, id, campaign, key, wakes: true, cancellationToken)
            ?? await trainings.GetAsync(id, cancellationToken);
        if (!stored.Value.HasEnded)
        {
            await workflows.EnsureRunningAsync(client, TrainingStore.Kind, id, cancellationToken);
        }

        return stored;
    }
}
