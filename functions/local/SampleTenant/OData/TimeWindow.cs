namespace SampleTenant.OData;

/// <summary>The part of a filter that bounds the time of a log, in UTC ticks: from inclusive, to exclusive.</summary>
internal readonly record struct TimeWindow(long From, long To)
{
    public static readonly TimeWindow All = new(0, long.MaxValue);

    public TimeWindow Intersect(TimeWindow other) => new(Math.Max(From, other.From), Math.Min(To, other.To));

    /// <summary>Takes the bounds on a time property out of a filter.</summary>
    /// <returns>The window, and what of the filter remains to be looked at row by row.</returns>
    public static (TimeWindow Window, FilterNode? Remainder) Extract(FilterNode? filter, string property)
    {
        var window = All;
        FilterNode? rest = null;
        foreach (var condition in filter?.Conjuncts() ?? [])
        {
            if (condition is FilterNode.Compare { Value.Time: { } time, Path.Segments: [var name] } compare
                && name == property
                && Bounds(compare.Operator, time.UtcTicks) is { } bounds)
            {
                window = window.Intersect(bounds);
            }
            else
            {
                rest = rest is null ? condition : new FilterNode.And(rest, condition);
            }
        }

        return (window, rest);
    }

    private static TimeWindow? Bounds(string comparison, long ticks) => comparison switch
    {
        "ge" => new TimeWindow(ticks, long.MaxValue),
        "gt" => new TimeWindow(ticks + 1, long.MaxValue),
        "lt" => new TimeWindow(0, ticks),
        "le" => new TimeWindow(0, ticks + 1),
        "eq" => new TimeWindow(ticks, ticks + 1),
        _ => null,
    };
}
