using System.Globalization;
using Isms.Audits;
using Isms.Rules;
using IsmsFunctions.Documents;
using IsmsFunctions.Documents.Office;
using IsmsFunctions.Hosting.Http;
using IsmsFunctions.Hosting.Problems;
using IsmsFunctions.Organizations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace IsmsFunctions.Audits;

/// <summary>The audit programme over HTTP (clause 9.2.2).</summary>
public sealed class AuditProgrammeHttp(AuditProgrammes programmes, OrganizationStore organizations)
{
    /// <summary>
    /// What the cycle's audits have covered and are going to cover, what is left until when, and the scope proposed for the next audit; on paper with
    /// <c>?format=html|xlsx</c>, in the caller's language.
    /// </summary>
    [Function(nameof(GetAuditProgramme))]
    public async Task<IResult> GetAuditProgramme(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/audits/programme")] HttpRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var format = request.Query["format"].FirstOrDefault() ?? "json";
        if (format is not ("json" or "html" or "xlsx"))
        {
            throw new RefusedException(Refusal.Of(RefusalKind.InvalidInput, "audit-programme-format", "format", format, format));
        }

        var programme = await programmes.ReadAsync(cancellationToken);
        if (format == "json")
        {
            return Answers.Ok(programme);
        }

        var document = AuditProgrammePaper.Of(programme, await organizations.GetAsync(cancellationToken), NumberOf(programme));
        var culture = Problem.CultureOf(request);
        return format == "html"
            ? Results.Text(HtmlDocument.Render(document, culture), "text/html; charset=utf-8")
            : Results.File(WorkbookDocument.Render(document, culture), WorkbookDocument.MediaType, NumberOf(programme) + ".xlsx");
    }

    private static string NumberOf(AuditProgramme programme) =>
        string.Create(CultureInfo.InvariantCulture, $"audit-programme-{programme.Cycle.From:yyyyMMdd}-{programme.Today:yyyyMMdd}");
}
