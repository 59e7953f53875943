using Isms.Monitoring;
using Isms.Rules;
using Isms.Text;
using IsmsFunctions.Evidence;
using IsmsFunctions.Hosting.Http;
using IsmsFunctions.Organizations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Options;

namespace IsmsFunctions.Monitoring;

/// <summary>Which hours of a log are held.</summary>
/// <param name="Collector">The collector.</param>
/// <param name="Title">Its title.</param>
/// <param name="TimeZone">The time zone of days and hours.</param>
/// <param name="From">The first day.</param>
/// <param name="To">The last day.</param>
/// <param name="Hours">How many hours there are of each kind.</param>
/// <param name="Days">The days.</param>
public sealed record CoverageView(
    string Collector, LocalizedText Title, string TimeZone, DateOnly From, DateOnly To, IReadOnlyDictionary<string, int> Hours, IReadOnlyList<CoverageDay> Days);

/// <summary>The coverage calendar of logs over HTTP.</summary>
public sealed class CoverageHttp(IEvidenceStore evidence, OrganizationStore organizations, IOptions<MonitoringOptions> options, TimeProvider clock)
{
    private const int MostDays = 400;
    private const int DefaultDays = 35;

    /// <summary>Answers what is held of a log, day by day and hour by hour.</summary>
    [Function(nameof(GetCollectorCoverage))]
    public async Task<IResult> GetCollectorCoverage(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/collectors/{name}/coverage")] HttpRequest request, string name,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var log = Find(name);
        var zone = TimeZoneInfo.FindSystemTimeZoneById((await organizations.GetAsync(cancellationToken)).TimeZone);
        var (first, last) = DaysOf(request.Query, zone, clock.GetUtcNow());
        var (from, to) = (CollectionWindows.StartOf(first, zone), CollectionWindows.StartOf(last.AddDays(1), zone));
        var held = await LogArchive.HeldAsync(evidence, log.Record, from, to, cancellationToken);
        var late = await LogArchive.HeldAsync(evidence, LogArchive.LateRecordOf(log.Record), from, to, cancellationToken);
        var days = new CoverageCalendar(held, late, options.Value.LogTimes, clock.GetUtcNow(), zone).Days(first, last);
        var hours = days.SelectMany(d => d.Hours).CountBy(h => h).ToDictionary();
        return Answers.Ok(new CoverageView(
            name, log.Collector.Title, zone.Id, first, last,
            Enum.GetValues<Coverage>().ToDictionary(c => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(c.ToString()), c => hours.GetValueOrDefault(c)), days));
    }

    private static LogSource Find(string name)
    {
        if (LogArchive.Logs.FirstOrDefault(l => l.Collector.Name == name) is { } log)
        {
            return log;
        }

        var logs = LogArchive.Logs.Select(l => l.Collector.Name).ToArray();
        var code = CollectorCatalogue.All.Any(c => c.Name == name) ? "collector-keeps-no-log" : "unknown-collector";
        throw new RefusedException(Refusal.Of(RefusalKind.NotFound, code, "name", name, name, string.Join(", ", logs)) with { Possible = logs });
    }

    /// <summary>The days that the time asked for touches; without one, the latest.</summary>
    private static (DateOnly First, DateOnly Last) DaysOf(IQueryCollection query, TimeZoneInfo zone, DateTimeOffset now)
    {
        var to = query["to"].FirstOrDefault() is { } end ? EvidenceInput.MomentOf(end, "to", zone, endOfDay: true) : now;
        var last = DayOf(query.ContainsKey("to") ? to.AddTicks(-1) : to, zone);
        var first = query["from"].FirstOrDefault() is { } start ? DayOf(EvidenceInput.MomentOf(start, "from", zone, endOfDay: false), zone) : last.AddDays(1 - DefaultDays);
        if (first > last)
        {
            throw EvidenceInput.Invalid("period-reversed", "to", query["to"].FirstOrDefault());
        }

        return last.DayNumber - first.DayNumber < MostDays ? (first, last) : throw EvidenceInput.Invalid("coverage-too-long", "from", query["from"].FirstOrDefault(), MostDays);
    }

    private static DateOnly DayOf(DateTimeOffset moment, TimeZoneInfo zone) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(moment, zone).DateTime);
}
