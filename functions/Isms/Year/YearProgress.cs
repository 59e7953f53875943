namespace Isms.Year;

/// <summary>How far a year has come.</summary>
/// <param name="Total">All items.</param>
/// <param name="Scheduled">Items whose window has not come.</param>
/// <param name="Open">Items that are open or were returned.</param>
/// <param name="Submitted">Items that wait for their approval.</param>
/// <param name="Done">Items that are done.</param>
/// <param name="Waived">Items that were waived.</param>
/// <param name="CarriedOver">Items that went to the next year.</param>
/// <param name="Overdue">Items whose due date has passed without a submission.</param>
/// <param name="Escalated">Items that were brought before the ISMS manager or top management in this year.</param>
/// <param name="OnTime">Items done that were submitted by their due date.</param>
public sealed record YearProgress(
    int Total, int Scheduled, int Open, int Submitted, int Done, int Waived, int CarriedOver, int Overdue, int Escalated, int OnTime)
{
    /// <summary>Of the items that came to their end, the share that was done by the due date, in percent; null before the first.</summary>
    public double? OnTimePercent => Done + CarriedOver is > 0 and var ended ? Math.Round(100.0 * OnTime / ended, 1) : null;

    /// <summary>Counts the items of a year.</summary>
    public static YearProgress Of(IReadOnlyCollection<PlanItem> items, OfficeTime office, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(office);
        return new YearProgress(
            items.Count,
            In(PlanItemState.Scheduled),
            In(PlanItemState.Open, PlanItemState.Returned),
            In(PlanItemState.Submitted),
            In(PlanItemState.Done, PlanItemState.Approved),
            In(PlanItemState.Waived),
            In(PlanItemState.CarriedOver),
            items.Count(i => i.IsOverdue(today)),
            items.Count(WasEscalated),
            items.Count(i => WasOnTime(i, office)));

        int In(params ReadOnlySpan<PlanItemState> states)
        {
            var count = 0;
            foreach (var item in items)
            {
                count += states.Contains(item.State) ? 1 : 0;
            }

            return count;
        }
    }

    /// <summary>Whether the item was brought before somebody in this year.</summary>
    public static bool WasEscalated(PlanItem item)
    {
        ArgumentNullException.ThrowIfNull(item);
        return item.Log.Reverse().TakeWhile(e => e.Act != PlanItemAct.Planned)
            .Any(e => e.Act is PlanItemAct.EscalatedToManager or PlanItemAct.EscalatedToTopManagement);
    }

    /// <summary>Whether the item is done and was submitted by its due date.</summary>
    public static bool WasOnTime(PlanItem item, OfficeTime office)
    {
        ArgumentNullException.ThrowIfNull(item);
        ArgumentNullException.ThrowIfNull(office);
        return item is { State: PlanItemState.Done or PlanItemState.Approved, LastSubmission: { } submission } && office.DateAt(submission.At) <= item.DueOn;
    }
}
