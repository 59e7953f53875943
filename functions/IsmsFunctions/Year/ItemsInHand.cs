using Isms.Year;
using IsmsFunctions.Hosting.Workflows;
using IsmsFunctions.Organizations;
using Microsoft.DurableTask.Client;

namespace IsmsFunctions.Year;

/// <summary>The plan items that somebody is working on.</summary>
public sealed class ItemsInHand(YearStore years, WorkflowGate gate) : ISettingsListener
{
    /// <summary>
    /// Has them looked at again, because the settings have changed and with them perhaps in whose hands they are. One that is missed looks by itself when its
    /// next notice is due.
    /// </summary>
    public async Task SettingsChangedAsync(DurableTaskClient client, CancellationToken cancellationToken)
    {
        foreach (var year in (await years.AllAsync(cancellationToken)).Where(y => y.Value.State == YearState.Running))
        {
            foreach (var item in await years.ItemsAsync(year.Value.FiscalYear, cancellationToken))
            {
                if (item.Value.State is PlanItemState.Open or PlanItemState.Returned or PlanItemState.Submitted)
                {
                    await gate.WakeAsync(client, item.Id);
                }
            }
        }
    }
}
