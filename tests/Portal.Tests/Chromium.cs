using Microsoft.Playwright;

namespace IsmsFunctions.Portal.Tests;

/// <summary>Chromium as the distribution ships it, for the tests and for what measures the portal.</summary>
public static class Chromium
{
    private static readonly string[] Flags =
    [
        "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    /// <summary>Starts it without a window.</summary>
    public static Task<IBrowser> StartAsync(IPlaywright playwright)
    {
        ArgumentNullException.ThrowIfNull(playwright);
        return playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Environment.GetEnvironmentVariable("ISMS_CHROMIUM") ?? "/usr/bin/chromium",
            Args = Flags,
            Headless = true,
        });
    }

    /// <summary>Lets the pages of a window be used by the persona, in the language.</summary>
    public static async Task EnterAsync(this IBrowserContext context, Uri address, string? persona, string language)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(address);
        if (persona is not null)
        {
            await context.AddCookiesAsync([new() { Name = "X-Isms-Persona", Value = Uri.EscapeDataString(persona), Url = address.ToString() }]);
        }

        await context.AddInitScriptAsync($"if (!localStorage.getItem('isms.language')) localStorage.setItem('isms.language', '{language}');");
    }
}
