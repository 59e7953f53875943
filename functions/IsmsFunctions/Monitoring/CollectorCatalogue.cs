using Isms.Text;

namespace IsmsFunctions.Monitoring;

/// <summary>A collector.</summary>
/// <param name="Name">Its name in routes and ids.</param>
/// <param name="Orchestrator">The orchestrator that runs it.</param>
/// <param name="ScheduleSetting">The configuration key of its schedule.</param>
/// <param name="IsLog">Whether it collects windows of a log (and not a snapshot).</param>
public sealed record Collector(string Name, string Orchestrator, string ScheduleSetting, bool IsLog)
{
    /// <summary>Its title.</summary>
    public LocalizedText Title => Texts.Get($"collector.{Name}.title");
}

/// <summary>All collectors.</summary>
public static class CollectorCatalogue
{
    /// <summary>Directory roles, groups, applications and their permissions.</summary>
    public static Collector AccessRights { get; } = new("access-rights", nameof(AccessRightsOrchestrator.CollectAccessRights), "Schedules:AccessRights", IsLog: false);

    /// <summary>Sign-ins of all kinds.</summary>
    public static Collector SignIns { get; } = new("sign-ins", nameof(SignInsOrchestrator.CollectSignIns), "Schedules:SignIns", IsLog: true);

    /// <summary>All, ordered by name.</summary>
    public static IReadOnlyList<Collector> All { get; } = [AccessRights, SignIns];
}
