using System.Globalization;
using Isms.ManagementReviews;
using Isms.Organizations;
using Isms.Rules;
using Isms.Text;
using Isms.Year;

namespace Isms.Meetings;

/// <summary>What has to hold before a step of a meeting is accepted, each condition named as a sentence; null where it holds.</summary>
internal static class MeetingConditions
{
    private const int LongestText = 4000;
    private const int MostDecisions = 60;

    public static Refusal? LooksAfterMeetings(MeetingActor by) =>
        by.Acting.Is(Role.Secretariat) || by.Acting.Is(Role.IsmsManager) || by.Acting.Is(Role.TopManagement)
            ? null
            : Refusal.Of(RefusalKind.NotAllowed, "meeting-not-yours", null, by.Person);

    public static Refusal? IsOfKind(Meeting meeting, MeetingKind kind) =>
        meeting.Kind == kind
            ? null
            : Refusal.Of(RefusalKind.RuleBroken, "meeting-of-another-kind", "id", meeting.Id, meeting.Id, Texts.Get("meeting.kind." + meeting.Kind));

    public static Refusal? IsKnown(ReviewTopic topic) =>
        Enum.IsDefined(topic) ? null : Refusal.Of(RefusalKind.InvalidInput, "meeting-text-missing", "topic", null, "topic");

    public static Refusal? IsSaid(string? text, string field) =>
        string.IsNullOrWhiteSpace(text) ? Refusal.Of(RefusalKind.RuleBroken, "meeting-text-missing", field, null, field) with { Missing = [field] } : IsShort(text, field);

    public static Refusal? IsShort(string? text, string field) =>
        text?.Length > LongestText ? Refusal.Of(RefusalKind.InvalidInput, "text-too-long", field, null, LongestText) : null;

    public static Refusal? NotesFit(IReadOnlyDictionary<string, string>? notes, IReadOnlyList<MinutesPoint> points)
    {
        foreach (var (key, text) in notes ?? new Dictionary<string, string>())
        {
            if (points.All(p => p.Key != key))
            {
                return Refusal.Of(RefusalKind.InvalidInput, "meeting-point-unknown", $"notes.{key}", key, key, string.Join(", ", points.Select(p => p.Key)));
            }

            if (IsShort(text, $"notes.{key}") is { } refusal)
            {
                return refusal;
            }
        }

        return null;
    }

    public static Refusal? PapersAreNotGivenOut(Meeting meeting) =>
        meeting.Stage == MeetingStage.Scheduled && MeetingRules.IsIssuedForItsDate(meeting)
            ? Refusal.Of(RefusalKind.IllegalState, "meeting-papers-given-out", null, null, meeting.Id) with { Possible = MeetingRules.PossibleIn(meeting.Stage) }
            : null;

    public static Refusal? ReasonOfChangeIsGiven(Meeting meeting, SetDate command) =>
        meeting.Stage == MeetingStage.Scheduled ? IsSaid(command.Reason, "reason") : IsShort(command.Reason, "reason");

    public static Refusal? DateIsAWorkingDayAhead(DateOnly date, MeetingActor by)
    {
        var next = WorkingDays.Of(by.Organization).OnOrAfter(date < by.Today ? by.Today : date);
        return date == next ? null : Refusal.Of(RefusalKind.RuleBroken, "meeting-date-not-possible", "date", date.ToString("O", CultureInfo.InvariantCulture), date, next);
    }

    public static Refusal? PeopleAreKnown(IReadOnlyList<string>? people, string field, Organization organization)
    {
        for (var i = 0; i < (people?.Count ?? 0); i++)
        {
            if (PersonIsKnown(people![i], $"{field}[{i}]", organization) is { } refusal)
            {
                return refusal;
            }
        }

        return null;
    }

    public static Refusal? PersonIsKnown(string? person, string field, Organization organization) =>
        person is null || organization.FindPerson(person) is null
            ? Refusal.Of(RefusalKind.InvalidInput, "unknown-person", field, person, person, string.Join(", ", organization.People.Select(p => p.Id)))
            : null;

    public static Refusal? DayHasCome(DateOnly heldOn, MeetingActor by) =>
        heldOn > by.Today ? Refusal.Of(RefusalKind.RuleBroken, "meeting-held-in-the-future", "date", heldOn.ToString("O", CultureInfo.InvariantCulture), heldOn, by.Today) : null;

    public static Refusal? EveryInputIsThere(Meeting meeting, MeetingMaterial material, Organization organization)
    {
        var missing = meeting.Kind == MeetingKind.ManagementReview ? ReviewCoverage.Missing(material.Inputs, meeting.Contributions) : [];
        return missing.Count == 0
            ? null
            : Refusal.Of(
                RefusalKind.IllegalState, "review-inputs-missing", null, null, meeting.Id, Texts.Join(missing.Select(ReviewCoverage.NameOf)),
                Texts.Join(missing.Select(t => ReviewCoverage.ProviderOf(t)).Distinct().Select(OrganizationTexts.NameOf))) with
            {
                Missing = [.. missing.Select(t => MeetingPoints.KeyOf(t))],
                Possible = MeetingRules.PossibleIn(meeting.Stage),
            };
    }

    public static Refusal? DecisionsAreSound(IReadOnlyList<DecisionDraft>? decisions, DateOnly heldOn, Organization organization)
    {
        if (decisions?.Count > MostDecisions)
        {
            return Refusal.Of(RefusalKind.InvalidInput, "meeting-too-many-decisions", "decisions", null, MostDecisions);
        }

        return (decisions ?? []).Select((d, i) => DecisionIsSound(d, $"decisions[{i}]", heldOn, organization)).FirstOrDefault(r => r is not null);
    }

    private static Refusal? DecisionIsSound(DecisionDraft draft, string path, DateOnly heldOn, Organization organization) =>
        IsSaid(draft.What, path + ".what")
        ?? PersonIsKnown(draft.Owner, path + ".owner", organization)
        ?? (draft.Due < heldOn ? Refusal.Of(RefusalKind.RuleBroken, "meeting-decision-due-before-it", path + ".due", null, draft.Due, heldOn) : null)
        ?? (draft.Raises is not null && draft.Kind != DecisionKind.Improvement ? Refusal.Of(RefusalKind.RuleBroken, "meeting-only-improvements-raise", path + ".raises") : null)
        ?? (draft.Raises == DecisionFollowUp.CorrectiveAction || draft.Department is not null ? DepartmentIsKnown(draft.Department, path + ".department", organization) : null);

    private static Refusal? DepartmentIsKnown(string? department, string field, Organization organization) =>
        department is null || organization.FindDepartment(department) is null
            ? Refusal.Of(RefusalKind.InvalidInput, "unknown-department", field, department, department ?? "", string.Join(", ", organization.Departments.Select(d => d.Id)))
            : null;

    public static Refusal? ConclusionIsDrawn(Meeting meeting) =>
        meeting.Kind == MeetingKind.ManagementReview && string.IsNullOrWhiteSpace(meeting.Minutes!.Conclusion)
            ? Refusal.Of(RefusalKind.RuleBroken, "review-without-conclusion", "conclusion") with { Missing = ["conclusion"] }
            : null;

    public static Refusal? ApproverHoldsTheRole(Meeting meeting, MeetingActor by) =>
        meeting.Kind == MeetingKind.ManagementReview
            ? by.Acting.Is(Role.TopManagement) ? null : NotTheApprover(meeting, Role.TopManagement, by)
            : by.Acting.Is(Role.IsmsManager) || by.Acting.Is(Role.TopManagement) ? null : NotTheApprover(meeting, Role.IsmsManager, by);

    public static Refusal? ApproverDidNotSubmit(Meeting meeting, MeetingActor by) =>
        meeting.Submission!.By == by.Person ? Refusal.Of(RefusalKind.RuleBroken, "meeting-approved-by-its-author", null, by.Person, meeting.Id) : null;

    private static Refusal NotTheApprover(Meeting meeting, Role role, MeetingActor by) =>
        Refusal.Of(RefusalKind.NotAllowed, "meeting-approver-lacks-role", null, by.Person, meeting.Id, OrganizationTexts.NameOf(role));
}
