using IsmsFunctions.Tests.Hosting;
using Microsoft.Playwright;

namespace IsmsFunctions.Portal.Tests;

/// <summary>Every page, as everybody may meet it: in both languages, light, dark, and on a phone.</summary>
[Collection(BrowserTests.Name)]
public sealed class PageTests(Browser browser, PageTests.Seeded seeded) : IClassFixture<PageTests.Seeded>
{
    private static readonly string[] Pages =
    [
        "/", "/plan", "/plan/context-review", "/audits", "/audits/audit-FY2026-01", "/audits/audit-FY2026-01?tab=checklist", "/audits/audit-FY2026-01?tab=history",
        "/actions", "/actions/action-FY2026-001", "/evidence", "/coverage", "/coverage?tab=clauses", "/coverage?tab=gaps",
        "/coverage/5.15", "/clauses/9.2", "/programme", "/programme?tab=control", "/certification", "/certification/{certification}", "/spot-checks", "/spot-checks/{spotCheck}",
        "/retention", "/retention?tab=disposals", "/retention?tab=due", "/retention?tab=personal", "/retention?tab=policy", "/collectors", "/incidents", "/incidents/incident-FY2026-001", "/reviews", "/reviews/committee-FY2026-01", "/registers", "/registers/risks", "/registers/risks/R-0001",
        "/kpis", "/training", "/training/training-FY2026-001", "/packs", "/access", "/mails", "/settings", "/setup", "/nowhere",
    ];

    [Theory]
    [InlineData("ja", false)]
    [InlineData("en", true)]
    public async Task Every_page_can_be_read_by_everybody_in_light_and_dark_and_fits_its_window(string language, bool phone)
    {
        await using var visit = await browser.VisitAsync(seeded.App, "secretariat:nakamura", language, ColorScheme.Light, phone);
        var wrong = new List<string>();
        foreach (var path in Pages.Select(p => p.Replace("{certification}", seeded.Certification, StringComparison.Ordinal).Replace("{spotCheck}", seeded.SpotCheck, StringComparison.Ordinal)))
        {
            await visit.OpenAsync(path);
            if (await visit.Page.Locator("main > .problem").CountAsync() > 0)
            {
                wrong.Add($"{path}: {await visit.Page.Locator("main > .problem").First.TextContentAsync()}");
            }

            foreach (var theme in new[] { ColorScheme.Light, ColorScheme.Dark })
            {
                await visit.Page.EmulateMediaAsync(new() { ColorScheme = theme });
                await visit.PictureAsync($"{path} {language}{(phone ? " phone" : "")} {theme}");
                if (await visit.ViolationsAsync() is { Length: > 0 } violations)
                {
                    wrong.Add($"{path} ({theme}): {violations}");
                }
            }

            if (await visit.Page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth > innerWidth"))
            {
                wrong.Add($"{path}: wider than its window");
            }

            Assert.Equal(language, await visit.Page.Locator("html").GetAttributeAsync("lang"));
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public async Task The_keyboard_reaches_the_content_first_and_a_page_takes_the_focus_to_its_heading()
    {
        await using var visit = await browser.VisitAsync(seeded.App, "secretariat:nakamura", "en");
        await visit.OpenAsync("/plan");
        Assert.Equal("H1", await visit.Page.EvaluateAsync<string>("() => document.activeElement.tagName"));
        Assert.Equal(visit.Text("app.skip"), await visit.Page.EvaluateAsync<string>("() => document.querySelector('a, button, input, select').textContent"));
        await visit.Page.Locator("a.skip").FocusAsync();
        await visit.Page.Keyboard.PressAsync("Enter");
        Assert.Equal("MAIN", await visit.Page.EvaluateAsync<string>("() => document.activeElement.tagName"));
    }

    [Fact]
    public async Task The_language_and_the_theme_are_switched_and_kept()
    {
        await using var visit = await browser.VisitAsync(seeded.App, "secretariat:nakamura", "ja");
        await visit.OpenAsync("/plan");
        await visit.Page.Locator("[data-name=language]").ClickAsync();
        await Microsoft.Playwright.Assertions.Expect(visit.Page.Locator("h1")).ToHaveTextAsync("Annual plan of FY2026");
        await visit.Page.Locator("[data-name=theme]").ClickAsync();
        Assert.Equal("dark", await visit.Page.Locator("html").GetAttributeAsync("data-theme"));
        await visit.Page.ReloadAsync();
        await visit.ReadyAsync();
        Assert.Equal("dark", await visit.Page.Locator("html").GetAttributeAsync("data-theme"));
        await Microsoft.Playwright.Assertions.Expect(visit.Page.Locator("h1")).ToHaveTextAsync("Annual plan of FY2026");
    }

    /// <summary>An app with something of everything.</summary>
    public sealed class Seeded : IAsyncLifetime
    {
        public RunningApp App { get; private set; } = null!;

        public string Certification { get; private set; } = "";

        public string SpotCheck { get; private set; } = "";

        public async Task InitializeAsync()
        {
            App = await RunningApp.StartAsync();
            (await App.PostAsync("secretariat", "years/FY2026/start")).Expect(202);
            (await App.PostAsync("secretariat", "registers/sample")).Expect(201);
            (await App.PostAsync("secretariat", "audits", new { departments = new[] { "sales", "it" }, clauses = new[] { "7.3", "9.1" }, controls = new[] { "5.15", "8.15" } })).Expect(202);
            (await App.PostAsync("owner:suzuki", "corrective-actions", new { department = "sales", requirement = "クリアデスク", fact = "契約書が机上に放置されていた" })).Expect(202);
            (await App.PostAsync("owner:suzuki", "incidents", new { kind = "misdelivery", nature = "nearMiss", title = "誤送信に気付いた", description = "送信前に気付いた", departments = new[] { "sales" } })).Expect(202);
            (await App.PostAsync("secretariat", "retention/holds", new { reason = "係争中の案件", type = "incident" })).Expect(201);
            Certification = (string)(await App.PostAsync("secretariat", "certification/audits", new { from = "2026-06-10" })).Expect(202).Json["id"]!;
            SpotCheck = (string)(await App.PostAsync("secretariat", "spot-checks")).Expect(201).Json["id"]!;
            await App.SettleAsync();
        }

        public async Task DisposeAsync() => await App.DisposeAsync();
    }
}
