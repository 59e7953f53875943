using Isms.Monitoring;
using IsmsFunctions.Evidence;
using IsmsFunctions.Monitoring.Graph;

namespace IsmsFunctions.Monitoring;

/// <summary>
/// Pulls the files of a snapshot that do not stand yet, those that do not need each other at the same time: what a snapshot takes is mostly waiting for
/// answers, and the request budgets are kept by the limiters, not by standing in line.
/// </summary>
internal sealed class SnapshotPull(EvidencePull pull, EvidenceBlobs blobs, PullSnapshotInput input, Func<Patience> newPatience)
{
    private readonly Lock gate = new();
    private readonly SortedSet<string> standing = new(input.Standing, StringComparer.Ordinal);
    private DateTimeOffset? resumeAt;

    private EvidenceRecording Item => input.Snapshot.Item;

    /// <summary>Pulls a collection.</summary>
    public Task PullAsync(string file, string path, CancellationToken cancellationToken) =>
        UnlessStandingAsync(file, () => pull.PullAsync(Item, file, Directory(path), input.Final, newPatience(), cancellationToken: cancellationToken));

    /// <summary>Pulls a collection, in its poorer form when the richer one is not to be had.</summary>
    public Task PullRichOrPoorAsync(string file, GraphCollection rich, GraphCollection poor, string difference, CancellationToken cancellationToken) =>
        UnlessStandingAsync(file, () => pull.PullRichOrPoorAsync(Item, file, rich, poor, difference, input.Final, newPatience(), cancellationToken));

    /// <summary>Pulls a collection, and then collections below each of its rows.</summary>
    public async Task PullWithChildrenAsync(
        string file, string path, IReadOnlyList<(string File, string PathFormat)> children, CancellationToken cancellationToken)
    {
        var patience = newPatience();
        var parents = new List<string>();
        void Take(ReadOnlySpan<byte> row) => parents.Add(RowFields.TextOf(row, "id"u8) ?? "");
        var pulled = await UnlessStandingAsync(
            file, () => pull.PullAsync(Item, file, Directory(path), input.Final, patience, overlap: null, Take, cancellationToken));
        if (pulled.WasThere)
        {
            // What stands is what counts: the children are those of its rows, not of what the service says by now.
            parents.Clear();
            await using var stands = await blobs.OpenFileAsync(Item.Folder, EvidencePull.PathOf(file), cancellationToken) ?? throw new FileNotFoundException(file);
            await RowLines.ReadAsync(stands.Content, row => Take(row.Span), cancellationToken);
        }

        foreach (var (child, pathFormat) in children)
        {
            if (pulled.ResumeAt is not null)
            {
                return;
            }

            pulled = await UnlessStandingAsync(
                child, () => pull.PullBelowAsync(Item, child, parents, pathFormat, input.Final, patience, cancellationToken));
        }
    }

    /// <summary>What the pulls came to, once they all have ended.</summary>
    public async Task<PullOutcome> EndAsync(params Task[] pulls)
    {
        await Task.WhenAll(pulls);
        return resumeAt is null ? PullOutcome.Done : new PullOutcome(resumeAt) { Standing = [.. standing] };
    }

    private async Task<PulledFile> UnlessStandingAsync(string file, Func<Task<PulledFile>> pullFile)
    {
        lock (gate)
        {
            if (standing.Contains(file))
            {
                return new PulledFile(null, WasThere: true);
            }
        }

        var pulled = await pullFile();
        lock (gate)
        {
            if (pulled.ResumeAt is not { } at)
            {
                standing.Add(file);
            }
            else if (resumeAt is null || at > resumeAt)
            {
                resumeAt = at;
            }
        }

        return pulled;
    }

    private static GraphCollection Directory(string path) => new("v1.0", path, PacingScope.Directory);
}
