namespace IsmsFunctions.Reports;

/// <summary>What is written at one time: the month's report and the week's overview, each where it is due, to these people.</summary>
public sealed record ReportRound(DateOnly? Month, DateOnly? Week, IReadOnlyList<string> Readers)
{
    /// <inheritdoc/>
    public bool Equals(ReportRound? other) => other is not null && (Month, Week) == (other.Month, other.Week) && Readers.SequenceEqual(other.Readers);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Month, Week, Readers.Count);
}

/// <summary>
/// Remembers the last round that this process found written, so that a timer that looks every quarter of an hour has nothing to look up until the next one. The
/// outbox stays what decides: a new process looks once.
/// </summary>
public sealed class ReportRounds
{
    private volatile ReportRound? done;

    /// <summary>Whether it is known to be written.</summary>
    public bool IsDone(ReportRound round) => round == done;

    /// <summary>Notes that it was written.</summary>
    public void Done(ReportRound round) => done = round;
}
