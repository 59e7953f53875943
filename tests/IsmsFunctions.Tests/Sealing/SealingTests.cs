using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Isms.Evidence;
using Isms.Text;
using IsmsFunctions.Evidence;
using IsmsFunctions.Sealing;
using IsmsFunctions.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace IsmsFunctions.Tests.Sealing;

public sealed class SealingTests
{
    [Fact]
    public async Task A_signed_head_verifies_with_openssl_and_nothing_of_ours()
    {
        await using var app = await RunningApp.StartAsync();
        await RecordAsync(app, 5);

        var size = (long)(await app.PostAsync("secretariat", "ledger/heads")).Expect(200).Json["size"]!;
        var head = (await app.GetAsync("externalAuditor", $"ledger/heads/{size}")).Expect(200).Json;
        var key = (await app.GetAsync("externalAuditor", $"ledger/keys/{head["keyId"]}")).Expect(200).Text;

        Assert.Equal((await app.GetAsync("auditor", "ledger/head")).Expect(200).Json["root"]!.ToString(), head["root"]!.ToString());
        var (bytes, signature) = (Convert.FromBase64String((string)head["signedBytes"]!), Convert.FromBase64String((string)head["signature"]!));
        Assert.Equal(0, await OpenSslAsync(key, bytes, signature));
        bytes[^2] ^= 1;
        Assert.NotEqual(0, await OpenSslAsync(key, bytes, signature));
    }

    [Fact]
    public async Task A_head_is_signed_once_and_heads_hang_together_over_a_change_of_the_key()
    {
        await using var app = await RunningApp.StartAsync();
        await RecordAsync(app, 3);
        var first = (await app.PostAsync("secretariat", "ledger/heads")).Expect(200).Json;
        Assert.Equal(first["signature"]!.ToString(), (await app.PostAsync("secretariat", "ledger/heads")).Expect(200).Json["signature"]!.ToString());

        var keyFile = app.Services.GetRequiredService<Microsoft.Extensions.Options.IOptions<SealingOptions>>().Value.KeyFile!;
        File.Move(keyFile, keyFile + ".retired");
        await RecordAsync(app, 4, from: 3);
        var second = (await app.PostAsync("secretariat", "ledger/heads")).Expect(200).Json;

        Assert.NotEqual(first["keyId"]!.ToString(), second["keyId"]!.ToString());
        Assert.Empty((await app.PostAsync("manager", "ledger/check?sample=10")).Expect(200).Json["faults"]!.AsArray());
        var heads = (await app.GetAsync("externalAuditor", "ledger/heads?top=1")).Expect(200).Json;
        Assert.Equal(first["root"]!.ToString(), heads["items"]![0]!["root"]!.ToString());
        Assert.Single((await app.GetAsync("externalAuditor", $"ledger/heads?top=1&continuationToken={heads["continuationToken"]}")).Expect(200).Json["items"]!.AsArray());

        var proof = (await app.GetAsync("externalAuditor", "ledger/consistency?from=3&to=7")).Expect(200).Json;
        Assert.Equal((first["root"]!.ToString(), second["root"]!.ToString()), (proof["fromRoot"]!.ToString(), proof["toRoot"]!.ToString()));
        var path = proof["path"]!.AsArray().Select(h => Convert.FromHexString((string)h!)).ToList();
        Assert.True(MerkleTree.IsConsistent(Convert.FromHexString((string)proof["fromRoot"]!), 3, Convert.FromHexString((string)proof["toRoot"]!), 7, path));
    }

    [Fact]
    public async Task Everything_that_can_be_done_to_evidence_behind_our_back_is_found_and_located()
    {
        await using var app = await RunningApp.StartAsync();
        var items = await RecordAsync(app, 6);
        await app.PostAsync("secretariat", "ledger/heads");
        var (container, tables) = (new BlobContainerClient(app.Storage, EvidenceBlobs.ContainerName), new TableServiceClient(app.Storage));
        var evidence = tables.GetTableClient(EvidenceIndex.TableName);

        await container.GetBlobClient(FileOf(items[0], "note.txt")).UploadAsync(BinaryData.FromString("forged"), overwrite: true);
        await container.GetBlobClient(FileOf(items[1], "note.txt")).DeleteAsync();
        await container.GetBlobClient(FileOf(items[2], "added.txt")).UploadAsync(BinaryData.FromString("slipped in"));
        var manifest = (await container.GetBlobClient(FileOf(items[3], "manifest.json")).DownloadContentAsync()).Value.Content.ToString();
        await container.GetBlobClient(FileOf(items[3], "manifest.json")).UploadAsync(BinaryData.FromString(manifest.Replace("Note 3", "Note X", StringComparison.Ordinal)), overwrite: true);
        var row = (await evidence.GetEntityAsync<TableEntity>("evidence", "id~" + items[4].Id)).Value;
        row["Manifest"] = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(row.GetBinary("Manifest")).Replace("Note 4", "Note Y", StringComparison.Ordinal));
        await evidence.UpdateEntityAsync(row, Azure.ETag.All, TableUpdateMode.Replace);
        await evidence.DeleteEntityAsync("evidence", "id~" + items[5].Id);

        var faults = (await app.PostAsync("manager", "ledger/check?sample=200")).Expect(200).Json["faults"]!.AsArray();

        Assert.Equal(
            [
                ("fileDiffers", items[0].Id + "/note.txt"),
                ("fileMissing", items[1].Id + "/note.txt"),
                ("fileUnknown", items[2].Id + "/added.txt"),
                ("manifestDiffers", items[3].Id),
                ("indexRowDiffers", items[4].Id),
                ("indexRowMissing", items[5].Id),
            ],
            faults.Select(f => ((string)f!["kind"]!, (string)f["where"]!)).OrderBy(f => f.Item2, StringComparer.Ordinal));
    }

    [Fact]
    public async Task An_item_that_is_still_being_recorded_is_no_fault_until_a_day_has_passed()
    {
        await using var app = await RunningApp.StartAsync();
        var item = Assert.Single(await RecordAsync(app, 1));
        var evidence = new TableServiceClient(app.Storage).GetTableClient(EvidenceIndex.TableName);
        foreach (var row in await evidence.QueryAsync<TableEntity>().ToListAsync())
        {
            await evidence.DeleteEntityAsync(row.PartitionKey, row.RowKey);
        }

        await evidence.UpsertEntityAsync(
            new TableEntity("evidence", "id~" + item.Id) { ["Id"] = item.Id, ["CreatedAt"] = item.CreatedAt, ["Folder"] = EvidencePaths.FolderOf(item), ["Recorded"] = false },
            TableUpdateMode.Replace);

        Assert.Empty((await app.PostAsync("manager", "ledger/check")).Expect(200).Json["faults"]!.AsArray());
        await app.RunUntilAsync(app.Now.AddHours(25));

        var fault = Assert.Single((await app.PostAsync("manager", "ledger/check")).Expect(200).Json["faults"]!.AsArray());
        Assert.Equal("indexRowMissing", (string?)fault!["kind"]);
    }

    [Fact]
    public async Task A_ledger_that_was_rewritten_is_not_signed_and_raises_one_incident_however_often_it_is_checked()
    {
        await using var app = await RunningApp.StartAsync(settings: ["Schedules:EvidenceCheck=0 20 18 * * *"]);
        await RecordAsync(app, 4);
        (await app.PostAsync("secretariat", "ledger/heads")).Expect(200);
        var ledger = new TableServiceClient(app.Storage).GetTableClient(Ledger.TableName);
        var leaf = (await ledger.GetEntityAsync<TableEntity>("ledger", "leaf~000000000001")).Value;
        leaf["Hash"] = new string('a', 64);
        await ledger.UpdateEntityAsync(leaf, Azure.ETag.All, TableUpdateMode.Replace);
        await RecordAsync(app, 1, from: 4);

        await app.RunUntilAsync(app.Now.AddDays(3));

        var refused = await app.PostAsync("secretariat", "ledger/heads");
        Assert.Equal(409, refused.Status);
        Assert.Contains("ledger-broken", refused.Text, StringComparison.Ordinal);
        var incident = Assert.Single((await app.GetAsync("secretariat", "incidents")).Expect(200).Json["items"]!.AsArray());
        Assert.Equal("証跡または台帳の不一致", (string?)incident!["title"]);
        var details = (await app.GetAsync("secretariat", $"incidents/{incident["id"]}")).Expect(200).Text;
        Assert.Contains("台帳の最初の4件が、署名した時点のものと一致しません。", details, StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_all_is_well_the_regular_check_signs_the_head_and_nobody_hears_of_it()
    {
        await using var app = await RunningApp.StartAsync(settings: ["Schedules:EvidenceCheck=0 20 18 * * *"]);
        await RecordAsync(app, 2);

        await app.RunUntilAsync(app.Now.AddDays(3));

        Assert.Single((await app.GetAsync("auditor", "ledger/heads")).Expect(200).Json["items"]!.AsArray());
        Assert.Empty((await app.GetAsync("secretariat", "incidents")).Expect(200).Json["items"]!.AsArray());
    }

    [Theory]
    [InlineData("ledger/heads/99", 404)]
    [InlineData("ledger/heads/0", 404)]
    [InlineData("ledger/keys/nothing", 404)]
    [InlineData("ledger/consistency?from=2&to=1", 400)]
    [InlineData("ledger/consistency?from=1&to=99", 400)]
    [InlineData("ledger/consistency", 400)]
    [InlineData("ledger/heads?continuationToken=aGVhZC14", 400)]
    public async Task What_there_is_not_is_said(string path, int status)
    {
        await using var app = await RunningApp.StartAsync();
        await RecordAsync(app, 2);

        Assert.Equal(status, (await app.GetAsync("auditor", path)).Status);
    }

    private static async Task<List<EvidenceManifest>> RecordAsync(RunningApp app, int count, int from = 0)
    {
        var store = app.Services.GetRequiredService<IEvidenceStore>();
        var items = new List<EvidenceManifest>();
        foreach (var number in Enumerable.Range(from, count))
        {
            var draft = new EvidenceDraft
            {
                Id = EvidenceIds.OfStep($"note-{number}", "note"),
                FiscalYear = "FY2026",
                Type = EvidenceType.Operation,
                Title = LocalizedText.Same($"Note {number}"),
                Period = new Period(app.Now, app.Now),
                Source = new EvidenceSource { Workflow = new WorkflowSource($"note-{number}", "note", "system") },
                CreatedBy = "system",
            };
            items.Add(await store.RecordAsync(draft, [new EvidenceContent("note.txt", "text/plain", Encoding.UTF8.GetBytes($"note {number}"))], default));
        }

        return items;
    }

    private static string FileOf(EvidenceManifest item, string path) => EvidencePaths.FolderOf(item) + "/" + path;

    private static async Task<int> OpenSslAsync(string key, byte[] data, byte[] signature)
    {
        var folder = Directory.CreateTempSubdirectory("isms-openssl-").FullName;
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder, "key.pem"), key);
            await File.WriteAllBytesAsync(Path.Combine(folder, "data"), data);
            await File.WriteAllBytesAsync(Path.Combine(folder, "signature"), signature);
            using var openssl = Process.Start(new ProcessStartInfo("openssl", ["dgst", "-sha256", "-verify", "key.pem", "-signature", "signature", "data"])
            {
                WorkingDirectory = folder,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            await openssl.WaitForExitAsync();
            return openssl.ExitCode;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
