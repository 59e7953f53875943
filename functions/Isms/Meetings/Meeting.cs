using System.Text.Json.Serialization;
using Isms.ManagementReviews;
using Isms.Text;

namespace Isms.Meetings;

/// <summary>A management review or a committee meeting: its state row, and the record of every decision on it.</summary>
public sealed record Meeting
{
    /// <summary>Its id, which is the workflow's instance id as well, such as <c>review-FY2026-01</c> or <c>committee-FY2026-07</c>.</summary>
    public required string Id { get; init; }

    /// <summary>What kind of meeting it is.</summary>
    public required MeetingKind Kind { get; init; }

    /// <summary>The fiscal year.</summary>
    public required string FiscalYear { get; init; }

    /// <summary>The instance id of the plan item that it does; null when it was called without one.</summary>
    public string? Item { get; init; }

    /// <summary>The day by which it is to be over, minutes included: the plan item's due date.</summary>
    public required DateOnly Due { get; init; }

    /// <summary>Where it stands.</summary>
    public MeetingStage Stage { get; init; }

    /// <summary>Counts the stages it entered, so that a workflow notices having left a stage and come back.</summary>
    public int Serial { get; init; } = 1;

    /// <summary>When it entered its stage.</summary>
    public required DateTimeOffset StageSince { get; init; }

    /// <summary>Who called it; <c>system</c> when the year did.</summary>
    public required string CalledBy { get; init; }

    /// <summary>When it was called.</summary>
    public required DateTimeOffset CalledAt { get; init; }

    /// <summary>What was compiled for it last; null before the first time.</summary>
    public MeetingMaterial? Material { get; init; }

    /// <summary>What people added by hand.</summary>
    public IReadOnlyList<Contribution> Contributions { get; init; } = [];

    /// <summary>When and where, and who is invited; null before a date is set.</summary>
    public Appointment? Appointment { get; init; }

    /// <summary>The papers as they were given out, which no longer change; null before that.</summary>
    public IssuedPapers? Issued { get; init; }

    /// <summary>Who attended and what was said; null before it was held.</summary>
    public MeetingMinutes? Minutes { get; init; }

    /// <summary>What was decided.</summary>
    public IReadOnlyList<Decision> Decisions { get; init; } = [];

    /// <summary>Who handed the minutes in last.</summary>
    public MeetingSignature? Submission { get; init; }

    /// <summary>Who approved the minutes.</summary>
    public MeetingSignature? Approval { get; init; }

    /// <summary>Everything that was done about it, oldest first.</summary>
    public IReadOnlyList<MeetingEntry> Log { get; init; } = [];

    /// <summary>Whether nothing more happens to it.</summary>
    [JsonIgnore]
    public bool Ended => Stage is MeetingStage.Closed or MeetingStage.Cancelled;

    /// <summary>What its evidence belongs to: the plan item where it does one, else the meeting itself.</summary>
    [JsonIgnore]
    public string Subject => Item ?? Id;

    /// <summary>Whether nothing that was decided is left to do.</summary>
    [JsonIgnore]
    public bool AllDecisionsAreSettled => Decisions.All(d => d.Status != DecisionStatus.Open);
}

/// <summary>What was compiled for a meeting.</summary>
/// <param name="CompiledAt">When.</param>
/// <param name="From">The first day that it looks back on.</param>
/// <param name="Until">The last day.</param>
/// <param name="Inputs">The inputs of a management review.</param>
/// <param name="Agenda">The points of a committee's agenda.</param>
public sealed record MeetingMaterial(
    DateTimeOffset CompiledAt, DateOnly From, DateOnly Until, IReadOnlyList<ReviewInput> Inputs, IReadOnlyList<AgendaPoint> Agenda);

/// <summary>What somebody added by hand: an input of a review, or a point of a committee's agenda.</summary>
/// <param name="Id">Its id within the meeting, such as <c>c-01</c>.</param>
/// <param name="Text">What there is to say; for a topic without anything to report, why there is nothing.</param>
/// <param name="By">The person id of who added it.</param>
/// <param name="At">When.</param>
/// <param name="Topic">The topic of a review that it belongs to.</param>
/// <param name="Title">What a committee's point is about.</param>
/// <param name="Evidence">Ids of evidence that it rests on.</param>
/// <param name="NothingToReport">Whether it says that there is nothing.</param>
public sealed record Contribution(
    string Id,
    string Text,
    string By,
    DateTimeOffset At,
    ReviewTopic? Topic = null,
    string? Title = null,
    IReadOnlyList<string>? Evidence = null,
    bool NothingToReport = false);

/// <summary>When and where a meeting is held, and who is invited.</summary>
/// <param name="Date">The day.</param>
/// <param name="Invitees">Person ids, where somebody chose them; null where those whose roles take part are invited, whoever holds these by then.</param>
/// <param name="Time">When it begins, in the organisation's time zone; null where that is agreed upon otherwise.</param>
/// <param name="Place">Where.</param>
public sealed record Appointment(DateOnly Date, IReadOnlyList<string>? Invitees = null, TimeOnly? Time = null, string? Place = null);

/// <summary>Papers as they were given out.</summary>
/// <param name="Version">Counts the times they were given out: again when the meeting was put off.</param>
/// <param name="Serial">The serial of the stage in which they were given out: that of the date they belong to.</param>
/// <param name="At">When.</param>
/// <param name="Material">What was compiled, as of then.</param>
/// <param name="Contributions">What people had added by then.</param>
public sealed record IssuedPapers(int Version, int Serial, DateTimeOffset At, MeetingMaterial Material, IReadOnlyList<Contribution> Contributions);

/// <summary>Minutes (議事録).</summary>
public sealed record MeetingMinutes
{
    /// <summary>The day it was held.</summary>
    public required DateOnly HeldOn { get; init; }

    /// <summary>The person id of who was in the chair.</summary>
    public required string Chair { get; init; }

    /// <summary>The person id of who took the minutes.</summary>
    public required string Secretary { get; init; }

    /// <summary>Where.</summary>
    public string? Place { get; init; }

    /// <summary>Person ids of those who attended.</summary>
    public required IReadOnlyList<string> Attendees { get; init; }

    /// <summary>Person ids of those who were invited and did not attend.</summary>
    public required IReadOnlyList<string> Absentees { get; init; }

    /// <summary>What was said, point by point.</summary>
    public required IReadOnlyList<MinutesPoint> Points { get; init; }

    /// <summary>The conclusion: for a review, whether the management system is suitable, adequate and effective (clause 9.3.1).</summary>
    public string? Conclusion { get; init; }

    /// <summary>What had changed since the papers were given out.</summary>
    public IReadOnlyList<LocalizedText> ChangesSincePapers { get; init; } = [];

    /// <summary>The day of the next meeting, where it was agreed upon.</summary>
    public DateOnly? Next { get; init; }
}

/// <summary>A point of the minutes.</summary>
/// <param name="Key">The topic or the point of the agenda.</param>
/// <param name="Title">What it is about.</param>
/// <param name="Draft">What the system knows to say: the papers in short.</param>
/// <param name="Text">What was said, in the words of who took the minutes; null where the draft says it all.</param>
public sealed record MinutesPoint(string Key, LocalizedText Title, LocalizedText Draft, string? Text = null);

/// <summary>Somebody's hand under the minutes.</summary>
/// <param name="By">The person id.</param>
/// <param name="At">When.</param>
/// <param name="Comment">A remark.</param>
/// <param name="OnBehalfOf">The person id of who was represented.</param>
public sealed record MeetingSignature(string By, DateTimeOffset At, string? Comment = null, string? OnBehalfOf = null);

/// <summary>One entry of the log.</summary>
/// <param name="What">The command or event.</param>
/// <param name="By">The person id of who did it, or <c>system</c>.</param>
/// <param name="At">When.</param>
/// <param name="Stage">The stage it led to.</param>
/// <param name="Comment">A remark or reason.</param>
public sealed record MeetingEntry(string What, string By, DateTimeOffset At, MeetingStage Stage, string? Comment = null);
