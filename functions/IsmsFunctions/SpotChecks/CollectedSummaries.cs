using System.Text.Json;
using Isms.SpotChecks;
using IsmsFunctions.Evidence;
using IsmsFunctions.Monitoring;

namespace IsmsFunctions.SpotChecks;

/// <summary>What the newest evidence of a collector says; empty where there is none yet.</summary>
public interface ICollectedSummaries
{
    /// <summary>The summaries of the newest snapshot, or of a log's windows of the last week.</summary>
    Task<IReadOnlyList<CollectorSummary>> FindAsync(string collector, CancellationToken cancellationToken);
}

/// <summary>Reads the summaries that collectors leave beside their rows; every collector counts its exceptions by code in there.</summary>
public sealed class CollectedSummaries(CollectorRuns runs, EvidenceBlobs blobs) : ICollectedSummaries
{
    private const string SummaryFile = "summary.json";
    private const int MostWindows = 24;
    private static readonly TimeSpan Week = TimeSpan.FromDays(7);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<CollectorSummary>> FindAsync(string collector, CancellationToken cancellationToken)
    {
        var collected = (await runs.FindAsync(collector, cancellationToken)).Collected;
        if (collected is not [.., var newest])
        {
            return [];
        }

        var isLog = newest.To > newest.From;
        var looked = isLog ? collected.Where(w => w.To > newest.To - Week).TakeLast(MostWindows).ToList() : [newest];
        var found = new List<CollectorSummary>();
        foreach (var window in looked)
        {
            await using var file = await blobs.OpenAsync(window.Folder, SummaryFile, cancellationToken);
            if (file is not null)
            {
                found.Add(new CollectorSummary(collector, window.EvidenceId, window.To, window.Gaps.Count == 0, await ExceptionsAsync(file, cancellationToken)));
            }
        }

        return found;
    }

    private static async Task<IReadOnlyDictionary<string, long>> ExceptionsAsync(Stream summary, CancellationToken cancellationToken)
    {
        using var document = await JsonDocument.ParseAsync(summary, cancellationToken: cancellationToken);
        return document.RootElement.TryGetProperty("exceptions", out var exceptions) && exceptions.ValueKind == JsonValueKind.Object
            ? exceptions.EnumerateObject().Where(e => e.Value.ValueKind == JsonValueKind.Number).ToDictionary(e => e.Name, e => e.Value.GetInt64(), StringComparer.Ordinal)
            : new Dictionary<string, long>();
    }
}
