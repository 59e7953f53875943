using Isms.Year;
using IsmsFunctions.Evidence;
using IsmsFunctions.Hosting.Http;
using IsmsFunctions.Hosting.Identity;
using IsmsFunctions.Organizations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace IsmsFunctions.Year;

/// <summary>Plans of years over HTTP: what a year will consist of, before it is started and after.</summary>
public sealed class YearPlanHttp(YearPlans plans, OrganizationStore organizations)
{
    /// <summary>A year's plan with the organisation's changes, and the warnings which clauses lose their evidence by them.</summary>
    [Function(nameof(GetYearPlan))]
    public async Task<IResult> GetYearPlan(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/years/{fy}/plan")] HttpRequest request, string fy, CancellationToken cancellationToken)
    {
        var (plan, isMade) = await plans.FindAsync(await NamedAsync(fy, cancellationToken), cancellationToken);
        return Answers.Ok(YearPlanView.Of(plan, isMade));
    }

    /// <summary>Records the plan of a year that has not been started, as what the plan item of the year before demands.</summary>
    [Function(nameof(RecordYearPlan))]
    public async Task<IResult> RecordYearPlan(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/years/{fy}/plan")] HttpRequest request, string fy, CancellationToken cancellationToken)
    {
        var year = await NamedAsync(fy, cancellationToken);
        var manifest = await plans.DraftAsync(year, Actor.Of(request).PersonId, cancellationToken);
        return Answers.Created(request, "/evidence/" + manifest.Id, EvidenceView.Of(manifest));
    }

    private async Task<FiscalYear> NamedAsync(string fy, CancellationToken cancellationToken) =>
        YearRules.Named(fy, (await organizations.GetAsync(cancellationToken)).FiscalYearStartMonth).Value;
}
