namespace Isms.Evidence;

/// <summary>What an external auditor may see: evidence of some years and some audits, until a moment. Without a grant an external auditor sees nothing.</summary>
public sealed record AuditorGrant
{
    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>The person id of the auditor: the one of the settings, or the object id of the directory for a person who is not in them.</summary>
    public required string PersonId { get; init; }

    /// <summary>The fiscal years whose evidence may be seen.</summary>
    public IReadOnlyList<string> FiscalYears { get; init; } = [];

    /// <summary>The instance ids of the audits whose evidence may be seen.</summary>
    public IReadOnlyList<string> Audits { get; init; } = [];

    /// <summary>When it ends.</summary>
    public required DateTimeOffset Until { get; init; }

    /// <summary>The person id of who granted it.</summary>
    public required string GrantedBy { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset GrantedAt { get; init; }

    /// <summary>The person id of who revoked it; null while nobody has.</summary>
    public string? RevokedBy { get; init; }

    /// <summary>When it was revoked.</summary>
    public DateTimeOffset? RevokedAt { get; init; }

    /// <summary>Whether it opens anything at this moment.</summary>
    public bool IsInForce(DateTimeOffset now) => RevokedAt is null && now < Until;

    /// <summary>The grant, revoked; one that is stays as it is.</summary>
    public AuditorGrant Revoked(string by, DateTimeOffset at) => RevokedAt is null ? this with { RevokedBy = by, RevokedAt = at } : this;
}

/// <summary>Which evidence somebody may see.</summary>
/// <param name="SeesAll">Whether it is all of it: the people of the organisation.</param>
/// <param name="Grants">Otherwise: the grants in force.</param>
public sealed record EvidenceAccess(bool SeesAll, IReadOnlyList<AuditorGrant> Grants)
{
    /// <summary>Whether they may see an item.</summary>
    public bool MaySee(EvidenceManifest item)
    {
        ArgumentNullException.ThrowIfNull(item);
        return SeesAll || Grants.Any(g => g.FiscalYears.Contains(item.FiscalYear) || (item.Subject is { } subject && g.Audits.Contains(subject)));
    }

    /// <summary>Whether they may see all that there is of a year and an audit, where these are asked for.</summary>
    public bool MaySee(string? fiscalYear, string? audit) => SeesAll
        || Grants.Any(g => (fiscalYear is not null && g.FiscalYears.Contains(fiscalYear)) || (audit is not null && g.Audits.Contains(audit)));
}
