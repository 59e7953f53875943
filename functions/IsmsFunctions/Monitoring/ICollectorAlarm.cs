using Isms.Monitoring;

namespace IsmsFunctions.Monitoring;

/// <summary>Hears of what collectors found and cannot wait for the next report.</summary>
public interface ICollectorAlarm
{
    /// <summary>Tells whom it concerns. The same fact is told once, however often it is raised.</summary>
    Task RaiseAsync(IReadOnlyList<CollectorAlert> alerts, CancellationToken cancellationToken);
}
