using Isms.Organizations;

namespace Isms.Registers;

/// <summary>What values may refer to.</summary>
public interface IRegisterLookup
{
    /// <summary>Whether the organisation has this person.</summary>
    bool HasPerson(string id);

    /// <summary>Whether the organisation has this department.</summary>
    bool HasDepartment(string id);

    /// <summary>Whether the organisation has this site.</summary>
    bool HasSite(string id);

    /// <summary>Whether a register has this entry, not deleted.</summary>
    bool HasEntry(string register, string id);

    /// <summary>An entry of a register, deleted or not; null where there is none.</summary>
    RegisterEntry? FindEntry(string register, string id);

    /// <summary>Whether there is this item of evidence.</summary>
    bool HasEvidence(string id);
}

/// <summary>What a rule may know besides the entry.</summary>
/// <param name="Lookup">Other entries, people, evidence.</param>
/// <param name="Organization">The organisation's settings.</param>
/// <param name="Now">The moment of the change.</param>
/// <param name="By">The person who makes it.</param>
public sealed record RuleContext(IRegisterLookup Lookup, Organization Organization, DateTimeOffset Now, string By)
{
    /// <summary>The id of the entry that is judged; empty for a new one that has none yet. A register with fixed ids names it always.</summary>
    public string Id { get; init; } = "";
}

/// <summary>What a rule says about an entry about to be written.</summary>
/// <param name="Computed">Values of computed fields, by name; empty text takes a value away. Other fields are left alone.</param>
/// <param name="Errors">What forbids the entry to be written.</param>
public sealed record RuleResult(IReadOnlyDictionary<string, string> Computed, IReadOnlyList<FieldError> Errors);

/// <summary>
/// A rule of one register, run after the fields' own checks whenever an entry is created, changed, restored or imported.
/// It computes fields and can forbid the change; it is pure.
/// </summary>
public interface IRegisterRule
{
    /// <summary>The register it is about.</summary>
    string Register { get; }

    /// <summary>Judges an entry.</summary>
    /// <param name="before">The entry as it is; null when it is being created.</param>
    /// <param name="after">The canonical values it would have, computed fields as they were before.</param>
    /// <param name="context">What else the rule may know.</param>
    RuleResult Apply(RegisterEntry? before, IReadOnlyDictionary<string, string> after, RuleContext context);
}
