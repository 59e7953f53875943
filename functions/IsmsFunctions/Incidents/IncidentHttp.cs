using System.Globalization;
using Isms.Incidents;
using Isms.Rules;
using Isms.Year;
using IsmsFunctions.Hosting.Http;
using IsmsFunctions.Hosting.Identity;
using IsmsFunctions.Organizations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace IsmsFunctions.Incidents;

/// <summary>Takes reports of incidents, and shows incidents and their statistics.</summary>
public sealed class IncidentHttp(IncidentStarter starter, IncidentStore incidents, OrganizationStore organizations, TimeProvider clock)
{
    /// <summary>Takes the report of an incident, a near miss or a drill; anybody who is signed in may report (control 6.8), and may ask not to be named.</summary>
    [Function(nameof(ReportNewIncident))]
    public async Task<IResult> ReportNewIncident(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/incidents")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        var body = await request.ReadBodyAsync<ReportIncident>(cancellationToken);
        var command = request.Command(clock);
        var stored = await starter.ReportAsync(client, body, command, cancellationToken);
        var organization = await organizations.GetAsync(cancellationToken);
        return Answers.Accepted(request, $"/incidents/{stored.Id}", IncidentSummary.Of(stored.Value, organization, command.At));
    }

    /// <summary>
    /// Incidents by id, a page at a time (<c>?top=&amp;continuationToken=</c>); those of one year with <c>?fy=</c>, open or closed with <c>?state=</c>, in one stage with <c>?stage=</c>,
    /// of one nature with <c>?nature=</c>. Only those are listed that the caller may see.
    /// </summary>
    [Function(nameof(ListIncidents))]
    public async Task<IResult> ListIncidents(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/incidents")] HttpRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var organization = await organizations.GetAsync(cancellationToken);
        var actor = Actor.Of(request);
        var stage = request.Query["stage"].FirstOrDefault();
        var nature = request.Query["nature"].FirstOrDefault();
        var state = request.Query["state"].FirstOrDefault();
        var year = request.Query["fy"].FirstOrDefault();
        var page = PageRequest.Of(request, IncidentStore.PrefixOf(year));
        var now = clock.GetUtcNow();
        var listed = incidents.ListAfterAsync(year, page.After, cancellationToken)
            .Where(i => IncidentAccess.MaySee(i.Value, actor, organization))
            .Where(i => stage is null || i.Value.Stage.ToString().Equals(stage, StringComparison.OrdinalIgnoreCase))
            .Where(i => nature is null || i.Value.Nature.ToString().Equals(nature, StringComparison.OrdinalIgnoreCase))
            .Where(i => state is null || state == (i.Value.Stage == IncidentStage.Closed ? "closed" : "open"))
            .Select(i => IncidentSummary.Of(i.Value, organization, now));
        return Answers.Ok(await page.TakeAsync(listed, i => i.Id, cancellationToken));
    }

    /// <summary>One incident: facts, clocks, steps, reports, lessons, log, and what is possible now.</summary>
    [Function(nameof(GetIncident))]
    public async Task<IResult> GetIncident(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/incidents/{id}")] HttpRequest request, string id, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var stored = await incidents.GetAsync(id, cancellationToken);
        var organization = await organizations.GetAsync(cancellationToken);
        return IncidentAccess.Refusal(stored.Value, Actor.Of(request), organization) is { } refusal
            ? throw new RefusedException(refusal)
            : Answers.Ok(request, stored, IncidentDetails.Details(stored.Value, organization, clock.GetUtcNow()));
    }

    /// <summary>The figures of a fiscal year (<c>?fy=</c>; the present one, when left out) or of any days (<c>?from=&amp;to=</c>, both included).</summary>
    [Function(nameof(GetIncidentStatistics))]
    public async Task<IResult> GetIncidentStatistics(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/incidents/statistics")] HttpRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var organization = await organizations.GetAsync(cancellationToken);
        var today = OfficeTime.Of(organization.TimeZone).DateAt(clock.GetUtcNow());
        var year = request.Query["fy"].FirstOrDefault() is { } name
            ? FiscalYear.TryParse(name, organization.FiscalYearStartMonth, out var named) ? named : throw Malformed("fiscal-year-malformed", "fy", name)
            : FiscalYear.Of(today, organization.FiscalYearStartMonth);
        var (from, to) = (DayOf(request, "from") ?? year.Start, DayOf(request, "to") ?? year.End);
        if (to < from)
        {
            throw new RefusedException(Refusal.Of(RefusalKind.InvalidInput, "period-reversed", "to"));
        }

        return Answers.Ok(IncidentStatistics.Of(await incidents.AllAsync(cancellationToken), from, to, organization, clock.GetUtcNow()));
    }

    private static DateOnly? DayOf(HttpRequest request, string name) => request.Query[name].FirstOrDefault() is not { } text
        ? null
        : DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is >= 1900 and <= 9000
            ? day
            : throw Malformed("moment-malformed", name, text);

    private static RefusedException Malformed(string code, string field, string value) => new(Refusal.Of(RefusalKind.InvalidInput, code, field, value, value));
}
