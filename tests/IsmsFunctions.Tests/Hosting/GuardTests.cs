using IsmsFunctions.Hosting.Identity;

namespace IsmsFunctions.Tests.Hosting;

/// <summary>What stands around every function: headers, commands of other sites, and budgets.</summary>
public sealed class GuardTests
{
    [Fact]
    public async Task Every_answer_tells_the_browser_to_do_no_more_than_show_it_and_no_other_site_may_read_one()
    {
        await using var app = await RunningApp.StartAsync();
        foreach (var (persona, path) in new[] { ("secretariat", "organization"), ("secretariat", "audits/none"), (null, "audits"), (null, "health") })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "api/" + path);
            request.Headers.Add("Origin", "https://elsewhere.example");
            if (persona is not null)
            {
                request.Headers.Add("X-Isms-Persona", persona);
            }

            using var answer = await app.Http.SendAsync(request);

            Assert.Equal(["nosniff"], answer.Headers.GetValues("X-Content-Type-Options"));
            Assert.Equal(["default-src 'none'; frame-ancestors 'none'"], answer.Headers.GetValues("Content-Security-Policy"));
            Assert.Equal(["no-store"], answer.Headers.GetValues("Cache-Control"));
            Assert.DoesNotContain(answer.Headers, h => h.Key.StartsWith("Access-Control-", StringComparison.OrdinalIgnoreCase));
        }
    }

    [Theory]
    [InlineData("cross-site", 403)]
    [InlineData("same-site", 403)]
    [InlineData("same-origin", 202)]
    [InlineData("none", 202)]
    public async Task A_command_that_a_page_of_another_site_has_the_browser_send_is_refused(string from, int status)
    {
        await using var app = await RunningApp.StartAsync();

        var answer = await app.PostAsync("secretariat", "years/FY2026/start", null, "Sec-Fetch-Site: " + from);

        answer.Expect(status);
        Assert.Equal(status == 403 ? "cross-site-command" : null, answer.Code);
        Assert.Equal(status == 403 ? 404 : 200, (await app.GetAsync("secretariat", "years/FY2026")).Status);
    }

    [Fact]
    public async Task Whoever_spends_the_budget_of_an_expensive_call_is_told_when_to_ask_again_and_others_are_not_held_up()
    {
        await using var app = await RunningApp.StartAsync();
        var perMinute = CallBudget.PerMinute["RecomputeRiskLevels"];
        for (var i = 0; i < perMinute; i++)
        {
            (await app.PostAsync("manager", "risks/levels")).Expect(200);
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, "api/risks/levels");
        request.Headers.Add("X-Isms-Persona", "manager");
        using var refused = await app.Http.SendAsync(request);

        Assert.Equal(429, (int)refused.StatusCode);
        var pause = refused.Headers.RetryAfter?.Delta ?? TimeSpan.Zero;
        Assert.Equal(TimeSpan.FromSeconds(60 / perMinute), pause);
        (await app.PostAsync("secretariat", "risks/levels")).Expect(200);
        await app.RunUntilAsync(app.Now + pause);
        (await app.PostAsync("manager", "risks/levels")).Expect(200);
        (await app.PostAsync("manager", "risks/levels")).Expect(429);
    }

    [Fact]
    public void Only_functions_that_exist_have_a_budget() => Assert.All(CallBudget.PerMinute.Keys, name => Assert.Contains(name, AccessTable.Roles.Keys));
}
