using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Playwright;

namespace IsmsFunctions.Portal.Tests;

/// <summary>Somebody's visit to the portal. At its end nothing may have gone wrong unseen: no error in the console, no request to another host.</summary>
public sealed class Visit : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> wrongs = [];
    private readonly ConcurrentBag<int> expected = [];
    private readonly Uri address;
    private int opened;

    public Visit(IPage page, Uri address, string language)
    {
        ArgumentNullException.ThrowIfNull(page);
        Page = page;
        this.address = address;
        Language = language;
        page.Console += (_, message) =>
        {
            if (message.Type == "error" && !expected.Any(status => message.Text.Contains($"status of {status}", StringComparison.Ordinal)))
            {
                wrongs.Enqueue($"console: {message.Text} ({message.Location})");
            }
        };
        page.PageError += (_, error) => wrongs.Enqueue($"page: {error}");
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith("data:", StringComparison.Ordinal) && !request.Url.StartsWith("blob:", StringComparison.Ordinal) && new Uri(request.Url).Authority != this.address.Authority)
            {
                wrongs.Enqueue($"request: {request.Url}");
            }
        };
    }

    public IPage Page { get; }

    public string Language { get; }

    /// <summary>The Japanese or the English text, as the visitor reads.</summary>
    public string Say(string japanese, string english) => Language == "ja" ? japanese : english;

    /// <summary>The portal's own text.</summary>
    public string Text(string key, params object[] values)
    {
        var text = PortalTexts.All[key][Language];
        for (var i = 0; i < values.Length; i++)
        {
            text = text.Replace($"{{{i}}}", values[i].ToString(), StringComparison.Ordinal);
        }

        return text;
    }

    /// <summary>The browser reports a refused request as an error; this one is meant to be refused.</summary>
    public void Expect(int status) => expected.Add(status);

    /// <summary>Opens a page by its address, such as <c>/plan</c>, and waits until it is there.</summary>
    public async Task OpenAsync(string path)
    {
        // Another address each time: a mere change of the fragment would not load the page anew.
        await Page.GotoAsync($"/?{++opened}#{path}");
        await ReadyAsync();
    }

    public async Task ReadyAsync()
    {
        await Page.Locator("main h1").First.WaitForAsync();
        await Page.Locator("main > .busy").WaitForAsync(new() { State = WaitForSelectorState.Detached });
    }

    public ILocator Command(string name) => Page.Locator($"main [data-name=\"{name}\"]");

    public ILocator Dialog => Page.Locator("dialog[open]");

    /// <summary>Sends the form of the open dialog, and waits until it was taken.</summary>
    public async Task SendAsync()
    {
        await Dialog.Locator("button[type=submit]").ClickAsync();
        await Dialog.WaitForAsync(new() { State = WaitForSelectorState.Detached });
    }

    /// <summary>What axe finds wrong on the page, as text; empty when nothing.</summary>
    public async Task<string> ViolationsAsync()
    {
        await Page.EvaluateAsync(Browser.Axe + "; undefined");
        var found = await Page.EvaluateAsync<string>(
            "async () => JSON.stringify((await axe.run(document)).violations.map(v => v.id + ': ' + v.nodes.slice(0, 3).map(n => n.target.join(' ')).join(', ')))");
        return string.Join("; ", JsonSerializer.Deserialize<string[]>(found)!);
    }

    /// <summary>A picture of the page for people to look at, in the folder that <c>ISMS_PICTURES</c> names; none where it names none.</summary>
    public async Task PictureAsync(string name)
    {
        if (Environment.GetEnvironmentVariable("ISMS_PICTURES") is { Length: > 0 } folder)
        {
            var file = string.Concat(name.Select(c => char.IsLetterOrDigit(c) || c is '-' or '.' ? c : '_'));
            await Page.ScreenshotAsync(new() { Path = Path.Combine(folder, file + ".png"), FullPage = true });
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Page.Context.CloseAsync();
        Assert.Empty(wrongs);
    }
}
