using Isms.Year;
using Microsoft.DurableTask.Client;

namespace IsmsFunctions.Year;

/// <summary>
/// What does a duty of the plan: an internal audit, a training campaign. Register it in the capability's services; a duty of the catalogue names its kind as
/// its <see cref="PlanDuty.Work"/>.
/// </summary>
public interface IPlannedWork
{
    /// <summary>The kind that duties name.</summary>
    string Kind { get; }

    /// <summary>
    /// Finds the work of an item that has opened, or starts it; its id, or null when it cannot be started now. Asked again after a crash, and at every look at
    /// the item while the answer is null: the id must follow from the item, or what an earlier attempt stored must be found.
    /// </summary>
    Task<string?> FindOrStartAsync(PlanItem item, DurableTaskClient client, CancellationToken cancellationToken);
}
