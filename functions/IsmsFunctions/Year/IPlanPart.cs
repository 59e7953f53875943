using Isms.Year;
using Microsoft.DurableTask.Client;

namespace IsmsFunctions.Year;

/// <summary>Keeps items of a running year in step with what decides about them outside the catalogue; register it in the capability's services.</summary>
public interface IPlanPart
{
    /// <summary>Adds the items that the year lacks, moves those whose date has moved, and withdraws what is no longer due in it. It can be repeated.</summary>
    Task BringUpToDateAsync(ManagementYear year, DurableTaskClient client, CancellationToken cancellationToken);
}
