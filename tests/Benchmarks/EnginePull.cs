using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Isms.Evidence;
using IsmsFunctions.Evidence;
using IsmsFunctions.Hosting;
using IsmsFunctions.Monitoring;
using IsmsFunctions.Monitoring.Graph;
using Microsoft.Extensions.Options;

namespace Benchmarks;

/// <summary>The app's engine: rows recognised by id, hashed, compressed, and uploaded as evidence.</summary>
internal static class EnginePull
{
    public static async Task<Pulled> RunAsync(SignInSource source, string storage)
    {
        // The budgets are not what is measured here: this is more than the machine can ask for. The limiter remembers each request it allows.
        var graph = Options.Create(new GraphOptions { BaseAddress = source.Tenant, PacingScale = 200 });
        var accounts = new StorageAccounts(new TableServiceClient(storage), new BlobServiceClient(storage));
        var clock = TimeProvider.System;
        using var http = new GraphHttp(graph, source.Credential);
        using var blobs = new EvidenceBlobs(accounts);
        var evidence = new EvidenceStore(blobs, new EvidenceIndex(accounts, blobs, clock), new Ledger(accounts, clock));
        await evidence.PrepareAsync(default);
        var requests = new GraphRequests(http, new Pacing(graph, clock), graph, clock);
        var pull = new GraphPull(http, requests, graph, clock);
        var sections = new RowSections(evidence, blobs);
        var engine = new CollectionEngine(
            evidence, sections, pull, new BatchPull(http, requests, pull, clock), requests, Options.Create(new MonitoringOptions()), clock);
        var id = EvidenceIds.OfWindow($"bench-{Environment.ProcessId}", source.From, source.To);
        var item = await evidence.BeginAsync(id, "FY2026", EvidenceType.Operation, default);
        PullOutcome? before = null;
        while (true)
        {
            var collection = engine.Open(item, [new RowKind("interactive", source.Collection)]);
            before = await collection.PullAsync(before, final: true, default);
            if (before.ResumeAt is null)
            {
                var query = collection.Facts[0].HasGap ? throw new InvalidOperationException(collection.Facts[0].GapDetail) : collection.Facts[0].Query;
                var bytes = 0L;
                for (var part = 1; await sections.ReadOwnAsync(item.Folder, "interactive", part, null, default) is { } file; part++)
                {
                    bytes += file.File.Length;
                }

                return new Pulled(query.Rows, bytes);
            }
        }
    }
}
