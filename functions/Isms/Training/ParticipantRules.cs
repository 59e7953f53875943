using Isms.Rules;

namespace Isms.Training;

/// <summary>Decisions about single participants.</summary>
public static class ParticipantRules
{
    /// <summary>The most attendances kept of one person: more is a mistake of whoever reports them.</summary>
    public const int MostAttendances = 20;

    /// <summary>Where the participant stands.</summary>
    public static ParticipantStatus StatusOf(Participant participant, int? passMark)
    {
        ArgumentNullException.ThrowIfNull(participant);
        return participant.LeftOn is not null ? ParticipantStatus.Left
            : participant.Exemption is not null ? ParticipantStatus.Exempt
            : !participant.IsObliged ? ParticipantStatus.Excluded
            : Best(participant, passMark) is not { } best ? ParticipantStatus.Missing
            : best.IsEnough(passMark) switch { true => ParticipantStatus.Done, false => ParticipantStatus.Failed, null => ParticipantStatus.ResultMissing };
    }

    /// <summary>The attendance that counts: what is enough before what is not, then the higher score, then the earlier day. Null where there is none.</summary>
    public static Attendance? Best(Participant participant, int? passMark)
    {
        ArgumentNullException.ThrowIfNull(participant);
        return participant.Attendances.Select(a => a.What)
            .OrderByDescending(a => a.IsEnough(passMark) switch { true => 2, false => 1, null => 0 })
            .ThenByDescending(a => a.Score ?? decimal.MinValue)
            .ThenBy(a => a.On)
            .FirstOrDefault();
    }

    /// <summary>
    /// The participant with one more attendance; the same participant when it is on record already, so that a file that is imported twice counts once, and
    /// files that come in any order come to the same.
    /// </summary>
    public static Participant Attended(Participant participant, AttendanceEntry entry)
    {
        ArgumentNullException.ThrowIfNull(participant);
        ArgumentNullException.ThrowIfNull(entry);
        return participant.Attendances.Any(a => a.What == entry.What) || participant.Attendances.Count >= MostAttendances
            ? participant
            : participant with { Attendances = [.. participant.Attendances, entry] };
    }

    /// <summary>What was reported by mistake is taken off; the participant itself when there is no such attendance.</summary>
    public static Participant DidNotAttend(Participant participant, DateOnly on)
    {
        ArgumentNullException.ThrowIfNull(participant);
        return participant.Attendances.Any(a => a.What.On == on)
            ? participant with { Attendances = [.. participant.Attendances.Where(a => a.What.On != on)] }
            : participant;
    }

    /// <summary>The participant does not have to attend. Nobody exempts themselves.</summary>
    public static Outcome<Participant> IsExempted(Participant participant, string? reason, string by, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(participant);
        return string.IsNullOrWhiteSpace(reason) ? Refusal.Of(RefusalKind.InvalidInput, "training-reason-missing", "reason")
            : participant.PersonId == by ? Refusal.Of(RefusalKind.RuleBroken, "training-exempts-oneself")
            : participant.LeftOn is not null ? Refusal.Of(RefusalKind.IllegalState, "training-participant-left", "id", participant.Id)
            : participant with { Exemption = new ParticipantDecision(reason.Trim(), by, at), Obligation = null };
    }

    /// <summary>The participant has to attend after all: an exemption is taken back, or a rule that excludes the account is overridden.</summary>
    public static Outcome<Participant> IsObliged(Participant participant, string? reason, string by, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(participant);
        return string.IsNullOrWhiteSpace(reason) ? Refusal.Of(RefusalKind.InvalidInput, "training-reason-missing", "reason")
            : participant.LeftOn is not null ? Refusal.Of(RefusalKind.IllegalState, "training-participant-left", "id", participant.Id)
            : participant.IsObliged ? participant
            : participant with { Exemption = null, Obligation = new ParticipantDecision(reason.Trim(), by, at) };
    }

    /// <summary>Why an attendance cannot be true; null when it can.</summary>
    public static Refusal? IsBelievable(Attendance attendance, TrainingCampaign campaign, DateOnly today, DateOnly yearStart)
    {
        ArgumentNullException.ThrowIfNull(attendance);
        ArgumentNullException.ThrowIfNull(campaign);
        return attendance.On > today ? Refusal.Of(RefusalKind.InvalidInput, "training-attendance-ahead", "attendedOn", null, attendance.On)
            : attendance.On < yearStart ? Refusal.Of(RefusalKind.InvalidInput, "training-attendance-of-another-year", "attendedOn", null, attendance.On, yearStart)
            : attendance.Score is < 0 or > 100 ? Refusal.Of(RefusalKind.InvalidInput, "training-score-out-of-range", "score")
            : attendance is { Score: { } score, Passed: { } passed } && campaign.PassMark is { } mark && passed != (score >= mark)
                ? Refusal.Of(RefusalKind.InvalidInput, "training-result-contradicts", "passed", null, score, mark)
            : null;
    }
}
