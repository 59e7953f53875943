using IsmsFunctions.Tests.Hosting;

namespace IsmsFunctions.Tests.Registers;

public sealed class SampleOverHttpTests : IAsyncLifetime
{
    private const string Secretariat = "secretariat";
    private RunningApp app = null!;

    public async Task InitializeAsync() => app = await RunningApp.StartAsync();

    public async Task DisposeAsync() => await app.DisposeAsync();

    [Fact]
    public async Task Starter_content_fills_all_registers_and_is_marked_as_sample()
    {
        var loaded = (await app.PostAsync(Secretariat, "registers/sample")).Expect(201).Json["items"]!.AsArray();
        Assert.Equal(12, loaded.Count);

        foreach (var register in (await app.GetAsync(Secretariat, "registers")).Expect(200).Json["items"]!.AsArray())
        {
            Assert.True((int)register!["entries"]! > 0, (string)register["name"]!);
            Assert.Equal((int)register["entries"]!, (int)register["samples"]!);
        }

        var risk = (await app.GetAsync(Secretariat, "registers/risks/R-0001")).Expect(200).Json;
        Assert.Equal(16, (int)risk["values"]!["level"]!);
        Assert.Equal("ito", (string)risk["values"]!["owner"]!);
        var statement = (await app.GetAsync(Secretariat, "statement-of-applicability")).Expect(200).Json;
        Assert.Equal((91, 2, 0), ((int)statement["applicable"]!, (int)statement["excluded"]!, (int)statement["undecided"]!));
        Assert.All(statement["items"]!.AsArray(), row => Assert.Empty(row!["gaps"]!.AsArray().Select(g => (string)g!["code"]!).Except(["noEvidence"])));
    }

    [Fact]
    public async Task Starter_content_exists_in_english_too()
    {
        (await app.PostAsync(Secretariat, "registers/sample?culture=en-US")).Expect(201);
        Assert.Equal("Customer records", (string)(await app.GetAsync(Secretariat, "registers/assets/A-0001")).Json["values"]!["name"]!);
        (await app.PostAsync(Secretariat, "registers/sample?culture=fr-FR")).Expect(400);
    }

    [Fact]
    public async Task Starter_content_is_not_mixed_with_entries_of_ones_own()
    {
        (await app.PostAsync(Secretariat, "registers/assets", new { values = new { name = "顧客台帳" } })).Expect(201);
        var refused = (await app.PostAsync(Secretariat, "registers/sample")).Expect(409);
        Assert.Equal("sample-registers-not-empty", refused.Code);
        Assert.Contains("assets", refused.Text, StringComparison.Ordinal);
        Assert.Single((await app.GetAsync(Secretariat, "registers/assets")).Json["items"]!.AsArray());
    }

    [Fact]
    public async Task What_was_edited_is_no_sample_any_more_and_stays_when_the_rest_is_removed()
    {
        (await app.PostAsync(Secretariat, "registers/sample")).Expect(201);
        var suggestion = (await app.GetAsync(Secretariat, "registers/suggestions/I-0001")).Expect(200).Json["values"]!.AsObject();
        suggestion["name"] = "受付を無人にする";
        (await app.SendAsync(Secretariat, HttpMethod.Put, "registers/suggestions/I-0001", new { values = suggestion }, "If-Match: \"1\"")).Expect(200);

        (await app.SendAsync(Secretariat, HttpMethod.Delete, "registers/sample")).Expect(200);
        var kept = (await app.GetAsync(Secretariat, "registers")).Json["items"]!.AsArray().Where(r => (int)r!["entries"]! > 0).ToList();
        Assert.Equal("suggestions", (string)Assert.Single(kept)!["name"]!);
    }

    [Fact]
    public async Task Samples_that_ones_own_entries_refer_to_are_not_removed()
    {
        (await app.PostAsync(Secretariat, "registers/sample")).Expect(201);
        (await app.PostAsync(Secretariat, "registers/risks", new { values = new { name = "自社のリスク", assets = new[] { "A-0001" } } })).Expect(201);

        var refused = (await app.SendAsync(Secretariat, HttpMethod.Delete, "registers/sample")).Expect(409);
        Assert.Equal("entry-in-use", refused.Code);
    }

    [Fact]
    public async Task Department_leads_do_not_load_starter_content() => (await app.PostAsync("owner:suzuki", "registers/sample")).Expect(403);
}
