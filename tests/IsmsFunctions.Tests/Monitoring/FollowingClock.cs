namespace IsmsFunctions.Tests.Monitoring;

/// <summary>Shows the time of another clock, which may come into being later.</summary>
internal sealed class FollowingClock(DateTimeOffset until) : TimeProvider
{
    public TimeProvider? Leader { get; set; }

    public override DateTimeOffset GetUtcNow() => Leader?.GetUtcNow() ?? until;
}
