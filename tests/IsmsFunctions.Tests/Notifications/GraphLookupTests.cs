using System.Text.Json.Nodes;
using Azure.Core;
using Isms.Text;
using IsmsFunctions.Monitoring.Graph;
using IsmsFunctions.Notifications;
using IsmsFunctions.Tests.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace IsmsFunctions.Tests.Notifications;

/// <summary>A mail whose fate a crash left unknown is looked up among the sent items before it is sent again.</summary>
public sealed class GraphLookupTests
{
    [Theory]
    [InlineData(200, true, 1)] // Graph took it although its answer was lost: it is found
    [InlineData(200, false, 2)] // Graph did not take it
    [InlineData(403, true, 2)] // the app may not look: rather twice than never
    public async Task A_mail_is_sent_again_only_where_it_is_not_found_among_the_sent_items(int lookup, bool taken, int sent)
    {
        await using var mailbox = await Mailbox.StartAsync();
        (mailbox.LookupStatus, mailbox.LosesAnswer, mailbox.TakesMail) = (lookup, true, taken);
        await using var app = await RunningApp.StartAsync(
            configure: builder => builder.Services.AddSingleton(p => new GraphHttp(p.GetRequiredService<IOptions<GraphOptions>>(), new AnyToken())),
            settings: [$"Graph:BaseAddress={mailbox.Address}", "Notifications:Transport=Graph", "Notifications:From=isms@example.co.jp"]);
        var text = LocalizedText.Same("a");
        await app.Services.GetRequiredService<INotifier>().NotifyAsync(new Notification("item-x.opened.nakamura", "nakamura", text, text, "item-x"), default);
        Assert.Equal("queued", (string?)(await app.GetAsync("secretariat", "notifications/item-x.opened.nakamura")).Expect(200).Json["state"]);

        mailbox.LosesAnswer = false;
        await app.RunUntilAsync(app.Now.AddHours(7));

        Assert.Equal(sent, mailbox.Requests);
        Assert.Equal("sent", (string?)(await app.GetAsync("secretariat", "notifications/item-x.opened.nakamura")).Expect(200).Json["state"]);
    }

    private sealed class AnyToken : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) => new("t", DateTimeOffset.MaxValue);

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            new(GetToken(requestContext, cancellationToken));
    }

    /// <summary>A Graph that knows one mailbox, and can lose its answers.</summary>
    private sealed class Mailbox : IAsyncDisposable
    {
        private readonly WebApplication host;
        private readonly List<string> sentItems = [];

        private Mailbox()
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            builder.Logging.ClearProviders();
            host = builder.Build();
            host.MapPost("/v1.0/users/{user}/sendMail", SendAsync);
            host.MapGet("/v1.0/users/{user}/mailFolders/sentitems/messages", Find);
        }

        public int LookupStatus { get; set; }

        public bool LosesAnswer { get; set; }

        public bool TakesMail { get; set; }

        public int Requests { get; private set; }

        public string Address => host.Urls.Single();

        public static async Task<Mailbox> StartAsync()
        {
            var mailbox = new Mailbox();
            await mailbox.host.StartAsync();
            return mailbox;
        }

        public ValueTask DisposeAsync() => host.DisposeAsync();

        private async Task<IResult> SendAsync(HttpRequest request)
        {
            Requests++;
            var message = (await JsonNode.ParseAsync(request.Body))!["message"]!;
            if (TakesMail)
            {
                sentItems.Add((string)message["singleValueExtendedProperties"]![0]!["value"]!);
            }

            return Results.StatusCode(LosesAnswer ? 504 : 202);
        }

        private IResult Find(HttpRequest request)
        {
            var filter = (string)request.Query["$filter"]!;
            var found = sentItems.Where(id => filter.Contains($"p/value eq '{id}'", StringComparison.Ordinal)).Select(id => new { id });
            return LookupStatus == 200 ? Results.Json(new { value = found }) : Results.StatusCode(LookupStatus);
        }
    }
}
