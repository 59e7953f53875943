namespace Isms.Year;

/// <summary>Translates the organisation's dates into instants. Mails go out and items open at nine in the morning, local time.</summary>
/// <param name="zone">The organisation's time zone.</param>
public sealed class OfficeTime(TimeZoneInfo zone)
{
    private static readonly TimeOnly Nine = new(9, 0);

    /// <summary>The office time of an IANA time zone.</summary>
    public static OfficeTime Of(string timeZone) => new(TimeZoneInfo.FindSystemTimeZoneById(timeZone));

    /// <summary>Nine in the morning of the date.</summary>
    public DateTimeOffset MorningOf(DateOnly date) => At(date, Nine);

    /// <summary>The first instant of the date.</summary>
    public DateTimeOffset StartOf(DateOnly date) => At(date, TimeOnly.MinValue);

    /// <summary>The local date at an instant.</summary>
    public DateOnly DateAt(DateTimeOffset instant) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, zone).DateTime);

    /// <summary>The local time of day at an instant.</summary>
    public TimeOnly TimeAt(DateTimeOffset instant) => TimeOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, zone).DateTime);

    /// <summary>The instant of a local date and time.</summary>
    public DateTimeOffset At(DateOnly date, TimeOnly time)
    {
        var local = date.ToDateTime(time, DateTimeKind.Unspecified);

        // Where the clocks jump over the time (some zones do at midnight), the first instant that exists is meant.
        while (zone.IsInvalidTime(local))
        {
            local = local.AddMinutes(15);
        }

        return new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();
    }
}
