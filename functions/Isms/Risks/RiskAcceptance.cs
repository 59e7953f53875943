using Isms.Organizations;

namespace Isms.Risks;

/// <summary>Who may accept which risk, and for how long (clause 6.1.3 f).</summary>
public static class RiskAcceptance
{
    /// <summary>Whether a person may accept a risk that remains at a level.</summary>
    /// <param name="method">The organisation's method: its rights.</param>
    /// <param name="organization">Its people.</param>
    /// <param name="risk">The risk: its owner and department may carry a right.</param>
    /// <param name="personId">The person.</param>
    /// <param name="level">The level that remains.</param>
    public static bool MayAccept(RiskMethod method, Organization organization, Risk risk, string personId, int level)
    {
        ArgumentNullException.ThrowIfNull(method);
        return method.AcceptanceRights.Any(r => (r.UpTo is null || level <= r.UpTo) && Holds(r.Approver, organization, risk, personId));
    }

    /// <summary>The people who may accept a risk, in the order of the organisation's settings.</summary>
    public static IReadOnlyList<Person> ApproversOf(RiskMethod method, Organization organization, Risk risk)
    {
        ArgumentNullException.ThrowIfNull(organization);
        ArgumentNullException.ThrowIfNull(risk);
        return risk.RemainingLevel is { } level ? [.. organization.People.Where(p => MayAccept(method, organization, risk, p.Id, level))] : [];
    }

    /// <summary>The last day of an acceptance given on a day.</summary>
    public static DateOnly LastDay(RiskMethod method, DateOnly acceptedAt)
    {
        ArgumentNullException.ThrowIfNull(method);
        return acceptedAt.AddMonths(method.AcceptanceMonths);
    }

    private static bool Holds(RiskApprover approver, Organization organization, Risk risk, string personId)
    {
        ArgumentNullException.ThrowIfNull(organization);
        ArgumentNullException.ThrowIfNull(risk);
        return approver switch
        {
            RiskApprover.RiskOwner => risk.Owner == personId,
            RiskApprover.DepartmentLead => organization.FindDepartment(risk.Department)?.LeadId == personId,
            RiskApprover.IsmsManager => Has(Role.IsmsManager),
            _ => Has(Role.TopManagement),
        };

        bool Has(Role role) => organization.FindPerson(personId)?.Roles.Contains(role) == true;
    }
}
