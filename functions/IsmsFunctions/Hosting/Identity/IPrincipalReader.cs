using Isms.Rules;
using IsmsFunctions.Organizations;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace IsmsFunctions.Hosting.Identity;

/// <summary>Tells who is calling.</summary>
public interface IPrincipalReader
{
    /// <summary>The caller, or null when the request does not say.</summary>
    Task<Actor?> ReadAsync(HttpRequest request, CancellationToken cancellationToken);

    /// <summary>What a caller who does not say who they are is told.</summary>
    Refusal WhoAreYou { get; }
}

/// <summary>Chooses the reader that <c>Isms__Identity</c> names.</summary>
public static class PrincipalReaders
{
    /// <summary>Names the reader of a platform's principal.</summary>
    public const string AppService = "AppService";

    /// <summary>Names the reader of parts that are played.</summary>
    public const string Personas = "Personas";

    /// <exception cref="InvalidOperationException">The setting names neither reader: the app does not start rather than guess.</exception>
    public static IPrincipalReader Create(IServiceProvider services)
    {
        var identity = services.GetRequiredService<IOptions<IsmsOptions>>().Value.Identity;
        var organizations = services.GetRequiredService<OrganizationStore>();
        return identity switch
        {
            AppService => new AppServicePrincipalReader(organizations),
            Personas => new PersonaReader(organizations),
            _ => throw new InvalidOperationException($"Isms__Identity is '{identity}'; it must be AppService or Personas."),
        };
    }
}
