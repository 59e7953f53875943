using System.IO.Compression;
using IsmsFunctions.Tests.Hosting;

namespace IsmsFunctions.Tests.Registers;

public sealed class RegisterPrintTests
{
    private const string Secretariat = "secretariat";

    [Fact]
    public async Task A_printed_register_is_evidence_of_its_record_once_a_day_for_the_same_content()
    {
        await using var app = await RunningApp.StartAsync(RunningApp.FirstMorning);
        (await app.PostAsync(Secretariat, "registers/interested-parties", new { values = new { name = "=顧客", type = "customer", needs = "秘密を守ること", isAddressed = true } })).Expect(201);

        var first = (await app.PostAsync(Secretariat, "registers/interested-parties/print")).Expect(201);
        var again = (await app.PostAsync(Secretariat, "registers/interested-parties/print")).Expect(201);
        (await app.PostAsync(Secretariat, "registers/interested-parties", new { values = new { name = "従業員", type = "employee", needs = "教育", isAddressed = true } })).Expect(201);
        var changed = (await app.PostAsync(Secretariat, "registers/interested-parties/print?subject=item-FY2026-context-review")).Expect(201);

        Assert.Equal((string?)first.Json["id"], (string?)again.Json["id"]);
        Assert.NotEqual((string?)first.Json["id"], (string?)changed.Json["id"]);
        Assert.Equal("context-register", (string?)first.Json["record"]);
        Assert.Equal("item-FY2026-context-review", (string?)changed.Json["subject"]);
        Assert.Equal("利害関係者一覧 第2版", (string?)changed.Json["title"]!["ja"]);
        Assert.Equal(
            ["en.docx", "en.html", "en.xlsx", "ja.docx", "ja.html", "ja.xlsx", "json"],
            first.Json["files"]!.AsArray().Select(f => ((string)f!["path"]!)["context-register.".Length..]).Order(StringComparer.Ordinal));
        var page = await app.GetAsync(Secretariat, $"evidence/{first.Json["id"]}/files/context-register.ja.html");
        Assert.Contains("=顧客", page.Expect(200).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_statement_is_printed_with_the_evidence_there_is()
    {
        await using var app = await RunningApp.StartAsync(RunningApp.FirstMorning);
        using var form = new MultipartFormDataContent
        {
            { new StringContent("operation"), "type" }, { new StringContent("入退室記録"), "title" }, { new StringContent("7.2"), "controls" },
            { new ByteArrayContent([1, 2, 3]), "file", "log.txt" },
        };
        using var upload = new HttpRequestMessage(HttpMethod.Post, "api/evidence") { Content = form };
        upload.Headers.Add("X-Isms-Persona", Secretariat);
        using var uploaded = await app.Http.SendAsync(upload);
        Assert.Equal(201, (int)uploaded.StatusCode);

        var item = (await app.PostAsync(Secretariat, "registers/controls/print")).Expect(201);
        var page = (await app.GetAsync(Secretariat, $"evidence/{item.Json["id"]}/files/statement-of-applicability.ja.html")).Expect(200).Text;

        Assert.Contains("/api/evidence/upload.general.file.", page, StringComparison.Ordinal);
        Assert.Contains("入退室記録 (2026-04-01)", page, StringComparison.Ordinal);
        Assert.All(Isms.Catalogues.Standard.Controls, c => Assert.Contains($"<td>{c.Id}</td><td>", page, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_document_is_looked_at_without_being_put_on_record()
    {
        await using var app = await RunningApp.StartAsync(RunningApp.FirstMorning);
        using var request = new HttpRequestMessage(HttpMethod.Get, "api/registers/assets/document?format=docx");
        request.Headers.Add("X-Isms-Persona", Secretariat);
        using var answer = await app.Http.SendAsync(request);
        using var zip = new ZipArchive(await answer.Content.ReadAsStreamAsync());
        Assert.NotNull(zip.GetEntry("word/document.xml"));
        Assert.Empty((await app.GetAsync(Secretariat, "evidence?record=asset-register")).Json["items"]!.AsArray());
        Assert.Equal("table-format-unknown", (await app.GetAsync(Secretariat, "registers/assets/document?format=pdf")).Expect(400).Code);
        (await app.PostAsync("auditor", "registers/assets/print")).Expect(403);
    }
}
