using IsmsFunctions.Testing;
using IsmsFunctions.Tests.Hosting;
using Microsoft.Playwright;

namespace IsmsFunctions.Portal.Tests;

/// <summary>Chromium, as the distribution ships it, for all tests of a collection.</summary>
public sealed class Browser : IAsyncLifetime
{
    private IPlaywright? playwright;
    private IBrowser? browser;

    public async Task InitializeAsync()
    {
        playwright = await Playwright.CreateAsync();
        browser = await Chromium.StartAsync(playwright);
    }

    public async Task DisposeAsync()
    {
        await browser!.CloseAsync();
        playwright!.Dispose();
    }

    /// <summary>A fresh window in which somebody uses the portal.</summary>
    public async Task<Visit> VisitAsync(RunningApp app, string? persona, string language, ColorScheme theme = ColorScheme.Light, bool phone = false)
    {
        var address = app.Http.BaseAddress!;
        var context = await browser!.NewContextAsync(new()
        {
            BaseURL = address.ToString(),
            ColorScheme = theme,
            ViewportSize = phone ? new() { Width = 390, Height = 844 } : new() { Width = 1280, Height = 900 },
            IsMobile = phone,
            HasTouch = phone,
            Locale = language == "ja" ? "ja-JP" : "en-GB",
            ReducedMotion = ReducedMotion.Reduce,
            AcceptDownloads = true,
        });
        context.SetDefaultTimeout(30_000);
        await context.EnterAsync(address, persona, language);
        return new Visit(await context.NewPageAsync(), address, language);
    }

    /// <summary>axe's rules, as the lock file pins them.</summary>
    public static string Axe { get; } =
        File.ReadAllText(Path.Combine(Repository.Root, "tests", "Portal.Tests", "axe", "node_modules", "axe-core", "axe.min.js"));
}

/// <summary>Browser tests take turns: the machine has few cores.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class BrowserTests : ICollectionFixture<Browser>
{
    public const string Name = "Browser";
}
