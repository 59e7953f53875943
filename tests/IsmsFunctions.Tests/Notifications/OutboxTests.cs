using Isms.Text;
using IsmsFunctions.Notifications;
using IsmsFunctions.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace IsmsFunctions.Tests.Notifications;

public sealed class OutboxTests
{
    [Fact]
    public async Task A_message_asked_for_twice_is_sent_once()
    {
        var mails = new Mails();
        await using var app = await StartAsync(mails);
        var notifier = app.Services.GetRequiredService<INotifier>();

        await notifier.NotifyAsync(Message("a"), default);
        await notifier.NotifyAsync(Message("a"), default);

        Assert.Equal(["a"], mails.Sent.Select(m => m.Id));
        Assert.Equal("中村 彩", mails.Sent.Single().ToName);
        Assert.Equal(TimeSpan.FromHours(9), mails.Sent.Single().Date.Offset);
    }

    [Fact]
    public async Task What_could_not_be_sent_stays_queued_and_goes_out_when_the_mail_system_is_back()
    {
        var mails = new Mails { Away = true };
        await using var app = await StartAsync(mails);
        await app.Services.GetRequiredService<INotifier>().NotifyAsync(Message("a"), default);
        Assert.Equal("queued", (string?)(await app.GetAsync("secretariat", "notifications/a")).Expect(200).Json["state"]);

        mails.Away = false;
        await app.RunUntilAsync(app.Now.AddHours(7));

        Assert.Equal(["a"], mails.Sent.Select(m => m.Id));
        Assert.Equal("sent", (string?)(await app.GetAsync("secretariat", "notifications/a")).Expect(200).Json["state"]);
    }

    [Fact]
    public async Task Who_left_gets_no_mail_and_nobody_waits_for_it()
    {
        var mails = new Mails();
        await using var app = await StartAsync(mails);

        await app.Services.GetRequiredService<INotifier>().NotifyAsync(Message("a") with { RecipientId = "nobody" }, default);

        Assert.Empty(mails.Sent);
        Assert.Equal("undeliverable", (string?)(await app.GetAsync("secretariat", "notifications/a")).Expect(200).Json["state"]);
    }

    [Fact]
    public async Task The_list_is_paged_newest_first()
    {
        await using var app = await StartAsync(new Mails());
        var notifier = app.Services.GetRequiredService<INotifier>();
        foreach (var id in new[] { "a", "b", "c" })
        {
            await notifier.NotifyAsync(Message(id), default);
            await app.RunUntilAsync(app.Now.AddMinutes(1));
        }

        var first = (await app.GetAsync("secretariat", "notifications?top=2&about=item-x")).Expect(200).Json;
        var token = Uri.EscapeDataString((string)first["continuationToken"]!);
        var second = (await app.GetAsync("secretariat", $"notifications?top=2&about=item-x&continuationToken={token}")).Expect(200).Json;

        Assert.Equal(["c", "b"], first["items"]!.AsArray().Select(i => (string?)i!["id"]));
        Assert.Equal(["a"], second["items"]!.AsArray().Select(i => (string?)i!["id"]));
        Assert.Null(second["continuationToken"]);
        Assert.Equal(403, (await app.GetAsync("owner:suzuki", "notifications")).Status);
        Assert.Equal("top-malformed", (await app.GetAsync("secretariat", "notifications?top=0")).Expect(400).Code);
        Assert.Equal("continuation-token-malformed", (await app.GetAsync("secretariat", "notifications?continuationToken=x")).Expect(400).Code);
        Assert.Equal("unknown-notification", (await app.GetAsync("secretariat", "notifications/x")).Expect(404).Code);
    }

    private static Notification Message(string id) => new(id, "nakamura", LocalizedText.Same("s"), LocalizedText.Same("b"), "item-x");

    private static Task<RunningApp> StartAsync(IMailTransport transport) =>
        RunningApp.StartAsync(configure: builder => builder.Services.AddSingleton(transport));

    private sealed class Mails : IMailTransport
    {
        public bool Away { get; set; }

        public List<Mail> Sent { get; } = [];

        public bool Delivers => true;

        public Task SendAsync(Mail mail, CancellationToken cancellationToken)
        {
            if (Away)
            {
                throw new HttpRequestException("away");
            }

            Sent.Add(mail);
            return Task.CompletedTask;
        }
    }
}
