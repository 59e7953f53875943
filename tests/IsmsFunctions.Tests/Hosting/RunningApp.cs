using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using IsmsFunctions.Hosting;
using IsmsFunctions.Notifications;
using IsmsFunctions.Testing;
using IsmsFunctions.Tests.Evidence;
using LocalRuntime;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace IsmsFunctions.Tests.Hosting;

/// <summary>
/// The app as it is, in this process: real HTTP, storage of its own on Azurite, the sample organisation, personas, mails into a folder, and a virtual clock that
/// only moves when a test runs it.
/// </summary>
public sealed class RunningApp : IAsyncDisposable
{
    /// <summary>Nine in the morning of FY2026's first day in Tokyo.</summary>
    public static readonly DateTimeOffset FirstMorning = new(2026, 4, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly AzuriteLease azurite;
    private readonly string folder;
    private readonly string[] settings;
    private readonly Action<FunctionsApplicationBuilder>? configure;
    private IHost? host;
    private HttpClient? http;

    private RunningApp(AzuriteLease azurite, string folder, string[] settings, Action<FunctionsApplicationBuilder>? configure)
    {
        this.azurite = azurite;
        this.folder = folder;
        this.settings = settings;
        this.configure = configure;
    }

    /// <summary>The app's services.</summary>
    public IServiceProvider Services => host!.Services;

    /// <summary>The app's clock.</summary>
    public VirtualTimeProvider Clock => Services.GetRequiredService<VirtualTimeProvider>();

    /// <summary>Its present instant.</summary>
    public DateTimeOffset Now => Clock.GetUtcNow();

    /// <summary>The folder that mails are written to.</summary>
    public string MailFolder => Path.Combine(folder, "mail");

    private string ClockFile => Path.Combine(folder, "clock");

    /// <summary>The connection string of the app's storage.</summary>
    public string Storage => azurite.ConnectionString;

    /// <summary>Starts the app.</summary>
    /// <param name="start">Where its clock stands; by default <see cref="FirstMorning"/>.</param>
    /// <param name="organization">The organisation's settings instead of the sample; an empty string for none.</param>
    /// <param name="configure">Replaces what reaches outside.</param>
    /// <param name="settings">Further settings, such as <c>Notifications:Transport=None</c>.</param>
    public static async Task<RunningApp> StartAsync(
        DateTimeOffset? start = null, string? organization = null, Action<FunctionsApplicationBuilder>? configure = null, params string[] settings)
    {
        var azurite = await AzuriteLease.TakeAsync();
        var folder = Directory.CreateTempSubdirectory("isms-test-").FullName;
        var organizationFile = Repository.SampleOrganization;
        if (organization is { Length: > 0 })
        {
            organizationFile = Path.Combine(folder, "isms.json");
            await File.WriteAllTextAsync(organizationFile, organization);
        }

        string[] all =
        [
            "Local:Port=0",
            "Local:Clock=virtual",
            $"Local:ClockStart={start ?? FirstMorning:O}",
            $"Local:ClockFile={Path.Combine(folder, "clock")}",
            "Logging:LogLevel:Default=Error",
            "Isms:Identity=Personas",
            $"AzureWebJobsStorage={azurite.ConnectionString}",
            "Notifications:Transport=Folder",
            $"Notifications:Folder={Path.Combine(folder, "mail")}",
            "Notifications:From=isms@example.co.jp",
            "Notifications:Site=https://isms.example.co.jp",
            "Schedules:ForgottenWorkflows=0 5 */6 * * *",
            "Schedules:EndedWorkflows=0 50 2 * * *",
            "Schedules:UnsentNotifications=0 30 */6 * * *",
            "Schedules:EvidenceCheck=0 0 0 1 1 *",
            "Schedules:SpotChecks=0 0 0 1 1 *",
            $"Sealing:KeyFile={Path.Combine(folder, "keys", "ledger.pem")}",

            // Collectors run when a test asks for it: without a tenant there is nothing to collect from.
            "AzureWebJobs:CollectSignInsOnSchedule:Disabled=true",
            "AzureWebJobs:CollectAccessRightsOnSchedule:Disabled=true",
            "AzureWebJobs:CollectOnSchedule:Disabled=true",

            // Nor can it say who works here.
            "Training:Roster=Settings",
            .. organization is "" ? Array.Empty<string>() : [$"Isms:OrganizationFile={organizationFile}"],
            .. settings,
        ];
        var app = new RunningApp(azurite, folder, all, configure);
        await app.StartHostAsync();
        return app;
    }

    /// <summary>Stops the app and starts it again on the same storage.</summary>
    /// <param name="at">Where its clock stands then; by default where it stood.</param>
    public async Task RestartAsync(DateTimeOffset? at = null)
    {
        await SettleAsync();
        var now = at ?? Now;
        await StopHostAsync();
        await File.WriteAllTextAsync(ClockFile, now.ToString("O", CultureInfo.InvariantCulture));
        await StartHostAsync();
    }

    /// <summary>Waits until nothing is runnable at the present instant: workflows have reacted to what was sent.</summary>
    public Task SettleAsync() => Services.GetRequiredService<WorkTracker>().WhenIdleAsync();

    /// <summary>Lets the clock run until the instant, and everything that is due by then happen.</summary>
    public async Task RunUntilAsync(DateTimeOffset until)
    {
        await SettleAsync();
        await Clock.RunUntilAsync(until);
        await SettleAsync();
    }

    /// <summary>Sends a request.</summary>
    /// <param name="persona">Who sends it, such as <c>owner:suzuki</c>; null for nobody.</param>
    /// <param name="method">The HTTP method.</param>
    /// <param name="path">The path below <c>/api/</c>.</param>
    /// <param name="body">A JSON body: an object, or a string that is sent as it is.</param>
    /// <param name="headers">Further headers, such as <c>Idempotency-Key: 1</c>.</param>
    public async Task<Answer> SendAsync(string? persona, HttpMethod method, string path, object? body = null, params string[] headers)
    {
        using var request = new HttpRequestMessage(method, "api/" + path);
        if (persona is not null)
        {
            request.Headers.Add("X-Isms-Persona", persona);
        }

        request.Headers.AcceptLanguage.Add(new StringWithQualityHeaderValue("en"));
        foreach (var header in headers)
        {
            var parts = header.Split(':', 2, StringSplitOptions.TrimEntries);
            request.Headers.TryAddWithoutValidation(parts[0], parts[1]);
        }

        if (body is not null)
        {
            var json = body as string ?? JsonSerializer.Serialize(body, Json.Options);
            request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        }

        using var response = await http!.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return new Answer((int)response.StatusCode, text, response.Headers.Location?.ToString(), response.Headers.ETag?.ToString());
    }

    /// <summary>Sends a POST.</summary>
    public Task<Answer> PostAsync(string? persona, string path, object? body = null, params string[] headers) =>
        SendAsync(persona, HttpMethod.Post, path, body, headers);

    /// <summary>Sends a GET.</summary>
    public Task<Answer> GetAsync(string? persona, string path) => SendAsync(persona, HttpMethod.Get, path);

    /// <summary>The HTTP client, for requests that <see cref="SendAsync"/> does not cover.</summary>
    public HttpClient Http => http!;

    /// <summary>The names of the mails written so far, without extension: the ids of their notifications. Ordered.</summary>
    public IReadOnlyList<string> Mails() => Directory.Exists(MailFolder)
        ? [.. Directory.EnumerateFiles(MailFolder, "*.eml").Select(f => Path.GetFileNameWithoutExtension(f)!).Order(StringComparer.Ordinal)]
        : [];

    /// <summary>The names of the Teams cards written so far, without extension: the ids of their messages. Ordered.</summary>
    public IReadOnlyList<string> Cards() => Directory.Exists(MailFolder)
        ? [.. Directory.EnumerateFiles(MailFolder, "*.json").Select(f => Path.GetFileNameWithoutExtension(f)!).Order(StringComparer.Ordinal)]
        : [];

    /// <summary>The ids of all messages in the outbox, whether they went out on their own, in a digest, or not yet. Ordered.</summary>
    public async Task<IReadOnlyList<string>> NoticesAsync()
    {
        var ids = new List<string>();
        string? end = null;
        do
        {
            (var messages, end) = await Services.GetRequiredService<Outbox>().ListAsync(null, null, 500, end, default);
            ids.AddRange(messages.Select(m => m.Id));
        }
        while (end is not null);
        return [.. ids.Order(StringComparer.Ordinal)];
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopHostAsync();
        azurite.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private async Task StartHostAsync()
    {
        host = IsmsApp.Build([.. settings.Select(s => "--" + s)], configure);
        await host.StartAsync();
        var address = Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(address), Timeout = TimeSpan.FromMinutes(5) };
    }

    private async Task StopHostAsync()
    {
        http?.Dispose();
        if (host is not null)
        {
            await host.StopAsync();
            host.Dispose();
            host = null;
        }
    }
}

/// <summary>What the app answered.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Text">The body.</param>
/// <param name="Location">The <c>Location</c> header.</param>
/// <param name="ETag">The <c>ETag</c> header.</param>
public sealed record Answer(int Status, string Text, string? Location, string? ETag)
{
    /// <summary>The body as JSON.</summary>
    public JsonNode Json => JsonNode.Parse(Text)!;

    /// <summary>The problem's code; null when it is none.</summary>
    public string? Code => Text.StartsWith('{') ? (string?)Json["code"] : null;

    /// <summary>The answer, which must have this status.</summary>
    public Answer Expect(int status) => Status == status ? this : throw new InvalidOperationException($"Expected {status}, but was answered {Status}: {Text}");
}
