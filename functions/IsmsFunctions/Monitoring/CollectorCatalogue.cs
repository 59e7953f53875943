using Isms.Monitoring;
using Isms.Text;
using IsmsFunctions.Monitoring.Snapshots;

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

    /// <summary>How often it runs unless the settings say otherwise; null where its schedule is one of its own.</summary>
    public Cadence? Cadence { get; init; }
}

/// <summary>All collectors.</summary>
public static class CollectorCatalogue
{
    /// <summary>The schedule of the collectors that have none of their own.</summary>
    public const string SharedSchedule = "Schedules:Collectors";

    /// <summary>Directory roles, groups, applications and their permissions.</summary>
    public static Collector AccessRights { get; } = new("access-rights", nameof(AccessRightsOrchestrator.CollectAccessRights), "Schedules:AccessRights", IsLog: false);

    /// <summary>Sign-ins of all kinds.</summary>
    public static Collector SignIns { get; } = new("sign-ins", nameof(SignInsOrchestrator.CollectSignIns), "Schedules:SignIns", IsLog: true);

    /// <summary>The directory's audit log.</summary>
    public static Collector DirectoryAudits { get; } =
        new("directory-audits", nameof(DirectoryAuditsOrchestrator.CollectDirectoryAudits), SharedSchedule, IsLog: true) { Cadence = Isms.Monitoring.Cadence.Daily };

    /// <summary>Results of the directory's own access reviews.</summary>
    public static Collector AccessReviews { get; } = Snapshot("access-reviews", Isms.Monitoring.Cadence.Monthly);

    /// <summary>Joiners, movers, leavers, unused and shared accounts.</summary>
    public static Collector Accounts { get; } = Snapshot("accounts", Isms.Monitoring.Cadence.Weekly);

    /// <summary>Credentials and owners of applications.</summary>
    public static Collector Applications { get; } = Snapshot("applications", Isms.Monitoring.Cadence.Weekly);

    /// <summary>Registered and permitted authentication methods.</summary>
    public static Collector Authentication { get; } = Snapshot("authentication", Isms.Monitoring.Cadence.Weekly);

    /// <summary>Policies of backups.</summary>
    public static Collector BackupPolicies { get; } = Snapshot("backup-policies", Isms.Monitoring.Cadence.Monthly);

    /// <summary>Managed devices.</summary>
    public static Collector Devices { get; } = Snapshot("devices", Isms.Monitoring.Cadence.Weekly);

    /// <summary>Licences bought and used.</summary>
    public static Collector Licences { get; } = Snapshot("licences", Isms.Monitoring.Cadence.Monthly);

    /// <summary>Conditional access and what the tenant permits its users.</summary>
    public static Collector Policies { get; } = Snapshot("policies", Isms.Monitoring.Cadence.Daily);

    /// <summary>The secure score.</summary>
    public static Collector Posture { get; } = Snapshot("posture", Isms.Monitoring.Cadence.Weekly);

    /// <summary>Users at risk, alerts and incidents.</summary>
    public static Collector Risk { get; } = Snapshot("risk", Isms.Monitoring.Cadence.Daily);

    /// <summary>With whom files may be shared.</summary>
    public static Collector SharingSettings { get; } = Snapshot("sharing-settings", Isms.Monitoring.Cadence.Monthly);

    /// <summary>Results of simulated attacks.</summary>
    public static Collector TrainingResults { get; } = Snapshot("training-results", Isms.Monitoring.Cadence.Monthly);

    /// <summary>All, ordered by name.</summary>
    public static IReadOnlyList<Collector> All { get; } =
    [
        AccessReviews, AccessRights, Accounts, Applications, Authentication, BackupPolicies, Devices, DirectoryAudits, Licences, Policies, Posture, Risk,
        SharingSettings, SignIns, TrainingResults,
    ];

    private static Collector Snapshot(string name, Cadence cadence) =>
        new(name, nameof(SnapshotOrchestrator.CollectSnapshot), SharedSchedule, IsLog: false) { Cadence = cadence };
}
