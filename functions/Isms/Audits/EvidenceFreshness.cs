using Isms.Evidence;
using Isms.Year;

namespace Isms.Audits;

/// <summary>How fresh the newest evidence for a question is, as of the day the checklist was drawn up.</summary>
/// <param name="NewestOn">The day it was recorded.</param>
/// <param name="AgeDays">Its age in days.</param>
/// <param name="ExpectedDays">After how many days there should be newer evidence of its kind.</param>
/// <param name="IsStale">Whether newer evidence should be there.</param>
public sealed record EvidenceFreshness(DateOnly NewestOn, int AgeDays, int ExpectedDays, bool IsStale)
{
    // A record comes up at the end of its period, and people take some days to file it.
    private const int Tolerance = 14;

    // Collectors run daily; a week without any of them is a stopped collector.
    private const int OfCollectors = 7;

    private static readonly Dictionary<string, Repetition> Repetitions = PlanCatalogue.Standard.Duties
        .SelectMany(d => d.Records.Select(r => (r.Key, d.Repeats)))
        .GroupBy(r => r.Key, StringComparer.Ordinal)
        .ToDictionary(g => g.Key, g => g.First().Repeats, StringComparer.Ordinal);

    /// <summary>The freshness of an item.</summary>
    public static EvidenceFreshness Of(EvidenceManifest newest, OfficeTime office, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(newest);
        ArgumentNullException.ThrowIfNull(office);
        var on = office.DateAt(newest.CreatedAt);
        var (age, expected) = (Math.Max(0, today.DayNumber - on.DayNumber), ExpectedDaysOf(newest));
        return new EvidenceFreshness(on, age, expected, age > expected);
    }

    /// <summary>After how many days newer evidence of the same kind is expected: a week for collectors, the duty's own rhythm for records, otherwise a year.</summary>
    public static int ExpectedDaysOf(EvidenceManifest item)
    {
        ArgumentNullException.ThrowIfNull(item);
        if (item.Source.Graph is not null)
        {
            return OfCollectors;
        }

        return Tolerance + (Repetitions.GetValueOrDefault(item.Record ?? "") switch
        {
            Repetition.Monthly => 31,
            Repetition.Quarterly => 92,
            _ => 366,
        });
    }
}
