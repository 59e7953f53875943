namespace IsmsFunctions.Monitoring;

/// <summary>How an activity that pulls ended.</summary>
/// <param name="ResumeAt">When it is worth repeating it; null when its evidence stands.</param>
public sealed record PullOutcome(DateTimeOffset? ResumeAt)
{
    /// <summary>The evidence stands.</summary>
    public static PullOutcome Done { get; } = new((DateTimeOffset?)null);

    /// <summary>How many files of sections stand already when it has to be repeated: the repetition leaves them.</summary>
    public int Standing { get; init; }
}
