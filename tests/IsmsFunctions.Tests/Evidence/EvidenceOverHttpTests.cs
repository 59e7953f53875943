using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Isms.Evidence;
using IsmsFunctions.Evidence;
using IsmsFunctions.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace IsmsFunctions.Tests.Evidence;

public sealed class EvidenceOverHttpTests : IAsyncLifetime
{
    private RunningApp app = null!;

    public async Task InitializeAsync() => app = await RunningApp.StartAsync();

    public async Task DisposeAsync() => await app.DisposeAsync();

    [Fact]
    public async Task An_upload_becomes_evidence_that_is_listed_downloaded_and_proven()
    {
        var (status, item, location) = await UploadAsync(
            "owner:suzuki", "点検記録.txt", "text/html", "<script>alert(1)</script>", ("type", "operation"), ("title", "バックアップ点検記録"), ("titleEn", "Backup check"),
            ("subject", "item-FY2026-backup-check-m01"), ("record", "backup-record"), ("clauses", "8.1, 9.1"), ("controls", "A.8.13"), ("period", "2026-04-01/2026-04-30"));

        Assert.Equal(201, status);
        var id = (string)item["id"]!;
        Assert.Equal($"/api/evidence/{id}", location);
        Assert.Equal("FY2026", (string?)item["fiscalYear"]);
        Assert.Equal(("2026-03-31T15:00:00+00:00", "2026-04-30T15:00:00+00:00"), ((string?)item["period"]!["from"], (string?)item["period"]!["to"]));
        Assert.Equal(("suzuki", "点検記録.txt"), ((string?)item["createdBy"], (string?)item["source"]!["upload"]!["fileName"]));
        foreach (var query in new[] { "", "?record=backup-record", "?clause=9.1", "?control=8.13", "?fy=FY2026&type=operation", "?from=2026-04-30&to=2026-04-30", "?subject=item-FY2026-backup-check-m01" })
        {
            var listed = (await app.GetAsync("auditor", "evidence" + query)).Expect(200).Json["items"]!.AsArray();
            Assert.Equal([id], listed.Select(i => (string?)i!["id"]));
        }

        Assert.Empty((await app.GetAsync("auditor", "evidence?from=2026-05-01")).Expect(200).Json["items"]!.AsArray());
        var proof = (await app.GetAsync("auditor", $"ledger/proof/{id}")).Expect(200).Json;
        var manifest = await app.GetAsync("auditor", $"evidence/{id}/files/manifest.json");
        Assert.Equal(Convert.ToHexStringLower(MerkleTree.LeafHash(Encoding.UTF8.GetBytes(manifest.Text))), (string?)proof["leafHash"]);
        Assert.Equal((string?)(await app.GetAsync("externalAuditor", "ledger/head")).Json["root"], (string?)proof["head"]!["root"]);
    }

    [Theory]
    [InlineData("x.html", "text/html", false)]
    [InlineData("x.svg", "image/svg+xml", false)]
    [InlineData("x.js", "text/javascript", false)]
    [InlineData("x.xml", "application/xml", false)]
    [InlineData("x.xhtml", "application/xhtml+xml", false)]
    [InlineData("x.pdf", "application/pdf", false)]
    [InlineData("x.html", "text/html", true)]
    [InlineData("x.svg", "image/svg+xml", true)]
    [InlineData("x.js", "text/javascript", true)]
    [InlineData("x.pdf", "application/pdf", true)]
    public async Task Nothing_that_is_downloaded_runs_in_a_browser(string name, string mediaType, bool isOwn)
    {
        // Earlier versions took such uploads, and workflows print pages of their own.
        var draft = EvidenceBench.Draft("x");
        draft = isOwn ? draft : draft with { Source = new EvidenceSource { Upload = new UploadSource("suzuki", name) } };
        var item = await app.Services.GetRequiredService<IEvidenceStore>().RecordAsync(draft, [new EvidenceContent(name, mediaType, "<script>alert(1)</script>"u8.ToArray())], default);

        using var first = await DownloadAsync($"api/evidence/{item.Id}/files/{name}");
        Assert.Equal(isOwn && mediaType == "text/html" ? "inline" : "attachment", first.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Equal("nosniff", first.Headers.GetValues("X-Content-Type-Options").Single());
        var policy = first.Headers.GetValues("Content-Security-Policy").Single();
        Assert.StartsWith("sandbox; default-src 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("allow-scripts", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("script-src", policy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_download_is_not_sent_twice()
    {
        var (_, item, _) = await UploadAsync("owner:suzuki", "x.txt", "text/plain", "1", ("type", "operation"), ("title", "x"));
        using var first = await DownloadAsync($"api/evidence/{item["id"]}/files/x.txt");
        var hash = Convert.ToHexStringLower(SHA256.HashData(await first.Content.ReadAsByteArrayAsync()));
        Assert.Equal($"\"{hash}\"", first.Headers.ETag!.Tag);

        using var second = await DownloadAsync($"api/evidence/{item["id"]}/files/x.txt", first.Headers.ETag.Tag);
        Assert.Equal(304, (int)second.StatusCode);
    }

    [Theory]
    [InlineData("x.html", "text/plain", "hello", "upload-kind-not-taken")]
    [InlineData("x.svg", "image/png", "<svg/>", "upload-kind-not-taken")]
    [InlineData("x.js", "text/plain", "1", "upload-kind-not-taken")]
    [InlineData("x.xml", "text/plain", "<x/>", "upload-kind-not-taken")]
    [InlineData("x.exe", "application/pdf", "MZ", "upload-kind-not-taken")]
    [InlineData("x.txt.ps1", "text/plain", "1", "upload-kind-not-taken")]
    [InlineData("x", "text/plain", "1", "upload-kind-not-taken")]
    [InlineData("x.zip", "application/zip", "PK\u0003\u0004", "upload-kind-not-taken")]
    [InlineData("x.pdf", "application/pdf", "<script>", "upload-not-what-it-says")]
    public async Task What_is_of_no_kind_that_is_taken_is_refused_and_leaves_nothing(string name, string mediaType, string content, string code)
    {
        var (status, problem, _) = await UploadAsync("owner:suzuki", name, mediaType, content, ("type", "operation"), ("title", "x"));
        Assert.Equal((400, code, "file"), (status, (string?)problem["code"], (string?)problem["field"]));
        Assert.Empty((await app.GetAsync("auditor", "evidence")).Json["items"]!.AsArray());
    }

    [Fact]
    public async Task The_kinds_and_the_size_that_are_taken_are_settings()
    {
        await app.DisposeAsync();
        app = await RunningApp.StartAsync(settings: ["Uploads:Kinds=zip, .TXT", "Uploads:Megabytes=1"]);

        var (status, item, _) = await UploadAsync("owner:suzuki", "x.ZIP", "text/html", "PK\u0003\u0004", ("type", "operation"), ("title", "x"));
        Assert.Equal((201, "application/zip"), (status, (string?)item["files"]![0]!["mediaType"]));
        Assert.Equal(201, (await UploadAsync("owner:suzuki", "x.txt", "text/plain", "1", ("type", "operation"), ("title", "x"))).Status);
        Assert.Equal("upload-kind-not-taken", (string?)(await UploadAsync("owner:suzuki", "x.pdf", "application/pdf", "%PDF-", ("type", "operation"), ("title", "x"))).Body["code"]);
        var (_, problem, _) = await UploadAsync("owner:suzuki", "x.txt", "text/plain", new string('x', 1_048_577), ("type", "operation"), ("title", "x"));
        Assert.Equal("upload-too-large", (string?)problem["code"]);
        Assert.Contains("1 MB", (string?)problem["remedy"] ?? (string?)problem["detail"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Uploads:Kinds=html")]
    [InlineData("Uploads:Megabytes=0")]
    public async Task A_setting_that_would_take_anything_stops_the_app(string setting) =>
        await Assert.ThrowsAnyAsync<Exception>(() => RunningApp.StartAsync(settings: [setting]));

    [Fact]
    public async Task The_same_upload_twice_is_one_item_and_another_file_is_another()
    {
        var (_, first, _) = await UploadAsync("owner:suzuki", "a.txt", "text/plain", "1", ("type", "training"), ("title", "出席簿"));
        var (_, same, _) = await UploadAsync("owner:suzuki", "a.txt", "text/plain", "1", ("type", "training"), ("title", "出席簿"));
        var (_, other, _) = await UploadAsync("owner:suzuki", "a.txt", "text/plain", "2", ("type", "training"), ("title", "出席簿"));
        Assert.Equal((string?)first["id"], (string?)same["id"]);
        Assert.NotEqual((string?)first["id"], (string?)other["id"]);
    }

    [Theory]
    [InlineData("fy=2026", "fy")]
    [InlineData("type=coffee", "type")]
    [InlineData("clause=3.1", "clause")]
    [InlineData("clause=9.2'", "clause")]
    [InlineData("control=5.38", "control")]
    [InlineData("control=A.9.1", "control")]
    [InlineData("from=yesterday", "from")]
    [InlineData("from=2026-04-01T00:00:00", "from")]
    [InlineData("from=2026-05-01&to=2026-04-01", "to")]
    [InlineData("to=2026-02-30", "to")]
    [InlineData("top=0", "top")]
    [InlineData("top=201", "top")]
    [InlineData("subject=a'%20or%201%20eq%201", "subject")]
    [InlineData("record=%E8%A8%98%E9%8C%B2", "record")]
    [InlineData("continuationToken=abc", "continuationToken")]
    [InlineData("colour=red", "colour")]
    [InlineData("fy=FY2026&fy=FY2027", "fy")]
    public async Task A_question_that_cannot_be_meant_is_refused_under_the_name_of_its_parameter(string query, string field)
    {
        var refused = (await app.GetAsync("auditor", "evidence?" + query)).Expect(400);
        Assert.Equal(field, (string?)refused.Json["field"]);
        Assert.False(string.IsNullOrEmpty((string?)refused.Json["detail"]));
    }

    [Theory]
    [InlineData("type", "coffee", 400, "type")]
    [InlineData("type", null, 400, "type")]
    [InlineData("title", null, 400, "title")]
    [InlineData("clauses", "9.2,99", 400, "clauses")]
    [InlineData("controls", "5.99", 400, "controls")]
    [InlineData("period", "2026-05-01/2026-04-01", 400, "period")]
    [InlineData("subject", "../x", 400, "subject")]
    [InlineData("fiscalYear", "2026", 400, "fiscalYear")]
    [InlineData("colour", "red", 400, "colour")]
    public async Task An_upload_that_cannot_be_meant_is_refused_and_leaves_nothing(string name, string? value, int status, string field)
    {
        Dictionary<string, string?> fields = new() { ["type"] = "operation", ["title"] = "x", [name] = value };
        var (answered, problem, _) = await UploadAsync("owner:suzuki", "a.txt", "text/plain", "1", [.. fields.Where(f => f.Value is not null).Select(f => (f.Key, f.Value!))]);
        Assert.Equal((status, field), (answered, (string?)problem["field"]));
        Assert.Empty((await app.GetAsync("auditor", "evidence")).Json["items"]!.AsArray());
    }

    [Fact]
    public async Task Uploads_without_a_file_as_json_or_too_large_are_refused()
    {
        Assert.Equal(400, (await UploadAsync("owner:suzuki", "a.txt", "text/plain", "", ("type", "operation"), ("title", "x"))).Status);
        Assert.Equal("upload-not-a-form", (await app.PostAsync("owner", "evidence", new { type = "operation" })).Expect(400).Code);
        var (status, problem, _) = await UploadAsync("owner:suzuki", "big.bin", "application/octet-stream", new string('x', 51 * 1_048_576), ("type", "operation"), ("title", "x"));
        Assert.Equal((400, "upload-too-large"), (status, (string?)problem["code"]));
    }

    [Fact]
    public async Task External_auditors_read_and_do_not_write()
    {
        Assert.Equal(403, (await UploadAsync("externalAuditor", "a.txt", "text/plain", "1", ("type", "operation"), ("title", "x"))).Status);
        (await app.GetAsync("auditor", "evidence/unknown")).Expect(404);
        (await app.GetAsync("auditor", "ledger/proof/unknown")).Expect(404);
        (await app.GetAsync(null, "evidence")).Expect(401);
    }

    private async Task<(int Status, JsonNode Body, string? Location)> UploadAsync(
        string persona, string fileName, string mediaType, string content, params (string Name, string Value)[] fields)
    {
        using var form = new MultipartFormDataContent();
        foreach (var (name, value) in fields)
        {
            form.Add(new StringContent(value), name);
        }

        var file = new ByteArrayContent(Encoding.UTF8.GetBytes(content));
        file.Headers.ContentType = new MediaTypeHeaderValue(mediaType);
        form.Add(file, "file", fileName);
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/evidence") { Content = form };
        request.Headers.Add("X-Isms-Persona", persona);
        using var response = await app.Http.SendAsync(request);
        return ((int)response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync())!, response.Headers.Location?.ToString());
    }

    private async Task<HttpResponseMessage> DownloadAsync(string path, string? known = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("X-Isms-Persona", "auditor");
        if (known is not null)
        {
            request.Headers.TryAddWithoutValidation("If-None-Match", known);
        }

        return await app.Http.SendAsync(request);
    }
}
