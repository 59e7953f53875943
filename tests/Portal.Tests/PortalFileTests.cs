using System.Net;
using System.Text.RegularExpressions;
using IsmsFunctions.Tests.Hosting;

namespace IsmsFunctions.Portal.Tests;

public sealed partial class PortalFileTests
{
    [Fact]
    public void Every_text_exists_in_both_languages_and_takes_the_same_values()
    {
        Assert.All(PortalTexts.All, text =>
        {
            Assert.Equal(["en", "ja"], text.Value.Keys.Order(StringComparer.Ordinal));
            Assert.All(text.Value.Values, v => Assert.NotEmpty(v));
            Assert.Equal(Places(text.Value["ja"]), Places(text.Value["en"]));
        });
    }

    [Fact]
    public void Every_text_that_a_page_names_exists()
    {
        var missing = from file in Directory.EnumerateFiles(PortalTexts.Folder, "*.js", SearchOption.AllDirectories)
                      from Match use in Used().Matches(File.ReadAllText(file))
                      where !PortalTexts.All.ContainsKey(use.Groups[1].Value)
                      select $"{Path.GetFileName(file)}: {use.Groups[1].Value}";
        Assert.Empty(missing);
    }

    [Fact]
    public void No_file_names_another_host_or_carries_style_or_script_inline()
    {
        Assert.All(Directory.EnumerateFiles(PortalTexts.Folder, "*", SearchOption.AllDirectories), file =>
        {
            var text = File.ReadAllText(file).Replace("http://www.w3.org/2000/svg", "", StringComparison.Ordinal);
            Assert.DoesNotContain("://", text, StringComparison.Ordinal);
            Assert.DoesNotContain("innerHTML", text, StringComparison.Ordinal);
            Assert.DoesNotMatch("<[^>]+ style=|<style|javascript:|eval\\(", text);
        });
    }

    [Fact]
    public async Task The_page_is_asked_for_anew_and_its_files_are_kept_for_ever()
    {
        await using var app = await RunningApp.StartAsync();

        using var page = await app.Http.GetAsync("/");
        var html = await page.Content.ReadAsStringAsync();
        Assert.Equal("text/html", page.Content.Headers.ContentType!.MediaType);
        Assert.True(page.Headers.CacheControl!.NoCache);
        var policy = page.Headers.GetValues("Content-Security-Policy").Single();
        Assert.StartsWith("default-src 'none'; script-src 'self'; style-src 'self'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", page.Headers.GetValues("X-Content-Type-Options").Single());

        var script = Script().Match(html).Value;
        using var asset = await app.Http.GetAsync(script);
        Assert.Equal(HttpStatusCode.OK, asset.StatusCode);
        Assert.Equal("text/javascript", asset.Content.Headers.ContentType!.MediaType);
        Assert.Equal(TimeSpan.FromDays(365), asset.Headers.CacheControl!.MaxAge);

        using var again = new HttpRequestMessage(HttpMethod.Get, "/");
        again.Headers.IfNoneMatch.Add(page.Headers.ETag!);
        using var unchanged = await app.Http.SendAsync(again);
        Assert.Equal(HttpStatusCode.NotModified, unchanged.StatusCode);

        using var earlier = await app.Http.GetAsync("/assets/000000000000/app.js");
        Assert.Equal(HttpStatusCode.NotFound, earlier.StatusCode);
    }

    [Fact]
    public async Task Who_is_here_is_told_to_those_who_say_so_and_to_nobody_else()
    {
        await using var app = await RunningApp.StartAsync();

        Assert.Equal(401, (await app.GetAsync(null, "me")).Status);
        var me = (await app.GetAsync("owner:suzuki", "me")).Expect(200).Json;
        Assert.Equal("suzuki", (string?)me["id"]);
        Assert.Equal("鈴木 一郎", (string?)me["name"]!["ja"]);
        Assert.Equal("FY2026", (string?)me["organization"]!["fiscalYear"]);
        var may = me["functions"]!.AsArray().Select(f => (string?)f).ToList();
        Assert.Contains("SubmitPlanItem", may);
        Assert.DoesNotContain("StartYear", may);
    }

    [Fact]
    public async Task With_a_platform_that_signs_in_nobody_learns_who_works_here()
    {
        await using var app = await RunningApp.StartAsync(settings: "Isms:Identity=AppService");

        var answer = (await app.GetAsync(null, "sign-in")).Expect(200);
        Assert.Equal("appService", (string?)answer.Json["by"]);
        Assert.Null(answer.Json["personas"]);
    }

    private static IEnumerable<string> Places(string text) => Place().Matches(text).Select(m => m.Value).Order(StringComparer.Ordinal).Distinct();

    [GeneratedRegex(@"\{\d\}")]
    private static partial Regex Place();

    [GeneratedRegex(@"\bt\('([^']+)'")]
    private static partial Regex Used();

    [GeneratedRegex("/assets/[0-9a-f]{12}/app.js")]
    private static partial Regex Script();
}
