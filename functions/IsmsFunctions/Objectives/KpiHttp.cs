using Isms.Objectives;
using Isms.Rules;
using Isms.Year;
using IsmsFunctions.Hosting.Http;
using IsmsFunctions.Organizations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace IsmsFunctions.Objectives;

/// <summary>Shows objectives, what was measured, and what can be.</summary>
public sealed class KpiHttp(KpiStore store, ObjectiveRegister register, MeasureCatalogue measures, OrganizationStore organizations, TimeProvider clock)
{
    /// <summary>The objectives of a fiscal year (<c>?fy=</c>, by default the present one): values by quarter, scores, trends, evidence.</summary>
    [Function(nameof(ListKpis))]
    public async Task<IResult> ListKpis(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/kpis")] HttpRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var organization = await organizations.GetAsync(cancellationToken);
        var year = request.Query["fy"].FirstOrDefault() is { } name
            ? YearRules.Named(name, organization.FiscalYearStartMonth).Value
            : FiscalYear.Of(OfficeTime.Of(organization.TimeZone).DateAt(clock.GetUtcNow()), organization.FiscalYearStartMonth);
        var (now, before) = await register.CompareAsync(year, cancellationToken);
        var measurements = (await store.ListAsync(year.Id, cancellationToken)).Select(m => m.Value).ToList();
        return Answers.Ok(KpiOverview.Of(year.Id, now, before, measurements));
    }

    /// <summary>A quarter's measurement, such as <c>kpi-FY2026-q1</c>: where it stands, what is missing, who entered what.</summary>
    [Function(nameof(GetKpiMeasurement))]
    public async Task<IResult> GetKpiMeasurement(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/kpi-measurements/{id}")] HttpRequest request, string id, CancellationToken cancellationToken)
    {
        if (!id.StartsWith("kpi-", StringComparison.Ordinal))
        {
            throw new RefusedException(Refusal.Of(RefusalKind.NotFound, "unknown-kpi-measurement", "id", id, id));
        }

        var stored = await store.GetAsync(id, cancellationToken);
        return Answers.Ok(request, stored, MeasurementView.Of(stored.Value));
    }

    /// <summary>What the system can measure.</summary>
    [Function(nameof(ListMeasures))]
    public IResult ListMeasures([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/measures")] HttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return Answers.Ok(new MeasureList(measures.All));
    }

    private sealed record MeasureList(IReadOnlyList<Measure> Items);
}
