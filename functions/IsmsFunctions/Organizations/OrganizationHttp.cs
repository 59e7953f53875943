using Isms.Organizations;
using Isms.Rules;
using IsmsFunctions.Hosting.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace IsmsFunctions.Organizations;

/// <summary>The organisation's settings over HTTP.</summary>
public sealed class OrganizationHttp(OrganizationStore organizations, IEnumerable<ISettingsListener> listeners)
{
    /// <summary>Reads the settings.</summary>
    [Function(nameof(GetOrganization))]
    public async Task<IResult> GetOrganization(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/organization")] HttpRequest request, CancellationToken cancellationToken)
    {
        var stored = await organizations.FindAsync(cancellationToken)
            ?? throw new RefusedException(Refusal.Of(RefusalKind.NotFound, "organization-not-set-up"));
        return Answers.Ok(request, stored, stored.Value);
    }

    /// <summary>Replaces the settings; needs <c>If-Match</c> unless they are the first.</summary>
    [Function(nameof(PutOrganization))]
    public async Task<IResult> PutOrganization(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "api/organization")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var organization = await request.ReadBodyAsync<Organization>(cancellationToken);
        var stored = await organizations.PutAsync(organization, request.Headers.IfMatch.FirstOrDefault(), cancellationToken);
        foreach (var listener in listeners)
        {
            await listener.SettingsChangedAsync(client, cancellationToken);
        }

        return Answers.Ok(request, stored, stored.Value);
    }
}
