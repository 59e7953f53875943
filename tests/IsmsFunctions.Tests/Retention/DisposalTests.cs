using Azure.Storage.Blobs;
using Isms.Evidence;
using IsmsFunctions.Evidence;
using IsmsFunctions.Retention;
using IsmsFunctions.Sealing;
using IsmsFunctions.Testing;
using IsmsFunctions.Tests.Hosting;
using IsmsFunctions.Tests.Packs;
using Microsoft.Extensions.DependencyInjection;

namespace IsmsFunctions.Tests.Retention;

public sealed class DisposalTests
{
    /// <summary>Ten years after the recordings.</summary>
    private static readonly DateTimeOffset Later = RunningApp.FirstMorning.AddYears(10);

    [Fact]
    public async Task An_approved_disposal_removes_the_files_and_leaves_ledger_manifest_and_record_and_checks_and_packs_accept_exactly_that()
    {
        await using var app = await RunningApp.StartAsync();
        var items = await PackTests.RecordAsync(app, 4);
        var before = await PackTests.MakeAsync(app, new { clause = "9.1" });
        await app.RestartAsync(Later);
        var (gone, kept) = (items[1], items[2]);

        Assert.Equal(4, (await app.GetAsync("secretariat", "retention/due")).Expect(200).Json["items"]!.AsArray().Count);
        var id = (string)(await app.PostAsync("secretariat", "retention/disposals", new { items = new[] { gone.Id, items[3].Id }, reason = "保管期間満了" })).Expect(201).Json["id"]!;
        await ExistsAsync(gone, true);
        (await app.PostAsync("manager", $"retention/disposals/{id}/approve")).Expect(202);
        await app.SettleAsync();

        var done = (await app.GetAsync("auditor", "retention/disposals/" + id)).Expect(200).Json;
        Assert.Equal("done", (string?)done["state"]);
        await ExistsAsync(gone, false);
        await ExistsAsync(kept, true);
        (await app.GetAsync("auditor", "evidence/" + gone.Id)).Expect(200);
        (await app.GetAsync("auditor", $"evidence/{gone.Id}/files/note.txt")).Expect(404);
        (await app.GetAsync("auditor", "ledger/proof/" + gone.Id)).Expect(200);
        Assert.Contains(gone.Id, (await app.GetAsync("auditor", $"evidence/{done["record"]}/files/disposal-record.json")).Expect(200).Text, StringComparison.Ordinal);
        Assert.Equal(2, (await app.GetAsync("secretariat", "retention/due")).Json["items"]!.AsArray().Count);
        Assert.Equal("disposal-already", (await app.PostAsync("secretariat", "retention/disposals", new { items = new[] { gone.Id }, reason = "x" })).Code);

        Assert.Empty(await FaultsAsync());
        var pack = await PackTests.MakeAsync(app, new { clause = "9.1" });
        using (var folder = new UnpackedPack(await PackTests.DownloadAsync(app, pack)))
        {
            var (exit, output) = await folder.RunAsync("bash", Path.Combine(Repository.Root, "scripts", "verify-pack.sh"), folder.Root);
            Assert.True(exit == 0, output);
            Assert.DoesNotContain(Directory.EnumerateFiles(folder.Root, "note.txt", SearchOption.AllDirectories), f => f.Contains(gone.Id, StringComparison.Ordinal));
        }

        // A pack of the time before has members that are no more; that is no tampering.
        await Assert.ThrowsAnyAsync<Exception>(() => PackTests.DownloadAsync(app, before));
        await app.SettleAsync();
        Assert.Empty((await app.GetAsync("secretariat", "incidents")).Expect(200).Json["items"]!.AsArray());

        await Blob(kept).DeleteAsync();
        Assert.Equal(kept.Id + "/note.txt", Assert.Single(await FaultsAsync()).Where);

        BlobClient Blob(EvidenceManifest item) =>
            new BlobContainerClient(app.Storage, EvidenceBlobs.ContainerName).GetBlobClient(EvidencePaths.FolderOf(item) + "/note.txt");

        async Task ExistsAsync(EvidenceManifest item, bool expected) => Assert.Equal(expected, (await Blob(item).ExistsAsync()).Value);

        Task<IReadOnlyList<Isms.Sealing.TamperFault>> FaultsAsync() => app.Services.GetRequiredService<EvidenceCheck>().CheckAsync(0, 100, default);
    }

    [Fact]
    public async Task What_is_not_due_or_held_or_not_approved_by_another_stays()
    {
        await using var app = await RunningApp.StartAsync();
        var items = await PackTests.RecordAsync(app, 2);
        var body = new { items = new[] { items[0].Id }, reason = "x" };
        Assert.Equal("disposal-not-due", (await app.PostAsync("secretariat", "retention/disposals", body)).Expect(422).Code);

        await app.RestartAsync(Later);
        var hold = (string)(await app.PostAsync("secretariat", "retention/holds", new { reason = "係争中", fiscalYear = "FY2026" })).Expect(201).Json["id"]!;
        Assert.Equal("disposal-held", (await app.PostAsync("secretariat", "retention/disposals", body)).Expect(422).Code);
        (await app.PostAsync("secretariat", $"retention/holds/{hold}/lift")).Expect(403);
        (await app.PostAsync("manager", $"retention/holds/{hold}/lift")).Expect(200);

        var id = (string)(await app.PostAsync("manager", "retention/disposals", body)).Expect(201).Json["id"]!;
        Assert.Equal("disposal-by-one-person", (await app.PostAsync("manager", $"retention/disposals/{id}/approve")).Expect(422).Code);
        (await app.PostAsync("auditor", $"retention/disposals/{id}/approve")).Expect(403);
        (await app.PostAsync("topManagement", $"retention/disposals/{id}/reject")).Expect(200);
        Assert.Equal("disposal-decided", (await app.PostAsync("topManagement", $"retention/disposals/{id}/approve")).Expect(409).Code);

        // What comes under a hold between approval and removal is left out.
        id = (string)(await app.PostAsync("secretariat", "retention/disposals", body)).Expect(201).Json["id"]!;
        (await app.PostAsync("secretariat", "retention/holds", new { reason = "調査中" })).Expect(201);
        (await app.PostAsync("topManagement", $"retention/disposals/{id}/approve")).Expect(202);
        await app.SettleAsync();
        Assert.Equal("done", (string?)(await app.GetAsync("auditor", "retention/disposals/" + id)).Json["state"]);
        (await app.GetAsync("auditor", $"evidence/{items[0].Id}/files/note.txt")).Expect(200);
    }

    [Fact]
    public async Task What_comes_under_a_hold_when_its_disposal_is_on_record_already_keeps_its_files()
    {
        await using var app = await RunningApp.StartAsync();
        var items = await PackTests.RecordAsync(app, 2);
        await app.RestartAsync(Later);
        var store = app.Services.GetRequiredService<RetentionStore>();
        var activities = ActivatorUtilities.CreateInstance<DisposalActivities>(app.Services);
        var body = new { items = items.Select(i => i.Id).ToArray(), reason = "x" };
        var id = (string)(await app.PostAsync("secretariat", "retention/disposals", body)).Expect(201).Json["id"]!;
        await store.UpdateAsync(id, d => d.Approve("tanaka", Later).Value, default);
        await activities.RecordDisposal(id, default);

        // The storage refused the removal, and now nobody may do it.
        var hold = (string)(await app.PostAsync("secretariat", "retention/holds", new { reason = "係争中" })).Expect(201).Json["id"]!;
        await activities.RemoveDisposedFiles(id, default);

        Assert.Equal("done", (string?)(await app.GetAsync("auditor", "retention/disposals/" + id)).Json["state"]);
        (await app.GetAsync("auditor", $"evidence/{items[0].Id}/files/note.txt")).Expect(200);
        Assert.Empty(await app.Services.GetRequiredService<EvidenceCheck>().CheckAsync(0, 100, default));
        (await app.PostAsync("manager", $"retention/holds/{hold}/lift")).Expect(200);
        (await app.PostAsync("secretariat", "retention/disposals", body)).Expect(201);
    }

    [Theory]
    [InlineData("PUT", "retention/policy", "{\"years\":{\"operation\":0}}", "retention-years-malformed")]
    [InlineData("PUT", "retention/policy", "{\"years\":{\"nothing\":3}}", "evidence-type-unknown")]
    [InlineData("POST", "retention/holds", "{\"reason\":\" \"}", "retention-reason-missing")]
    [InlineData("POST", "retention/holds/hold-9/lift", null, "legal-hold-unknown")]
    [InlineData("POST", "retention/disposals", "{\"items\":[],\"reason\":\"x\"}", "disposal-items-malformed")]
    [InlineData("POST", "retention/disposals", "{\"items\":[\"x\"],\"reason\":\"x\"}", "unknown-evidence")]
    [InlineData("POST", "retention/disposals/disposal-9/approve", null, "unknown-disposal")]
    public async Task What_is_malformed_is_refused(string method, string path, string? body, string code)
    {
        await using var app = await RunningApp.StartAsync();
        Assert.Equal(code, (await app.SendAsync("manager", new HttpMethod(method), path, body)).Code);
    }

    [Fact]
    public async Task The_policy_is_kept_and_personal_data_is_listed()
    {
        await using var app = await RunningApp.StartAsync();
        await PackTests.RecordAsync(app, 4);
        (await app.SendAsync("manager", HttpMethod.Put, "retention/policy", new { years = new Dictionary<string, int> { ["operation"] = 5 } })).Expect(200);
        Assert.Equal(5, (int)(await app.GetAsync("auditor", "retention/policy")).Expect(200).Json["years"]!["operation"]!);

        // Every other of them is evidence for 5.18, access rights.
        var items = (await app.GetAsync("secretariat", "retention/personal-data?fy=FY2026")).Expect(200).Json["items"]!.AsArray();
        Assert.Equal(2, items.Count);
        Assert.All(items, i => Assert.StartsWith("2031-04-01", (string)i!["keptUntil"]!, StringComparison.Ordinal));
    }
}
