using Isms.Evidence;

namespace Isms.Retention;

/// <summary>How long evidence is kept (clause 7.5.3, control 5.33).</summary>
/// <param name="Years">Whole years from the end of what an item speaks of, by type; a type that is not named is kept by the certification's cycles.</param>
public sealed record RetentionPolicy(IReadOnlyDictionary<string, int> Years)
{
    /// <summary>Every type is kept by the certification's cycles.</summary>
    public static RetentionPolicy Default { get; } = new(new Dictionary<string, int>());
}

/// <summary>Evidence that must not be disposed of, whatever its age: a dispute, an investigation, an order of an authority.</summary>
public sealed record LegalHold
{
    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>Why.</summary>
    public required string Reason { get; init; }

    /// <summary>The fiscal year it covers; null for every year.</summary>
    public string? FiscalYear { get; init; }

    /// <summary>The type it covers; null for every type.</summary>
    public EvidenceType? Type { get; init; }

    /// <summary>The workflow whose evidence it covers; null for any.</summary>
    public string? Subject { get; init; }

    /// <summary>The person id of who placed it.</summary>
    public required string PlacedBy { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset PlacedAt { get; init; }

    /// <summary>The person id of who lifted it; null while it stands.</summary>
    public string? LiftedBy { get; init; }

    /// <summary>When it was lifted.</summary>
    public DateTimeOffset? LiftedAt { get; init; }

    /// <summary>Whether an item is held by it. A hold that names nothing holds everything.</summary>
    public bool Covers(EvidenceManifest item)
    {
        ArgumentNullException.ThrowIfNull(item);
        return LiftedAt is null && (FiscalYear is null || FiscalYear == item.FiscalYear) && (Type is null || Type == item.Type) && (Subject is null || Subject == item.Subject);
    }
}

/// <summary>Decides until when evidence is kept.</summary>
public static class RetentionRules
{
    /// <summary>A certificate is valid for three years (ISO/IEC 17021-1, 9.1.3).</summary>
    private const int YearsOfCycle = 3;

    /// <summary>The present cycle and the one after it.</summary>
    private const int KeptCycles = 2;

    /// <summary>
    /// The moment up to which an item is kept: the years of its type, or else the end of the certification cycle after the one in which it was recorded. Without a
    /// certificate a cycle begins with the recording.
    /// </summary>
    public static DateTimeOffset KeptUntil(EvidenceManifest item, RetentionPolicy policy, DateOnly? certificateIssuedOn)
    {
        ArgumentNullException.ThrowIfNull(item);
        ArgumentNullException.ThrowIfNull(policy);
        if (policy.Years.TryGetValue(EvidencePaths.NameOf(item.Type), out var years))
        {
            return (item.Period.To > item.CreatedAt ? item.Period.To : item.CreatedAt).AddYears(years);
        }

        if (certificateIssuedOn is not { } issued)
        {
            return item.CreatedAt.AddYears(YearsOfCycle * KeptCycles);
        }

        // Cycles follow each other on both sides of the certificate that is known.
        var start = new DateTimeOffset(issued.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
        while (start > item.CreatedAt)
        {
            start = start.AddYears(-YearsOfCycle);
        }

        while (start.AddYears(YearsOfCycle) <= item.CreatedAt)
        {
            start = start.AddYears(YearsOfCycle);
        }

        return start.AddYears(YearsOfCycle * KeptCycles);
    }

    /// <summary>Whether an item names people by more than their ids: what they uploaded, and what is about people by its nature.</summary>
    public static bool HoldsPersonalData(EvidenceManifest item)
    {
        ArgumentNullException.ThrowIfNull(item);
        return item.Source is not { Workflow: not null } || item.Type is EvidenceType.Training or EvidenceType.Incident
            || item.Controls.Any(c => c.StartsWith("6.", StringComparison.Ordinal) || c is "5.16" or "5.18" or "5.34");
    }
}
