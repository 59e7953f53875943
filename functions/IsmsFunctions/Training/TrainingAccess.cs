using Isms.Organizations;
using Isms.Rules;
using Isms.Training;
using IsmsFunctions.Hosting.Identity;

namespace IsmsFunctions.Training;

/// <summary>
/// What one person may do with participants, on top of <see cref="AccessTable"/>: the ISMS manager, the secretariat and persons in charge see and mark everybody, top
/// management sees everybody, and a department lead sees and marks those of the department.
/// </summary>
public sealed class TrainingAccess
{
    private readonly bool marksAll;
    private readonly bool seesAll;
    private readonly HashSet<string> departments;

    private TrainingAccess(bool marksAll, bool seesAll, HashSet<string> departments) => (this.marksAll, this.seesAll, this.departments) = (marksAll, seesAll, departments);

    /// <summary>What this person may do.</summary>
    public static TrainingAccess Of(Actor actor, Organization organization)
    {
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(organization);
        var isOwner = actor.HasAny([AppRoles.Owner]);
        var marksAll = actor.HasAny([AppRoles.Manager, AppRoles.Secretariat])
            || (isOwner && organization.FindPerson(actor.PersonId)?.Roles.Contains(Role.PersonInCharge) == true);
        var led = isOwner ? organization.Departments.Where(d => d.LeadId == actor.PersonId).Select(d => d.Id) : [];
        return new TrainingAccess(marksAll, marksAll || actor.HasAny([AppRoles.TopManagement]), led.ToHashSet(StringComparer.Ordinal));
    }

    /// <summary>Whether the person sees a participant.</summary>
    public bool MaySee(Participant participant) => seesAll || IsOfMyDepartment(participant);

    /// <summary>Whether the person may mark a participant.</summary>
    public bool MayMark(Participant participant) => marksAll || IsOfMyDepartment(participant);

    /// <summary>Refuses to mark somebody else's participant.</summary>
    /// <exception cref="RefusedException">The person may not.</exception>
    public void MustMark(Participant participant)
    {
        if (!MayMark(participant))
        {
            throw new RefusedException(Refusal.Of(RefusalKind.NotAllowed, "training-not-your-department"));
        }
    }

    private bool IsOfMyDepartment(Participant participant)
    {
        ArgumentNullException.ThrowIfNull(participant);
        return participant.DepartmentId is { } department && departments.Contains(department);
    }
}
