using Isms.Text;

namespace Isms.Objectives;

/// <summary>When an objective counts as met.</summary>
public enum TargetDirection
{
    /// <summary>When the value is the target or more.</summary>
    AtLeast,

    /// <summary>When the value is the target or less.</summary>
    AtMost,
}

/// <summary>A figure that the system can count by itself from what is on record (clause 9.1).</summary>
/// <param name="Id">Stable id in kebab case, such as <c>plan-on-time</c>: objectives in the register name it.</param>
/// <param name="Title">What people call it.</param>
/// <param name="Unit">The unit of its value, such as % or hours.</param>
/// <param name="Better">Whether more or less of it is better.</param>
/// <param name="Clauses">Clauses of ISO/IEC 27001:2022 whose working it shows.</param>
/// <param name="Controls">Controls of Annex A whose working it shows.</param>
public sealed record Measure(
    string Id, LocalizedText Title, LocalizedText Unit, TargetDirection Better, IReadOnlyList<string> Clauses, IReadOnlyList<string> Controls)
{
    /// <summary>Whether each thing it counts speaks against its controls; an incident that was dealt with does not, an administrator without use does.</summary>
    public bool CountsExceptions { get; init; }
}

/// <summary>What is measured over: whole local days of one fiscal year.</summary>
/// <param name="FiscalYear">The fiscal year's id.</param>
/// <param name="From">The first day.</param>
/// <param name="Until">The last day, counted in. It may lie ahead: then only what is on record by <paramref name="AsOf"/> counts.</param>
/// <param name="AsOf">The moment of the measurement.</param>
public sealed record MeasurePeriod(string FiscalYear, DateOnly From, DateOnly Until, DateTimeOffset AsOf);

/// <summary>What a measurement came to: a value with what it was counted from, or nothing with the reason.</summary>
public sealed record MeasuredValue
{
    private const int MostEvidence = 40;

    private MeasuredValue()
    {
    }

    /// <summary>The value in the measure's unit; null when there was nothing to measure.</summary>
    public decimal? Value { get; private init; }

    /// <summary>Of a share or mean, what was counted; null for plain counts.</summary>
    public decimal? Numerator { get; private init; }

    /// <summary>Of a share or mean, out of how many.</summary>
    public decimal? Denominator { get; private init; }

    /// <summary>The evidence it was counted from, oldest first; of a long series only its newest.</summary>
    public IReadOnlyList<string> EvidenceIds { get; private init; } = [];

    /// <summary>Why there was nothing to measure; null where there is a value.</summary>
    public LocalizedText? NothingBecause { get; private init; }

    /// <summary>So many of so many, in percent with one decimal. Out of none is nothing to measure, and never 100 %.</summary>
    /// <param name="numerator">How many were as they should be.</param>
    /// <param name="denominator">Out of how many.</param>
    /// <param name="nothingBecause">What to say when there were none.</param>
    /// <param name="evidenceIds">What it was counted from.</param>
    public static MeasuredValue Share(int numerator, int denominator, LocalizedText nothingBecause, IEnumerable<string>? evidenceIds = null) =>
        denominator == 0 ? Nothing(nothingBecause, evidenceIds) : Of(Math.Round(100m * numerator / denominator, 1), numerator, denominator, evidenceIds);

    /// <summary>A number of things; none at all is a value, too.</summary>
    public static MeasuredValue Count(int count, IEnumerable<string>? evidenceIds = null) => Of(count, null, null, evidenceIds);

    /// <summary>The mean of <paramref name="denominator"/> cases that add up to <paramref name="sum"/>, with one decimal.</summary>
    public static MeasuredValue Mean(decimal sum, int denominator, LocalizedText nothingBecause, IEnumerable<string>? evidenceIds = null) =>
        denominator == 0 ? Nothing(nothingBecause, evidenceIds) : Of(Math.Round(sum / denominator, 1), sum, denominator, evidenceIds);

    /// <summary>There was nothing to measure.</summary>
    public static MeasuredValue Nothing(LocalizedText because, IEnumerable<string>? evidenceIds = null) =>
        new() { NothingBecause = because, EvidenceIds = Newest(evidenceIds) };

    private static MeasuredValue Of(decimal value, decimal? numerator, decimal? denominator, IEnumerable<string>? evidenceIds) =>
        new() { Value = value, Numerator = numerator, Denominator = denominator, EvidenceIds = Newest(evidenceIds) };

    private static string[] Newest(IEnumerable<string>? evidenceIds) => evidenceIds is null ? [] : [.. evidenceIds.Distinct().TakeLast(MostEvidence)];
}
