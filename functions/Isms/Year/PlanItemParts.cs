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

    /// <summary>The people in whose hands the item is now: who has to do or to approve it, and who acts for them. Empty when it waits for nobody.</summary>
    public static IReadOnlyList<Person> InHand(this PlanItem item, Organization organization)
    {
        ArgumentNullException.ThrowIfNull(item);
        return item.State switch
        {
            PlanItemState.Open or PlanItemState.Returned => item.Doers(organization),
            PlanItemState.Submitted => item.Approvers(organization),
            _ => [],
        };
    }

    /// <summary>The people who may do it: the responsible ones, and who acts for them.</summary>
    public static IReadOnlyList<Person> Doers(this PlanItem item, Organization organization)
    {
        var responsible = item.ResponsiblePeople(organization);
        return [.. responsible.Concat(responsible.SelectMany(p => organization.DelegatesOf(p.Id, item.Responsible))).DistinctBy(p => p.Id)];
    }

    /// <summary>In whose place somebody does the item: the represented person, or the role for the secretariat; null when it is the person's own duty.</summary>
    public static string? DoneOnBehalfOf(this PlanItem item, Organization organization, string personId)
    {
        var responsible = item.ResponsiblePeople(organization);
        return responsible.Any(p => p.Id == personId) ? null
            : responsible.FirstOrDefault(p => organization.DelegatesOf(p.Id, item.Responsible).Any(d => d.Id == personId)) is { } represented ? represented.Id
            : responsible is [var one] ? one.Id
            : item.Responsible.ToString();
    }

    /// <summary>
    /// The people who may approve the last submission: who holds the approving role and who acts for them, without those whose work it is. Where that leaves
    /// nobody – the ISMS manager leads a department as well – top management approves.
    /// </summary>
    public static IReadOnlyList<Person> Approvers(this PlanItem item, Organization organization) =>
        [.. ApprovalChain(item, organization).Select(a => a.Person).DistinctBy(p => p.Id)];

    /// <summary>In whose place somebody approves; null when it is the person's own role.</summary>
    public static string? ApprovedOnBehalfOf(this PlanItem item, Organization organization, string personId) =>
        ApprovalChain(item, organization).FirstOrDefault(a => a.Person.Id == personId).InPlaceOf;

    /// <summary>Whether the last submission was made by the person or in the person's place.</summary>
    public static bool IsOwnWork(PlanItem item, string personId)
    {
        ArgumentNullException.ThrowIfNull(item);
        return item.LastSubmission is { } submission && (submission.Actor == personId || submission.OnBehalfOf == personId);
    }

    /// <summary>Holders first, so that who holds the role never counts as a delegate.</summary>
    private static List<(Person Person, string? InPlaceOf)> ApprovalChain(PlanItem item, Organization organization)
    {
        ArgumentNullException.ThrowIfNull(item);
        ArgumentNullException.ThrowIfNull(organization);
        if (item.Approver is not { } role)
        {
            return [];
        }

        var people = Independent(role);
        return people.Count > 0 ? people : Independent(Role.TopManagement);

        // Who cannot approve because it is their own work cannot have it approved by a delegate either.
        List<(Person Person, string? InPlaceOf)> Independent(Role approving)
        {
            var holders = organization.InRole(approving).Where(p => !IsOwnWork(item, p.Id)).ToList();
            var delegates = holders.SelectMany(h => organization.DelegatesOf(h.Id, approving).Select(d => (Person: d, InPlaceOf: (string?)h.Id)));
            return [.. holders.Select(h => (h, (string?)null)), .. delegates.Where(d => !IsOwnWork(item, d.Person.Id))];
        }
    }
}
