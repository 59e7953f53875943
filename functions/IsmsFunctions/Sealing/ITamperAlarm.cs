using Isms.Sealing;
using Microsoft.DurableTask.Client;

namespace IsmsFunctions.Sealing;

/// <summary>Hears of evidence that is not as it was recorded.</summary>
public interface ITamperAlarm
{
    /// <summary>Raises the alarm. The same faults raise it once, however often they are found.</summary>
    Task RaiseAsync(DurableTaskClient client, IReadOnlyList<TamperFault> faults, CancellationToken cancellationToken);
}
