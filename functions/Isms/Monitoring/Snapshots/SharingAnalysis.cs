using System.Text.Json;

namespace Isms.Monitoring.Snapshots;

/// <summary>With whom files may be shared (A.5.14).</summary>
public sealed class SharingAnalysis : ISnapshotAnalysis
{
    /// <summary>The settings of SharePoint and OneDrive.</summary>
    public const string Settings = "sharing-settings";

    private readonly List<Finding> findings = [];
    private readonly List<Figure> figures = [];

    /// <inheritdoc/>
    public void Add(string kind, JsonElement row)
    {
        void Note(bool applies, string code, string detail)
        {
            if (applies)
            {
                findings.Add(new Finding(code, "tenant", "SharePoint", detail));
            }
        }

        var capability = JsonRow.Text(row, "sharingCapability");
        Note(capability == "externalUserAndGuestSharing", "sharing-with-anybody", capability);
        Note(JsonRow.IsTrue(row, "isResharingByExternalUsersEnabled"), "guests-share-further", "isResharingByExternalUsersEnabled");
        Note(JsonRow.IsTrue(row, "isLegacyAuthProtocolsEnabled"), "sharing-legacy-authentication", "isLegacyAuthProtocolsEnabled");
        Note(JsonRow.IsFalse(row, "idleSessionSignOut.isEnabled"), "idle-sessions-stay", "idleSessionSignOut");
        figures.Add(new Figure("sharing-settings-open", findings.Count, 4));
        figures.Add(new Figure("sharing-domains-allowed", JsonRow.Texts(row, "sharingAllowedDomainList").Count()));
    }

    /// <inheritdoc/>
    public SnapshotResult Conclude(SnapshotDifference difference)
    {
        ArgumentNullException.ThrowIfNull(difference);
        return new SnapshotResult([.. figures, new Figure("settings-changed", difference.Since is null ? null : difference.Changes.Count)], [], Finding.Ordered(findings));
    }
}
