using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Isms.Catalogues;
using IsmsFunctions.Tests.Hosting;

namespace IsmsFunctions.Tests.Registers;

public sealed class StatementOverHttpTests : IAsyncLifetime
{
    private const string Secretariat = "secretariat";
    private RunningApp app = null!;

    public async Task InitializeAsync() => app = await RunningApp.StartAsync();

    public async Task DisposeAsync() => await app.DisposeAsync();

    [Fact]
    public async Task A_statement_of_2013_becomes_decisions_of_2022_after_a_preview()
    {
        var rows = Edition2013.Controls.Select(c => new
        {
            control = c.Id,
            applicable = c.Id is not ("A.14.2.7" or "A.12.4.2"),
            justification = c.Id == "A.14.2.7" ? "委託していない" : "リスク対応のため",
            implementation = c.Id is "A.14.2.7" or "A.12.4.2" ? "該当なし" : "実施",
        });
        var preview = (await app.PostAsync(Secretariat, "registers/controls/migrate", new { rows })).Expect(200).Json;

        Assert.Equal("previewed", (string)preview["import"]!["state"]!);
        Assert.Equal(93, (int)preview["import"]!["created"]!);
        Assert.Equal(Edition2013.NewIn2022, Texts(preview["toDecide"]!));
        Assert.Equal("8.15", (string)Assert.Single(preview["conflicts"]!.AsArray())!["control"]!);
        Assert.Equal(24, preview["merged"]!.AsArray().Count);
        Assert.Empty((await app.GetAsync(Secretariat, "registers/controls")).Json["items"]!.AsArray());

        (await app.PostAsync(Secretariat, $"registers/controls/imports/{(string)preview["import"]!["id"]!}/apply")).Expect(202);
        var statement = (await app.GetAsync(Secretariat, "statement-of-applicability")).Expect(200).Json;
        Assert.Equal((81, 1, 11), ((int)statement["applicable"]!, (int)statement["excluded"]!, (int)statement["undecided"]!));
        var excluded = Row(statement, "8.30");
        Assert.Equal("委託していない", (string)excluded["justification"]!);
        Assert.Equal("notApplicable", (string)excluded["implementation"]!);
        Assert.Equal("A.14.2.7", (string)(await app.GetAsync(Secretariat, "registers/controls/8.30")).Json["values"]!["migratedFrom"]!);
    }

    [Fact]
    public async Task A_csv_file_as_people_keep_it_is_migrated()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/registers/controls/migrate?format=csv");
        request.Headers.Add("X-Isms-Persona", Secretariat);
        request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes("管理策番号,管理策,適用の有無,適用理由,実施状況\r\nA.5.1.1,方針群,適用,リスク対応のため,実施済み\r\nA.9.2.5,利用者アクセス権のレビュー,適用,リスク対応のため,一部実施\r\n"));
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("text/csv");
        using var response = await app.Http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();

        Assert.True(response.IsSuccessStatusCode, text);
        Assert.Equal(112, JsonNode.Parse(text)!["missing"]!.AsArray().Count);
    }

    [Fact]
    public async Task Rows_that_cannot_be_read_are_named_and_nothing_is_kept()
    {
        var rows = new[] { new { control = "A.5.1.1", implementation = "そのうち" }, new { control = "A.99", implementation = "" } };
        var refused = (await app.PostAsync(Secretariat, "registers/controls/migrate", new { rows })).Expect(400);
        Assert.Equal("migration-file-has-errors", refused.Code);
        Assert.Contains("rows[1].implementation", refused.Text, StringComparison.Ordinal);

        refused = (await app.PostAsync(Secretariat, "registers/controls/migrate", new { rows = rows[1..] })).Expect(400);
        Assert.Contains("migration-control-unknown", refused.Text, StringComparison.Ordinal);
        (await app.GetAsync(Secretariat, "registers/controls/imports/import-0001")).Expect(404);
    }

    [Fact]
    public async Task Only_those_who_keep_the_registers_migrate()
    {
        (await app.PostAsync("owner:suzuki", "registers/controls/migrate", new { rows = Array.Empty<object>() })).Expect(403);
        (await app.PostAsync("auditor", "registers/controls/migrate", new { rows = Array.Empty<object>() })).Expect(403);
    }

    [Fact]
    public async Task An_exclusion_without_justification_is_refused()
    {
        var refused = (await app.PostAsync(Secretariat, "registers/controls", new { id = "8.30", values = new { applicable = false } })).Expect(422);
        Assert.Equal("statement-exclusion-unjustified", refused.Code);

        var created = (await app.PostAsync(Secretariat, "registers/controls", new { id = "8.30", values = new { applicable = false, justification = "委託していない" } })).Expect(201);
        Assert.Equal("外部委託による開発", (string)created.Json["values"]!["name"]!);
    }

    [Fact]
    public async Task The_statement_shows_the_newest_evidence_of_a_control()
    {
        (await app.PostAsync(Secretariat, "registers/controls", new
        {
            id = "8.13",
            values = new { applicable = true, inclusionReasons = new[] { "risk" }, implementation = "implemented", owner = "ito", method = "毎日取得する" },
        })).Expect(201);
        var before = Row((await app.GetAsync("auditor", "statement-of-applicability")).Expect(200).Json, "8.13");
        Assert.Equal("no-evidence", KebabOf((string)Assert.Single(before["gaps"]!.AsArray())!["code"]!));

        await UploadAsync("backup-record", "バックアップ点検 4月");
        var after = Row((await app.GetAsync("auditor", "statement-of-applicability")).Expect(200).Json, "8.13");
        Assert.Equal("バックアップ点検 4月", (string)Assert.Single(after["evidence"]!.AsArray())!["title"]!);
        Assert.Empty(after["gaps"]!.AsArray());
    }

    private async Task UploadAsync(string record, string title)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/evidence");
        request.Headers.Add("X-Isms-Persona", "manager");
        using var form = new MultipartFormDataContent
        {
            { new StringContent(record), "record" },
            { new StringContent("operation"), "type" },
            { new StringContent(title), "title" },
            { new ByteArrayContent("ok"u8.ToArray()), "file", "record.txt" },
        };
        request.Content = form;
        using var response = await app.Http.SendAsync(request);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
    }

    private static string KebabOf(string code) => System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(code);

    private static JsonNode Row(JsonNode statement, string control) => statement["items"]!.AsArray().Single(r => (string)r!["control"]! == control)!;

    private static string[] Texts(JsonNode items) => [.. items.AsArray().Select(i => (string)i!)];
}
