using System.Globalization;
using System.Text.Json;
using SampleTenant.Http;

namespace SampleTenant;

/// <summary>Reads the options from the command line.</summary>
internal static class CommandLine
{
    public const string Usage = """
        SampleTenant [--port N] [--seed N] [--users N] [--sign-ins-per-day N] [--culture ja-JP|en-US] [--start DATE] [--fixed]
                     [--throttling off|documented] [--throttling-scale X] [--retention-days N] [--ingestion-lag-seconds N]
                     [--token-lifetime-seconds N] [--clock-file PATH | --now INSTANT] [--identity-header TEXT] [--faults FILE]
        """;

    /// <exception cref="FormatException">An option is unknown or its value is not understood.</exception>
    public static SampleTenantOptions Parse(IReadOnlyList<string> arguments)
    {
        var options = new SampleTenantOptions { Port = 7080 };
        for (var i = 0; i < arguments.Count; i++)
        {
            var name = arguments[i];
            if (name == "--fixed")
            {
                options = options with { Fixed = true };
                continue;
            }

            options = i + 1 < arguments.Count ? With(options, name, arguments[++i]) : throw new FormatException($"{name} needs a value.");
        }

        return options.Users is >= 5 and <= 200_000 ? options : throw new FormatException("--users has to be between 5 and 200000.");
    }

    private static SampleTenantOptions With(SampleTenantOptions options, string name, string value) => name switch
    {
        "--port" => options with { Port = Number(value) },
        "--seed" => options with { Seed = Number(value) },
        "--users" => options with { Users = Number(value) },
        "--sign-ins-per-day" => options with { SignInsPerDay = Number(value) },
        "--culture" => options with { Culture = value },
        "--start" => options with { Start = Day(value) },
        "--throttling" => options with { Throttling = Enum.Parse<ThrottlingMode>(value, ignoreCase: true) },
        "--throttling-scale" => options with { ThrottlingScale = double.Parse(value, CultureInfo.InvariantCulture) },
        "--retention-days" => options with { RetentionDays = Number(value) },
        "--ingestion-lag-seconds" => options with { IngestionLag = TimeSpan.FromSeconds(Number(value)) },
        "--token-lifetime-seconds" => options with { TokenLifetime = TimeSpan.FromSeconds(Number(value)) },
        "--clock-file" => options with { ClockFile = value },
        "--now" => options with { Clock = new StandingClock(DateTimeOffset.Parse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal)) },
        "--identity-header" => options with { IdentityHeader = value },
        "--faults" => options with { Faults = JsonSerializer.Deserialize<List<FaultRule>>(File.ReadAllText(value), JsonSerializerOptions.Web)! },
        _ => throw new FormatException($"{name} is no option."),
    };

    private static int Number(string value) => int.Parse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);

    // A date is a day in Tokyo.
    private static DateTimeOffset Day(string value) =>
        DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.FromHours(9))
            : DateTimeOffset.Parse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    private sealed class StandingClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
