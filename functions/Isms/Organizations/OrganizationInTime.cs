namespace Isms.Organizations;

/// <summary>The organisation on a day: who holds which role after the handovers so far, and who acts for whom then.</summary>
/// <remarks>
/// Work is found by role each time it is looked at. A change that is entered ahead therefore takes effect on its day everywhere – plan items, audits, corrective
/// actions, mails – without anybody having to edit the settings on that day.
/// </remarks>
public static class OrganizationInTime
{
    /// <summary>The organisation as of a local date. Handovers that have come are carried out and left out; delegations are those that hold on that day.</summary>
    public static Organization AsOf(this Organization organization, DateOnly date)
    {
        ArgumentNullException.ThrowIfNull(organization);
        var now = organization.Handovers.Where(h => h.On <= date).OrderBy(h => h.On).Aggregate(organization, HandOver);
        var people = now.People.Select(p => p.HasLeftBy(date) ? p with { Roles = [] } : p).ToList();
        return now with
        {
            People = people,
            Handovers = [.. organization.Handovers.Where(h => h.On > date)],
            Delegations =
            [
                .. organization.Delegations.Where(d => d.Since <= date && date <= d.Until && people.Any(p => p.Id == d.To && !p.HasLeftBy(date))),
            ],
        };
    }

    /// <summary>The first day after a date on which somebody's part changes by itself; null when none is known.</summary>
    public static DateOnly? NextChangeAfter(this Organization organization, DateOnly date)
    {
        ArgumentNullException.ThrowIfNull(organization);
        return organization.ChangeDays().Where(d => d > date).Select(d => (DateOnly?)d).Min();
    }

    /// <summary>All days on which somebody's part changes by itself.</summary>
    public static IEnumerable<DateOnly> ChangeDays(this Organization organization)
    {
        ArgumentNullException.ThrowIfNull(organization);
        return organization.Handovers.Select(h => h.On)
            .Concat(organization.Delegations.SelectMany(d => new[] { d.Since, d.Until.AddDays(1) }))
            .Concat(organization.People.Select(p => p.Until).OfType<DateOnly>().Select(d => d.AddDays(1)))
            .Distinct();
    }

    /// <summary>Who acts for the person in the role, in an organisation as of a day.</summary>
    public static IEnumerable<Person> DelegatesOf(this Organization organization, string personId, Role role)
    {
        ArgumentNullException.ThrowIfNull(organization);
        return organization.Delegations.Where(d => d.From == personId && (d.Role is null || d.Role == role))
            .Select(d => organization.FindPerson(d.To)).OfType<Person>();
    }

    private static bool HasLeftBy(this Person person, DateOnly date) => person.Until < date;

    private static Organization HandOver(Organization organization, Handover handover)
    {
        // Settings that were edited by hand since then no longer give the predecessor the role: then there is nothing to hand over.
        var moved = organization.FindPerson(handover.From)?.Roles.Where(r => handover.Role is null || r == handover.Role).ToList() ?? [];
        var withLead = handover.Role is null or Role.DepartmentLead;
        string LeadAfter(string lead) => withLead && lead == handover.From ? handover.To : lead;
        return organization with
        {
            People = [.. organization.People.Select(p =>
                p.Id == handover.From ? p with { Roles = [.. p.Roles.Except(moved)] }
                : p.Id == handover.To ? p with { Roles = [.. p.Roles.Union(moved)] }
                : p)],
            Departments = [.. organization.Departments.Select(d => d with { LeadId = LeadAfter(d.LeadId) })],
            Sites = [.. organization.Sites.Select(s => s.LeadId is { } lead ? s with { LeadId = LeadAfter(lead) } : s)],
        };
    }
}
