using Isms.Audits;
using Isms.Organizations;
using Isms.Text;
using Isms.Year;

namespace Isms.Calendars;

/// <summary>What of the year stands in the calendar of a person or a role.</summary>
public static class CalendarEvents
{
    private static readonly Role[] SeeEveryAudit = [Role.IsmsManager, Role.Secretariat, Role.InternalAuditor];

    /// <summary>The events of a plan item: the day its window opens, and the day it is due.</summary>
    public static IReadOnlyList<CalendarEvent> Of(PlanItem item, Organization organization, string site)
    {
        ArgumentNullException.ThrowIfNull(item);
        ArgumentNullException.ThrowIfNull(organization);
        var responsible = Texts.Join(item.ResponsiblePeople(organization).Select(p => p.Name));
        var description = Texts.Get(
            "calendar.item.description", item.Title, PlanItemTexts.NameOf(item.State), PlanItemTexts.Requirements(item), item.DueOn, responsible,
            Texts.Join(item.Records.Select(r => r.Title)));
        CalendarEvent Event(string which, DateOnly day, LocalizedText title) => new(
            $"{item.InstanceId}.{which}", day, day, title, description, StatusOf(item), item.Log.Count,
            item.Log.Count > 0 ? item.Log[^1].At : DateTimeOffset.UnixEpoch, LinkTo(site, $"/api/years/{item.FiscalYear}/items/{item.Id}"));
        var due = Event("due", item.DueOn, Texts.Get(item.State is PlanItemState.Done or PlanItemState.Approved ? "calendar.item.done" : "calendar.item.due", item.Title));
        return item.OpensOn == item.DueOn ? [due] : [Event("opens", item.OpensOn, Texts.Get("calendar.item.opens", item.Title)), due];
    }

    /// <summary>The event of an internal audit: the days of its fieldwork.</summary>
    public static CalendarEvent Of(Audit audit, Organization organization, string site)
    {
        ArgumentNullException.ThrowIfNull(audit);
        ArgumentNullException.ThrowIfNull(organization);
        var departments = Texts.Join(audit.Plan.Departments.Select(d => organization.FindDepartment(d)?.Name ?? LocalizedText.Same(d)));
        var auditors = Texts.Join(audit.Plan.Auditors.Select(a => organization.FindPerson(a)?.Name ?? LocalizedText.Same(a)));
        return new CalendarEvent(
            audit.Id, audit.Plan.From, audit.Plan.To, Texts.Get("calendar.audit.title", audit.Id), Texts.Get("calendar.audit.description", departments, auditors),
            audit.Stage switch
            {
                AuditStage.Cancelled => EventStatus.Cancelled,
                AuditStage.Planning or AuditStage.PlanApproval => EventStatus.Tentative,
                _ => EventStatus.Confirmed,
            },
            audit.Log.Count, audit.Log.Count > 0 ? audit.Log[^1].At : audit.RequestedAt, LinkTo(site, $"/api/audits/{audit.Id}"));
    }

    /// <summary>Whether a person does or approves the item.</summary>
    public static bool Concerns(PlanItem item, Person person, Organization organization)
    {
        ArgumentNullException.ThrowIfNull(item);
        ArgumentNullException.ThrowIfNull(person);
        return item.ResponsiblePeople(organization).Contains(person) || (item.Approver is { } role && person.Roles.Contains(role));
    }

    /// <summary>Whether who holds a role does or approves the item.</summary>
    public static bool Concerns(PlanItem item, Role role)
    {
        ArgumentNullException.ThrowIfNull(item);
        return item.Approver == role || (item.Department is null ? item.Responsible == role : role == Role.DepartmentLead);
    }

    /// <summary>Whether a person audits, is audited as a department's lead, or follows the audits.</summary>
    public static bool Concerns(Audit audit, Person person, Organization organization)
    {
        ArgumentNullException.ThrowIfNull(audit);
        ArgumentNullException.ThrowIfNull(person);
        ArgumentNullException.ThrowIfNull(organization);
        return audit.Plan.Auditors.Contains(person.Id)
            || audit.Plan.Departments.Any(d => organization.FindDepartment(d)?.LeadId == person.Id)
            || person.Roles.Any(r => r is Role.IsmsManager or Role.Secretariat);
    }

    /// <summary>Whether who holds a role has to know of audits.</summary>
    public static bool ConcernsAudits(Role role) => role == Role.DepartmentLead || SeeEveryAudit.Contains(role);

    /// <summary>An item that is waived or went to the next year is called off here.</summary>
    private static EventStatus StatusOf(PlanItem item) =>
        item.State is PlanItemState.Waived or PlanItemState.CarriedOver ? EventStatus.Cancelled : EventStatus.Confirmed;

    private static Uri? LinkTo(string site, string path) => Uri.TryCreate(site.TrimEnd('/') + path, UriKind.Absolute, out var link) ? link : null;
}
