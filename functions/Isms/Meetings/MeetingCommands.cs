using Isms.ManagementReviews;
using Isms.Organizations;
using Isms.Year;

namespace Isms.Meetings;

/// <summary>Adds an input to a management review.</summary>
/// <param name="Topic">The topic of clause 9.3.2.</param>
/// <param name="Text">What there is to say, or why there is nothing.</param>
/// <param name="Evidence">Ids of evidence that it rests on.</param>
/// <param name="NothingToReport">Whether it says that there is nothing.</param>
public sealed record AddInput(ReviewTopic Topic, string Text, IReadOnlyList<string>? Evidence = null, bool NothingToReport = false);

/// <summary>Adds a point to a committee's agenda.</summary>
/// <param name="Title">What it is about.</param>
/// <param name="Text">What there is to know.</param>
/// <param name="Evidence">Ids of evidence that it rests on.</param>
public sealed record AddPoint(string Title, string? Text = null, IReadOnlyList<string>? Evidence = null);

/// <summary>Sets the date, or another date.</summary>
/// <param name="Date">The day; the one that is proposed, when left out.</param>
/// <param name="Time">When it begins.</param>
/// <param name="Place">Where.</param>
/// <param name="Invitees">Person ids; those whose roles take part, when left out.</param>
/// <param name="Reason">Why, where a date that was set is changed.</param>
public sealed record SetDate(
    DateOnly? Date = null, TimeOnly? Time = null, string? Place = null, IReadOnlyList<string>? Invitees = null, string? Reason = null);

/// <summary>A decision as it is written down.</summary>
/// <param name="Kind">What it is about.</param>
/// <param name="What">What is to be done.</param>
/// <param name="Owner">The person id of who sees to it.</param>
/// <param name="Due">By when.</param>
/// <param name="Raises">What it starts, where it is an improvement.</param>
/// <param name="Department">The department that a corrective action concerns.</param>
/// <param name="Item">The plan item that it concerns, such as <c>objectives</c>.</param>
public sealed record DecisionDraft(
    DecisionKind Kind, string What, string Owner, DateOnly Due, DecisionFollowUp? Raises = null, string? Department = null, string? Item = null);

/// <summary>Records that the meeting was held.</summary>
/// <param name="Attendees">Person ids of those who attended.</param>
/// <param name="Date">The day; the one that was set, when left out.</param>
/// <param name="Chair">Who was in the chair; who holds the role that calls the meeting, when left out.</param>
/// <param name="Place">Where; as it was set, when left out.</param>
/// <param name="Notes">What was said, by the key of the point.</param>
/// <param name="Conclusion">The conclusion.</param>
/// <param name="Decisions">What was decided.</param>
/// <param name="Next">The day of the next meeting.</param>
public sealed record HoldMeeting(
    IReadOnlyList<string> Attendees,
    DateOnly? Date = null,
    string? Chair = null,
    string? Place = null,
    IReadOnlyDictionary<string, string>? Notes = null,
    string? Conclusion = null,
    IReadOnlyList<DecisionDraft>? Decisions = null,
    DateOnly? Next = null);

/// <summary>Completes or corrects the minutes; what is left out stays as it is.</summary>
/// <param name="Notes">What was said, by the key of the point.</param>
/// <param name="Conclusion">The conclusion.</param>
/// <param name="Attendees">Person ids of those who attended.</param>
/// <param name="Decisions">All that was decided.</param>
/// <param name="Next">The day of the next meeting.</param>
public sealed record WriteMinutes(
    IReadOnlyDictionary<string, string>? Notes = null,
    string? Conclusion = null,
    IReadOnlyList<string>? Attendees = null,
    IReadOnlyList<DecisionDraft>? Decisions = null,
    DateOnly? Next = null);

/// <summary>Reports that a decision was carried out.</summary>
/// <param name="Note">What was done.</param>
/// <param name="Evidence">Ids of evidence of it.</param>
public sealed record CompleteDecision(string Note, IReadOnlyList<string>? Evidence = null);

/// <summary>Gives a decision another due date.</summary>
/// <param name="Due">The new date.</param>
/// <param name="Reason">Why.</param>
public sealed record ExtendDecision(DateOnly Due, string Reason);

/// <summary>Who gives a command, and when.</summary>
/// <param name="Acting">The person, with the roles held and represented.</param>
/// <param name="At">When.</param>
/// <param name="Today">The local date.</param>
/// <param name="Organization">The organisation as it stands then.</param>
public sealed record MeetingActor(Acting Acting, DateTimeOffset At, DateOnly Today, Organization Organization)
{
    /// <summary>The person's id.</summary>
    public string Person => Acting.PersonId;
}
