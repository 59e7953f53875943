using Isms.Notifications;
using Isms.Text;
using IsmsFunctions.Notifications;
using IsmsFunctions.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace IsmsFunctions.Tests.Notifications;

public sealed class DigestDeliveryTests
{
    private readonly RecordingTransport mails = new();

    [Fact]
    public async Task Several_reminders_of_a_morning_go_out_as_one_mail_and_one_alone_goes_out_as_it_is()
    {
        await using var app = await StartAsync();
        await NotifyAsync(app, "a", "nakamura", Delivery.Digest);
        await NotifyAsync(app, "b", "nakamura", Delivery.Digest);
        await NotifyAsync(app, "c", "sato", Delivery.Digest);
        Assert.Empty(mails.Sent);

        await app.RunUntilAsync(app.Now.AddMinutes(31));

        Assert.Equal(["c", "digest-2026-04-01.nakamura"], Sent());
        Assert.Contains("■2. b", mails.Sent.Single(m => m.Id.StartsWith("digest", StringComparison.Ordinal)).Body, StringComparison.Ordinal);
        var entry = (await app.GetAsync("secretariat", "notifications/a")).Expect(200).Json;
        Assert.Equal(("joined", "digest-2026-04-01.nakamura"), ((string?)entry["state"], (string?)entry["digestId"]));
    }

    [Fact]
    public async Task A_reminder_asked_for_again_after_its_digest_is_not_sent_again_and_a_late_one_waits_for_the_next_day()
    {
        await using var app = await StartAsync();
        await NotifyAsync(app, "a", "nakamura", Delivery.Digest);
        await NotifyAsync(app, "b", "nakamura", Delivery.Digest);
        await app.RunUntilAsync(app.Now.AddMinutes(31));

        await NotifyAsync(app, "a", "nakamura", Delivery.Digest);
        await NotifyAsync(app, "c", "nakamura", Delivery.Digest);
        await NotifyAsync(app, "d", "nakamura", Delivery.Digest);
        await app.RunUntilAsync(app.Now.AddHours(23));
        Assert.Equal(["digest-2026-04-01.nakamura"], Sent());
        await app.RunUntilAsync(app.Now.AddHours(1));

        Assert.Equal(["digest-2026-04-01.nakamura", "digest-2026-04-02.nakamura"], Sent());
        Assert.DoesNotContain("a\n", mails.Sent[1].Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_digest_that_could_not_be_sent_goes_out_once_when_the_mail_system_is_back()
    {
        await using var app = await StartAsync();
        mails.Away = true;
        await NotifyAsync(app, "a", "nakamura", Delivery.Digest);
        await NotifyAsync(app, "b", "nakamura", Delivery.Digest);
        await app.RunUntilAsync(app.Now.AddDays(1));
        await NotifyAsync(app, "c", "nakamura", Delivery.Digest);
        mails.Away = false;

        await app.RunUntilAsync(app.Now.AddDays(1));

        Assert.Equal(["c", "digest-2026-04-01.nakamura"], Sent());
    }

    [Fact]
    public async Task In_quiet_hours_only_what_is_urgent_goes_out_and_the_rest_with_the_morning()
    {
        await using var app = await StartAsync(new DateTimeOffset(2026, 4, 3, 20, 0, 0, TimeSpan.FromHours(9))); // a Friday
        await NotifyAsync(app, "direct", "nakamura", Delivery.Direct);
        await NotifyAsync(app, "urgent", "sato", Delivery.Urgent);
        Assert.Equal(["urgent"], Sent());

        await app.RunUntilAsync(new DateTimeOffset(2026, 4, 6, 7, 59, 0, TimeSpan.FromHours(9)));
        Assert.Equal(["urgent"], Sent());
        await app.RunUntilAsync(new DateTimeOffset(2026, 4, 6, 9, 31, 0, TimeSpan.FromHours(9)));

        Assert.Equal(["direct", "urgent"], Sent());
    }

    [Fact]
    public async Task More_reminders_than_fit_one_transaction_become_several_digests_and_none_is_lost()
    {
        await using var app = await StartAsync();
        foreach (var number in Enumerable.Range(100, Outbox.MostJoined + 3))
        {
            await NotifyAsync(app, $"n{number}", "nakamura", Delivery.Digest);
        }

        await app.RunUntilAsync(app.Now.AddMinutes(31));

        Assert.Equal(["digest-2026-04-01.nakamura", "digest-2026-04-01.nakamura-2"], Sent());
        Assert.Empty(await app.Services.GetRequiredService<Outbox>().ListDueAsync(app.Now.AddDays(30), default).ToListAsync());
    }

    [Fact]
    public async Task After_two_weeks_of_outage_the_app_catches_up_without_a_mail_sent_twice_and_with_one_digest_a_person_and_day()
    {
        await using var app = await StartAsync();
        (await app.PostAsync("secretariat", "years/FY2026/start")).Expect(202);
        await app.RunUntilAsync(new DateTimeOffset(2026, 4, 20, 10, 0, 0, TimeSpan.FromHours(9)));
        var before = mails.Sent.Count;

        await app.RestartAsync(app.Now.AddDays(14));
        var back = app.Now;
        await app.RunUntilAsync(app.Now.AddDays(4));

        Assert.Equal(mails.Sent.Count, mails.Sent.Select(m => m.Id).Distinct().Count());
        Assert.True(mails.Sent.Count > before);
        var digests = mails.Sent.Where(m => m.Id.StartsWith("digest-", StringComparison.Ordinal)).GroupBy(m => (m.ToName, m.Date.Date));
        Assert.NotEmpty(digests);
        Assert.All(digests, day => Assert.Single(day));
        var toSecretariat = mails.Sent.Skip(before).Where(m => m.ToName == "中村 彩" && !m.Id.StartsWith("weekly-", StringComparison.Ordinal));
        Assert.Single(toSecretariat, m => m.Body.Contains("関係法令", StringComparison.Ordinal)); // reminders of 23 and 29 April were missed: the newest is enough
        Assert.Equal(new DateTimeOffset(2026, 5, 4, 1, 0, 0, TimeSpan.Zero), back);
    }

    private string[] Sent() => [.. mails.Sent.Select(m => m.Id).Order(StringComparer.Ordinal)];

    private Task<RunningApp> StartAsync(DateTimeOffset? start = null) =>
        RunningApp.StartAsync(start, configure: builder => builder.Services.AddSingleton<IMailTransport>(mails));

    private static Task NotifyAsync(RunningApp app, string id, string recipient, Delivery delivery) =>
        app.Services.GetRequiredService<INotifier>().NotifyAsync(
            new Notification(id, recipient, LocalizedText.Same("【ISMS】" + id), LocalizedText.Same("body"), "about-" + id, delivery), default);
}
