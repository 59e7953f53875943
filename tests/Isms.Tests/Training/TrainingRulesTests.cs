using Isms.Training;
using Isms.Year;
using static Isms.Tests.Training.TrainingSamples;

namespace Isms.Tests.Training;

public sealed class TrainingRulesTests
{
    private static readonly TrainingProgress Done = new(3, 3, 3, 0, 0, 0, 0);
    private static readonly TrainingProgress OneMissing = new(3, 2, 2, 0, 0, 0, 0);
    private static readonly TrainingProgress Nobody = new(0, 0, 0, 0, 0, 0, 0);

    [Fact]
    public void It_runs_from_its_first_day_to_its_records()
    {
        var campaign = Campaign();
        Assert.Equal((TrainingStage.Running, 2), (campaign.Stage, campaign.Serial));
        var closing = TrainingRules.EverybodyIsDone(campaign, Begin);
        var closed = TrainingRules.IsRecorded(closing, Done, Begin);
        Assert.Equal((TrainingStage.Closed, Done), (closed.Stage, closed.Outcome));
        Assert.Equal(["plan", "begin", "complete", "record"], closed.Log.Select(d => d.What));
        Assert.Same(closed, TrainingRules.IsRecorded(closed, OneMissing, Begin));
        Assert.Same(closing, TrainingRules.EverybodyIsDone(closing, Begin));
    }

    [Fact]
    public void Closing_while_somebody_is_missing_needs_a_reason()
    {
        Assert.Equal("training-closed-without-reason", TrainingRules.IsClosed(Campaign(), OneMissing, " ", "nakamura", Begin).Refusal!.Code);
        Assert.Equal("長期出張のため、帰任後に受講", TrainingRules.IsClosed(Campaign(), OneMissing, "長期出張のため、帰任後に受講", "nakamura", Begin).Value.End!.Reason);
        Assert.Equal(TrainingStage.Closing, TrainingRules.IsClosed(Campaign(), Done, null, "nakamura", Begin).Value.Stage);
    }

    [Fact]
    public void What_is_over_takes_no_command_and_says_so()
    {
        var closed = TrainingRules.IsRecorded(TrainingRules.EverybodyIsDone(Campaign(), Begin), Done, Begin);
        foreach (var command in TrainingRules.PossibleIn(TrainingStage.Running))
        {
            Assert.Equal("training-command-not-possible", TrainingRules.CommandIsPossible(closed, command)!.Code);
            Assert.Null(TrainingRules.CommandIsPossible(Campaign(), command));
        }
    }

    [Fact]
    public void Nobody_at_all_is_believed_of_newcomers_only_and_only_once_their_window_is_over()
    {
        var newcomers = Campaign(audience: new Audience { Kind = AudienceKind.Newcomers, JoinedFrom = new(2026, 5, 21), JoinedUntil = new(2026, 6, 20) });
        Assert.False(TrainingRules.IsComplete(Campaign(), Nobody, Tokyo));
        Assert.True(TrainingRules.IsComplete(Campaign(), Done, Tokyo));
        Assert.False(TrainingRules.IsComplete(newcomers, Nobody, Tokyo));
        var asked = TrainingRules.DirectoryWasAsked(newcomers, Tokyo.MorningOf(new DateOnly(2026, 6, 21)), null);
        Assert.True(TrainingRules.IsComplete(asked, Nobody, Tokyo));
        Assert.False(TrainingRules.IsComplete(asked, OneMissing, Tokyo));
    }

    [Fact]
    public void A_directory_that_does_not_answer_keeps_the_last_answer_and_is_asked_again_the_next_morning()
    {
        var silent = TrainingRules.DirectoryWasAsked(Campaign(), Begin.AddDays(2), "permission-pending");
        Assert.Equal((Begin, "permission-pending"), (silent.Roster.ReadAt, silent.Roster.Problem));
        Assert.Equal(Tokyo.MorningOf(new DateOnly(2026, 6, 4)), TrainingSchedule.NextMoment(silent, Tokyo, Begin.AddDays(2)));
    }

    [Fact]
    public void It_ends_with_its_plan_item_unless_the_item_is_only_carried_over()
    {
        Assert.Equal(TrainingStage.Cancelled, TrainingRules.EndsWithItsItem(Campaign(), PlanItemState.Waived, Begin).Stage);
        Assert.Equal(TrainingStage.Cancelled, TrainingRules.EndsWithItsItem(Campaign(), PlanItemState.Done, Begin).Stage);
        Assert.Equal(TrainingStage.Running, TrainingRules.EndsWithItsItem(Campaign(), PlanItemState.CarriedOver, Begin).Stage);
        var closing = TrainingRules.EverybodyIsDone(Campaign(), Begin);
        Assert.Same(closing, TrainingRules.EndsWithItsItem(closing, PlanItemState.Done, Begin));
    }

    [Fact]
    public void It_is_looked_after_on_the_first_of_the_month_and_14_7_and_1_days_before_and_weekly_after_it_is_due()
    {
        var campaign = Campaign();
        var days = new List<string>();
        for (var (after, i) = (Begin, 0); i < 8; i++)
        {
            after = TrainingSchedule.NextMoment(campaign, Tokyo, after)!.Value;
            days.Add(Tokyo.DateAt(after).ToString("MM-dd", System.Globalization.CultureInfo.InvariantCulture));
        }

        Assert.Equal(["06-16", "06-23", "06-29", "07-01", "07-08", "07-15", "07-22", "07-29"], days);
    }

    [Fact]
    public void While_newcomers_may_join_the_directory_is_asked_weekly_and_once_more_when_the_window_is_over()
    {
        var campaign = Campaign(audience: new Audience { Kind = AudienceKind.Newcomers, JoinedFrom = new(2026, 5, 21), JoinedUntil = new(2026, 6, 20) }) with { Due = new(2026, 8, 31) };
        var days = new List<int>();
        for (var after = Begin; days.Count < 3; )
        {
            after = TrainingSchedule.NextMoment(campaign, Tokyo, after)!.Value;
            days.Add(Tokyo.DateAt(after).Day);
        }

        Assert.Equal([8, 15, 21], days);
    }

    [Fact]
    public void Of_reminders_that_were_missed_only_the_newest_goes_out()
    {
        var due = TrainingSchedule.ReminderDue(Campaign(), Tokyo, Begin, Tokyo.MorningOf(new DateOnly(2026, 6, 29)));
        Assert.Equal("upcoming-1", due!.Key);
        Assert.Null(TrainingSchedule.ReminderDue(Campaign(), Tokyo, Begin, Begin.AddDays(1)));
    }
}
