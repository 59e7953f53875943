namespace Microsoft.Azure.Functions.Worker.Extensions.Timer.Schedules;

/// <summary>What is known of a schedule's occurrences at the start of the app.</summary>
/// <param name="Status">The status to go on from.</param>
/// <param name="IsPastDue">Whether an occurrence was missed.</param>
/// <param name="IsNew">Whether the status is to be stored: there was none, or the schedule has changed since.</param>
internal sealed record Recorded(ScheduleStatus Status, bool IsPastDue, bool IsNew)
{
    /// <summary>Compares the stored status with the schedule as it is now.</summary>
    /// <remarks>
    /// Next was computed from the last run, or from LastUpdated while there was none. If that computation gives another result today,
    /// the schedule was changed; what the old one missed is then not made up for. An occurrence at this very instant counts as
    /// missed: it is the one during which a rehearsal was killed.
    /// </remarks>
    public static Recorded At(DateTimeOffset now, ScheduleStatus? stored, Schedule schedule)
    {
        if (stored is null)
        {
            return new Recorded(First(now, schedule), IsPastDue: false, IsNew: true);
        }

        var basis = stored.Last != default ? stored.Last : stored.LastUpdated;
        var next = basis == default ? schedule.Next(now) : schedule.Next(Utc(basis));
        if (Utc(stored.Next) == next)
        {
            return new Recorded(stored, next <= now, IsNew: false);
        }

        return next < now
            ? new Recorded(First(now, schedule), IsPastDue: false, IsNew: true)
            : new Recorded(
                new ScheduleStatus { Next = next.UtcDateTime, LastUpdated = basis == default ? now.UtcDateTime : basis }, IsPastDue: next <= now, IsNew: true);
    }

    /// <summary>The status after a run that began at <paramref name="at"/>.</summary>
    public static ScheduleStatus AfterRun(DateTimeOffset at, Schedule schedule) =>
        new() { Last = at.UtcDateTime, Next = schedule.Next(at).UtcDateTime, LastUpdated = at.UtcDateTime };

    private static ScheduleStatus First(DateTimeOffset now, Schedule schedule) =>
        new() { Next = schedule.Next(now).UtcDateTime, LastUpdated = now.UtcDateTime };

    private static DateTimeOffset Utc(DateTime time) => new(time.ToUniversalTime());
}
