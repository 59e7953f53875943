using System.Globalization;
using Azure.Data.Tables;
using Isms.Evidence;
using Isms.Text;
using IsmsFunctions.Evidence;
using IsmsFunctions.Hosting;

namespace Benchmarks;

/// <summary>Seven years of evidence as the store would have written it – the rows of index and ledger, made by what makes them there – without its files and in bulk.</summary>
internal static class EvidenceFill
{
    public const int Years = 7;
    public const int FirstYear = 2020;
    private const int Writers = 4;

    public static readonly string[] Clauses = ["4.1", "5.2", "6.1.2", "6.1.3", "7.2", "7.5.3", "8.1", "8.2", "9.1", "9.2", "9.3", "10.2"];
    public static readonly string[] Controls = [.. Enumerable.Range(1, 37).Select(n => $"5.{n}"), .. Enumerable.Range(1, 34).Select(n => $"8.{n}")];
    private static readonly DateTimeOffset Start = new(FirstYear, 4, 1, 0, 0, 0, TimeSpan.Zero);

    public static Task RunAsync(int count, StorageAccounts storage, EvidenceIndex index) =>
        RunAsync(count, new Filling(FirstYear, Start, Start.AddDays(365.25 * Years), []), storage, index);

    public static async Task RunAsync(int count, Filling filling, StorageAccounts storage, EvidenceIndex index)
    {
        var types = Enum.GetValues<EvidenceType>();
        var items = Enumerable.Range(0, count).Select(n => ItemOf(n, count, filling, types)).ToList();
        var part = (count + Writers - 1) / Writers;
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(w => Task.Run(() => index.AddAsync(
            items.Skip(w * part).Take(part).Select((item, n) => new ListedItem(item, ManifestOf(item), (w * part) + n)), default))));
        await FillLedgerAsync(storage.Tables.GetTableClient(Ledger.TableName), items);
    }

    public static string IdOf(int number) => EvidenceIds.OfStep(string.Create(CultureInfo.InvariantCulture, $"item-FY{FirstYear}-duty-{number:000000}"), "done");

    private static async Task FillLedgerAsync(TableClient table, List<EvidenceManifest> items)
    {
        var (frontier, rows, last) = (MerkleFrontier.Empty, new List<TableEntity>(), default(DateTimeOffset));
        foreach (var item in items)
        {
            var leaf = MerkleTree.LeafHash(ManifestOf(item));
            var (index, hash) = (frontier.Size, Convert.ToHexStringLower(leaf));
            rows.AddRange([LedgerRows.Leaf(index, item.Id, hash, item.CreatedAt), LedgerRows.Place(index, item.Id, hash)]);
            if (frontier.CompletedBy(leaf, MerkleBlocks.Height) is { } block)
            {
                rows.Add(LedgerRows.Block(index / MerkleBlocks.Length, block));
            }

            (frontier, last) = (frontier.Append(leaf), item.CreatedAt);
        }

        rows.Add(LedgerRows.Head(frontier, last));
        foreach (var some in rows.Chunk(100))
        {
            await table.SubmitTransactionAsync(some.Select(r => new TableTransactionAction(TableTransactionActionType.UpsertReplace, r)));
        }
    }

    private static byte[] ManifestOf(EvidenceManifest item) => CanonicalJson.Serialize(item, Json.Options);

    private static EvidenceManifest ItemOf(int number, int count, Filling filling, EvidenceType[] types)
    {
        var created = filling.From + ((filling.To - filling.From) * ((double)number / count));
        var year = filling.FirstYear + (int)((created - filling.From).TotalDays / 365.25);
        // Nine in ten items are of a day, the others of a month, a few of a year; half are operation, and incidents are rare.
        var length = (number % 20) switch { 0 => 365, 1 or 2 => 30, _ => 1 };
        var type = number % 2 == 0 ? EvidenceType.Operation : number % 97 == 0 ? EvidenceType.Incident : types[number % (types.Length - 2)];
        var subject = filling.Subjects.Count > 0 ? filling.Subjects[number % filling.Subjects.Count] : string.Create(CultureInfo.InvariantCulture, $"item-FY{year}-duty-{number / 5}");
        return new EvidenceManifest
        {
            Id = IdOf(number),
            FiscalYear = string.Create(CultureInfo.InvariantCulture, $"FY{year}"),
            Type = type,
            Title = new LocalizedText($"記録 {number}", $"Record {number}"),
            Clauses = number % 3 == 0 ? [Clauses[number % Clauses.Length], "9.1"] : [Clauses[number % Clauses.Length]],
            Controls = [Controls[number % Controls.Length], Controls[number * 7 % Controls.Length]],
            Period = new Period(created.AddDays(-length), created),
            Subject = subject,
            Record = string.Create(CultureInfo.InvariantCulture, $"record-{number % 60}"),
            Source = new EvidenceSource { Workflow = new WorkflowSource(subject, "done", "ito") },
            Completeness = Completeness.Complete,
            Files = [FileOf("record.json", number), FileOf("record.html", number), FileOf("record.docx", number)],
            CreatedAt = created,
            CreatedBy = "ito",
            Producer = "IsmsFunctions bench",
        };
    }

    private static EvidenceFile FileOf(string path, int number)
    {
        var content = BitConverter.GetBytes(number);
        return new EvidenceFile(path, "application/octet-stream", 12_345, Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(content)), Crc32: Crc32.Hex(content));
    }

    /// <summary>From when to when the items were recorded, the fiscal year that begins then, and what they belong to; where that is not given, each five to something of their own.</summary>
    public sealed record Filling(int FirstYear, DateTimeOffset From, DateTimeOffset To, IReadOnlyList<string> Subjects);
}
