using Isms.Notifications;

namespace Isms.Year;

/// <summary>What a notice about a plan item says, and to whom.</summary>
public enum PlanItemNoticeKind
{
    /// <summary>To the responsible people: the item is open.</summary>
    Opened,

    /// <summary>To the responsible people: it is due soon.</summary>
    DueSoon,

    /// <summary>To the responsible people: it is overdue.</summary>
    Overdue,

    /// <summary>To the responsible people: it was given back.</summary>
    Returned,

    /// <summary>To the people into whose hands it passed: to do, or to approve.</summary>
    HandedOver,

    /// <summary>To the approvers: it waits for them.</summary>
    ToApprove,

    /// <summary>To the approvers: it still waits for them.</summary>
    StillToApprove,

    /// <summary>To the ISMS manager: it is overdue by a week.</summary>
    EscalatedToManager,

    /// <summary>To top management: it is overdue by three weeks.</summary>
    EscalatedToTopManagement,
}

/// <summary>A notice about a plan item.</summary>
/// <param name="Key">Tells it from the item's other notices, always the same for the same occasion.</param>
/// <param name="Kind">What it says.</param>
/// <param name="At">When it goes out.</param>
/// <param name="Days">Days until the due date, days overdue, or days waited, as the kind says.</param>
/// <param name="People">The ids of the people it goes to, where they are not those that the kind says.</param>
public sealed record PlanItemNotice(string Key, PlanItemNoticeKind Kind, DateTimeOffset At, int Days = 0, IReadOnlyList<string>? People = null)
{
    /// <summary>What the calendar brings about waits for the day's digest, what people did is told at once, and escalations do not even wait for the morning.</summary>
    public Delivery Delivery => Kind switch
    {
        PlanItemNoticeKind.EscalatedToManager or PlanItemNoticeKind.EscalatedToTopManagement => Delivery.Urgent,
        PlanItemNoticeKind.Returned or PlanItemNoticeKind.ToApprove => Delivery.Direct,
        _ => Delivery.Digest,
    };
}

/// <summary>
/// When which notice about a plan item goes out: at once on what people did, and at nine in the morning 14, 7 and 1 days before the due date, weekly after it, and
/// weekly while an approval is awaited.
/// </summary>
public static class PlanItemNotices
{
    private const int Week = 7;
    private const int UntilManager = 7;
    private const int UntilTopManagement = 21;
    private static readonly int[] DaysBefore = [14, 7, 1];

    /// <summary>
    /// The notices to send now. Where several reminders were missed – the app was down – only the newest goes out: people are told where things stand, not
    /// what they should have been told.
    /// </summary>
    /// <param name="item">The item.</param>
    /// <param name="office">The organisation's time.</param>
    /// <param name="handledUntil">Up to when notices have been handled before.</param>
    /// <param name="now">The present instant.</param>
    public static IReadOnlyList<PlanItemNotice> Due(PlanItem item, OfficeTime office, DateTimeOffset handledUntil, DateTimeOffset now)
    {
        // What people did at the very instant of the last look may have come after it: better asked for twice, since a notice is sent once.
        var due = Schedule(item, office).TakeWhile(n => n.At <= now).Where(n => IsOfTheClock(n) ? n.At > handledUntil : n.At >= handledUntil).ToList();
        var newestReminder = due.FindLast(IsReminder);
        return [.. due.Where(n => !IsReminder(n) || n == newestReminder)];
    }

    /// <summary>When the next notice goes out; null when none is to come.</summary>
    public static DateTimeOffset? NextMoment(PlanItem item, OfficeTime office, DateTimeOffset now) =>
        Schedule(item, office).SkipWhile(n => n.At <= now).FirstOrDefault()?.At;

    /// <summary>All notices of the item's present state in order of time; without end where they repeat weekly.</summary>
    public static IEnumerable<PlanItemNotice> Schedule(PlanItem item, OfficeTime office)
    {
        ArgumentNullException.ThrowIfNull(item);
        ArgumentNullException.ThrowIfNull(office);
        return item.State switch
        {
            PlanItemState.Open or PlanItemState.Returned => InOrder(Handovers(item), WhileOpen(item, office)),
            PlanItemState.Submitted => InOrder(Handovers(item), WhileSubmitted(item, office)),
            _ => [],
        };
    }

    /// <summary>Those of the present state only: what was handed over before it was submitted is no news to its approvers.</summary>
    private static IEnumerable<PlanItemNotice> Handovers(PlanItem item)
    {
        var number = 0;
        var isOfPresentState = false;
        var last = item.Log.Last(e => e.Act is PlanItemAct.Opened or PlanItemAct.Submitted or PlanItemAct.Returned);
        foreach (var entry in item.Log)
        {
            isOfPresentState |= ReferenceEquals(entry, last);
            if (entry.Act == PlanItemAct.HandedOver)
            {
                number++;
                if (isOfPresentState)
                {
                    yield return new PlanItemNotice(Text($"handed-over-{number}"), PlanItemNoticeKind.HandedOver, entry.At, People: entry.HandedTo);
                }
            }
        }
    }

    /// <summary>Merges two ordered sequences, the second of which may have no end.</summary>
    private static IEnumerable<PlanItemNotice> InOrder(IEnumerable<PlanItemNotice> few, IEnumerable<PlanItemNotice> many)
    {
        var waiting = new Queue<PlanItemNotice>(few);
        foreach (var notice in many)
        {
            while (waiting.TryPeek(out var next) && next.At < notice.At)
            {
                yield return waiting.Dequeue();
            }

            yield return notice;
        }
    }

    private static IEnumerable<PlanItemNotice> WhileOpen(PlanItem item, OfficeTime office)
    {
        var opened = item.Log.Last(e => e.Act is PlanItemAct.Opened or PlanItemAct.Returned);
        yield return opened.Act == PlanItemAct.Opened
            ? new PlanItemNotice("opened", PlanItemNoticeKind.Opened, opened.At)
            : new PlanItemNotice(Text($"returned-{Rounds(item)}"), PlanItemNoticeKind.Returned, opened.At);

        foreach (var days in DaysBefore)
        {
            var at = office.MorningOf(item.DueOn.AddDays(-days));
            if (at > opened.At)
            {
                yield return new PlanItemNotice(Text($"due-{item.DueOn:yyyy-MM-dd}-in-{days}"), PlanItemNoticeKind.DueSoon, at, days);
            }
        }

        // Who learnt of it only after its due date – the year was started late, the approver returned it – gets the same time before others are told.
        var knownSince = office.DateAt(opened.At);
        var lateSince = knownSince > item.DueOn ? knownSince : item.DueOn;
        for (var days = Week; ; days += Week)
        {
            var date = lateSince.AddDays(days);
            var at = office.MorningOf(date);
            var overdue = date.DayNumber - item.DueOn.DayNumber;
            yield return new PlanItemNotice(Text($"overdue-{date:yyyy-MM-dd}"), PlanItemNoticeKind.Overdue, at, overdue);
            if (days == UntilManager)
            {
                yield return new PlanItemNotice(Text($"manager-{item.DueOn:yyyy-MM-dd}"), PlanItemNoticeKind.EscalatedToManager, at, overdue);
            }

            if (days == UntilTopManagement)
            {
                yield return new PlanItemNotice(Text($"top-{item.DueOn:yyyy-MM-dd}"), PlanItemNoticeKind.EscalatedToTopManagement, at, overdue);
            }
        }
    }

    private static IEnumerable<PlanItemNotice> WhileSubmitted(PlanItem item, OfficeTime office)
    {
        var submitted = item.LastSubmission!.At;
        var round = Rounds(item);
        yield return new PlanItemNotice(Text($"to-approve-{round}"), PlanItemNoticeKind.ToApprove, submitted);
        for (var days = Week; ; days += Week)
        {
            var at = office.MorningOf(office.DateAt(submitted).AddDays(days));
            yield return new PlanItemNotice(Text($"to-approve-{round}-{days}"), PlanItemNoticeKind.StillToApprove, at, days);
        }
    }

    private static bool IsReminder(PlanItemNotice notice) =>
        notice.Kind is PlanItemNoticeKind.DueSoon or PlanItemNoticeKind.Overdue or PlanItemNoticeKind.StillToApprove;

    /// <summary>
    /// The people whom a notice does not concern although it is in their hands now: what opened or was submitted before they took it over, they learn by the
    /// notice of the handover.
    /// </summary>
    public static IReadOnlyList<string> CameAfter(PlanItemNotice notice, PlanItem item)
    {
        ArgumentNullException.ThrowIfNull(notice);
        ArgumentNullException.ThrowIfNull(item);
        return IsOfTheClock(notice)
            ? []
            : [.. item.Log.Where(e => e.Act == PlanItemAct.HandedOver && e.At > notice.At).SelectMany(e => e.HandedTo ?? [])];
    }

    private static bool IsOfTheClock(PlanItemNotice notice) =>
        notice.Kind is not (PlanItemNoticeKind.Opened or PlanItemNoticeKind.Returned or PlanItemNoticeKind.HandedOver or PlanItemNoticeKind.ToApprove);

    private static int Rounds(PlanItem item) => item.Log.Count(e => e.Act == PlanItemAct.Submitted);

    private static string Text(FormattableString text) => FormattableString.Invariant(text);
}
