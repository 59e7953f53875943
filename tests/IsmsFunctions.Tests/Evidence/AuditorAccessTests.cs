using System.Net;
using System.Net.Http.Headers;
using Isms.Evidence;
using Isms.Text;
using IsmsFunctions.Evidence;
using IsmsFunctions.Tests.Hosting;
using IsmsFunctions.Tests.Packs;
using Microsoft.Extensions.DependencyInjection;

namespace IsmsFunctions.Tests.Evidence;

public sealed class AuditorAccessTests
{
    [Fact]
    public async Task An_external_auditor_sees_what_was_granted_until_it_ends_and_nothing_else()
    {
        await using var app = await RunningApp.StartAsync();
        var own = await RecordAsync(app, "FY2026", "certification-FY2026-01");
        var other = await RecordAsync(app, "FY2025", null);
        var auditor = "externalAuditor";
        string[] packs = [await PackTests.MakeAsync(app, new { fiscalYear = "FY2026" }), await PackTests.MakeAsync(app, new { clause = "9.1" })];

        Assert.Empty(await ListAsync(app, auditor));
        await SeesAsync(own.Id, packs[0], 404);
        var person = (string)(await app.PostAsync("secretariat", "auditor-access", new { personId = await PersonAsync(app), until = "2026-04-10", fiscalYears = new[] { "FY2026" } })).Expect(201).Json["personId"]!;
        Assert.Equal([own.Id], await ListAsync(app, auditor));
        await SeesAsync(own.Id, packs[0], 200);
        await SeesAsync(other.Id, packs[1], 404);
        Assert.Single((await app.GetAsync(auditor, "packs")).Expect(200).Json["items"]!.AsArray());
        Assert.Single((await app.GetAsync(auditor, "auditor-access")).Expect(200).Json["items"]!.AsArray());

        await app.RunUntilAsync(new DateTimeOffset(2026, 4, 10, 14, 59, 0, TimeSpan.Zero));
        await SeesAsync(own.Id, packs[0], 200);
        await app.RunUntilAsync(new DateTimeOffset(2026, 4, 10, 15, 0, 1, TimeSpan.Zero));
        await SeesAsync(own.Id, packs[0], 404);

        var grant = (string)(await app.PostAsync("manager", "auditor-access", new { personId = person, until = "2026-05-10", audits = new[] { "certification-FY2026-01" } })).Expect(201).Json["id"]!;
        Assert.Equal(200, (await app.GetAsync(auditor, "evidence/" + own.Id)).Status);
        (await app.SendAsync("secretariat", HttpMethod.Delete, "auditor-access/" + grant)).Expect(200);
        await SeesAsync(own.Id, packs[0], 404);
        Assert.Equal(2, (await app.GetAsync("secretariat", "auditor-access")).Json["items"]!.AsArray().Count);

        async Task SeesAsync(string item, string pack, int status)
        {
            foreach (var path in new[] { $"evidence/{item}", $"evidence/{item}/files/note.txt", $"evidence/{item}/files/manifest.json", $"ledger/proof/{item}", $"packs/{pack}", $"packs/{pack}/download" })
            {
                Assert.True(status == (await app.GetAsync(auditor, path)).Status, path);
            }
        }
    }

    [Theory]
    [InlineData("{\"personId\":\"kubo\",\"until\":\"2026-05-01\"}", "grant-of-nothing")]
    [InlineData("{\"personId\":\"kubo\",\"until\":\"2026-03-01\",\"fiscalYears\":[\"FY2026\"]}", "grant-over-already")]
    [InlineData("{\"personId\":\"../x\",\"until\":\"2026-05-01\",\"fiscalYears\":[\"FY2026\"]}", "name-malformed")]
    [InlineData("{\"personId\":\"kubo\",\"until\":\"2026-05-01\",\"fiscalYears\":[\"x\"]}", "fiscal-year-malformed")]
    public async Task What_cannot_be_granted_is_refused(string body, string code)
    {
        await using var app = await RunningApp.StartAsync();

        Assert.Equal(code, (await app.PostAsync("secretariat", "auditor-access", body)).Code);
        (await app.PostAsync("owner", "auditor-access", body)).Expect(403);
        (await app.PostAsync("externalAuditor", "auditor-access", body)).Expect(403);
        (await app.SendAsync("secretariat", HttpMethod.Delete, "auditor-access/grant-0009")).Expect(404);
    }

    [Fact]
    public async Task Who_read_what_is_evidence_the_day_after_and_days_without_reading_leave_none()
    {
        await using var app = await RunningApp.StartAsync(settings: ["Schedules:EvidenceCheck=0 20 18 * * *"]);
        var item = await RecordAsync(app, "FY2026", null);
        var pack = await PackTests.MakeAsync(app, new { fiscalYear = "FY2026" });
        for (var i = 0; i < 3; i++)
        {
            (await app.GetAsync("auditor", $"evidence/{item.Id}/files/note.txt")).Expect(200);
        }

        await PackTests.DownloadAsync(app, pack);
        var link = (string)(await app.PostAsync("secretariat", $"packs/{pack}/links")).Expect(201).Json["path"]!;
        (await app.GetAsync(null, link["/api/".Length..])).Expect(200);
        await app.RunUntilAsync(app.Now.AddDays(4));

        var reads = Assert.Single((await app.GetAsync("auditor", "evidence?record=evidence-reads")).Expect(200).Json["items"]!.AsArray());
        var data = (await app.GetAsync("auditor", $"evidence/{reads!["id"]}/files/evidence-reads.json")).Expect(200).Json.AsArray();
        Assert.Equal(
            [("download", item.Id + "/note.txt"), ("download", pack), ("link", pack)],
            data.Select(r => ((string)r!["how"]!, (string)r["what"]!)).OrderBy(r => r.Item1, StringComparer.Ordinal).ThenBy(r => r.Item2 == pack));
    }

    [Fact]
    public async Task A_link_opens_one_pack_without_signing_in_until_it_ends()
    {
        await using var app = await RunningApp.StartAsync();
        await RecordAsync(app, "FY2026", null);
        var pack = await PackTests.MakeAsync(app, new { fiscalYear = "FY2026" });

        var link = ((string)(await app.PostAsync("secretariat", $"packs/{pack}/links?hours=2")).Expect(201).Json["path"]!)["/api/".Length..];
        using var download = await app.Http.GetAsync(new Uri("api/" + link, UriKind.Relative));
        Assert.Equal(await PackTests.DownloadAsync(app, pack), await download.Content.ReadAsByteArrayAsync());
        (await app.GetAsync(null, link + "x")).Expect(404);
        (await app.GetAsync(null, $"packs/{pack}/download")).Expect(401);
        (await app.PostAsync("secretariat", $"packs/{pack}/links?hours=9999")).Expect(400);
        (await app.PostAsync("auditor", $"packs/{pack}/links")).Expect(403);
        await app.RunUntilAsync(app.Now.AddHours(2));
        Assert.Equal("pack-link-invalid", (await app.GetAsync(null, link)).Expect(404).Code);
    }

    [Fact]
    public async Task A_part_of_a_file_is_answered_as_such()
    {
        await using var app = await RunningApp.StartAsync();
        var item = await RecordAsync(app, "FY2026", null);
        var tag = $"\"{item.Files[0].Sha256}\"";

        await Part("bytes=2-4", null, HttpStatusCode.PartialContent, "itt", "bytes 2-4/18");
        await Part("bytes=-3", null, HttpStatusCode.PartialContent, "end", "bytes 15-17/18");
        await Part("bytes=15-", null, HttpStatusCode.PartialContent, "end", "bytes 15-17/18");
        await Part("bytes=0-99", tag, HttpStatusCode.OK, "written to the end", null);
        await Part("bytes=1-1", "\"another\"", HttpStatusCode.OK, "written to the end", null);
        await Part("bytes=0-1,3-4", null, HttpStatusCode.OK, "written to the end", null);
        await Part("bytes=18-", null, HttpStatusCode.RequestedRangeNotSatisfiable, null, "bytes */18");
        await Part("bytes=-0", null, HttpStatusCode.RequestedRangeNotSatisfiable, null, "bytes */18");

        async Task Part(string range, string? ifRange, HttpStatusCode status, string? text, string? content)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"api/evidence/{item.Id}/files/note.txt");
            request.Headers.Add("X-Isms-Persona", "auditor");
            request.Headers.TryAddWithoutValidation("Range", range);
            request.Headers.IfRange = ifRange is null ? null : new RangeConditionHeaderValue(ifRange);
            using var answer = await app.Http.SendAsync(request);
            Assert.Equal((range, status, content), (range, answer.StatusCode, answer.Content.Headers.ContentRange?.ToString()));
            if (text is not null)
            {
                Assert.Equal(text, await answer.Content.ReadAsStringAsync());
            }
        }
    }

    private static async Task<string> PersonAsync(RunningApp app)
    {
        // Whoever plays the auditor: the first of that role in the settings, or nobody in particular.
        var people = (await app.GetAsync("secretariat", "organization")).Expect(200).Json["people"]!.AsArray();
        return (string?)people.FirstOrDefault(p => p!["roles"]!.AsArray().Any(r => ((string)r!).Equals("externalAuditor", StringComparison.OrdinalIgnoreCase)))?["id"] ?? "externalAuditor";
    }

    private static async Task<IReadOnlyList<string>> ListAsync(RunningApp app, string persona) =>
        [.. (await app.GetAsync(persona, "evidence")).Expect(200).Json["items"]!.AsArray().Select(i => (string)i!["id"]!)];

    private static Task<EvidenceManifest> RecordAsync(RunningApp app, string fiscalYear, string? subject)
    {
        var draft = new EvidenceDraft
        {
            Id = EvidenceIds.OfStep("note-" + fiscalYear, "note"),
            FiscalYear = fiscalYear,
            Type = EvidenceType.Operation,
            Title = LocalizedText.Same("Note"),
            Clauses = ["9.1"],
            Period = new Period(app.Now, app.Now),
            Subject = subject,
            Source = new EvidenceSource { Workflow = new WorkflowSource("note", "note", "system") },
            CreatedBy = "system",
        };
        return app.Services.GetRequiredService<IEvidenceStore>().RecordAsync(draft, [new EvidenceContent("note.txt", "text/plain", "written to the end"u8.ToArray())], default);
    }
}
