using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;

namespace Microsoft.Azure.Functions.Worker.Extensions.Timer.Schedules;

/// <summary>Reads the schedules that functions name: settings between percent signs, NCRONTAB, time spans.</summary>
internal sealed partial class ScheduleReader(IConfiguration settings)
{
    private const string TimeZoneSetting = "WEBSITE_TIME_ZONE";

    /// <exception cref="InvalidOperationException">A setting is missing or the expression is none; says which function and what.</exception>
    public Schedule Read(string function, string expression)
    {
        var resolved = SettingName().Replace(expression, match => settings[match.Groups[1].Value] ?? throw new InvalidOperationException(
            $"The schedule of the function '{function}' is taken from the setting '{match.Groups[1].Value}', which has no value."));
        if (CronSchedule.TryParse(resolved, Zone()) is { } cron)
        {
            return cron;
        }

        if (TimeSpan.TryParse(resolved, CultureInfo.InvariantCulture, out var interval) && interval > TimeSpan.Zero)
        {
            return new IntervalSchedule(interval);
        }

        var source = resolved == expression ? string.Empty : $" (from {expression})";
        throw new InvalidOperationException(
            $"The schedule '{resolved}'{source} of the function '{function}' is neither an NCRONTAB expression nor a time span.");
    }

    private TimeZoneInfo Zone() => settings[TimeZoneSetting] is { Length: > 0 } id ? TimeZoneInfo.FindSystemTimeZoneById(id) : TimeZoneInfo.Utc;

    [GeneratedRegex("%([^%]+)%")]
    private static partial Regex SettingName();
}
