using System.Text;
using System.Text.Json.Nodes;
using IsmsFunctions.Tests.Hosting;

namespace IsmsFunctions.Tests.Registers;

public sealed class RegisterHttpTests : IAsyncLifetime
{
    private const string Secretariat = "secretariat";
    private RunningApp app = null!;

    public async Task InitializeAsync() => app = await RunningApp.StartAsync();

    public async Task DisposeAsync() => await app.DisposeAsync();

    [Fact]
    public async Task An_entry_is_created_with_the_next_id_and_read_back_typed()
    {
        var created = (await PostAsync("assets", Asset("顧客台帳", ("confidentiality", 3), ("integrity", 2)))).Expect(201);

        Assert.Equal("/api/registers/assets/A-0001", created.Location);
        Assert.Equal("\"1\"", created.ETag);
        var read = (await app.GetAsync(Secretariat, "registers/assets/A-0001")).Expect(200);
        Assert.Equal(3, (int)read.Json["values"]!["confidentiality"]!);
        Assert.Equal(3, (int)read.Json["values"]!["value"]!); // computed by the rule
        Assert.Equal("nakamura", (string)read.Json["createdBy"]!);
        Assert.Equal("A-0002", (string)(await PostAsync("assets", Asset("契約書"))).Expect(201).Json["id"]!);
    }

    [Fact]
    public async Task Every_error_of_an_entry_is_named_with_field_value_and_remedy()
    {
        var refused = (await PostAsync("assets", Asset(null, ("owner", "nobody"), ("confidentiality", 99), ("unknown", "x")))).Expect(400);

        var errors = refused.Json["errors"]!.AsArray();
        Assert.Contains(errors, e => (string)e!["field"]! == "values.confidentiality" && (string)e["code"]! == "value-out-of-range" && (string)e["detail"]! != "");
        Assert.Contains(errors, e => (string)e!["field"]! == "values.unknown");
        var missing = (await PostAsync("assets", Asset(null, ("owner", "nobody")))).Expect(400).Json["errors"]!.AsArray();
        Assert.Contains(missing, e => (string)e!["code"]! == "value-missing");
        Assert.Contains(missing, e => (string)e!["value"]! == "nobody");
    }

    [Fact]
    public async Task A_change_needs_the_version_it_is_based_on()
    {
        (await PostAsync("assets", Asset("顧客台帳"))).Expect(201);

        (await PutAsync("assets/A-0001", Asset("a"))).Expect(428);
        (await PutAsync("assets/A-0001", Asset("b"), "If-Match: \"7\"")).Expect(412);
        Assert.Equal("\"2\"", (await PutAsync("assets/A-0001", Asset("顧客名簿"), "If-Match: \"1\"")).Expect(200).ETag);
        (await PutAsync("assets/A-0001", Asset("c"), "If-Match: \"1\"")).Expect(412);

        var history = (await app.GetAsync(Secretariat, "registers/assets/A-0001/history")).Expect(200).Json["items"]!.AsArray();
        Assert.Equal(["changed", "created"], history.Select(h => (string)h!["kind"]!));
        var name = history[0]!["fields"]!.AsArray().Single(f => (string)f!["field"]! == "name")!;
        Assert.Equal(("顧客台帳", "顧客名簿"), ((string)name["before"]!, (string)name["after"]!));
    }

    [Fact]
    public async Task An_asset_in_use_by_a_risk_cannot_vanish()
    {
        (await PostAsync("assets", Asset("顧客台帳"))).Expect(201);
        (await PostAsync("risks", Risk("漏えい", "A-0001"))).Expect(201);

        var refused = (await DeleteAsync("assets/A-0001", "\"1\"")).Expect(409);
        Assert.Equal("entry-in-use", refused.Code);
        Assert.Contains("risks/R-0001", refused.Text, StringComparison.Ordinal);
        Assert.Equal("R-0001", (string)(await app.GetAsync(Secretariat, "registers/assets/A-0001")).Json["referredToBy"]![0]!["id"]!);

        (await DeleteAsync("risks/R-0001", "\"1\"")).Expect(200);
        (await DeleteAsync("assets/A-0001", "\"1\"")).Expect(200);
        Assert.Equal("value-refers-to-nothing", (await PostAsync("risks", Risk("別のリスク", "A-0001"))).Expect(400).Code);
        (await app.PostAsync(Secretariat, "registers/risks/R-0001/restore")).Expect(400);
        (await app.PostAsync(Secretariat, "registers/assets/A-0001/restore")).Expect(200);
        (await app.PostAsync(Secretariat, "registers/risks/R-0001/restore")).Expect(200);
    }

    [Fact]
    public async Task The_same_idempotency_key_does_a_thing_once()
    {
        var first = (await PostAsync("assets", Asset("一度だけ"), "Idempotency-Key: k1")).Expect(201);
        var again = (await PostAsync("assets", Asset("一度だけ"), "Idempotency-Key: k1")).Expect(201);
        Assert.Equal(first.Location, again.Location);

        (await PutAsync("assets/A-0001", Asset("変更"), "If-Match: \"1\"", "Idempotency-Key: k2")).Expect(200);
        Assert.Equal("\"2\"", (await PutAsync("assets/A-0001", Asset("変更"), "If-Match: \"1\"", "Idempotency-Key: k2")).Expect(200).ETag);
    }

    [Fact]
    public async Task A_register_is_listed_in_pages_filtered_and_as_of_a_day()
    {
        for (var i = 1; i <= 5; i++)
        {
            (await PostAsync("assets", Asset($"資産{i}", ("department", i % 2 == 0 ? "sales" : "it")))).Expect(201);
        }

        var page = (await app.GetAsync(Secretariat, "registers/assets?top=2")).Expect(200);
        Assert.Equal(["A-0001", "A-0002"], Ids(page));
        page = (await app.GetAsync(Secretariat, "registers/assets?top=2&continuationToken=" + (string)page.Json["continuationToken"]!)).Expect(200);
        Assert.Equal(["A-0003", "A-0004"], Ids(page));
        Assert.Equal(["A-0002", "A-0004"], Ids(await app.GetAsync(Secretariat, "registers/assets?department=sales")));
        (await app.GetAsync(Secretariat, "registers/assets?nonsense=1")).Expect(400);

        await app.RunUntilAsync(RunningApp.FirstMorning.AddDays(2));
        (await DeleteAsync("assets/A-0002", "\"1\"")).Expect(200);
        (await PutAsync("assets/A-0001", Asset("新しい名前"), "If-Match: \"1\"")).Expect(200);
        Assert.Equal(["A-0001", "A-0003", "A-0004", "A-0005"], Ids(await app.GetAsync(Secretariat, "registers/assets")));
        Assert.Equal(["A-0002"], Ids(await app.GetAsync(Secretariat, "registers/assets?deleted=only")));
        var then = await app.GetAsync(Secretariat, "registers/assets?asOf=2026-04-01");
        Assert.Equal(["A-0001", "A-0002", "A-0003", "A-0004", "A-0005"], Ids(then));
        Assert.Equal("資産1", (string)then.Json["items"]![0]!["values"]!["name"]!);
        Assert.Empty(Ids(await app.GetAsync(Secretariat, "registers/assets?asOf=2026-03-31")));
    }

    [Fact]
    public async Task A_department_lead_keeps_the_entries_of_the_department_and_no_others()
    {
        (await app.PostAsync("owner:suzuki", "registers/assets", Asset("営業資料", ("department", "sales")))).Expect(201);
        (await app.PostAsync("owner:suzuki", "registers/assets", Asset("開発資料", ("department", "engineering")))).Expect(403);
        (await app.SendAsync("owner:suzuki", HttpMethod.Put, "registers/assets/A-0001", Asset("営業資料", ("department", "engineering")), "If-Match: \"1\"")).Expect(403);
        (await app.SendAsync("owner:takahashi", HttpMethod.Put, "registers/assets/A-0001", Asset("x", ("department", "sales")), "If-Match: \"1\"")).Expect(403);
        (await app.SendAsync("owner:kobayashi", HttpMethod.Put, "registers/assets/A-0001", Asset("担当者", ("department", "sales")), "If-Match: \"1\"")).Expect(200);
        (await app.PostAsync("auditor", "registers/assets", Asset("x"))).Expect(403);
        (await ImportAsync("owner:suzuki", "assets", "id,name\n,x\n")).Expect(403);
    }

    [Fact]
    public async Task Own_fields_are_fields_and_sensitive_ones_are_masked_and_survive_an_edit_by_who_does_not_see_them()
    {
        await AddOwnFieldAsync();
        (await PostAsync("assets", Asset("金庫", ("department", "sales"), ("x-secret", "左へ三回")))).Expect(201);

        var masked = (await app.GetAsync("auditor", "registers/assets/A-0001")).Expect(200);
        Assert.Null(masked.Json["values"]!["x-secret"]);
        Assert.Equal(["x-secret"], masked.Json["masked"]!.AsArray().Select(m => (string)m!));
        foreach (var path in new[] { "registers/assets", "registers/assets/A-0001/history", "registers/assets/export?format=csv" })
        {
            Assert.DoesNotContain("左へ三回", (await app.GetAsync("auditor", path)).Expect(200).Text, StringComparison.Ordinal);
            Assert.Contains("左へ三回", (await app.GetAsync(Secretariat, path)).Expect(200).Text, StringComparison.Ordinal);
        }

        (await app.GetAsync("auditor", "registers/assets?x-secret=a")).Expect(400);
        (await app.GetAsync("auditor", "registers/assets/export?format=xlsx")).Expect(200);
        Assert.Contains("左へ三回", (await app.GetAsync("owner:suzuki", "registers/assets/A-0001")).Text, StringComparison.Ordinal);
        (await app.PostAsync("owner:suzuki", "registers/assets", Asset("y", ("department", "sales"), ("x-secret", "見える")))).Expect(201);
    }

    [Fact]
    public async Task Starter_content_is_loaded_by_choice_once_and_marked_until_it_is_edited()
    {
        (await app.PostAsync(Secretariat, "registers/sample?culture=ja-JP")).Expect(201);

        var registers = (await app.GetAsync(Secretariat, "registers")).Expect(200).Json["items"]!.AsArray();
        Assert.Equal(12, registers.Count);
        Assert.All(registers, r => Assert.True((int)r!["entries"]! > 0 && (int)r["entries"]! == (int)r["samples"]!, (string)r["name"]!));
        (await app.PostAsync(Secretariat, "registers/sample")).Expect(409);
        (await app.PostAsync("auditor", "registers/sample")).Expect(403);

        foreach (var register in registers.Select(r => (string)r!["name"]!))
        {
            var csv = (await app.GetAsync(Secretariat, $"registers/{register}/export?format=csv")).Expect(200).Text;
            var preview = (await ImportAsync(Secretariat, register, csv, "replace")).Expect(200).Json;
            Assert.Equal((0, 0, 0), ((int)preview["errorCount"]!, (int)preview["changed"]!, (int)preview["deleted"]!));
        }
    }

    [Fact]
    public async Task An_import_is_previewed_with_row_errors_and_changes_nothing()
    {
        (await PostAsync("assets", Asset("既存"))).Expect(201);

        var preview = (await ImportAsync(Secretariat, "assets", "id,name,owner,confidentiality\nA-0001,新しい名前,,2\n,追加,nobody,3\n,,,9\n")).Expect(200);

        Assert.Equal("refused", (string)preview.Json["state"]!);
        Assert.Contains(preview.Json["errors"]!.AsArray(), e => (int)e!["row"]! == 3 && (string)e["field"]! == "owner" && (string)e["value"]! == "nobody");
        Assert.Contains(preview.Json["errors"]!.AsArray(), e => (int)e!["row"]! == 4);
        (await app.PostAsync(Secretariat, $"registers/assets/imports/{(string)preview.Json["id"]!}/apply")).Expect(409);
        Assert.Equal(["A-0001"], Ids(await app.GetAsync(Secretariat, "registers/assets")));
    }

    [Fact]
    public async Task An_import_is_applied_whole_and_an_edit_in_between_makes_it_fail_naming_the_row()
    {
        (await PostAsync("assets", Asset("既存"))).Expect(201);
        const string File = "id,name\nA-0001,変更後\n,追加1\n,追加2\n";
        var preview = (await ImportAsync(Secretariat, "assets", File)).Expect(200);
        Assert.Equal((2, 1), ((int)preview.Json["created"]!, (int)preview.Json["changed"]!));
        (await PutAsync("assets/A-0001", Asset("割り込み"), "If-Match: \"1\"")).Expect(200);

        var outdated = (await ApplyAsync(preview)).Expect(409);
        Assert.Equal("import-outdated", outdated.Code);
        Assert.Equal(("rows[2]", "A-0001"), ((string)outdated.Json["errors"]![0]!["field"]!, (string)outdated.Json["errors"]![0]!["value"]!));
        Assert.Equal("割り込み", (string)(await app.GetAsync(Secretariat, "registers/assets/A-0001")).Json["values"]!["name"]!);

        preview = (await ImportAsync(Secretariat, "assets", File)).Expect(200);
        Assert.Equal("applied", (string)(await ApplyAsync(preview)).Expect(202).Json["state"]!);
        (await ApplyAsync(preview)).Expect(202);
        Assert.Equal(["A-0001", "A-0002", "A-0003"], Ids(await app.GetAsync(Secretariat, "registers/assets")));
        var history = (await app.GetAsync(Secretariat, "registers/assets/A-0001/history")).Json["items"]!.AsArray();
        Assert.Equal("import:" + (string)preview.Json["id"]!, (string)history[0]!["origin"]!);
    }

    [Fact]
    public async Task Everything_is_there_after_a_restart()
    {
        (await PostAsync("assets", Asset("顧客台帳"))).Expect(201);
        (await PutAsync("assets/A-0001", Asset("顧客名簿"), "If-Match: \"1\"")).Expect(200);

        await app.RestartAsync();

        Assert.Equal("\"2\"", (await app.GetAsync(Secretariat, "registers/assets/A-0001")).Expect(200).ETag);
        Assert.Equal("A-0002", (string)(await PostAsync("assets", Asset("次"))).Expect(201).Json["id"]!);
    }

    private static JsonObject Asset(string? name, params (string Field, JsonNode Value)[] fields) => Body(name, fields);

    private static JsonObject Risk(string name, string asset) => Body(name, [("assets", new JsonArray(asset)), ("likelihood", 2), ("impact", 2), ("threat", "t"), ("vulnerability", "v")]);

    private static JsonObject Body(string? name, (string Field, JsonNode Value)[] fields)
    {
        var values = new JsonObject(fields.Select(f => KeyValuePair.Create(f.Field, (JsonNode?)f.Value)));
        if (name is not null)
        {
            values["name"] = name;
        }

        return new JsonObject { ["values"] = values };
    }

    private static IEnumerable<string> Ids(Answer answer) => answer.Expect(200).Json["items"]!.AsArray().Select(i => (string)i!["id"]!);

    private async Task AddOwnFieldAsync()
    {
        var stored = (await app.GetAsync("admin", "organization")).Expect(200);
        var organization = stored.Json.AsObject();
        organization["registers"] = new JsonObject
        {
            ["assets"] = new JsonObject
            {
                ["fields"] = new JsonArray(new JsonObject
                {
                    ["name"] = "x-secret",
                    ["title"] = new JsonObject { ["ja"] = "開け方", ["en"] = "How to open it" },
                    ["type"] = "text",
                    ["isSensitive"] = true,
                }),
            },
        };
        (await app.SendAsync("admin", HttpMethod.Put, "organization", organization, "If-Match: " + stored.ETag)).Expect(200);
    }

    private Task<Answer> PostAsync(string register, JsonObject body, params string[] headers) => app.PostAsync(Secretariat, "registers/" + register, body, headers);

    private Task<Answer> PutAsync(string path, JsonObject body, params string[] headers) =>
        app.SendAsync(Secretariat, HttpMethod.Put, "registers/" + path, body, headers);

    private Task<Answer> DeleteAsync(string path, string ifMatch) => app.SendAsync(Secretariat, HttpMethod.Delete, "registers/" + path, null, "If-Match: " + ifMatch);

    private Task<Answer> ApplyAsync(Answer preview) =>
        app.PostAsync(Secretariat, $"registers/{(string)preview.Json["register"]!}/imports/{(string)preview.Json["id"]!}/apply");

    private async Task<Answer> ImportAsync(string persona, string register, string csv, string mode = "merge")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"api/registers/{register}/import?format=csv&mode={mode}");
        request.Headers.Add("X-Isms-Persona", persona);
        request.Headers.AcceptLanguage.ParseAdd("en");
        request.Content = new StringContent(csv, Encoding.UTF8, "text/csv");
        using var response = await app.Http.SendAsync(request);
        return new Answer((int)response.StatusCode, await response.Content.ReadAsStringAsync(), null, null);
    }
}
