namespace Isms.Monitoring;

/// <summary>How a log lives at the service, and when it is read.</summary>
/// <param name="Lag">How long after its end a window is left alone, since rows arrive late.</param>
/// <param name="Overlap">How far before and behind a window the evidence of others may hold rows of it.</param>
/// <param name="Retention">How long the service keeps its log.</param>
/// <param name="ResweepAge">How old the beginning of a window is when it is read once more.</param>
public sealed record LogTimes(TimeSpan Lag, TimeSpan Overlap, TimeSpan Retention, TimeSpan ResweepAge)
{
    private static readonly TimeSpan ShortestReserve = TimeSpan.FromDays(2);

    /// <summary>The age left to the service's retention: a sixth of it, and two days at least. Day 5 of 7, day 25 of 30.</summary>
    public static TimeSpan DefaultResweepAge(TimeSpan retention) =>
        retention - (retention / 6 > ShortestReserve ? retention / 6 : ShortestReserve);

    /// <summary>From this age on, what is read counts as the second look: an older window's sweep takes younger ones with it.</summary>
    public TimeSpan YoungestSwept => ResweepAge - (Retention - ResweepAge);
}
