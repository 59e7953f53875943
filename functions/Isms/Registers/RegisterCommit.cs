namespace Isms.Registers;

/// <summary>
/// Changes that happened together: an edit, a whole import, the starter content. The registers are the sum of their commits, which are numbered without gaps.
/// </summary>
public sealed record RegisterCommit
{
    /// <summary>Its number, from 1.</summary>
    public required long Version { get; init; }

    /// <summary>When it was made; never before the commit ahead of it.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The person who made it.</summary>
    public required string By { get; init; }

    /// <summary>How: see <see cref="RegisterChange.Origin"/>.</summary>
    public required string Origin { get; init; }

    /// <summary>The idempotency key of the command; null when it had none.</summary>
    public string? Key { get; init; }

    /// <summary>The changes, at most one an entry.</summary>
    public required IReadOnlyList<CommittedChange> Changes { get; init; }
}

/// <summary>What a commit does to one entry.</summary>
/// <param name="Register">The register.</param>
/// <param name="Id">The entry's id.</param>
/// <param name="Revision">The entry's revision after it.</param>
/// <param name="Kind">What happens.</param>
/// <param name="Fields">The values that differ.</param>
/// <param name="Previous">The commit that wrote the entry before; 0 for its first.</param>
public sealed record CommittedChange(
    string Register, string Id, int Revision, RegisterChangeKind Kind, IReadOnlyList<FieldChange> Fields, long Previous)
{
    /// <summary>The line of the entry's history that it is.</summary>
    public RegisterChange In(RegisterCommit commit)
    {
        ArgumentNullException.ThrowIfNull(commit);
        return new RegisterChange(Id, Revision, Kind, commit.At, commit.By, commit.Origin, Fields);
    }
}

/// <summary>Which entry a command with an idempotency key was about.</summary>
/// <param name="Key">The key.</param>
/// <param name="Version">The commit.</param>
/// <param name="Register">The register of its first change.</param>
/// <param name="Id">The entry of its first change.</param>
public sealed record AppliedKey(string Key, long Version, string Register, string Id);
