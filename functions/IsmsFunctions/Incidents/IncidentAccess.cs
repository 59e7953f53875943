using Isms.Incidents;
using Isms.Organizations;
using Isms.Rules;
using IsmsFunctions.Hosting.Identity;

namespace IsmsFunctions.Incidents;

/// <summary>Who may see an incident: those who run the management system and audit it, and the people it concerns.</summary>
public static class IncidentAccess
{
    private static readonly string[] SeeAll = [AppRoles.TopManagement, AppRoles.Manager, AppRoles.Secretariat, AppRoles.Auditor, AppRoles.Admin];

    /// <summary>Whether the actor may see it.</summary>
    public static bool MaySee(Incident incident, Actor actor, Organization organization)
    {
        ArgumentNullException.ThrowIfNull(incident);
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(organization);
        return actor.HasAny(SeeAll) || incident.ReportedBy == actor.PersonId || incident.Handler == actor.PersonId
            || incident.Departments.Any(d => organization.FindDepartment(d)?.LeadId == actor.PersonId);
    }

    /// <summary>Refuses an actor who may not see it; null where they may.</summary>
    public static Refusal? Refusal(Incident incident, Actor actor, Organization organization) =>
        MaySee(incident, actor, organization) ? null : Isms.Rules.Refusal.Of(RefusalKind.NotAllowed, "incident-not-shown", null, null, incident.Id);
}
