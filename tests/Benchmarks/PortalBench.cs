using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using IsmsFunctions.Portal.Tests;
using LocalRuntime;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Benchmarks;

/// <summary>Opens the pages of the portal in a browser, each in a new window and then once more in the same, and says how long that took and what it asked the API for.</summary>
internal static class PortalBench
{
    private const string Persona = "secretariat:nakamura";

    // The page's own clock, which begins with the navigation, read in the frame after the content has replaced the sign of being busy.
    private const string WatchUntilSettled = """
        new MutationObserver((_, watch) => {
          const main = document.querySelector('main');
          if (!main?.querySelector('h1') || main.querySelector(':scope > .busy')) return;
          watch.disconnect();
          requestAnimationFrame(() => setTimeout(() => { window.settledAfter = performance.now(); }));
        }).observe(document, { childList: true, subtree: true });
        """;

    private static readonly string[] Pages =
    [
        "/", "/plan", "/plan?mine=true", "/plan/{item}", "/audits", "/audits/{audit}", "/audits/{audit}?tab=checklist", "/audits/{followed}", "/actions", "/actions?state=all", "/actions/{action}",
        "/evidence", "/evidence?clause=9.1", "/evidence?control=8.13", "/evidence?type=operation", "/evidence/{evidence}", "/coverage", "/coverage?tab=clauses", "/coverage?tab=gaps", "/coverage/5.15",
        "/clauses/9.1", "/programme", "/certification", "/spot-checks", "/retention", "/retention?tab=disposals", "/retention?tab=due", "/retention?tab=personal", "/collectors",
        "/incidents", "/reviews", "/registers", "/registers/risks", "/kpis", "/training", "/packs", "/access", "/mails", "/settings",
    ];

    public static async Task RunAsync(YearSize size, string storage, string organization)
    {
        await using var app = await BenchApp.StartAsync(storage, organization);
        using var http = new HttpClient { BaseAddress = app.Address, Timeout = TimeSpan.FromMinutes(10) };
        http.DefaultRequestHeaders.Add("X-Isms-Persona", Persona);
        var watch = Stopwatch.StartNew();
        var year = await YearFill.RunAsync(app, http, size);
        await app.Services.GetRequiredService<WorkTracker>().WhenIdleAsync(); // What the year began with is done before anybody looks.
        await Console.Error.WriteLineAsync($"Filled in {watch.Elapsed.TotalSeconds:0} s.");

        var places = await PlacesAsync(http, year);
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Chromium.StartAsync(playwright);
        await OpenAsync(app, browser, "/packs"); // The browser itself starts, and the code of app and portal is loaded.
        var pages = new List<PageTimes>();
        foreach (var page in Pages)
        {
            var visits = await OpenAsync(app, browser, places.Aggregate(page, (path, place) => path.Replace(place.Key, place.Value, StringComparison.Ordinal)));
            pages.Add(new PageTimes(page, visits[0].Milliseconds, visits[1].Milliseconds, visits[0], visits[1]));
            await Console.Error.WriteLineAsync($"{page}: {visits[0].Milliseconds} / {visits[1].Milliseconds} ms");
        }

        var slowest = pages.MaxBy(p => Math.Max(p.First, p.Second))!;
        Console.WriteLine(JsonSerializer.Serialize(
            new { size, slowest = new { slowest.Page, slowest.First, slowest.Second }, pages = pages.Select(p => new { p.Page, p.First, p.Second, firstCalls = p.FirstVisit.Calls, secondCalls = p.SecondVisit.Calls }) },
            JsonSerializerOptions.Web));
    }

    private static async Task<List<Visit>> OpenAsync(BenchApp app, IBrowser browser, string path)
    {
        await using var context = await browser.NewContextAsync(new() { BaseURL = app.Address.ToString(), ViewportSize = new() { Width = 1280, Height = 900 } });
        await context.EnterAsync(app.Address, Persona, "ja");
        await context.AddInitScriptAsync(WatchUntilSettled);
        var page = await context.NewPageAsync();
        var calls = new ConcurrentQueue<(string Path, double Milliseconds)>();
        page.RequestFinished += (_, request) =>
        {
            var asked = new Uri(request.Url).PathAndQuery;
            if (asked.StartsWith("/api/", StringComparison.Ordinal))
            {
                calls.Enqueue((asked, Math.Round(request.Timing.ResponseEnd)));
            }
        };
        var visits = new List<Visit>();
        foreach (var number in Enumerable.Range(1, 2))
        {
            calls.Clear();
            app.TakeRequests();
            // Another address each time: a mere change of the fragment would not load the page anew.
            await page.GotoAsync($"/?{number}#{path}");
            await page.WaitForFunctionAsync("() => window.settledAfter", null, new() { Timeout = 300_000 });
            var settled = await page.EvaluateAsync<double>("() => window.settledAfter");
            if (await page.Locator("main > .problem").CountAsync() > 0)
            {
                throw new InvalidOperationException($"{path}: {await page.Locator("main > .problem").First.TextContentAsync()}");
            }

            await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
            var requests = app.TakeRequests();
            visits.Add(new Visit(Math.Round(settled), [.. calls.Select(c => new Call(c.Path, c.Milliseconds, requests.GetValueOrDefault(c.Path)))]));
        }

        return visits;
    }

    private static async Task<Dictionary<string, string>> PlacesAsync(HttpClient http, string year)
    {
        async Task<JsonArray> ListAsync(string path) => JsonNode.Parse(await http.GetStringAsync("api/" + path))!["items"]!.AsArray();
        var audits = await ListAsync($"audits?fy={year}");
        return new Dictionary<string, string>
        {
            ["{item}"] = (string)(await ListAsync($"years/{year}/items"))[0]!["id"]!,
            ["{audit}"] = (string)audits[^1]!["id"]!,
            ["{followed}"] = (string)audits[0]!["id"]!,
            ["{action}"] = (string)(await ListAsync("corrective-actions"))[^1]!["id"]!,
            ["{evidence}"] = (string)(await ListAsync("evidence?top=1"))[0]!["id"]!,
        };
    }

    private sealed record PageTimes(string Page, double First, double Second, Visit FirstVisit, Visit SecondVisit);

    private sealed record Visit(double Milliseconds, IReadOnlyList<Call> Calls);

    private sealed record Call(string Path, double Milliseconds, int StorageRequests);
}
