using Isms.Year;

namespace Isms.Incidents;

/// <summary>What is told about a clock.</summary>
public enum ClockMomentKind
{
    /// <summary>The target comes near.</summary>
    BeforeTarget,

    /// <summary>The target has passed.</summary>
    TargetPassed,

    /// <summary>The limit comes near.</summary>
    BeforeLimit,

    /// <summary>The limit has passed.</summary>
    LimitPassed,

    /// <summary>The limit passed some days ago, and the report is still missing.</summary>
    StillMissing,
}

/// <summary>A moment at which somebody is told about a clock.</summary>
/// <param name="At">When.</param>
/// <param name="Clock">The clock.</param>
/// <param name="Kind">What is told.</param>
/// <param name="Hours">Hours until, or since.</param>
public sealed record ClockMoment(DateTimeOffset At, IncidentClock Clock, ClockMomentKind Kind, int Hours)
{
    /// <summary>Names the moment within the incident, for ids that make a message go out once.</summary>
    public string Key => $"{Clock.Kind}-{Clock.Number}-{Kind}-{Hours}".ToLowerInvariant();
}

/// <summary>Sets the clocks of the reports that the law demands, and knows when somebody has to be told about them.</summary>
public static class IncidentClocks
{
    private const int DaysMissed = 14;

    private static readonly BreachReportKind[] Kinds = Enum.GetValues<BreachReportKind>();

    /// <summary>The clocks after the facts have changed: one whose times are no longer right is replaced, and stays in the list.</summary>
    /// <param name="clocks">The clocks so far.</param>
    /// <param name="duty">The duty as it follows from the facts now.</param>
    /// <param name="known">When the first department knew.</param>
    /// <param name="now">Since when the facts are these.</param>
    /// <param name="office">The organisation's time zone.</param>
    /// <returns>The same list when nothing changes.</returns>
    public static IReadOnlyList<IncidentClock> Recomputed(
        IReadOnlyList<IncidentClock> clocks, ReportDuty duty, DateTimeOffset known, DateTimeOffset now, OfficeTime office)
    {
        ArgumentNullException.ThrowIfNull(duty);
        var deadlines = new ReportDeadlines(office);
        var result = clocks.ToList();
        foreach (var kind in Kinds)
        {
            var index = result.FindIndex(c => c.Kind == kind && c.ReplacedAt is null);
            if (index >= 0 && result[index].FulfilledAt is not null)
            {
                continue; // A report that was made stays made.
            }

            var times = duty.IsDue ? deadlines.Of(kind, known, duty.IsExtended) : ((DateTimeOffset? Target, DateTimeOffset Limit)?)null;
            if (index >= 0 && (result[index].Target, result[index].Limit) == times)
            {
                continue;
            }

            if (index >= 0)
            {
                result[index] = result[index] with { ReplacedAt = now };
            }

            if (times is { } wanted)
            {
                result.Add(new IncidentClock(kind, result.Count(c => c.Kind == kind) + 1, wanted.Target, wanted.Limit, now));
            }
        }

        return result.SequenceEqual(clocks) ? clocks : result;
    }

    /// <summary>All moments of a clock, in order of time. Those that lay before the clock was set come the moment it is set.</summary>
    public static IReadOnlyList<ClockMoment> Moments(IncidentClock clock)
    {
        ArgumentNullException.ThrowIfNull(clock);
        var (beforeTarget, beforeLimit) = HoursBefore(clock.Kind);
        var moments = new List<ClockMoment>();
        if (clock.Target is { } target)
        {
            moments.AddRange(beforeTarget.Select(h => At(target.AddHours(-h), ClockMomentKind.BeforeTarget, h)));
            moments.Add(At(target, ClockMomentKind.TargetPassed, 0));
        }

        moments.AddRange(beforeLimit.Select(h => At(clock.Limit.AddHours(-h), ClockMomentKind.BeforeLimit, h)));
        moments.Add(At(clock.Limit, ClockMomentKind.LimitPassed, 0));
        moments.AddRange(Enumerable.Range(1, DaysMissed).Select(d => At(clock.Limit.AddDays(d), ClockMomentKind.StillMissing, d * 24)));
        return [.. moments.OrderBy(m => m.At)];

        ClockMoment At(DateTimeOffset at, ClockMomentKind kind, int hours) => new(at < clock.SetAt ? clock.SetAt : at, clock, kind, hours);
    }

    /// <summary>The next moment after an instant; null when no report is missing.</summary>
    public static DateTimeOffset? NextMoment(Incident incident, DateTimeOffset after)
    {
        ArgumentNullException.ThrowIfNull(incident);
        return incident.OpenClocks.SelectMany(Moments).Where(m => m.At > after).Select(m => (DateTimeOffset?)m.At).Min();
    }

    /// <summary>What has to be told of what came after <paramref name="after"/> and until <paramref name="until"/>: of each clock the newest.</summary>
    public static IReadOnlyList<ClockMoment> Between(Incident incident, DateTimeOffset after, DateTimeOffset until)
    {
        ArgumentNullException.ThrowIfNull(incident);
        return [.. incident.OpenClocks.Select(c => Moments(c).LastOrDefault(m => m.At > after && m.At <= until)).OfType<ClockMoment>()];
    }

    private static (int[] BeforeTarget, int[] BeforeLimit) HoursBefore(BreachReportKind kind) => kind switch
    {
        BreachReportKind.Preliminary => ([24, 6], [24, 6]),
        BreachReportKind.Final => ([], [240, 120, 48, 24]),
        _ => ([24], [120, 48, 24]),
    };
}
