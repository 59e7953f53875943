using System.Globalization;
using Isms.Audits;
using Isms.Certification;
using Isms.CorrectiveActions;
using Isms.Rules;
using Isms.Text;
using IsmsFunctions.Audits;
using IsmsFunctions.CorrectiveActions;
using IsmsFunctions.Hosting.Http;
using IsmsFunctions.Organizations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace IsmsFunctions.Certification;

/// <summary>Internal and external findings, analysed together.</summary>
public sealed class FindingsHttp(AllFindings findings, OrganizationStore organizations)
{
    /// <summary>The findings of <c>?from=&amp;to=</c> by clause, control, department, cause and year; all there are without.</summary>
    [Function(nameof(AnalyzeFindings))]
    public async Task<IResult> AnalyzeFindings(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/findings/analysis")] HttpRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var from = DayOf(request, "from") ?? DateOnly.MinValue;
        var to = DayOf(request, "to") ?? DateOnly.MaxValue;
        if (to < from)
        {
            throw new RefusedException(Refusal.Of(RefusalKind.InvalidInput, "analysis-period", "to", request.Query["to"]));
        }

        var organization = await organizations.GetAsync(cancellationToken);
        var all = await findings.ReadAsync(from, to, cancellationToken);
        return Answers.Ok(FindingAnalysis.Of(all, d => organization.FindDepartment(d)?.Name ?? LocalizedText.Same(d)));
    }

    private static DateOnly? DayOf(HttpRequest request, string name) => request.Query[name].FirstOrDefault() switch
    {
        null or "" => null,
        var text when DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) => day,
        var text => throw new RefusedException(Refusal.Of(RefusalKind.InvalidInput, "analysis-period", name, text)),
    };
}

/// <summary>Gathers the findings of internal audits and of the certification body, with the causes that their corrective actions found.</summary>
public sealed class AllFindings(AuditStore audits, CertificationStore certification, ActionStore actions)
{
    /// <summary>The findings of audits whose last day lies in the period.</summary>
    public async Task<IReadOnlyList<AnalysedFinding>> ReadAsync(DateOnly from, DateOnly to, CancellationToken cancellationToken)
    {
        var causes = await CausesAsync(cancellationToken);
        string? CauseOf(string audit, string finding) => causes.GetValueOrDefault((audit, finding));
        var own = (await audits.ListAsync(null, cancellationToken)).Select(a => a.Value)
            .Where(a => a.Stage is AuditStage.FollowingUp or AuditStage.Closed)
            .SelectMany(a => a.Findings.Select(f => new AnalysedFinding(
                a.Id, f.Id, false, a.Plan.To, a.FiscalYear, f.Grade, f.Department, f.Clause, f.Control, CauseOf(a.Id, f.Id))));
        var ofTheBody = (await certification.AllAsync(cancellationToken))
            .SelectMany(a => a.FindingsSoFar().Select(f => new AnalysedFinding(
                a.Id, f.Id, true, a.To, a.FiscalYear, f.Grade, f.Department, f.Clause, f.Control, CauseOf(a.Id, f.Id))));
        return [.. own.Concat(ofTheBody).Where(f => f.On >= from && f.On <= to)];
    }

    private async Task<Dictionary<(string, string), string>> CausesAsync(CancellationToken cancellationToken)
    {
        var causes = new Dictionary<(string, string), string>();
        await foreach (var action in actions.ListAfterAsync(null, null, cancellationToken))
        {
            var source = action.Value.Source;
            var found = action.Value.Rounds.LastOrDefault(r => r.RootCause is not null)?.RootCause?.Whys[^1];
            if (source is { Origin: ActionOrigin.Audit or ActionOrigin.ExternalAudit, Instance: { } audit, Finding: { } finding } && found is not null)
            {
                causes[(audit, finding)] = found;
            }
        }

        return causes;
    }
}
