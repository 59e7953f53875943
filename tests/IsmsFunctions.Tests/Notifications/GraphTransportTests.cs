using System.Text.Json.Nodes;
using Isms.Text;
using IsmsFunctions.Monitoring.Graph;
using IsmsFunctions.Notifications;
using IsmsFunctions.Tests.Hosting;
using IsmsFunctions.Tests.Monitoring;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using SampleTenant;

namespace IsmsFunctions.Tests.Notifications;

/// <summary>Mails over the real Graph pipeline into the sample tenant.</summary>
public sealed class GraphTransportTests
{
    [Theory]
    [InlineData(true, "sent")]
    [InlineData(false, "queued")]
    public async Task A_mail_is_handed_to_the_mailbox_and_stays_in_the_outbox_where_there_is_none(bool mailboxExists, string state)
    {
        var clock = new FollowingClock(RunningApp.FirstMorning);
        await using var tenant = await SampleTenantServer.StartAsync(new SampleTenantOptions { Users = 20, Clock = clock });
        var mailbox = mailboxExists ? tenant.Directory.President.UserPrincipalName : "nobody@example.com";
        await using var app = await RunningApp.StartAsync(
            configure: builder => builder.Services.AddSingleton(p =>
                new GraphHttp(p.GetRequiredService<IOptions<GraphOptions>>(), new TenantBench.TenantCredential(tenant))),
            settings: [$"Graph:BaseAddress={tenant.BaseAddress}", "Notifications:Transport=Graph", $"Notifications:From={mailbox}"]);
        clock.Leader = app.Clock;
        var text = new LocalizedText("【ISMS】承認をお願いします", "[ISMS] Please approve");

        await app.Services.GetRequiredService<INotifier>().NotifyAsync(new Notification("a", "nakamura", text, text, "item-x"), default);

        Assert.Equal(state, (string?)(await app.GetAsync("secretariat", "notifications/a")).Expect(200).Json["state"]);
        using var http = new HttpClient { BaseAddress = tenant.BaseAddress };
        var sent = JsonNode.Parse(await http.GetStringAsync(new Uri("_tenant/mail", UriKind.Relative)))!.AsArray();
        if (mailboxExists)
        {
            var message = Assert.Single(sent)!["message"]!;
            Assert.Equal("【ISMS】承認をお願いします", (string?)message["subject"]);
            Assert.Equal("Text", (string?)message["body"]!["contentType"]);
            Assert.Equal("aya.nakamura@example.co.jp", (string?)message["toRecipients"]![0]!["emailAddress"]!["address"]);
        }
        else
        {
            Assert.Empty(sent);
        }
    }
}
