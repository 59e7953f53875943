using Isms.Organizations;
using Isms.Registers;
using Isms.Rules;
using IsmsFunctions.Hosting.Identity;
using IsmsFunctions.Organizations;
using Microsoft.AspNetCore.Http;

namespace IsmsFunctions.Registers;

/// <summary>What a request about registers needs to know before it does anything.</summary>
/// <param name="Organization">The organisation's settings.</param>
/// <param name="Definitions">Its registers.</param>
/// <param name="Actor">Who asks.</param>
/// <param name="Access">What they may do.</param>
public sealed record RegisterVisit(Organization Organization, RegisterDefinitions Definitions, Actor Actor, RegisterAccess Access)
{
    /// <summary>The definition of a register.</summary>
    /// <exception cref="RefusedException">There is no such register.</exception>
    public RegisterDefinition Definition(string name) =>
        Definitions.Find(name) ?? throw new RefusedException(RegisterRefusals.UnknownRegister(name, Definitions.All.Select(d => d.Name)));
}

/// <summary>Receives requests about registers.</summary>
public sealed class RegisterDesk(OrganizationStore organizations, RegisterStore store)
{
    /// <summary>Who asks, and for what organisation.</summary>
    public async Task<RegisterVisit> ReceiveAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var organization = await organizations.GetAsync(cancellationToken);
        var actor = Actor.Of(request);
        return new RegisterVisit(organization, RegisterDefinitions.Of(organization), actor, RegisterAccess.Of(actor, organization));
    }

    /// <summary>The registers as the request wants to see them: as they are, or as of <c>?asOf=</c>.</summary>
    public async Task<RegisterBook> BookAsync(HttpRequest request, RegisterVisit visit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(visit);
        return RegisterQuery.AsOf(request, visit.Organization) is { } moment
            ? await store.ReadAsOfAsync(moment, cancellationToken)
            : await store.ReadAsync(cancellationToken);
    }
}
