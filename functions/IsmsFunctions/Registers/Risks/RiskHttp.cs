using Isms.Organizations;
using Isms.Risks;
using IsmsFunctions.Hosting.Http;
using IsmsFunctions.Organizations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace IsmsFunctions.Registers.Risks;

/// <summary>Views of the risks in the register. Levels are those of today's method, so that two points in time can be compared.</summary>
public sealed class RiskHttp(RiskRegister risks, OrganizationStore organizations, TimeProvider clock)
{
    /// <summary>How far ahead an expiring acceptance is announced unless the caller says otherwise.</summary>
    internal const int DefaultDays = 60;

    /// <summary>The heat map: of this moment, or of the end of a day with <c>?asOf=</c>; in the language of <c>?culture=</c>.</summary>
    [Function(nameof(GetRiskHeatMap))]
    public async Task<IResult> GetRiskHeatMap(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/risks/heat-map")] HttpRequest request, CancellationToken cancellationToken)
    {
        var organization = await organizations.GetAsync(cancellationToken);
        var culture = RiskQuestions.Culture(request);
        var (day, at) = RiskQuestions.Day(request, "asOf", organization, clock.GetUtcNow());
        var book = await risks.ReadAsync(at, cancellationToken);
        return Answers.Ok(HeatMapView.Of(day, organization.RiskMethod, RiskHeatMap.Of(organization.RiskMethod, RiskRegister.RisksIn(book, organization)), culture));
    }

    /// <summary>What became of the risks between the ends of two days, <c>?from=</c> and <c>?to=</c>.</summary>
    [Function(nameof(CompareRisks))]
    public async Task<IResult> CompareRisks(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/risks/comparison")] HttpRequest request, CancellationToken cancellationToken)
    {
        var organization = await organizations.GetAsync(cancellationToken);
        var culture = RiskQuestions.Culture(request);
        var now = clock.GetUtcNow();
        var from = RiskQuestions.RequiredDay(request, "from", organization, now);
        var to = RiskQuestions.RequiredDay(request, "to", organization, now);
        RiskQuestions.InOrder(from.Day, to.Day);
        var before = await LevelledAsync(from.At, organization, cancellationToken);
        var after = await LevelledAsync(to.At, organization, cancellationToken);
        var comparison = RiskComparison.Of(organization.RiskMethod, before, after);
        return Answers.Ok(ComparisonView.Of(from.Day, to.Day, comparison, organization, culture));
    }

    /// <summary>
    /// What needs attention: risks without assessment, treatment or acceptance, acceptances that expire within <c>?days=</c>, treatments and reviews that are overdue.
    /// </summary>
    [Function(nameof(ListRiskConcerns))]
    public async Task<IResult> ListRiskConcerns(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/risks/attention")] HttpRequest request, CancellationToken cancellationToken)
    {
        var organization = await organizations.GetAsync(cancellationToken);
        var days = RiskQuestions.Days(request, DefaultDays);
        var (day, at) = RiskQuestions.Day(request, "asOf", organization, clock.GetUtcNow());
        var book = await risks.ReadAsync(at, cancellationToken);
        var assessment = RiskAssessment.Of(day, organization.RiskMethod, RiskRegister.RisksIn(book, organization), RiskRegister.TreatmentsIn(book), days);
        return Answers.Ok(AttentionView.Of(day, days, assessment.Points));
    }

    private async Task<Risk[]> LevelledAsync(DateTimeOffset? at, Organization organization, CancellationToken cancellationToken)
    {
        var book = await risks.ReadAsync(at, cancellationToken);
        return [.. RiskRegister.RisksIn(book, organization).Select(r => RiskRules.Levelled(organization.RiskMethod, r, r.AssetValue))];
    }
}
