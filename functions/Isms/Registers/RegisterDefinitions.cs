using Isms.Organizations;
using Isms.Risks;

namespace Isms.Registers;

/// <summary>The registers of an organisation: the definitions with its own fields.</summary>
public sealed class RegisterDefinitions
{
    private readonly Dictionary<string, RegisterDefinition> byName;

    private RegisterDefinitions(IEnumerable<RegisterDefinition> definitions)
    {
        All = [.. definitions];
        byName = All.ToDictionary(d => d.Name, StringComparer.Ordinal);
    }

    /// <summary>The definitions, by name.</summary>
    public IReadOnlyList<RegisterDefinition> All { get; }

    /// <summary>The definitions of an organisation: with its own fields, and risks within the scales of its method.</summary>
    public static RegisterDefinitions Of(Organization organization)
    {
        ArgumentNullException.ThrowIfNull(organization);
        return new RegisterDefinitions(RegisterCatalogue.All.Select(d => RiskRegisterRule.Adapt(
            RegisterCatalogue.WithOwnFields(d, organization.Registers.GetValueOrDefault(d.Name)?.Fields ?? []), organization.RiskMethod)));
    }

    /// <summary>The given definitions.</summary>
    public static RegisterDefinitions From(IEnumerable<RegisterDefinition> definitions) => new(definitions);

    /// <summary>The definition of this name, or null.</summary>
    public RegisterDefinition? Find(string name) => byName.GetValueOrDefault(name);
}
