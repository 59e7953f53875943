namespace Isms.Objectives;

/// <summary>What a measured value comes to (clause 6.2: results are evaluated).</summary>
public enum Achievement
{
    /// <summary>There is no value.</summary>
    NotMeasured,

    /// <summary>The target is reached.</summary>
    Met,

    /// <summary>The target is missed by no more than the tolerance.</summary>
    NearlyMet,

    /// <summary>The target is missed.</summary>
    NotMet,
}

/// <summary>How a value compares with an earlier one.</summary>
public enum Trend
{
    /// <summary>One of the two is missing.</summary>
    Unknown,

    /// <summary>It is nearer to where it should go.</summary>
    Better,

    /// <summary>It is the same.</summary>
    Unchanged,

    /// <summary>It is farther from where it should go.</summary>
    Worse,
}

/// <summary>Judges values against targets.</summary>
public static class ObjectiveScoring
{
    /// <summary>What a value comes to.</summary>
    /// <param name="value">The value; null where there is none.</param>
    /// <param name="target">The target.</param>
    /// <param name="direction">When it is met.</param>
    /// <param name="tolerance">How far beyond the target is still nearly met.</param>
    public static Achievement Judge(decimal? value, decimal target, TargetDirection direction, decimal tolerance)
    {
        if (value is not { } measured)
        {
            return Achievement.NotMeasured;
        }

        var missedBy = direction == TargetDirection.AtLeast ? target - measured : measured - target;
        return missedBy <= 0 ? Achievement.Met : missedBy <= tolerance ? Achievement.NearlyMet : Achievement.NotMet;
    }

    /// <summary>How a value compares with an earlier one.</summary>
    public static Trend TrendOf(decimal? before, decimal? now, TargetDirection direction) => (before, now) switch
    {
        ({ } b, { } n) when b == n => Trend.Unchanged,
        ({ } b, { } n) => (n > b) == (direction == TargetDirection.AtLeast) ? Trend.Better : Trend.Worse,
        _ => Trend.Unknown,
    };
}

/// <summary>How many objectives came to what.</summary>
public sealed record ObjectiveFigures(int Total, int Met, int NearlyMet, int NotMet, int NotMeasured)
{
    /// <summary>Counts achievements.</summary>
    public static ObjectiveFigures Of(IEnumerable<Achievement> achievements)
    {
        var all = achievements.ToList();
        int Count(Achievement wanted) => all.Count(a => a == wanted);
        return new ObjectiveFigures(all.Count, Count(Achievement.Met), Count(Achievement.NearlyMet), Count(Achievement.NotMet), Count(Achievement.NotMeasured));
    }
}
