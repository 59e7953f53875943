using Isms.Evidence;
using Isms.Monitoring;
using IsmsFunctions.Evidence;

namespace IsmsFunctions.Monitoring;

/// <summary>Finds what is held of a log, from the day it was first collected: in the evidence itself, which outlives what a collector remembers.</summary>
public static class LogArchive
{
    private const int PageSize = 1_000;

    /// <summary>The logs that are collected window by window.</summary>
    public static IReadOnlyList<LogSource> Logs { get; } = [DirectoryAuditsActivities.Log, SignInsActivities.Log];

    /// <summary>The record of items with rows that came late.</summary>
    public static string LateRecordOf(string record) => record + "-late";

    /// <summary>The windows that have a moment in common with [from, to).</summary>
    public static async Task<IReadOnlyList<HeldWindow>> HeldAsync(
        IEvidenceStore evidence, string record, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(evidence);
        var items = new List<EvidenceManifest>();
        string? token = null;
        do
        {
            var page = await evidence.ListAsync(new EvidenceQuery(Record: record, From: from, To: to), PageSize, token, cancellationToken);
            items.AddRange(page.Items);
            token = page.ContinuationToken;
        }
        while (token is not null);

        return HeldWindow.Of(items);
    }
}
