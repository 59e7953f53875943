using Isms.Monitoring;

namespace IsmsFunctions.Monitoring;

/// <summary>The settings under <c>Monitoring__</c>.</summary>
public sealed class MonitoringOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Monitoring";

    /// <summary>How long after its end a window of sign-ins is left alone, since rows arrive late.</summary>
    public TimeSpan SignInLag { get; set; } = TimeSpan.FromHours(2);

    /// <summary>How far before a window the pull begins, for rows that came later than the lag.</summary>
    public TimeSpan SignInOverlap { get; set; } = TimeSpan.FromHours(6);

    /// <summary>How long the tenant keeps sign-ins: 30 days with a premium licence, 7 without.</summary>
    public TimeSpan SignInRetention { get; set; } = TimeSpan.FromDays(30);

    /// <summary>
    /// How old the beginning of a window is when it is read once more for rows that came late; by default day 25 of 30, day 5 of 7. As long as
    /// <see cref="SignInRetention"/>, or longer: never.
    /// </summary>
    public TimeSpan? ResweepAge { get; set; }

    /// <summary>How the logs live at the service, and when they are read.</summary>
    public LogTimes LogTimes => new(SignInLag, SignInOverlap, SignInRetention, ResweepAge ?? LogTimes.DefaultResweepAge(SignInRetention));

    /// <summary>Rows of a kind beyond so many bytes are written to a file of their own; fewer share one with other kinds.</summary>
    public int LargestSection { get; set; } = 1_048_576;

    /// <summary>A file of many rows ends at the first page that brings it beyond so many bytes before compression: what stands survives a crash.</summary>
    public int LargestPart { get; set; } = 33_554_432;

    /// <summary>How long one activity goes on pulling before the next one takes over; well below <c>functionTimeout</c> of host.json.</summary>
    public TimeSpan Turn { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How many rows of a kind a workbook shows; the others are in the file of raw rows.</summary>
    public int WorkbookRows { get; set; } = 5_000;

    /// <summary>
    /// How often collectors run where that is to differ from the catalogue, by name without hyphens: names of settings cannot have them everywhere.
    /// </summary>
    public Dictionary<string, Cadence> Cadence { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>How often a collector runs by the shared schedule; null where it has one of its own.</summary>
    public Cadence? CadenceOf(Collector collector)
    {
        ArgumentNullException.ThrowIfNull(collector);
        return collector.Cadence is null ? null
            : Cadence.TryGetValue(collector.Name.Replace("-", "", StringComparison.Ordinal), out var set) ? set
            : collector.Cadence;
    }
}
