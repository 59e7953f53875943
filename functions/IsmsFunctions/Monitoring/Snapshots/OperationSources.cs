using Isms.Monitoring.Snapshots;
using static IsmsFunctions.Monitoring.Snapshots.SnapshotSources;

namespace IsmsFunctions.Monitoring.Snapshots;

/// <summary>The collectors of snapshots about risks, devices and services.</summary>
public static class OperationSources
{
    private const string Defender = "Microsoft Defender";

    /// <summary>All of them, ordered by the collectors' names.</summary>
    public static IReadOnlyList<SnapshotSource> All { get; } = [Backup(), Devices(), Licences(), Posture(), Risk(), Sharing(), TrainingResults()];

    private static SnapshotSource Risk() => new(
        CollectorCatalogue.Risk, "risk-report", ["8.1", "9.1"], ["5.7", "5.24", "5.25", "5.26", "5.27", "5.28", "8.16"],
        [
            Kind(RiskAnalysis.RiskyUsers, "/identityProtection/riskyUsers?$top=500", "IdentityRiskyUser.Read.All", Graph.PacingScope.Protection) with { Licence = "Entra ID P2" },
            Kind(
                RiskAnalysis.Detections, $"/identityProtection/riskDetections?$filter=detectedDateTime ge {SnapshotSource.Since}&$top=500", "IdentityRiskEvent.Read.All",
                Graph.PacingScope.Protection) with { Licence = "Entra ID P2" },
            Kind(RiskAnalysis.Alerts, $"/security/alerts_v2?$filter=createdDateTime ge {SnapshotSource.Since}&$top=100", "SecurityAlert.Read.All") with { Licence = Defender },
            Kind(RiskAnalysis.Incidents, $"/security/incidents?$filter=createdDateTime ge {SnapshotSource.Since}&$top=50", "SecurityIncident.Read.All") with { Licence = Defender },
        ],
        context => new RiskAnalysis(context))
    {
        LooksBack = TimeSpan.FromDays(30),
        Tracked = new Dictionary<string, RowTracking> { [RiskAnalysis.RiskyUsers] = new("userPrincipalName", ["riskLevel", "riskState"]) },
        Columns = new Dictionary<string, IReadOnlyList<string>>
        {
            [RiskAnalysis.RiskyUsers] = ["userDisplayName", "userPrincipalName", "riskLevel", "riskState", "riskLastUpdatedDateTime"],
            [RiskAnalysis.Detections] = ["detectedDateTime", "riskEventType", "riskLevel", "riskState", "userPrincipalName"],
            [RiskAnalysis.Alerts] = ["createdDateTime", "title", "severity", "status", "serviceSource"],
            [RiskAnalysis.Incidents] = ["createdDateTime", "displayName", "severity", "status"],
        },
    };

    private static SnapshotSource Posture() => new(
        CollectorCatalogue.Posture, "secure-score", ["9.1"], ["5.36"],
        [
            Kind(PostureAnalysis.Scores, "/security/secureScores", "SecurityEvents.Read.All"),
            Kind(PostureAnalysis.Profiles, "/security/secureScoreControlProfiles", "SecurityEvents.Read.All"),
        ],
        context => new PostureAnalysis(context))
    {
        Tracked = new Dictionary<string, RowTracking> { [PostureAnalysis.Profiles] = new("title", ["title", "maxScore", "deprecated"]) },
        Columns = new Dictionary<string, IReadOnlyList<string>>
        {
            [PostureAnalysis.Scores] = ["createdDateTime", "currentScore", "maxScore", "activeUserCount"],
            [PostureAnalysis.Profiles] = ["title", "service", "maxScore", "implementationCost", "userImpact"],
        },
    };

    private static SnapshotSource Devices() => new(
        CollectorCatalogue.Devices, "device-list", ["9.1"], ["8.1", "8.24"],
        [
            Kind(
                DevicesAnalysis.Devices,
                "/deviceManagement/managedDevices?$select=id,deviceName,userPrincipalName,operatingSystem,osVersion,managedDeviceOwnerType,complianceState,isEncrypted,"
                    + "jailBroken,enrolledDateTime,lastSyncDateTime,manufacturer,model,serialNumber&$top=1000",
                "DeviceManagementManagedDevices.Read.All") with { Licence = "Microsoft Intune" },
            Kind(DevicesAnalysis.Policies, "/deviceManagement/deviceCompliancePolicies", "DeviceManagementConfiguration.Read.All") with { Licence = "Microsoft Intune" },
        ],
        context => new DevicesAnalysis(context))
    {
        Tracked = new Dictionary<string, RowTracking>
        {
            [DevicesAnalysis.Devices] = new("deviceName", ["deviceName", "userPrincipalName", "complianceState", "isEncrypted", "managedDeviceOwnerType"]),
            [DevicesAnalysis.Policies] = Settings(),
        },
        Columns = new Dictionary<string, IReadOnlyList<string>>
        {
            [DevicesAnalysis.Devices] =
                ["deviceName", "userPrincipalName", "operatingSystem", "osVersion", "managedDeviceOwnerType", "complianceState", "isEncrypted", "lastSyncDateTime"],
            [DevicesAnalysis.Policies] = ["displayName", "passwordRequired", "passwordMinimumLength", "lastModifiedDateTime"],
        },
    };

    private static SnapshotSource Licences() => new(
        CollectorCatalogue.Licences, "licence-list", ["9.1"], ["5.32"],
        [
            Kind(LicencesAnalysis.Subscriptions, "/subscribedSkus", "Organization.Read.All"),
            Kind(LicencesAnalysis.Organization, "/organization", "Organization.Read.All"),
        ],
        context => new LicencesAnalysis(context))
    {
        Tracked = new Dictionary<string, RowTracking> { [LicencesAnalysis.Subscriptions] = new("skuPartNumber", ["capabilityStatus", "prepaidUnits.enabled"]) },
        Columns = new Dictionary<string, IReadOnlyList<string>>
        {
            [LicencesAnalysis.Subscriptions] = ["skuPartNumber", "capabilityStatus", "prepaidUnits.enabled", "consumedUnits"],
        },
    };

    private static SnapshotSource Sharing() => new(
        CollectorCatalogue.SharingSettings, "sharing-settings", ["9.1"], ["5.14"],
        [Single(SharingAnalysis.Settings, "/admin/sharepoint/settings", "SharePointTenantSettings.Read.All")],
        _ => new SharingAnalysis())
    {
        Tracked = new Dictionary<string, RowTracking> { [SharingAnalysis.Settings] = Settings() },
        Columns = new Dictionary<string, IReadOnlyList<string>>
        {
            [SharingAnalysis.Settings] = ["sharingCapability", "sharingDomainRestrictionMode", "isResharingByExternalUsersEnabled", "isLegacyAuthProtocolsEnabled"],
        },
    };

    private static SnapshotSource Backup()
    {
        string[] paths = ["exchangeProtectionPolicies", "sharePointProtectionPolicies", "oneDriveForBusinessProtectionPolicies"];
        return new SnapshotSource(
            CollectorCatalogue.BackupPolicies, "backup-settings", ["9.1"], ["8.13"],
            [
                .. BackupAnalysis.Services.Zip(
                    paths, (service, path) => Kind(service, $"/solutions/backupRestore/{path}", "BackupRestore-Configuration.Read.All") with
                    {
                        Licence = "Microsoft 365 Backup",
                        IsGlobalCloudOnly = true,
                    }),
            ],
            context => new BackupAnalysis(context))
        {
            Tracked = BackupAnalysis.Services.ToDictionary(s => s, _ => Settings()),
            Columns = BackupAnalysis.Services.ToDictionary(s => s, IReadOnlyList<string> (_) => ["displayName", "status", "createdDateTime", "lastModifiedDateTime"]),
        };
    }

    private static SnapshotSource TrainingResults() => new(
        CollectorCatalogue.TrainingResults, "simulation-results", ["7.3", "9.1"], ["6.3"],
        [
            Kind(TrainingResultsAnalysis.Simulations, "/security/attackSimulation/simulations", "AttackSimulation.Read.All") with { Licence = "Defender for Office 365 P2" },
            Kind(TrainingResultsAnalysis.Trainings, "/security/attackSimulation/trainings", "AttackSimulation.Read.All") with { Licence = "Defender for Office 365 P2" },
        ],
        context => new TrainingResultsAnalysis(context))
    {
        Columns = new Dictionary<string, IReadOnlyList<string>>
        {
            [TrainingResultsAnalysis.Simulations] =
                ["displayName", "status", "attackTechnique", "launchDateTime", "report.overview.resolvedTargetsCount", "report.overview.simulationEventsContent.compromisedRate"],
        },
    };
}
