using System.Text.Json.Serialization;

namespace Isms.Training;

/// <summary>Where a participant stands.</summary>
public enum ParticipantStatus
{
    /// <summary>Has to attend and has not.</summary>
    Missing,

    /// <summary>Attended; the result of the test is not known.</summary>
    ResultMissing,

    /// <summary>Attended, and did not pass the test.</summary>
    Failed,

    /// <summary>Attended, and passed where there is a test.</summary>
    Done,

    /// <summary>Does not have to attend, for a reason that somebody approved.</summary>
    Exempt,

    /// <summary>Is not in the audience any more.</summary>
    Left,

    /// <summary>By a rule, the account is nobody's.</summary>
    Excluded,
}

/// <summary>That somebody attended.</summary>
/// <param name="On">The day.</param>
/// <param name="Score">The score of the test.</param>
/// <param name="Passed">Whether the test was passed, where only that is known.</param>
public sealed record Attendance(DateOnly On, decimal? Score = null, bool? Passed = null)
{
    /// <summary>Whether that is enough: null while the result is not known.</summary>
    public bool? IsEnough(int? passMark) => passMark is null ? true : Score is { } score ? score >= passMark : Passed;
}

/// <summary>An attendance on record.</summary>
/// <param name="What">What is on record.</param>
/// <param name="By">The person id of who reported it.</param>
/// <param name="At">When.</param>
/// <param name="Import">The import that it came with; null where it was marked by hand.</param>
public sealed record AttendanceEntry(Attendance What, string By, DateTimeOffset At, string? Import = null);

/// <summary>Somebody decided about one participant.</summary>
/// <param name="Reason">Why.</param>
/// <param name="By">The person id of who decided.</param>
/// <param name="At">When.</param>
public sealed record ParticipantDecision(string Reason, string By, DateTimeOffset At);

/// <summary>Somebody who has, or had, to attend a campaign: a row of its own.</summary>
public sealed record Participant
{
    /// <summary>The account's object id, or what stands for it.</summary>
    public required string Id { get; init; }

    /// <summary>The name.</summary>
    public required string Name { get; init; }

    /// <summary>The mail address.</summary>
    public string? Mail { get; init; }

    /// <summary>The sign-in name.</summary>
    public string? PrincipalName { get; init; }

    /// <summary>The department as the directory writes it.</summary>
    public string? Department { get; init; }

    /// <summary>The organisation's department that it is.</summary>
    public string? DepartmentId { get; init; }

    /// <summary>The person of the settings who it is.</summary>
    public string? PersonId { get; init; }

    /// <summary>The day of joining the organisation.</summary>
    public DateOnly? JoinedOn { get; init; }

    /// <summary>The day on which the campaign took the person in.</summary>
    public required DateOnly ListedOn { get; init; }

    /// <summary>The day on which the invitation was written.</summary>
    public DateOnly? InvitedOn { get; init; }

    /// <summary>Every attendance reported, none twice.</summary>
    public IReadOnlyList<AttendanceEntry> Attendances { get; init; } = [];

    /// <summary>Why the person does not have to attend.</summary>
    public ParticipantDecision? Exemption { get; init; }

    /// <summary>The rule by which the account is nobody's.</summary>
    public string? Exclusion { get; init; }

    /// <summary>Why the person has to attend although a rule excludes the account.</summary>
    public ParticipantDecision? Obligation { get; init; }

    /// <summary>The day on which the person was found to be no longer in the audience.</summary>
    public DateOnly? LeftOn { get; init; }

    /// <summary>Whether the campaign counts on the person.</summary>
    [JsonIgnore]
    public bool IsObliged => LeftOn is null && Exemption is null && (Exclusion is null || Obligation is not null);
}
