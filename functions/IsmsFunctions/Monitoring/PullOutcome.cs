namespace IsmsFunctions.Monitoring;

/// <summary>How an activity that pulls ended.</summary>
/// <param name="ResumeAt">When it is worth repeating it; null when its evidence stands.</param>
public sealed record PullOutcome(DateTimeOffset? ResumeAt)
{
    /// <summary>The evidence stands.</summary>
    public static PullOutcome Done { get; } = new((DateTimeOffset?)null);

    /// <summary>How many files of sections stand already when it has to be repeated: the repetition leaves them.</summary>
    public int Standing { get; init; }

    /// <summary>Kinds with many rows of which some stand: the repetition goes on from them.</summary>
    public IReadOnlyList<string> Begun { get; init; } = [];

    /// <summary>Whether it is to be repeated only because one activity is not to take longer.</summary>
    public bool IsOutOfTime { get; init; }
}
