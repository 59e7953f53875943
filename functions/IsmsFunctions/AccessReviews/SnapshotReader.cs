using System.Text.Json;
using Isms.AccessReviews;
using Isms.Monitoring;
using IsmsFunctions.Evidence;
using IsmsFunctions.Hosting;
using IsmsFunctions.Monitoring;

namespace IsmsFunctions.AccessReviews;

/// <summary>The rights of a snapshot, with accounts and owners.</summary>
/// <param name="Rights">The access rights sheet.</param>
/// <param name="Holders">Accounts, and owners of applications.</param>
public sealed record SnapshotRights(IReadOnlyList<Right> Rights, DirectoryHolders Holders);

/// <summary>Reads the snapshots that the collector of access rights has recorded.</summary>
public sealed class SnapshotReader(CollectorRuns runs, RowSections sections, EvidenceBlobs blobs, IEvidenceStore evidence)
{
    private static readonly string RightsFile = RowSections.PathOf("rights");

    /// <summary>Which kinds of rows a kind of right is read from.</summary>
    private static readonly Dictionary<string, string[]> Sources = new(StringComparer.Ordinal)
    {
        [RightKinds.ActiveRole] = [AccessRightsKinds.RoleAssignments, AccessRightsKinds.Groups, AccessRightsKinds.GroupMembers],
        [RightKinds.EligibleRole] = [AccessRightsKinds.EligibleRoles, AccessRightsKinds.Groups, AccessRightsKinds.GroupMembers],
        [RightKinds.GroupMembership] = [AccessRightsKinds.Groups, AccessRightsKinds.GroupMembers],
        [RightKinds.AppRole] = [AccessRightsKinds.ServicePrincipals, AccessRightsKinds.AppRoleAssignments],
        [RightKinds.DelegatedGrant] = [AccessRightsKinds.DelegatedGrants],
        [GuestAccounts.Kind] = [AccessRightsKinds.Users],
    };

    /// <summary>The latest snapshots, oldest first.</summary>
    public async Task<IReadOnlyList<CollectedWindow>> CollectedAsync(CancellationToken cancellationToken) =>
        (await runs.FindAsync(CollectorCatalogue.AccessRights.Name, cancellationToken)).Collected;

    /// <summary>What a snapshot shows; null where its sheet is not there.</summary>
    public async Task<SnapshotRights?> ReadAsync(CollectedWindow snapshot, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        if (await blobs.OpenFileAsync(snapshot.Folder, RightsFile, cancellationToken) is not { } file)
        {
            return null;
        }

        var rights = new List<Right>();
        await using (file)
        {
            await RowLines.ReadAsync(file.Content, line => rights.Add(JsonSerializer.Deserialize<Right>(line.Span, Json.Options)!), cancellationToken);
        }

        // What is held through a group in a group ends with the membership of the inner one and is reviewed there; owners of applications are listed, not reviewed.
        rights.RemoveAll(r => r is { Kind: RightKinds.Ownership } or { Kind: RightKinds.GroupMembership, Via: not null });
        var holders = new DirectoryHolders();
        await sections.ReadAllAsync(snapshot.Folder, holders.Add, cancellationToken);
        return new SnapshotRights(rights, holders);
    }

    /// <summary>Kinds of rights that a snapshot could not read completely.</summary>
    public async Task<IReadOnlySet<string>> UnreadableAsync(CollectedWindow snapshot, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        if (snapshot.Gaps.Count == 0)
        {
            return new HashSet<string>();
        }

        var gaps = (await evidence.FindAsync(snapshot.EvidenceId, cancellationToken))?.Completeness.Gaps ?? [];

        // That last sign-ins or the schedules of activations are missing says nothing about who holds what; where the manifest is not there, nothing is believed.
        bool HasGap(string kind) => gaps.Count == 0
            || gaps.Any(g => (g.What == kind || g.What.StartsWith(kind + "/", StringComparison.Ordinal)) && !g.Detail.StartsWith("signInActivity", StringComparison.Ordinal));
        return Sources.Where(s => s.Value.Any(HasGap)).Select(s => s.Key).ToHashSet(StringComparer.Ordinal);
    }
}
