using Isms.Certification;
using Isms.Rules;
using Isms.Year;
using IsmsFunctions.Hosting.Http;
using IsmsFunctions.Organizations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace IsmsFunctions.Certification;

/// <summary>The certification track over HTTP, and the audits of the body.</summary>
public sealed class CertificationHttp(CertificationStarter starter, CertificationStore audits, OrganizationStore organizations, TimeProvider clock)
{
    /// <summary>The certificate, the track with its dates, and what is next.</summary>
    [Function(nameof(GetCertification))]
    public async Task<IResult> GetCertification(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/certification")] HttpRequest request, CancellationToken cancellationToken)
    {
        var organization = await organizations.GetAsync(cancellationToken);
        if (organization.Certification is not { } settings)
        {
            throw new RefusedException(Refusal.Of(RefusalKind.NotFound, "certification-not-set-up"));
        }

        var now = clock.GetUtcNow();
        var today = OfficeTime.Of(organization.TimeZone).DateAt(now);
        return Answers.Ok(CertificationOverview.Of(settings, CertificationStarter.TrackOf(organization, now), await audits.AllAsync(cancellationToken), today));
    }

    /// <summary>Announces an audit: one of the track before its plan item does, or one outside the cycle.</summary>
    [Function(nameof(AnnounceCertificationAudit))]
    public async Task<IResult> AnnounceCertificationAudit(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/certification/audits")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        var body = await request.ReadBodyAsync<AnnounceCertificationAudit>(cancellationToken);
        var command = request.Command(clock);
        var stored = await starter.AnnounceAsync(client, body, command, cancellationToken);
        var organization = await organizations.GetAsync(cancellationToken);
        return Answers.Accepted(request, $"/certification/audits/{stored.Id}", CertificationSummary.Of(stored.Value, organization, command.At));
    }

    /// <summary>Audits of the body by id, a page at a time (<c>?top=&amp;continuationToken=</c>).</summary>
    [Function(nameof(ListCertificationAudits))]
    public async Task<IResult> ListCertificationAudits(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/certification/audits")] HttpRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var organization = await organizations.GetAsync(cancellationToken);
        var page = PageRequest.Of(request, CertificationStore.Prefix);
        var now = clock.GetUtcNow();
        var listed = audits.ListAfterAsync(page.After, cancellationToken).Select(a => CertificationSummary.Of(a.Value, organization, now));
        return Answers.Ok(await page.TakeAsync(listed, a => a.Id, cancellationToken));
    }

    /// <summary>One audit: dates, result, findings, answers, corrective actions, log, and what is possible now.</summary>
    [Function(nameof(GetCertificationAudit))]
    public async Task<IResult> GetCertificationAudit(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/certification/audits/{id}")] HttpRequest request, string id, CancellationToken cancellationToken)
    {
        var stored = await audits.GetAsync(id, cancellationToken);
        return Answers.Ok(request, stored, CertificationDetails.Details(stored.Value, await organizations.GetAsync(cancellationToken), clock.GetUtcNow()));
    }
}
