using Isms.Risks;
using Isms.Rules;
using Isms.Year;
using IsmsFunctions.Hosting.Http;
using IsmsFunctions.Organizations;
using IsmsFunctions.Year;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace IsmsFunctions.Registers.Risks;

/// <summary>Records the state of the risks as evidence, so that the year's items can be submitted on it.</summary>
public sealed class RiskAssessmentHttp(RiskRegister risks, RiskEvidence evidence, OrganizationStore organizations, YearStore years, TimeProvider clock)
{
    /// <summary>
    /// Records the risks with their levels, the method and the heat map (<c>risk-assessment-sheet</c>), or the acceptance of what remains
    /// (<c>residual-risk-acceptance</c>), for the plan item of a year that demands it.
    /// </summary>
    [Function(nameof(RecordRiskAssessment))]
    public async Task<IResult> RecordRiskAssessment(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/risks/assessments")] HttpRequest request, CancellationToken cancellationToken)
    {
        var body = await request.ReadBodyAsync<AssessmentWish>(cancellationToken);
        var record = body.Record ?? RiskEvidence.Sheet;
        if (!RiskEvidence.Items.TryGetValue(record, out var usual))
        {
            throw new RefusedException(Refusal.Of(RefusalKind.InvalidInput, "risk-record-unknown", "record", record, record, string.Join(", ", RiskEvidence.Items.Keys)));
        }

        var organization = await organizations.GetAsync(cancellationToken);
        var year = await years.FindStartedAsync(YearRules.Named(body.Year, organization.FiscalYearStartMonth).Value.Id, cancellationToken);
        var item = (await years.FindItemAsync(year.Value.FiscalYear, body.Item ?? usual, cancellationToken)).Value;
        if (item.Records.All(r => r.Key != record))
        {
            throw new RefusedException(Refusal.Of(RefusalKind.InvalidInput, "risk-record-unknown", "record", record, record, string.Join(", ", item.Records.Select(r => r.Key))));
        }

        var command = request.Command(clock);
        var today = OfficeTime.Of(organization.TimeZone).DateAt(command.At);
        var book = await risks.ReadAsync(null, cancellationToken);
        var assessment = RiskAssessment.Of(today, organization.RiskMethod, RiskRegister.RisksIn(book, organization), RiskRegister.TreatmentsIn(book), RiskHttp.DefaultDays);
        var recorded = await evidence.RecordAsync(assessment, record, item, organization, command.Actor.PersonId, command.At, cancellationToken);
        return Answers.Created(request, $"/evidence/{recorded.Id}", new RecordedAssessment(recorded.Id, record, item.InstanceId, assessment.Risks.Count, assessment.Points.Count));
    }

    private sealed record AssessmentWish(string Year, string? Item = null, string? Record = null);

    private sealed record RecordedAssessment(string Evidence, string Record, string Subject, int Risks, int OpenPoints);
}
