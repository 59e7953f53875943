using Isms.Rules;

namespace Isms.Organizations;

/// <summary>What must hold of an organisation's sites.</summary>
public static class SiteRules
{
    /// <summary>The first rule the settings break, or null.</summary>
    public static Refusal? FirstBrokenRule(Organization organization)
    {
        ArgumentNullException.ThrowIfNull(organization);
        return OrganizationRules.IdsAreUnique("sites", organization.Sites.Select(s => s.Id))
            ?? (organization.Sites.FirstOrDefault(s => s.LeadId is { } lead && organization.FindPerson(lead) is null) is { } site
                ? OrganizationRules.Invalid("site-lead-unknown", $"sites.{site.Id}.leadId", site.LeadId!)
                : null);
    }
}
