using System.Globalization;
using Isms.CorrectiveActions;
using Isms.Year;
using IsmsFunctions.Hosting.State;
using IsmsFunctions.Hosting.Workflows;
using IsmsFunctions.Organizations;
using Microsoft.DurableTask.Client;

namespace IsmsFunctions.CorrectiveActions;

/// <summary>Raises corrective actions, for people and for other workflows alike.</summary>
public sealed class ActionStarter(StateStore states, Sequences sequences, ActionStore actions, OrganizationStore organizations, IWorkflowStarter workflows)
{
    /// <summary>Stores a corrective action and starts its workflow. The same key raises one, however often it is asked for.</summary>
    /// <param name="client">The durable client.</param>
    /// <param name="source">Where it comes from.</param>
    /// <param name="nonconformity">What it corrects.</param>
    /// <param name="owner">The owner's person id.</param>
    /// <param name="by">The person id of who raises it, or <c>system</c>.</param>
    /// <param name="key">Recognises a repetition, such as audit and finding; null when there is none.</param>
    /// <param name="at">When.</param>
    /// <param name="cancellationToken">Cancels before anything is stored.</param>
    public async Task<Stored<CorrectiveAction>> RaiseAsync(
        DurableTaskClient client,
        ActionSource source,
        Nonconformity nonconformity,
        string owner,
        string by,
        string? key,
        DateTimeOffset at,
        CancellationToken cancellationToken)
    {
        var organization = await organizations.GetAsync(cancellationToken);
        var year = FiscalYear.Of(OfficeTime.Of(organization.TimeZone).DateAt(at), organization.FiscalYearStartMonth);
        var number = await sequences.TakeAsync($"action-{year.Id}", key, cancellationToken);
        var id = string.Create(CultureInfo.InvariantCulture, $"action-{year.Id}-{number:000}");
        var action = ActionRules.IsRaised(id, year, source, nonconformity, owner, by, at);
        var stored = await states.TryCreateAsync(ActionStore.Kind, id, action, key, wakes: true, cancellationToken)
            ?? await actions.GetAsync(id, cancellationToken);
        await workflows.EnsureRunningAsync(client, ActionStore.Kind, id, cancellationToken);
        return stored;
    }
}
