using Isms.Rules;

namespace Isms.Organizations;

/// <summary>What must hold of handovers, delegations and end dates: no role and no department is ever nobody's.</summary>
public static class HandoverRules
{
    /// <summary>The first rule the settings break, or null.</summary>
    public static Refusal? FirstBrokenRule(Organization organization)
    {
        ArgumentNullException.ThrowIfNull(organization);
        var pairs = organization.Handovers.Select(h => (Field: "handovers", h.From, h.To))
            .Concat(organization.Delegations.Select(d => (Field: "delegations", d.From, d.To))).ToList();
        return pairs.Select(p => BothAreKnownAndDifferent(organization, p.Field, p.From, p.To)).FirstOrDefault(r => r is not null)
            ?? DelegationsEndAfterTheyBegin(organization)
            ?? organization.ChangeDays().Order().Select(day => NothingIsNobodysOn(organization, day)).FirstOrDefault(r => r is not null);
    }

    private static Refusal? BothAreKnownAndDifferent(Organization organization, string field, string from, string to)
    {
        var unknown = new[] { from, to }.FirstOrDefault(id => organization.FindPerson(id) is null);
        return unknown is not null ? OrganizationRules.Invalid("handover-person-unknown", field, unknown)
            : from == to ? OrganizationRules.Invalid("handover-to-oneself", field, from)
            : null;
    }

    private static Refusal? DelegationsEndAfterTheyBegin(Organization organization) =>
        organization.Delegations.FirstOrDefault(d => d.Until < d.Since) is { } delegation
            ? OrganizationRules.Invalid("delegation-ends-before-it-begins", "delegations", delegation.From)
            : null;

    private static Refusal? NothingIsNobodysOn(Organization organization, DateOnly day)
    {
        var then = organization.AsOf(day);
        if (OrganizationRules.FirstRoleNotHeld(then) is { } role)
        {
            return Refusal.Of(RefusalKind.InvalidInput, "role-without-successor", "handovers", role.ToString(), OrganizationTexts.NameOf(role), day);
        }

        var orphan = then.Departments.FirstOrDefault(d => then.FindPerson(d.LeadId) is { } lead && lead.Until < day);
        return orphan is null
            ? null
            : Refusal.Of(RefusalKind.InvalidInput, "department-without-successor", "handovers", orphan.Id, orphan.Name, day);
    }
}
