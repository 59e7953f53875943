using Isms.Monitoring;
using Isms.Text;
using IsmsFunctions.Evidence;
using IsmsFunctions.Monitoring.Snapshots;

namespace IsmsFunctions.Monitoring;

/// <summary>A kind of rows, as shown: what it takes, and what came of it when it was asked for last.</summary>
/// <param name="Name">Its name in evidence.</param>
/// <param name="Title">What it is.</param>
/// <param name="Path">What is asked, without its query.</param>
/// <param name="Permissions">The least application permissions it takes.</param>
/// <param name="Licence">The licence it takes; null for none.</param>
/// <param name="Gap">Why some or all of it was missing; null when it was complete, or never asked for.</param>
/// <param name="Remedy">What to do about that.</param>
public sealed record CollectorKindView(
    string Name, LocalizedText Title, string Path, IReadOnlyList<string> Permissions, string? Licence, string? Gap, LocalizedText? Remedy);

/// <summary>Tells what collectors take, and what the tenant did not let them have.</summary>
public sealed class CollectorReadiness(EvidenceStore evidence)
{
    /// <summary>The kinds of a collector.</summary>
    /// <param name="collector">The collector.</param>
    /// <param name="state">What is remembered of it.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<IReadOnlyList<CollectorKindView>> KindsAsync(Collector collector, CollectorState state, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(collector);
        ArgumentNullException.ThrowIfNull(state);
        var gaps = new Dictionary<string, string>(StringComparer.Ordinal);
        if (state.Collected is [.., { Gaps.Count: > 0 } latest] && await evidence.FindAsync(latest.EvidenceId, cancellationToken) is { } item)
        {
            foreach (var gap in item.Completeness.Gaps)
            {
                gaps[gap.What.Split(": ")[^1]] = gap.Reason;
            }
        }

        return [.. KindsOf(collector).Select(k => ViewOf(k, gaps.GetValueOrDefault(k.Name)))];
    }

    /// <summary>What a collector asks for.</summary>
    public static IReadOnlyList<RowKind> KindsOf(Collector collector)
    {
        ArgumentNullException.ThrowIfNull(collector);
        return collector == CollectorCatalogue.AccessRights ? AccessRightsSources.All
            : collector == CollectorCatalogue.SignIns ? SignInKinds.Of(default, default)
            : collector == CollectorCatalogue.DirectoryAudits ? DirectoryAuditsActivities.Log.KindsOf(default, default)
            : SnapshotSources.Of(collector.Name).Kinds;
    }

    private static CollectorKindView ViewOf(RowKind kind, string? gap)
    {
        var path = $"/{kind.Collection.Version}{kind.Collection.PathAndQuery.Split('?')[0]}";
        LocalizedText? remedy = gap switch
        {
            null => null,
            GapReasons.PermissionPending => Texts.Get("readiness.permission-pending", string.Join(", ", kind.Permissions)),
            GapReasons.NotLicensed => Texts.Get("readiness.not-licensed", kind.Licence ?? "–"),
            _ => Texts.Get("readiness." + gap),
        };
        return new CollectorKindView(kind.Name, Texts.Get("kind." + kind.Name), path, kind.Permissions, kind.Licence, gap, remedy);
    }
}
