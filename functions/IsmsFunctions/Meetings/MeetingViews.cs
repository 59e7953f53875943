using Isms.ManagementReviews;
using Isms.Meetings;
using Isms.Organizations;
using Isms.Text;
using Isms.Year;

namespace IsmsFunctions.Meetings;

/// <summary>A meeting as lists and answers to commands show it. <see cref="Due"/> is the due date of the present step.</summary>
public record MeetingSummary(
    string Id,
    MeetingKind Kind,
    LocalizedText Name,
    string FiscalYear,
    string? Item,
    MeetingStage Stage,
    LocalizedText StageName,
    DateTimeOffset StageSince,
    DateOnly? Due,
    bool Overdue,
    DateOnly? Date,
    IReadOnlyList<string> Missing,
    int Decisions,
    int OpenDecisions,
    int OverdueDecisions,
    IReadOnlyList<string> Possible)
{
    /// <summary>The summary of a meeting at a moment.</summary>
    public static MeetingSummary Of(Meeting meeting, Organization organization, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(meeting);
        ArgumentNullException.ThrowIfNull(organization);
        var office = OfficeTime.Of(organization.TimeZone);
        var today = office.DateAt(now);
        var watched = MeetingSchedule.WatchedDecisions(meeting).ToList();
        var due = MeetingSchedule.DeadlineOf(meeting, office)?.Due ?? watched.Select(d => (DateOnly?)d.Due).Min();
        return new MeetingSummary(
            meeting.Id, meeting.Kind, MeetingRules.NameOf(meeting), meeting.FiscalYear, meeting.Item, meeting.Stage, MeetingRules.NameOf(meeting.Stage), meeting.StageSince,
            due, due < today, meeting.Minutes?.HeldOn ?? meeting.Appointment?.Date, MissingOf(meeting), meeting.Decisions.Count,
            meeting.Decisions.Count(d => d.Status == DecisionStatus.Open), watched.Count(d => d.IsOverdue(today)), MeetingRules.PossibleIn(meeting.Stage));
    }

    private static IReadOnlyList<string> MissingOf(Meeting meeting) => meeting is { Kind: MeetingKind.ManagementReview, Minutes: null, Material: { } material }
        ? [.. ReviewCoverage.Missing(material.Inputs, meeting.Contributions).Select(MeetingPoints.KeyOf)]
        : [];
}

/// <summary>Everything about a meeting.</summary>
public sealed record MeetingDetails : MeetingSummary
{
    private MeetingDetails(MeetingSummary summary)
        : base(summary)
    {
    }

    public required string CalledBy { get; init; }

    public required DateTimeOffset CalledAt { get; init; }

    /// <summary>The date that was set; before that, the one that is proposed.</summary>
    public Appointment? Appointment { get; init; }

    public Appointment? Proposed { get; init; }

    /// <summary>A review's topics with what is there now, and who has to provide what is missing.</summary>
    public required IReadOnlyList<TopicView> Topics { get; init; }

    /// <summary>A committee's agenda as it is now.</summary>
    public required IReadOnlyList<AgendaPoint> Agenda { get; init; }

    public required IReadOnlyList<Contribution> Contributions { get; init; }

    /// <summary>The papers as they were given out.</summary>
    public IssuedPapers? Issued { get; init; }

    public MeetingMinutes? Minutes { get; init; }

    public required IReadOnlyList<Decision> Decided { get; init; }

    public MeetingSignature? Submission { get; init; }

    public MeetingSignature? Approval { get; init; }

    public required IReadOnlyList<MeetingEntry> Log { get; init; }

    /// <summary>The details of a meeting at a moment.</summary>
    public static MeetingDetails Details(Meeting meeting, Organization organization, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(meeting);
        ArgumentNullException.ThrowIfNull(organization);
        var today = OfficeTime.Of(organization.TimeZone).DateAt(now);
        var inputs = meeting.Material?.Inputs ?? [];
        return new MeetingDetails(Of(meeting, organization, now))
        {
            CalledBy = meeting.CalledBy,
            CalledAt = meeting.CalledAt,
            Appointment = meeting.Appointment is { } set ? set with { Invitees = MeetingPlanning.InviteesOf(meeting, organization) } : null,
            Proposed = meeting.Appointment is null
                ? MeetingPlanning.Propose(meeting, organization, today) with { Invitees = MeetingPlanning.InviteesOf(meeting, organization) }
                : null,
            Topics = meeting.Kind == MeetingKind.ManagementReview ? [.. ReviewCoverage.Topics.Select(t => TopicView.Of(t, inputs, meeting.Contributions))] : [],
            Agenda = meeting.Material?.Agenda ?? [],
            Contributions = meeting.Contributions,
            Issued = meeting.Issued,
            Minutes = meeting.Minutes,
            Decided = meeting.Decisions,
            Submission = meeting.Submission,
            Approval = meeting.Approval,
            Log = meeting.Log,
        };
    }
}

/// <summary>A topic of clause 9.3.2 in a review.</summary>
public sealed record TopicView(
    ReviewTopic Topic,
    LocalizedText Name,
    bool IsMissing,
    Role Provider,
    IReadOnlyList<ReviewInput> Inputs,
    IReadOnlyList<Contribution> Contributions)
{
    /// <summary>A topic with what was compiled and added on it.</summary>
    public static TopicView Of(ReviewTopic topic, IReadOnlyList<ReviewInput> inputs, IReadOnlyList<Contribution> contributions) => new(
        topic, ReviewCoverage.NameOf(topic), ReviewCoverage.Missing(inputs, contributions).Contains(topic), ReviewCoverage.ProviderOf(topic),
        [.. inputs.Where(i => i.Topic == topic)], [.. contributions.Where(c => c.Topic == topic)]);
}
