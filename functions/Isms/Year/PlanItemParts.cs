using Isms.Organizations;

namespace Isms.Year;

/// <summary>Which people play which part in a plan item, as the organisation stands now: work moves with the role.</summary>
public static class PlanItemParts
{
    /// <summary>The people who have to do it: the department's lead, or everyone who holds the role.</summary>
    public static IReadOnlyList<Person> ResponsiblePeople(this PlanItem item, Organization organization)
    {
        ArgumentNullException.ThrowIfNull(item);
        ArgumentNullException.ThrowIfNull(organization);
        if (item.Department is null)
        {
            return [.. organization.InRole(item.Responsible)];
        }

        // A department that was dissolved leaves its duties to the ISMS manager, so that nothing is nobody's.
        var lead = organization.FindDepartment(item.Department) is { } department ? organization.FindPerson(department.LeadId) : null;
        return lead is null ? [.. organization.InRole(Role.IsmsManager)] : [lead];
    }

    /// <summary>
    /// The people who may approve the last submission: who holds the approving role, without those whose work it is. Where that leaves nobody – the ISMS
    /// manager leads a department as well – top management approves.
    /// </summary>
    public static IReadOnlyList<Person> Approvers(this PlanItem item, Organization organization)
    {
        ArgumentNullException.ThrowIfNull(item);
        ArgumentNullException.ThrowIfNull(organization);
        if (item.Approver is not { } role)
        {
            return [];
        }

        var people = Independent(organization.InRole(role));
        return people.Count > 0 ? people : Independent(organization.InRole(Role.TopManagement));

        List<Person> Independent(IEnumerable<Person> candidates) => [.. candidates.Where(p => !IsOwnWork(item, p.Id))];
    }

    /// <summary>Whether the last submission was made by the person or in the person's place.</summary>
    public static bool IsOwnWork(PlanItem item, string personId)
    {
        ArgumentNullException.ThrowIfNull(item);
        return item.LastSubmission is { } submission && (submission.Actor == personId || submission.OnBehalfOf == personId);
    }
}
