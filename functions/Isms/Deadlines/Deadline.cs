using Isms.Notifications;
using Isms.Year;

namespace Isms.Deadlines;

/// <summary>What happens at a moment around a due date.</summary>
public enum DeadlineKind
{
    /// <summary>A reminder before the due date.</summary>
    Upcoming,

    /// <summary>A reminder after the due date, repeated weekly.</summary>
    Overdue,

    /// <summary>The ISMS manager is told.</summary>
    EscalatedToManager,

    /// <summary>Top management is told.</summary>
    EscalatedToTopManagement,
}

/// <summary>A moment at which somebody is reminded or told.</summary>
/// <param name="At">When: nine in the morning, local time.</param>
/// <param name="Kind">What happens.</param>
/// <param name="Days">Days until the due date (before it), or since it (after it).</param>
public sealed record DeadlineMoment(DateTimeOffset At, DeadlineKind Kind, int Days)
{
    /// <summary>Names the moment within its deadline, for ids that make a message go out once.</summary>
    public string Key => $"{Kind}-{Days}".ToLowerInvariant();

    /// <summary>Reminders wait for the day's digest; escalations do not wait.</summary>
    public Delivery Delivery => Kind is DeadlineKind.Upcoming or DeadlineKind.Overdue ? Delivery.Digest : Delivery.Urgent;
}

/// <summary>A due date with the reminders before it, the weekly ones after it, and the escalations.</summary>
/// <param name="Due">The last day that is in time.</param>
public sealed record Deadline(DateOnly Due)
{
    private const int WeeksReminded = 52;

    /// <summary>How many days before the due date reminders go out.</summary>
    public IReadOnlyList<int> DaysBefore { get; init; } = [];

    /// <summary>How many days after the due date the ISMS manager is told; null for never.</summary>
    public int? ManagerAfter { get; init; }

    /// <summary>How many days after the due date top management is told; null for never.</summary>
    public int? TopManagementAfter { get; init; }

    /// <summary>All its moments in order of time, for a year after the due date.</summary>
    public IReadOnlyList<DeadlineMoment> Moments(OfficeTime office)
    {
        ArgumentNullException.ThrowIfNull(office);
        DeadlineMoment At(DeadlineKind kind, int offset) => new(office.MorningOf(Due.AddDays(offset)), kind, Math.Abs(offset));
        var moments = DaysBefore.Select(days => At(DeadlineKind.Upcoming, -days))
            .Concat(Enumerable.Range(0, WeeksReminded).Select(week => At(DeadlineKind.Overdue, 1 + (7 * week))));
        moments = ManagerAfter is { } manager ? moments.Append(At(DeadlineKind.EscalatedToManager, manager)) : moments;
        moments = TopManagementAfter is { } top ? moments.Append(At(DeadlineKind.EscalatedToTopManagement, top)) : moments;
        return [.. moments.OrderBy(m => m.At).ThenBy(m => m.Kind)];
    }

    /// <summary>The first moment after an instant, or null.</summary>
    public DeadlineMoment? NextAfter(DateTimeOffset instant, OfficeTime office) => Moments(office).FirstOrDefault(m => m.At > instant);

    /// <summary>The moments that have come after <paramref name="after"/> and until <paramref name="until"/>.</summary>
    public IReadOnlyList<DeadlineMoment> Between(DateTimeOffset after, DateTimeOffset until, OfficeTime office) =>
        [.. Moments(office).Where(m => m.At > after && m.At <= until)];

    /// <summary>Whether the due date has passed.</summary>
    public bool IsOverdue(DateOnly today) => today > Due;
}
