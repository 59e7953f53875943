using Isms.Organizations;
using Isms.Rules;
using Isms.Text;

namespace Isms.Meetings;

/// <summary>Without whom a meeting is none: a review is top management's (clause 9.3.1), a committee needs the ISMS manager and somebody to talk to.</summary>
public static class Quorum
{
    private const int FewestInACommittee = 2;

    /// <summary>The role that has to be there, in person or represented by a delegate.</summary>
    public static Role RoleOf(MeetingKind kind) => kind == MeetingKind.ManagementReview ? Role.TopManagement : Role.IsmsManager;

    /// <summary>Refuses a list of invitees that could not make a quorum; null for others.</summary>
    public static Refusal? IsInvited(MeetingKind kind, IReadOnlyList<string> invitees, Organization organization) => Check(kind, invitees, "invitees", organization);

    /// <summary>Refuses a list of attendees that is no quorum; null for one that is.</summary>
    public static Refusal? IsPresent(MeetingKind kind, IReadOnlyList<string> attendees, Organization organization) => Check(kind, attendees, "attendees", organization);

    /// <summary>The person of the list who holds the role, or acts for somebody who does; null where nobody does.</summary>
    public static string? Representing(Role role, IReadOnlyList<string> people, Organization organization)
    {
        ArgumentNullException.ThrowIfNull(people);
        ArgumentNullException.ThrowIfNull(organization);
        var holders = organization.InRole(role).ToList();
        return people.FirstOrDefault(p => holders.Any(h => h.Id == p))
            ?? people.FirstOrDefault(p => holders.Any(h => organization.DelegatesOf(h.Id, role).Any(d => d.Id == p)));
    }

    private static Refusal? Check(MeetingKind kind, IReadOnlyList<string> people, string field, Organization organization)
    {
        ArgumentNullException.ThrowIfNull(people);
        var role = RoleOf(kind);
        return Representing(role, people, organization) is null
                ? Refusal.Of(
                    RefusalKind.RuleBroken, "meeting-without-quorum", field, null, Texts.Get("meeting.kind." + kind), OrganizationTexts.NameOf(role),
                    Texts.Join(organization.InRole(role).Select(p => p.Name)))
            : people.Distinct().Count() < FewestInACommittee
                ? Refusal.Of(RefusalKind.RuleBroken, "meeting-with-one-person", field, null, Texts.Get("meeting.kind." + kind), FewestInACommittee)
            : null;
    }
}
