using System.Globalization;

namespace Rehearsal;

/// <summary>What is rehearsed, and where its results go.</summary>
internal sealed record RehearsalOptions
{
    public required int FiscalYear { get; init; }

    public int StartMonth { get; init; } = 4;

    public string Culture { get; init; } = "ja-JP";

    /// <summary>The month of the fiscal year, counted from 1, that the rehearsal begins in: what should have been done before is then open at once.</summary>
    public int FirstMonth { get; init; } = 1;

    /// <summary>How many months are played; the whole year unless a test wants less.</summary>
    public int Months { get; init; } = 12;

    public int TenantUsers { get; init; } = 20;

    /// <summary>Interactive sign-ins of a working day: enough for a summary to say something, few enough for a year in two to three minutes.</summary>
    public int SignInsPerDay { get; init; } = 40;

    /// <summary>On which days the collectors run, as the last field of a schedule: every day, unless a test cares for other things.</summary>
    public string CollectorDays { get; init; } = "*";

    public required string Out { get; init; }

    /// <summary>The app's compiled assembly.</summary>
    public required string App { get; init; }

    /// <summary>The organisation's settings to start from.</summary>
    public required string Organization { get; init; }

    /// <summary>Connection string of the emulator.</summary>
    public required string Storage { get; init; }

    /// <summary>A folder for files of the run itself.</summary>
    public required string Work { get; init; }

    /// <summary>How often the app is killed (SIGKILL) and started again on the way.</summary>
    public int Kills { get; init; }

    public int KillSeed { get; init; } = 1;

    public string FiscalYearId => "FY" + FiscalYear.ToString(CultureInfo.InvariantCulture);

    public static RehearsalOptions Parse(string[] args)
    {
        var given = new Dictionary<string, string>();
        for (var i = 0; i < args.Length; i += 2)
        {
            if (!args[i].StartsWith("--", StringComparison.Ordinal) || i + 1 == args.Length)
            {
                throw new ArgumentException($"'{args[i]}' is not an option with a value.");
            }

            given[args[i][2..]] = args[i + 1];
        }

        string Required(string name) => given.TryGetValue(name, out var value) ? value : throw new ArgumentException($"--{name} is missing.");
        int Number(string name, int otherwise) => given.TryGetValue(name, out var value) ? int.Parse(value, CultureInfo.InvariantCulture) : otherwise;

        return new RehearsalOptions
        {
            FiscalYear = int.Parse(Required("fiscal-year"), CultureInfo.InvariantCulture),
            StartMonth = Number("start-month", 4),
            Culture = given.GetValueOrDefault("culture", "ja-JP"),
            FirstMonth = Number("first-month", 1),
            Months = Number("months", 13 - Number("first-month", 1)),
            TenantUsers = Number("users", 20),
            SignInsPerDay = Number("sign-ins-per-day", 40),
            Out = Required("out"),
            App = Required("app"),
            Organization = Required("organization"),
            Storage = Required("storage"),
            Work = Required("work"),
            Kills = Number("kills", 0),
            KillSeed = Number("kill-seed", 1),
        };
    }
}
