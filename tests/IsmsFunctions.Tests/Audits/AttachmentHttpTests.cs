using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using IsmsFunctions.Tests.Hosting;

namespace IsmsFunctions.Tests.Audits;

public sealed class AttachmentHttpTests
{
    private static readonly DateTimeOffset July = new(2026, 7, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly byte[] Png = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 1, 2, 3];

    [Fact]
    public async Task An_attachment_is_evidence_of_audit_and_question_once_and_an_answer_rests_on_it()
    {
        await using var app = await AuditPlay.StartAppAsync(July);
        var play = new AuditPlay(app);
        var id = await play.ToFieldworkAsync();
        var question = (string)(await play.ReadAsync(id))["checklist"]!.AsArray().First(q => (string)q!["department"]! == "sales")!["id"]!;
        var path = $"audits/{id}/questions/{question}/attachments";
        var decomposed = "../写真/掲示か\u3099い.PNG".Normalize(NormalizationForm.FormD);
        var (status, first) = await AttachAsync(app, path, (decomposed, Png));
        var (_, again) = await AttachAsync(app, path, ("x.png", Png));
        Assert.Equal(201, status);
        Assert.Equal((string)first["evidence"]!, (string)again["evidence"]!);
        var file = Assert.Single(first["files"]!.AsArray())!;
        Assert.Equal(("掲示がい.PNG", "image/png"), ((string)file["name"]!, (string)file["mediaType"]!));

        var listed = (await app.GetAsync("secretariat", $"audits/{id}/attachments?question={question}")).Expect(200).Json["items"]!.AsArray();
        Assert.Equal((string)first["evidence"]!, (string)Assert.Single(listed)!["evidence"]!);
        Assert.Empty((await app.GetAsync("secretariat", $"audits/{id}/attachments?question=q-999")).Expect(200).Json["items"]!.AsArray());
        var manifest = (await app.GetAsync("secretariat", $"evidence/{first["evidence"]}")).Expect(200).Json;
        Assert.Equal(("audit", id, "audit-attachment." + question, "FY2026"), ((string)manifest["type"]!, (string)manifest["subject"]!, (string)manifest["record"]!, (string)manifest["fiscalYear"]!));

        using var request = new HttpRequestMessage(HttpMethod.Get, "api" + (string)file["href"]!);
        request.Headers.Add("X-Isms-Persona", "secretariat");
        using var download = await app.Http.SendAsync(request);
        Assert.Equal(Png, await download.Content.ReadAsByteArrayAsync());
        Assert.Equal("attachment", download.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Equal("nosniff", download.Headers.GetValues("X-Content-Type-Options").Single());

        await play.DoAsync("auditor:yamamoto", $"audits/{id}/answers", new
        {
            question, result = "majorNonconformity", requirement = "r", fact = "f", evidence = new[] { (string)first["evidence"]! },
        });
    }

    [Fact]
    public async Task What_is_not_taken_is_refused_with_what_is()
    {
        await using var app = await AuditPlay.StartAppAsync(July);
        var play = new AuditPlay(app);
        var id = await play.ToFieldworkAsync();
        var questions = (await play.ReadAsync(id))["checklist"]!.AsArray();
        var question = (string)questions.First(q => (string)q!["department"]! == "sales")!["id"]!;
        var path = $"audits/{id}/questions/{question}/attachments";
        Assert.Equal("upload-kind-not-taken", await CodeAsync(400, "a.exe", [0x4D, 0x5A]));
        Assert.Equal("upload-kind-not-taken", await CodeAsync(400, "a.html", "<script>"u8.ToArray()));
        Assert.Equal("upload-kind-not-taken", await CodeAsync(400, "a.xlsm", Zip("xl/vbaProject.bin")));
        Assert.Equal("upload-not-what-it-says", await CodeAsync(400, "a.pdf", [0x4D, 0x5A]));
        Assert.Equal("upload-not-what-it-says", await CodeAsync(400, "a.docx", Zip("[Content_Types].xml", "word/vbaProject.bin")));
        Assert.Equal("upload-not-what-it-says", await CodeAsync(400, "a.docx", [0x50, 0x4B, 0x03, 0x04, 9, 9]));
        Assert.Equal("upload-not-what-it-says", await CodeAsync(400, "a.txt", [65, 0, 66]));
        Assert.Equal("upload-file-missing", await CodeAsync(400, "a.txt", []));
        Assert.Equal("unknown-question", await CodeAsync(404, "a.png", Png, $"audits/{id}/questions/q-999/attachments"));
        Assert.Equal("auditor-audits-own-department", await CodeAsync(422, "a.png", Png, persona: "auditor:kato"));
        Assert.Equal("role-not-allowed", await CodeAsync(403, "a.png", Png, persona: "secretariat"));
        Assert.Empty((await app.GetAsync("secretariat", $"audits/{id}/attachments")).Json["items"]!.AsArray());
        Assert.Equal(201, (await AttachAsync(app, path, ("a.docx", Zip("[Content_Types].xml", "word/document.xml")))).Status);

        async Task<string> CodeAsync(int expected, string name, byte[] bytes, string? to = null, string persona = "auditor:yamamoto")
        {
            var (status, json) = await AttachAsync(app, to ?? path, (name, bytes), persona);
            Assert.True(status == expected, json.ToJsonString());
            return (string)json["code"]!;
        }
    }

    private static byte[] Zip(params string[] entries)
    {
        using var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create))
        {
            foreach (var entry in entries)
            {
                using var content = zip.CreateEntry(entry).Open();
                content.Write("x"u8);
            }
        }

        return file.ToArray();
    }

    private static async Task<(int Status, JsonNode Json)> AttachAsync(RunningApp app, string path, (string Name, byte[] Content) file, string persona = "auditor:yamamoto")
    {
        using var form = new MultipartFormDataContent { { new ByteArrayContent(file.Content), "file", file.Name } };
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/" + path) { Content = form };
        request.Headers.Add("X-Isms-Persona", persona);
        using var response = await app.Http.SendAsync(request);
        return ((int)response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync())!);
    }
}
