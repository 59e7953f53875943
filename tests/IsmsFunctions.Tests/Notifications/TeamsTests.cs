using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Isms.Notifications;
using Isms.Text;
using IsmsFunctions.Notifications;
using IsmsFunctions.Testing;
using IsmsFunctions.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace IsmsFunctions.Tests.Notifications;

/// <summary>Cards in Teams, for people whom the organisation's settings want written to there.</summary>
public sealed class TeamsTests : IDisposable
{
    private const string Secret = "https://prod-01.japaneast.logic.example/workflows/abc?sig=secret";
    private readonly Webhook webhook = new();
    private readonly RecordingTransport mails = new();

    [Fact]
    public async Task Locally_a_card_lands_beside_the_mails_and_is_listed()
    {
        await using var app = await RunningApp.StartAsync(organization: OrganizationWith("\"mail\", \"teams\""));

        await NotifyAsync(app);

        Assert.Equal(["a"], app.Mails());
        Assert.Equal(["a.teams"], app.Cards());
        var post = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(app.MailFolder, "a.teams.json")))!;
        Assert.Equal("message", (string?)post["type"]);
        var attachment = post["attachments"]![0]!;
        Assert.Equal("application/vnd.microsoft.card.adaptive", (string?)attachment["contentType"]);
        var card = attachment["content"]!;
        Assert.Equal(("AdaptiveCard", "1.5"), ((string?)card["type"], (string?)card["version"]));
        Assert.Equal(
            ["【ISMS】承認をお願いします", "宛先: 中村 彩 様", "一行目", "[二行目](https://evil.example)"],
            card["body"]!.AsArray().Select(b => (string?)b!["inlines"]![0]!["text"]));
        Assert.Equal("https://isms.example.co.jp", (string?)card["actions"]![0]!["url"]);
        var listed = (await app.GetAsync("secretariat", "notifications")).Expect(200).Json["items"]!.AsArray();
        Assert.Equal(["mail", "teams"], listed.Select(i => (string?)i!["channel"]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_card_is_posted_to_the_webhook_of_the_person_or_role_or_the_default_one()
    {
        await using var app = await StartAsync("\"teams\"", $"Notifications:TeamsWebhooks:Secretariat={Secret}", "Notifications:TeamsWebhooks:Default=https://other.example/");

        await NotifyAsync(app);

        Assert.Equal(new Uri(Secret), Assert.Single(webhook.Posts).Address);
        Assert.Contains("承認をお願いします", webhook.Posts[0].Body, StringComparison.Ordinal);
        Assert.Empty(mails.Sent);
        Assert.Equal("sent", (string?)(await app.GetAsync("secretariat", "notifications/a.teams")).Expect(200).Json["state"]);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    public async Task What_Teams_cannot_take_now_is_posted_later_once(int status)
    {
        webhook.Status = (HttpStatusCode)status;
        await using var app = await StartAsync("\"teams\"", $"Notifications:TeamsWebhooks:Default={Secret}");
        await NotifyAsync(app);
        Assert.Equal("queued", (string?)(await app.GetAsync("secretariat", "notifications/a.teams")).Expect(200).Json["state"]);

        webhook.Status = HttpStatusCode.Accepted;
        await app.RunUntilAsync(app.Now.AddHours(7));

        Assert.Equal(2, webhook.Posts.Count);
        Assert.Equal("sent", (string?)(await app.GetAsync("secretariat", "notifications/a.teams")).Expect(200).Json["state"]);
        Assert.Empty(mails.Sent);
    }

    [Fact]
    public async Task What_Teams_refuses_goes_out_by_mail_says_the_remedy_without_the_address_and_can_be_sent_again()
    {
        webhook.Status = HttpStatusCode.NotFound;
        await using var app = await StartAsync("\"teams\"", $"Notifications:TeamsWebhooks:Default={Secret}");

        await NotifyAsync(app);

        Assert.Equal(["a"], mails.Sent.Select(m => m.Id));
        var failed = (await app.GetAsync("secretariat", "notifications/a.teams")).Expect(200);
        Assert.Equal("failed", (string?)failed.Json["state"]);
        Assert.Contains("404", (string?)failed.Json["failure"]!["title"]!["en"], StringComparison.Ordinal);
        Assert.Contains("TeamsWebhooks__Default", (string?)failed.Json["failure"]!["remedy"]!["ja"], StringComparison.Ordinal);
        Assert.DoesNotContain("sig=secret", failed.Text, StringComparison.Ordinal);
        await app.RunUntilAsync(app.Now.AddHours(7));
        Assert.Single(webhook.Posts);

        webhook.Status = HttpStatusCode.Accepted;
        Assert.Equal("sent", (string?)(await app.PostAsync("secretariat", "notifications/a.teams/resend")).Expect(200).Json["state"]);
        Assert.Equal("notification-not-resendable", (await app.PostAsync("secretariat", "notifications/a.teams/resend")).Expect(409).Code);
        Assert.Single(mails.Sent);
    }

    [Fact]
    public async Task Without_a_webhook_the_mail_goes_out_and_the_failure_says_what_to_set_up()
    {
        await using var app = await StartAsync("\"teams\"");

        await NotifyAsync(app);

        Assert.Equal(["a"], mails.Sent.Select(m => m.Id));
        Assert.Equal("teams-webhook-missing", (string?)(await app.GetAsync("secretariat", "notifications/a.teams")).Expect(200).Json["failure"]!["code"]);
    }

    [Fact]
    public async Task A_long_message_is_shortened_to_what_Teams_takes()
    {
        await using var app = await StartAsync("\"teams\"", $"Notifications:TeamsWebhooks:Default={Secret}");
        var text = LocalizedText.Same(string.Join('\n', Enumerable.Repeat("とても長い一覧の一行です。", 900)));

        await app.Services.GetRequiredService<INotifier>().NotifyAsync(new Notification("a", "nakamura", LocalizedText.Same("s"), text, "x"), default);

        var body = Assert.Single(webhook.Posts).Body;
        Assert.InRange(Encoding.UTF8.GetByteCount(body), 10_000, 28_000);
        Assert.Contains("長いため省略しました", body, StringComparison.Ordinal);
    }

    public void Dispose() => webhook.Dispose();

    private static Task NotifyAsync(RunningApp app) => app.Services.GetRequiredService<INotifier>().NotifyAsync(
        new Notification("a", "nakamura", LocalizedText.Same("【ISMS】承認をお願いします"), LocalizedText.Same("一行目\n\n[二行目](https://evil.example)"), "item-x"), default);

    private Task<RunningApp> StartAsync(string channels, params string[] settings) => RunningApp.StartAsync(
        organization: OrganizationWith(channels),
        configure: builder =>
        {
            builder.Services.AddSingleton<IMailTransport>(mails);
            builder.Services.AddSingleton<ITeamsTransport>(p => new TeamsWebhookTransport(p.GetRequiredService<IOptionsMonitor<NotificationOptions>>(), webhook));
        },
        settings: settings);

    private static string OrganizationWith(string channels)
    {
        var settings = JsonNode.Parse(File.ReadAllText(Repository.SampleOrganization))!;
        settings["notifications"] = JsonNode.Parse($$"""{ "channels": [ { "role": "secretariat", "channels": [{{channels}}] } ] }""");
        return settings.ToJsonString();
    }

    /// <summary>Answers posts with a status, and keeps them.</summary>
    private sealed class Webhook : HttpMessageHandler
    {
        public HttpStatusCode Status { get; set; } = HttpStatusCode.Accepted;

        public List<(Uri Address, string Body)> Posts { get; } = [];

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Posts.Add((request.RequestUri!, await request.Content!.ReadAsStringAsync(cancellationToken)));
            return new HttpResponseMessage(Status);
        }
    }
}
