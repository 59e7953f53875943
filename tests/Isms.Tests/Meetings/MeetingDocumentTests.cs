using Isms.Deadlines;
using Isms.Documents;
using Isms.ManagementReviews;
using Isms.Meetings;
using Isms.Text;
using static Isms.Tests.Dates;
using static Isms.Tests.Meetings.SampleMeetings;

namespace Isms.Tests.Meetings;

public sealed class MeetingDocumentTests
{
    [Fact]
    public void The_papers_name_what_is_missing_and_who_provides_it()
    {
        var issued = MeetingRules.PapersAreIssued(In(MeetingStage.Scheduled), Material(without: ReviewTopic.Training), Monday);
        var papers = MeetingPapers.Write(issued, issued.Issued!, Firm);
        var missing = papers.Blocks.OfType<Table>().First();
        Assert.Equal(["教育・訓練", "事務局"], missing.Rows.Single().Take(2).Select(c => c.Ja));
        Assert.Equal(ReviewCoverage.Topics.Count + 1, papers.Blocks.OfType<Heading>().Count(h => h.Level == 1));
        Assert.Equal(("review-FY2026-01-inputs", "1"), (papers.Number, papers.Version));
    }

    [Fact]
    public void The_minutes_say_who_attended_what_was_said_and_decided_and_who_approved_them()
    {
        var minutes = MinutesPapers.Minutes(In(MeetingStage.FollowingUp), Firm);
        var outline = minutes.Blocks.OfType<Facts>().First().Items.ToDictionary(f => f.Name.En, f => f.Value.En);
        Assert.Equal(("sato", "nakamura", "sato, watanabe, nakamura"), (outline["Chair"], outline["Minutes by"], outline["Present"]));
        Assert.Contains(minutes.Blocks.OfType<Paragraph>(), p => p.Text.Ja == "【議事】是正処置の遅れについて議論した。");
        Assert.Equal(["d-01", "d-02"], minutes.Blocks.OfType<Table>().Single().Rows.Select(r => r[0].Ja));
        Assert.Equal(["nakamura", "sato"], minutes.Approvals.Select(a => a.Name!.En));
    }

    [Theory]
    [InlineData(MeetingStage.InputsReady)]
    [InlineData(MeetingStage.Scheduled)]
    [InlineData(MeetingStage.Approval)]
    [InlineData(MeetingStage.FollowingUp)]
    [InlineData(MeetingStage.Closed)]
    [InlineData(MeetingStage.Cancelled)]
    public void Entering_a_stage_tells_people_in_both_languages(MeetingStage stage)
    {
        var letters = MeetingLetters.OnEntering(In(stage), Firm);
        Assert.NotEmpty(letters);
        Assert.All(letters, l => Assert.False(l.Subject.Ja.Contains('{') || l.Body.En.Contains('{')));
        Assert.Equal(letters.Count, letters.Select(l => (l.Key, l.Recipient)).Distinct().Count());
    }

    [Fact]
    public void Each_provider_is_asked_once_for_all_that_is_missing_of_theirs()
    {
        var silent = FullMaterial with { Inputs = [.. FullMaterial.Inputs.Where(i => i.Topic is not (ReviewTopic.Feedback or ReviewTopic.Training or ReviewTopic.Risks))] };
        var letters = MeetingLetters.OnEntering(In(MeetingStage.InputsReady, material: silent), Firm).Where(l => l.Key.StartsWith("missing", StringComparison.Ordinal)).ToList();
        Assert.Equal(["kobayashi", "nakamura"], letters.Select(l => l.Recipient).Order(StringComparer.Ordinal));
        var secretariat = letters.Single(l => l.Recipient == "nakamura").Body.Ja;
        Assert.Contains("e) 利害関係者からのフィードバック、教育・訓練", secretariat, StringComparison.Ordinal);
        Assert.DoesNotContain("リスク", secretariat, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_reminder_and_escalation_has_its_text()
    {
        foreach (var kind in Enum.GetValues<DeadlineKind>())
        {
            var moment = new DeadlineMoment(Monday, kind, 7);
            foreach (var stage in new[] { MeetingStage.InputsReady, MeetingStage.Scheduled, MeetingStage.Held, MeetingStage.Approval })
            {
                Assert.NotEmpty(MeetingLetters.At(moment, In(stage), Firm));
            }

            var following = In(MeetingStage.FollowingUp);
            var letter = Assert.Single(MeetingLetters.At(moment, following.Decisions[0], following, Firm));
            Assert.StartsWith("d-01.20270129.", letter.Key, StringComparison.Ordinal);
            Assert.Contains("教育担当を1名増やす", letter.Body.Ja, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_register_gets_the_meeting_and_the_suggestion_in_the_organisations_language()
    {
        var following = In(MeetingStage.FollowingUp);
        var values = MeetingRegister.MeetingValues(following, Firm, "minutes-evidence");
        Assert.Equal(("managementReview", "2026-12-07", "sato; watanabe; nakamura"), (values["type"], values["heldAt"], values["attendees"]));
        Assert.Contains("d-02 点検表を電子化する(担当: ito、期限: 2027年2月26日)", values["decisions"], StringComparison.Ordinal);
        var suggestion = MeetingRegister.SuggestionValues(following, following.Decisions[1], Firm);
        Assert.Equal(("点検表を電子化する", "review", "adopted", "ito", "2027-02-26"), (suggestion["name"], suggestion["source"], suggestion["decision"], suggestion["owner"], suggestion["dueDate"]));
    }

    [Fact]
    public void A_meeting_stands_in_the_calendars_of_those_invited_on_its_day()
    {
        var scheduled = In(MeetingStage.Scheduled);
        var entry = MeetingCalendar.Of(scheduled, "https://isms.example.co.jp")!;
        Assert.Equal((Day("2026-12-07"), "https://isms.example.co.jp/api/meetings/review-FY2026-01"), (entry.First, entry.Link!.ToString()));
        Assert.True(MeetingCalendar.Concerns(scheduled, Firm.FindPerson("sato")!, Firm));
        Assert.False(MeetingCalendar.Concerns(scheduled, Firm.FindPerson("kato")!, Firm));
        Assert.Null(MeetingCalendar.Of(In(MeetingStage.InputsReady), ""));
    }
}
