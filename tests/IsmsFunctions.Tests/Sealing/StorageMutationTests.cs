using System.Text;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using IsmsFunctions.Evidence;
using IsmsFunctions.Sealing;
using IsmsFunctions.Tests.Hosting;
using IsmsFunctions.Tests.Packs;
using Isms.Sealing;
using Microsoft.Extensions.DependencyInjection;

namespace IsmsFunctions.Tests.Sealing;

/// <summary>Tampering in the storage itself: every blob, every row of the index and of the ledger in turn, one change at a time; the check of everything finds and locates it.</summary>
public sealed class StorageMutationTests
{
    [Fact]
    public async Task Every_blob_index_row_and_ledger_row_that_is_changed_removed_or_added_is_found_and_located()
    {
        await using var app = await RunningApp.StartAsync();
        var items = await PackTests.RecordAsync(app, 3);
        (await app.PostAsync("secretariat", "ledger/heads")).Expect(200);
        var check = app.Services.GetRequiredService<EvidenceCheck>();
        var seal = app.Services.GetRequiredService<LedgerSeal>();
        Assert.Empty(await EverythingAsync());
        var random = new Random(7);
        var mutations = 0;

        var container = new BlobContainerClient(app.Storage, EvidenceBlobs.ContainerName);
        foreach (var name in await container.GetBlobsAsync().Select(b => b.Name).ToListAsync())
        {
            var blob = container.GetBlobClient(name);
            var content = (await blob.DownloadContentAsync()).Value;
            var headers = new BlobUploadOptions { Metadata = content.Details.Metadata, HttpHeaders = new BlobHttpHeaders { ContentType = content.Details.ContentType } };
            var bytes = content.Content.ToArray();
            foreach (var changed in new[] { Flipped(bytes, random), bytes[..(bytes.Length / 2)], [.. bytes, 0] }.Where(c => !c.AsSpan().SequenceEqual(bytes)))
            {
                await blob.UploadAsync(new BinaryData(changed), headers);
                await MustFindAsync(name.Split('/')[5], "changed blob " + name);
            }

            await blob.DeleteAsync();
            await MustFindAsync(name.Split('/')[5], "removed blob " + name);
            await blob.UploadAsync(new BinaryData(bytes), headers);
        }

        await container.UploadBlobAsync("FY2026/operation/2026/04/01/nobody.0/x.txt", BinaryData.FromString("slipped in"));
        await MustFindAsync("nobody.0", "added folder");
        await container.DeleteBlobAsync("FY2026/operation/2026/04/01/nobody.0/x.txt");

        var tables = new TableServiceClient(app.Storage);
        foreach (var (table, partition) in new[] { (tables.GetTableClient(EvidenceIndex.TableName), "evidence"), (tables.GetTableClient(Ledger.TableName), "ledger") })
        {
            foreach (var row in await table.QueryAsync<TableEntity>($"PartitionKey eq '{partition}'").ToListAsync())
            {
                foreach (var property in row.Keys.Where(k => k is not ("PartitionKey" or "RowKey" or "Timestamp" or "odata.etag" or "At" or "CreatedAt")).ToList())
                {
                    var changed = new TableEntity(row.ToDictionary(p => p.Key, p => p.Value)) { [property] = Changed(row[property], random) };
                    await table.UpsertEntityAsync(changed, TableUpdateMode.Replace);
                    await MustFindAsync(null, $"changed {property} of {row.RowKey}");
                }

                await table.DeleteEntityAsync(partition, row.RowKey);
                await MustFindAsync(null, "removed row " + row.RowKey);
                await table.UpsertEntityAsync(row, TableUpdateMode.Replace);
            }
        }

        var index = tables.GetTableClient(EvidenceIndex.TableName);
        await index.AddEntityAsync(new TableEntity("evidence", "clause~9.1~0000000000000000001~nobody.0") { ["Id"] = "nobody.0", ["Manifest"] = Encoding.UTF8.GetBytes("{}") });
        await MustFindAsync("nobody.0", "added row");
        await index.DeleteEntityAsync("evidence", "clause~9.1~0000000000000000001~nobody.0");

        Assert.Empty(await EverythingAsync());
        Assert.True(mutations > 80, $"Only {mutations} mutations.");

        async Task<List<TamperFault>> EverythingAsync() =>
            [.. await seal.CheckAsync(default), .. await check.CheckAsync(0, items.Count, default), .. await check.FindUnknownAsync(default)];

        async Task MustFindAsync(string? item, string what)
        {
            mutations++;
            var faults = await EverythingAsync();
            Assert.True(faults.Count > 0, what + ": not found.");
            Assert.True(item is null || faults.Any(f => f.Where.Contains(item, StringComparison.Ordinal)), $"{what}: found as {string.Join("; ", faults)}");
        }
    }

    [Fact]
    public async Task A_check_of_everything_goes_on_after_a_restart_and_says_what_it_found()
    {
        await using var app = await RunningApp.StartAsync();
        var items = await PackTests.RecordAsync(app, 5);
        await new BlobContainerClient(app.Storage, EvidenceBlobs.ContainerName).GetBlobClient(Isms.Evidence.EvidencePaths.FolderOf(items[4]) + "/note.txt").DeleteAsync();

        var id = (string)(await app.PostAsync("manager", "ledger/checks")).Expect(202).Json["id"]!;
        await app.RestartAsync();
        await app.SettleAsync();

        var done = (await app.GetAsync("auditor", "ledger/checks/" + id)).Expect(200).Json;
        Assert.Equal((5, 5, 1), ((int)done["ledgerSize"]!, (int)done["checked"]!, (int)done["faultCount"]!));
        Assert.NotNull(done["endedAt"]);
        Assert.Equal(items[4].Id + "/note.txt", (string?)done["faults"]![0]!["where"]);
        Assert.Single((await app.GetAsync("secretariat", "incidents")).Expect(200).Json["items"]!.AsArray());
        (await app.GetAsync("auditor", "ledger/checks/nothing")).Expect(404);
    }

    [Fact]
    public async Task Items_of_an_index_without_their_lists_are_listed_anew_on_demand_and_what_was_changed_is_still_reported()
    {
        await using var app = await RunningApp.StartAsync();
        var items = await PackTests.RecordAsync(app, 5);
        var index = new TableServiceClient(app.Storage).GetTableClient(EvidenceIndex.TableName);
        foreach (var row in await index.QueryAsync<TableEntity>($"PartitionKey eq 'evidence'").ToListAsync())
        {
            if (row.RowKey.StartsWith("clause~", StringComparison.Ordinal) && row.GetString("Id") == items[2].Id)
            {
                await index.UpsertEntityAsync(new TableEntity(row.ToDictionary(p => p.Key, p => p.Value)) { ["Type"] = "risk" }, TableUpdateMode.Replace);
            }
            else if (!row.RowKey.StartsWith("id~", StringComparison.Ordinal))
            {
                await index.DeleteEntityAsync("evidence", row.RowKey);
            }
        }

        (await app.PostAsync("manager", "ledger/checks?relist=perhaps")).Expect(400);
        var id = (string)(await app.PostAsync("manager", "ledger/checks?relist=true")).Expect(202).Json["id"]!;
        await app.SettleAsync();

        var done = (await app.GetAsync("auditor", "ledger/checks/" + id)).Expect(200).Json;
        Assert.Equal((5, 1), ((int)done["checked"]!, (int)done["faultCount"]!));
        Assert.Contains(items[2].Id, (string?)done["faults"]![0]!["where"], StringComparison.Ordinal);
        Assert.Equal(items.Select(i => i.Id), (await app.GetAsync("auditor", "evidence?clause=9.1")).Expect(200).Json["items"]!.AsArray().Select(i => (string?)i!["id"]));
        Assert.Empty(await app.Services.GetRequiredService<EvidenceCheck>().CheckAsync(0, 5, default));
    }

    private static byte[] Flipped(byte[] bytes, Random random)
    {
        var flipped = bytes.ToArray();
        if (flipped.Length > 0)
        {
            flipped[random.Next(flipped.Length)] ^= 1;
        }

        return flipped;
    }

    private static object Changed(object value, Random random) => value switch
    {
        byte[] bytes => Flipped(bytes, random),
        string text => text.Length == 64 ? (text[0] == 'a' ? 'b' : 'a') + text[1..] : text + "x",
        long number => number + 1,
        int number => number + 1,
        bool flag => !flag,
        DateTimeOffset at => at.AddDays(1),
        _ => throw new NotSupportedException(value.GetType().Name),
    };
}
