using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using IsmsFunctions.Evidence;
using IsmsFunctions.Hosting;
using Isms.Evidence;
using Isms.Text;

namespace IsmsFunctions.Tests.Evidence;

/// <summary>An evidence store on an Azurite of its own, whose requests can be counted and made to fail.</summary>
internal sealed class EvidenceBench : IDisposable
{
    private readonly AzuriteLease azurite;

    private EvidenceBench(AzuriteLease azurite)
    {
        this.azurite = azurite;
        var tables = new TableClientOptions();
        var blobs = new BlobClientOptions();
        tables.Retry.MaxRetries = 0;
        blobs.Retry.MaxRetries = 0;
        tables.AddPolicy(new Interruption(this), HttpPipelinePosition.PerCall);
        blobs.AddPolicy(new Interruption(this), HttpPipelinePosition.PerCall);
        Storage = new StorageAccounts(new TableServiceClient(azurite.ConnectionString, tables), new BlobServiceClient(azurite.ConnectionString, blobs));
        Blobs = new EvidenceBlobs(Storage);
        Restart();
    }

    public SettableClock Clock { get; } = new();

    public StorageAccounts Storage { get; }

    /// <summary>For clients of a test's own.</summary>
    public string ConnectionString => azurite.ConnectionString;

    public EvidenceBlobs Blobs { get; }

    public Ledger Ledger { get; private set; } = null!;

    public EvidenceStore Store { get; private set; } = null!;

    /// <summary>Writes made.</summary>
    public int Writes { get; private set; }

    /// <summary>All requests made.</summary>
    public int Requests { get; private set; }

    /// <summary>The write that fails, counted from 1; null for none.</summary>
    public int? FailingWrite { get; set; }

    /// <summary>Whether the failing write is still done, and only its answer lost.</summary>
    public bool AnswerIsLost { get; set; }

    public static async Task<EvidenceBench> StartAsync()
    {
        var bench = new EvidenceBench(await AzuriteLease.TakeAsync());
        await bench.Store.PrepareAsync(CancellationToken.None);
        bench.ResetCounts();
        return bench;
    }

    /// <summary>Forgets what the process remembers, as after a crash.</summary>
    public void Restart()
    {
        Ledger?.Dispose();
        Ledger = new Ledger(Storage, Clock);
        Store = new EvidenceStore(Blobs, new EvidenceIndex(Storage, Blobs, Clock), Ledger);
    }

    public void ResetCounts() => (Writes, Requests, FailingWrite) = (0, 0, null);

    public void Dispose()
    {
        Ledger.Dispose();
        azurite.Dispose();
    }

    public static EvidenceDraft Draft(string step, string fiscalYear = "FY2026", EvidenceType type = EvidenceType.Operation) => new()
    {
        Id = EvidenceIds.OfStep("item-FY2026-backup-check-m03", step),
        FiscalYear = fiscalYear,
        Type = type,
        Title = new LocalizedText("バックアップ点検記録", "Backup check record"),
        Clauses = ["9.1"],
        Controls = ["8.13"],
        Period = new Period(new(2026, 6, 1, 0, 0, 0, TimeSpan.FromHours(9)), new(2026, 7, 1, 0, 0, 0, TimeSpan.FromHours(9))),
        Subject = "item-FY2026-backup-check-m03",
        Record = "backup-record",
        Source = new EvidenceSource { Workflow = new WorkflowSource("item-FY2026-backup-check-m03", step, "ito") },
        CreatedBy = "ito",
    };

    public static EvidenceContent File(string path, string text) => new(path, "text/plain", System.Text.Encoding.UTF8.GetBytes(text));

    private sealed class Interruption(EvidenceBench bench) : HttpPipelinePolicy
    {
        public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) =>
            throw new NotSupportedException("The app sends asynchronously.");

        public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
        {
            bench.Requests++;
            var fails = message.Request.Method != RequestMethod.Get && message.Request.Method != RequestMethod.Head && ++bench.Writes == bench.FailingWrite;
            if (fails && !bench.AnswerIsLost)
            {
                throw new IOException("The process died here.");
            }

            await ProcessNextAsync(message, pipeline);
            if (fails)
            {
                throw new IOException("The process died here.");
            }
        }
    }

    internal sealed class SettableClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 6, 30, 14, 59, 50, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
