using System.Text.Json;
using Isms.Text;

namespace Isms.Catalogues;

/// <summary>The themes that Annex A of the 2022 edition is divided into.</summary>
public enum ControlTheme
{
    /// <summary>Organizational controls, 5.1–5.37.</summary>
    Organizational = 5,

    /// <summary>People controls, 6.1–6.8.</summary>
    People = 6,

    /// <summary>Physical controls, 7.1–7.14.</summary>
    Physical = 7,

    /// <summary>Technological controls, 8.1–8.34.</summary>
    Technological = 8,
}

/// <summary>When and how a control changes a risk (ISO/IEC 27002:2022, 4.2 a).</summary>
public enum ControlType
{
    /// <summary>It keeps an incident from happening.</summary>
    Preventive,

    /// <summary>It acts when one happens.</summary>
    Detective,

    /// <summary>It acts after one happened.</summary>
    Corrective,
}

/// <summary>Which property of information a control preserves (4.2 b).</summary>
public enum InformationSecurityProperty
{
    /// <summary>Confidentiality.</summary>
    Confidentiality,

    /// <summary>Integrity.</summary>
    Integrity,

    /// <summary>Availability.</summary>
    Availability,
}

/// <summary>The concepts of ISO/IEC TS 27110 that a control belongs to (4.2 c).</summary>
public enum CybersecurityConcept
{
    /// <summary>Identify.</summary>
    Identify,

    /// <summary>Protect.</summary>
    Protect,

    /// <summary>Detect.</summary>
    Detect,

    /// <summary>Respond.</summary>
    Respond,

    /// <summary>Recover.</summary>
    Recover,
}

/// <summary>The practitioner's view of a control (4.2 d).</summary>
public enum OperationalCapability
{
    /// <summary>Governance.</summary>
    Governance,

    /// <summary>Asset management.</summary>
    AssetManagement,

    /// <summary>Information protection.</summary>
    InformationProtection,

    /// <summary>Human resource security.</summary>
    HumanResourceSecurity,

    /// <summary>Physical security.</summary>
    PhysicalSecurity,

    /// <summary>System and network security.</summary>
    SystemAndNetworkSecurity,

    /// <summary>Application security.</summary>
    ApplicationSecurity,

    /// <summary>Secure configuration.</summary>
    SecureConfiguration,

    /// <summary>Identity and access management.</summary>
    IdentityAndAccessManagement,

    /// <summary>Threat and vulnerability management.</summary>
    ThreatAndVulnerabilityManagement,

    /// <summary>Continuity.</summary>
    Continuity,

    /// <summary>Supplier relationships security.</summary>
    SupplierRelationshipsSecurity,

    /// <summary>Legal and compliance.</summary>
    LegalAndCompliance,

    /// <summary>Information security event management.</summary>
    InformationSecurityEventManagement,

    /// <summary>Information security assurance.</summary>
    InformationSecurityAssurance,
}

/// <summary>The field of information security a control belongs to (4.2 e).</summary>
public enum SecurityDomain
{
    /// <summary>Governance and ecosystem.</summary>
    GovernanceAndEcosystem,

    /// <summary>Protection.</summary>
    Protection,

    /// <summary>Defence.</summary>
    Defence,

    /// <summary>Resilience.</summary>
    Resilience,
}

/// <summary>A control of Annex A (2022) with its attributes as in ISO/IEC 27002:2022, Table A.1.</summary>
/// <param name="Id">The number without the annex's letter, such as <c>5.18</c>.</param>
/// <param name="Title">Its name.</param>
/// <param name="Types">When and how it changes a risk.</param>
/// <param name="Properties">What it preserves.</param>
/// <param name="Concepts">The cybersecurity concepts.</param>
/// <param name="Capabilities">The operational capabilities.</param>
/// <param name="Domains">The security domains.</param>
public sealed record Control(
    string Id,
    LocalizedText Title,
    IReadOnlyList<ControlType> Types,
    IReadOnlyList<InformationSecurityProperty> Properties,
    IReadOnlyList<CybersecurityConcept> Concepts,
    IReadOnlyList<OperationalCapability> Capabilities,
    IReadOnlyList<SecurityDomain> Domains) : Requirement(Id, Title)
{
    /// <summary>The theme its number begins with.</summary>
    public ControlTheme Theme => (ControlTheme)(Id[0] - '0');
}

/// <summary>What people call themes and attributes.</summary>
public static class ControlAttributes
{
    /// <summary>The title of a theme or of an attribute's value.</summary>
    public static LocalizedText TitleOf<T>(T value)
        where T : struct, Enum => Texts.Get($"{Name(typeof(T).Name)}.{Name(value.ToString())}");

    private static string Name(string text) => JsonNamingPolicy.KebabCaseLower.ConvertName(text);
}
