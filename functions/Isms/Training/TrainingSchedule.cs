using Isms.Deadlines;
using Isms.Year;

namespace Isms.Training;

/// <summary>
/// When a campaign is looked after: people are reminded 14, 7 and 1 days before it is due and weekly afterwards; the directory is asked before each of these, weekly while
/// newcomers may still join, and on the first of each month otherwise.
/// </summary>
public static class TrainingSchedule
{
    private const int Week = 7;

    /// <summary>The deadline, with its reminders.</summary>
    public static Deadline DeadlineOf(TrainingCampaign campaign)
    {
        ArgumentNullException.ThrowIfNull(campaign);
        return new Deadline(campaign.Due) { DaysBefore = [14, 7, 1] };
    }

    /// <summary>The next moment at which the campaign is looked after; null when it waits for nothing.</summary>
    public static DateTimeOffset? NextMoment(TrainingCampaign campaign, OfficeTime office, DateTimeOffset after)
    {
        ArgumentNullException.ThrowIfNull(campaign);
        ArgumentNullException.ThrowIfNull(office);
        return campaign.Stage switch
        {
            TrainingStage.Planned => office.MorningOf(campaign.From),
            TrainingStage.Running => Earlier(DeadlineOf(campaign).NextAfter(after, office)?.At, NextLook(campaign, office, after)),
            _ => null,
        };
    }

    /// <summary>The reminder that is due: the newest of those missed, since people are told where things stand. Null for none.</summary>
    public static DeadlineMoment? ReminderDue(TrainingCampaign campaign, OfficeTime office, DateTimeOffset after, DateTimeOffset until) =>
        DeadlineOf(campaign).Between(after, until, office) is [.., var newest] ? newest : null;

    private static DateTimeOffset NextLook(TrainingCampaign campaign, OfficeTime office, DateTimeOffset after)
    {
        var today = office.DateAt(after);
        if (campaign.Roster is { Problem: not null, TriedAt: { } tried })
        {
            return office.MorningOf(office.DateAt(tried > after ? tried : after).AddDays(1));
        }

        if (campaign.Audience is { Kind: AudienceKind.Newcomers, JoinedUntil: { } last } && today <= last)
        {
            var next = campaign.From.AddDays((((today.DayNumber - campaign.From.DayNumber) / Week) + 1) * Week);
            return office.MorningOf(next <= last ? next : last.AddDays(1));
        }

        var first = new DateOnly(today.Year, today.Month, 1);
        return office.MorningOf(first) > after ? office.MorningOf(first) : office.MorningOf(first.AddMonths(1));
    }

    private static DateTimeOffset Earlier(DateTimeOffset? a, DateTimeOffset b) => a < b ? a.Value : b;
}
