using Isms.Monitoring;
using IsmsFunctions.Evidence;
using IsmsFunctions.Monitoring.Graph;

namespace IsmsFunctions.Monitoring;

/// <summary>How an activity that pulls ended.</summary>
/// <param name="ResumeAt">When it is worth repeating it; null when its files stand.</param>
public sealed record PullOutcome(DateTimeOffset? ResumeAt)
{
    /// <summary>The files stand.</summary>
    public static PullOutcome Done { get; } = new((DateTimeOffset?)null);

    /// <summary>Files that stand already when it has to be repeated, without extension: the repetition leaves them.</summary>
    public IReadOnlyList<string> Standing { get; init; } = [];
}

/// <summary>How pulling a file ended.</summary>
/// <param name="ResumeAt">When it is worth trying again; null when it stands.</param>
/// <param name="WasThere">Whether an earlier attempt had written it: then that one stays, and this attempt's rows are dropped.</param>
public sealed record PulledFile(DateTimeOffset? ResumeAt, bool WasThere);

/// <summary>Pulls collections of Graph into files of evidence.</summary>
public sealed class EvidencePull(EvidenceStore evidence, GraphPull pull, BatchPull batches, TimeProvider clock)
{
    /// <summary>Media type of gzip-compressed rows.</summary>
    public const string RowsMediaType = "application/gzip";

    private static readonly TimeSpan ShortestPause = TimeSpan.FromMinutes(5);

    /// <summary>The path of a file of rows.</summary>
    public static string PathOf(string file) => file + ".ndjson.gz";

    /// <summary>Pulls a collection into a file, with its facts; nothing is left behind when it has to be put off.</summary>
    /// <param name="recording">The item it belongs to.</param>
    /// <param name="file">The file, without extension.</param>
    /// <param name="collection">What is asked.</param>
    /// <param name="final">Whether the file is to be written whatever is missing, or a run may be put off for what a later attempt can read.</param>
    /// <param name="patience">How long to wait in all.</param>
    /// <param name="overlap">Rows of earlier evidence.</param>
    /// <param name="eachRow">Sees each row that is kept.</param>
    /// <param name="cancellationToken">Cancels; nothing is left behind.</param>
    public async Task<PulledFile> PullAsync(
        EvidenceRecording recording, string file, GraphCollection collection, bool final, Patience patience, Overlap? overlap = null,
        Action<ReadOnlySpan<byte>>? eachRow = null, CancellationToken cancellationToken = default)
    {
        await using var writer = evidence.CreateFile(recording, PathOf(file), RowsMediaType);
        var rows = new RowFile(writer, overlap, eachRow);
        var report = await pull.PullAsync(collection, rows, patience, cancellationToken);
        return await EndAsync(writer, rows, report, final, gapToo: null, cancellationToken);
    }

    /// <summary>Pulls a collection that may be asked for in a poorer form when the richer one is not to be had; the gap names what is missing then.</summary>
    public async Task<PulledFile> PullRichOrPoorAsync(
        EvidenceRecording recording, string file, GraphCollection rich, GraphCollection poor, string difference, bool final, Patience patience,
        CancellationToken cancellationToken)
    {
        await using var writer = evidence.CreateFile(recording, PathOf(file), RowsMediaType);
        var rows = new RowFile(writer);
        var report = await pull.PullAsync(rich, rows, patience, cancellationToken);
        if (report.Failure is not { } failure || rows.Rows > 0 || GapReasons.ThrottledOut == failure.Reason)
        {
            return await EndAsync(writer, rows, report, final, gapToo: null, cancellationToken);
        }

        var second = await pull.PullAsync(poor, rows, patience, cancellationToken);
        return await EndAsync(writer, rows, second, final, (failure.Reason, $"{difference}: {failure.Detail}"), cancellationToken);
    }

    /// <summary>Pulls a collection below each of many parents into one file, whose lines are <c>{"parent":…,"row":…}</c> with the row as received.</summary>
    public async Task<PulledFile> PullBelowAsync(
        EvidenceRecording recording, string file, IReadOnlyList<string> parents, string pathFormat, bool final, Patience patience,
        CancellationToken cancellationToken)
    {
        await using var writer = evidence.CreateFile(recording, PathOf(file), RowsMediaType);
        var rows = new RowFile(writer);
        var report = await batches.PullAsync(parents, pathFormat, rows, patience, cancellationToken);
        return await EndAsync(writer, rows, report, final, gapToo: null, cancellationToken);
    }

    private async Task<PulledFile> EndAsync(
        EvidenceFileWriter writer, RowFile rows, PullReport report, bool final, (string, string)? gapToo, CancellationToken cancellationToken)
    {
        var canWait = report.Failure is { Reason: GapReasons.ThrottledOut or GapReasons.ServiceError };
        if (canWait && !final)
        {
            var asked = report.Failure!.RetryAfter ?? ShortestPause;
            return new PulledFile(clock.GetUtcNow() + (asked > ShortestPause ? asked : ShortestPause), WasThere: false);
        }

        await rows.FlushAsync(cancellationToken);
        var gap = report.Failure is { } failure ? (failure.Reason, failure.Detail) : gapToo;
        await writer.CommitAsync(PullFacts.Write(report, rows, gap), cancellationToken);
        return new PulledFile(null, writer.WasThere);
    }
}
