using IsmsFunctions.Packs;
using IsmsFunctions.Tests.Packs;
using Microsoft.Extensions.DependencyInjection;

namespace IsmsFunctions.Tests.Hosting;

/// <summary>Blobs that nobody reaches for a day are no tampering, and end nothing: what was begun is done when they are back.</summary>
public sealed class StorageOutageTests
{
    private readonly BlobOutage outage = new();

    [Fact]
    public async Task A_pack_is_made_when_the_evidence_can_be_read_again()
    {
        await using var app = await StartAsync();
        await PackTests.RecordAsync(app, 3);

        // The registers can be reached, which are asked for their newest change at once.
        outage.Container = PackBlobs.ContainerName;
        var id = "";
        await OverADayAsync(app, async () => id = (string)(await app.PostAsync("secretariat", "packs", new { fiscalYear = "FY2026" })).Expect(202).Json["id"]!);

        Assert.Equal("ready", (string?)(await app.GetAsync("secretariat", "packs/" + id)).Expect(200).Json["status"]);
        Assert.Empty((await app.GetAsync("secretariat", "incidents")).Expect(200).Json["items"]!.AsArray());
    }

    [Fact]
    public async Task A_check_of_everything_goes_on_when_the_evidence_can_be_read_again()
    {
        await using var app = await StartAsync();
        await PackTests.RecordAsync(app, 3);

        var location = "";
        await OverADayAsync(app, async () => location = (await app.PostAsync("manager", "ledger/checks")).Expect(202).Location!["/api/".Length..]);

        var check = (await app.GetAsync("manager", location)).Expect(200).Json;
        Assert.Equal((3, 0), ((int)check["checked"]!, check["faults"]!.AsArray().Count));
        Assert.NotNull(check["endedAt"]);
        Assert.Empty((await app.GetAsync("secretariat", "incidents")).Expect(200).Json["items"]!.AsArray());
    }

    [Fact]
    public async Task An_approved_disposal_is_carried_out_when_the_files_can_be_reached_again()
    {
        await using var app = await StartAsync();
        var items = await PackTests.RecordAsync(app, 2);
        await app.RestartAsync(RunningApp.FirstMorning.AddYears(10));
        var id = (string)(await app.PostAsync("secretariat", "retention/disposals", new { items = new[] { items[0].Id }, reason = "保管期間満了" })).Expect(201).Json["id"]!;

        await OverADayAsync(app, () => app.PostAsync("manager", $"retention/disposals/{id}/approve"));

        Assert.Equal("done", (string?)(await app.GetAsync("auditor", "retention/disposals/" + id)).Expect(200).Json["state"]);
        (await app.GetAsync("auditor", $"evidence/{items[0].Id}/files/note.txt")).Expect(404);
        (await app.GetAsync("auditor", $"evidence/{items[1].Id}/files/note.txt")).Expect(200);
    }

    private Task<RunningApp> StartAsync() => RunningApp.StartAsync(configure: builder => builder.Services.AddSingleton(outage.Storage));

    private async Task OverADayAsync(RunningApp app, Func<Task> act)
    {
        outage.IsOn = true;
        await act();
        await app.RunUntilAsync(app.Now.AddDays(1));
        Assert.True(outage.Refusals > 5, "Nothing was tried again.");
        outage.IsOn = false;
        await app.RunUntilAsync(app.Now.AddHours(7));
    }
}
