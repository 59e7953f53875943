namespace Isms.Evidence;

/// <summary>Decisions about evidence.</summary>
public static class EvidenceRules
{
    /// <summary>The most clauses, and the most controls, that one item may name: all index rows of an item fit in one transaction.</summary>
    public const int MostClausesOrControls = 40;

    /// <summary>
    /// The classes that periods fall into by their length, as the longest of each: at most two days, forty, four hundred, any. What ends between the beginning of a time
    /// and that much after its end is all of a class that can speak of it.
    /// </summary>
    public static IReadOnlyList<TimeSpan> PeriodClasses { get; } = [TimeSpan.FromDays(2), TimeSpan.FromDays(40), TimeSpan.FromDays(400), TimeSpan.MaxValue];

    /// <summary>The class of a period: its place in <see cref="PeriodClasses"/>.</summary>
    public static int ClassOf(Period period)
    {
        ArgumentNullException.ThrowIfNull(period);
        var number = 0;
        while (PeriodClasses[number] < period.To - period.From)
        {
            number++;
        }

        return number;
    }

    /// <summary>Whether an item is what a query asks for; what is null is not asked about.</summary>
    public static bool Matches(
        EvidenceManifest item, string? clause, string? control, string? record, string? subject, DateTimeOffset? from, DateTimeOffset? to)
    {
        ArgumentNullException.ThrowIfNull(item);
        return (clause is null || item.Clauses.Contains(clause))
            && (control is null || item.Controls.Contains(control))
            && (record is null || item.Record == record)
            && (subject is null || item.Subject == subject)
            && SpeaksOf(item.Period, from, to);
    }

    /// <summary>Whether a period has a moment in common with [from, to). A period without length is the moment it begins with.</summary>
    public static bool SpeaksOf(Period period, DateTimeOffset? from, DateTimeOffset? to)
    {
        ArgumentNullException.ThrowIfNull(period);
        var endsInTime = from is null || period.To > from || (period.From == period.To && period.From == from);
        return endsInTime && (to is null || period.From < to);
    }
}
