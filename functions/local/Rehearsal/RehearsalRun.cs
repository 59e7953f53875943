using System.Diagnostics;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using Isms.Organizations;
using Rehearsal.Results;
using Rehearsal.Story;
using SampleTenant;

namespace Rehearsal;

/// <summary>Sets the stage (tenant, organisation, app), has the year played, and gathers what it left.</summary>
internal static class RehearsalRun
{
    public static readonly JsonSerializerOptions Indented = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>
    /// Kinds of rows are pulled at the same time. Where their budget is short, who is first depends on the machine, and whoever waits has other times in its record; a rehearsal
    /// is to leave the same records each time.
    /// </summary>
    private const double GenerousBudgets = 20;

    public static async Task<JsonObject> PlayAsync(RehearsalOptions options, Action<string> tell, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        var organization = await WriteOrganizationAsync(options, cancellationToken);
        var zone = TimeZoneInfo.FindSystemTimeZoneById(organization.TimeZone);
        var calendar = new RehearsalCalendar(options.FiscalYear, options.StartMonth, options.FirstMonth, options.Months, zone);
        var clockFile = Path.Combine(options.Work, "clock");
        var mail = Path.Combine(options.Out, "mail");
        Directory.CreateDirectory(mail);

        await using var tenant = await SampleTenantServer.StartAsync(new SampleTenantOptions
        {
            Users = options.TenantUsers,
            SignInsPerDay = options.SignInsPerDay,
            Culture = options.Culture,
            Start = calendar.Opening,
            ThrottlingScale = GenerousBudgets,
            Clock = new FileClock(clockFile, calendar.Opening),
        }, cancellationToken);
        await using var app = new AppProcess(options, new Dictionary<string, string>
        {
            ["AzureWebJobsStorage"] = options.Storage,
            ["IDENTITY_ENDPOINT"] = new Uri(tenant.BaseAddress, "msi/token").ToString(),
            ["IDENTITY_HEADER"] = new SampleTenantOptions().IdentityHeader,
            ["Graph__BaseAddress"] = tenant.BaseAddress.ToString().TrimEnd('/'),
            ["Graph__PacingScale"] = GenerousBudgets.ToString(CultureInfo.InvariantCulture),
            ["Isms__Identity"] = "Personas",
            ["Isms__OrganizationFile"] = OrganizationPath(options),
            // There is one instance, and nobody changes the settings behind its back.
            ["Isms__SettingsFreshness"] = "1.00:00:00",
            ["Notifications__Transport"] = "Folder",
            ["Notifications__Folder"] = mail,
            // Seconds apart, so that what the first has just read of the settings serves the next.
            ["Schedules__SignIns"] = $"0 0 17 * * {options.CollectorDays}",
            ["Schedules__AccessRights"] = $"10 0 17 * * {options.CollectorDays}",

            // In an office daily to monthly; here once a month, so that the year ends in two minutes.
            ["Schedules__Collectors"] = "20 0 17 2 * *",
            ["Monitoring__Cadence__Licences"] = "Quarterly",
            ["Monitoring__Cadence__SharingSettings"] = "Quarterly",
            ["Monitoring__Cadence__BackupPolicies"] = "Quarterly",
            ["Monitoring__Cadence__TrainingResults"] = "Quarterly",
            ["Monitoring__Cadence__AccessReviews"] = "Quarterly",

            // Every day of a log is an item; those of sign-ins show how that goes.
            ["Monitoring__Cadence__DirectoryAudits"] = "Never",

            // Nothing is forgotten by an app that nobody kills.
            ["Schedules__ForgottenWorkflows"] = options.Kills > 0 ? "0 5 12 * * *" : "0 5 12 * * 6",

            // What is purged is gone from the count of orchestrations; a rehearsal forgets everything at its end anyway.
            ["AzureWebJobs__PurgeEndedWorkflows__Disabled"] = "true",
            ["Schedules__UnsentNotifications"] = "0 30 0 * * *",

            // Every night in an office; here once a month, with a few items, so that the year ends in two minutes.
            ["Schedules__EvidenceCheck"] = "0 40 17 1 * *",
            // Once a quarter, on a day on which there is evidence of all kinds.
            ["Schedules__SpotChecks"] = "20 0 17 20 2,5,8,11 *",
            ["Sealing__Sample"] = "5",
            ["Sealing__KeyFile"] = Path.Combine(options.Work, "ledger.pem"),
            ["Local__Clock"] = "virtual",
            ["Local__LongestTimer"] = "60.00:00:00",
            // Whoever is not killed needs no note of when a timer has last fired.
            ["Local__TimerStatusAfter"] = options.Kills > 0 ? "06:00:00" : "400.00:00:00",
            ["Local__ClockStart"] = calendar.Opening.UtcDateTime.ToString("O", System.Globalization.CultureInfo.InvariantCulture),
            ["Local__ClockFile"] = clockFile,

            // A process of two minutes on two cores: what pays off over days (profiling, a collector beside the work, waiting threads that spin), or guards against
            // what nobody sends here (code that is mapped twice), only costs.
            ["DOTNET_TieredPGO"] = "0",
            ["DOTNET_EnableWriteXorExecute"] = "0",
            ["DOTNET_TC_CallCountThreshold"] = "200",
            ["DOTNET_gcConcurrent"] = "0",
            ["DOTNET_ThreadPool_UnfairSemaphoreSpinLimit"] = "0",
        });

        var api = new IsmsApi(app);
        var killer = options.Kills > 0 ? new Killer(app, new FileClock(clockFile, calendar.Opening), MomentsToKill(options, calendar), options.KillSeed) : null;
        var orchestrations = new OrchestrationCount(options.Storage);
        await using (killer)
        {
            await new RehearsedYear(app, api, new Cast(organization), calendar, orchestrations, options.FiscalYearId, tell).PlayAsync(cancellationToken);
        }

        tell("Making the year's evidence pack …");
        var pack = await YearPack.SaveAsync(api, options, cancellationToken);
        tell("Gathering what the year left …");
        await new EvidenceExport(options.Storage, options.Out).WriteAsync(pack, cancellationToken);
        var summary = await Summary.MakeAsync(api, options, calendar, orchestrations.Total, watch.Elapsed, cancellationToken);
        if (killer is not null)
        {
            summary["killedAt"] = new JsonArray([.. killer.KilledAt.Select(at => (JsonNode)at)]);
        }

        await File.WriteAllTextAsync(Path.Combine(options.Out, "summary.json"), summary.ToJsonString(Indented) + "\n", cancellationToken);
        return summary;
    }

    /// <summary>Spread over all that is rehearsed but its last days: whoever is killed late must have time to come back.</summary>
    private static List<DateTimeOffset> MomentsToKill(RehearsalOptions options, RehearsalCalendar calendar)
    {
        var random = new Random(options.KillSeed);
        var span = calendar.MorningOf(calendar.LastDay) - calendar.Opening;
        return Enumerable.Range(0, options.Kills).Select(_ => calendar.Opening + (span * random.NextDouble())).Order().ToList();
    }

    private static string OrganizationPath(RehearsalOptions options) => Path.Combine(options.Work, "isms.json");

    private static async Task<Organization> WriteOrganizationAsync(RehearsalOptions options, CancellationToken cancellationToken)
    {
        var settings = JsonNode.Parse(await File.ReadAllTextAsync(options.Organization, cancellationToken))!.AsObject();
        settings["culture"] = options.Culture;
        settings["fiscalYearStartMonth"] = options.StartMonth;
        if (settings["certification"] is JsonObject certification)
        {
            // Whatever year is rehearsed, its ninth month has the second surveillance audit's anniversary.
            var issued = new DateOnly(options.FiscalYear, options.StartMonth, 15).AddMonths(8).AddYears(-2);
            certification["issuedOn"] = issued.ToString("O", CultureInfo.InvariantCulture);
            certification["validUntil"] = issued.AddYears(3).AddDays(-1).ToString("O", CultureInfo.InvariantCulture);
        }

        await File.WriteAllTextAsync(OrganizationPath(options), settings.ToJsonString(Indented), cancellationToken);
        return settings.Deserialize<Organization>(Indented)!;
    }
}
