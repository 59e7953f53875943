using System.Globalization;
using Isms.Notifications;
using Isms.Organizations;
using Isms.Tests.Year;
using Isms.Text;

namespace Isms.Tests.Notifications;

public sealed class DigestTests
{
    private static readonly DateTimeOffset Morning = new(2026, 4, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly Organization Sample = YearSamples.Firm;
    private static readonly Person Reader = Sample.People[0];

    [Fact]
    public void Of_several_reminders_about_one_thing_the_newest_stands() =>
        Assert.Equal(["b", "c"], Digest.Standing([Entry("c", "item-2", 2), Entry("a", "item-1", 0), Entry("b", "item-1", 1)]).Select(e => e.Id));

    [Fact]
    public void A_digest_numbers_its_reminders_and_leaves_their_marks_out()
    {
        var (subject, body) = Digest.Write([Entry("a", "item-1", 0), Entry("b", "item-2", 1)], Reader, Sample);

        Assert.Equal("【ISMS】本日のお知らせ(2件)", subject.Ja);
        Assert.Contains("■1. 期限まであと7日です:「a」\n・期限: a", body.Ja, StringComparison.Ordinal);
        Assert.Contains("2. Due in 7 days: b\n- Due: b", body.En, StringComparison.Ordinal);
        Assert.StartsWith(Reader.Name.Ja + " 様", body.Ja, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_too_much_to_read_is_counted()
    {
        var many = Enumerable.Range(0, Digest.MostEntries + 5).Select(n => Entry(n.ToString("000", CultureInfo.InvariantCulture), "item-" + n, n));

        var (subject, body) = Digest.Write(many, Reader, Sample);

        Assert.Contains("65", subject.Ja, StringComparison.Ordinal);
        Assert.Contains("ほか5件", body.Ja, StringComparison.Ordinal);
        Assert.DoesNotContain("■61.", body.Ja, StringComparison.Ordinal);
    }

    [Fact]
    public void A_persons_choice_of_channels_goes_before_the_choices_for_their_roles_and_mail_is_for_everybody_else()
    {
        var policy = new NotificationPolicy
        {
            Channels = [new([Channel.Teams], Role.Secretariat), new([Channel.Mail], Role.PersonInCharge), new([Channel.Teams, Channel.Mail], Person: "x")],
        };
        Person With(string id, params Role[] roles) => Reader with { Id = id, Roles = roles };

        Assert.Equal([Channel.Teams], policy.ChannelsOf(With("a", Role.Secretariat)));
        Assert.Equal([Channel.Mail, Channel.Teams], policy.ChannelsOf(With("a", Role.Secretariat, Role.PersonInCharge)));
        Assert.Equal([Channel.Mail, Channel.Teams], policy.ChannelsOf(With("x", Role.Secretariat)));
        Assert.Equal([Channel.Mail], policy.ChannelsOf(With("a", Role.TopManagement)));
    }

    private static DigestEntry Entry(string id, string about, int minute) => new(
        id, about, new LocalizedText($"【ISMS】期限まであと7日です:「{id}」", $"[ISMS] Due in 7 days: {id}"), new LocalizedText($"・期限: {id}", $"- Due: {id}"),
        Morning.AddMinutes(minute));
}
