using System.Text.Json.Serialization;

namespace Isms.Training;

/// <summary>How far a campaign, or a department in it, has come.</summary>
/// <param name="Obliged">How many have to attend.</param>
/// <param name="Attended">Of these, how many attended, whatever their result.</param>
/// <param name="Done">Of these, how many attended and, where there is a test, passed.</param>
/// <param name="Failed">How many attended and did not pass.</param>
/// <param name="Exempt">How many do not have to attend.</param>
/// <param name="Left">How many left the audience.</param>
/// <param name="Excluded">How many accounts are nobody's.</param>
public sealed record TrainingProgress(int Obliged, int Attended, int Done, int Failed, int Exempt, int Left, int Excluded)
{
    /// <summary>How many still have to attend, or to pass.</summary>
    [JsonIgnore]
    public int Missing => Obliged - Done;

    /// <summary>The share of those obliged who are done, in percent with one decimal, rounded down: 100 means all. Null where nobody is obliged.</summary>
    [JsonIgnore]
    public decimal? Coverage => Obliged == 0 ? null : Math.Floor(Done * 1000m / Obliged) / 10;

    /// <summary>The progress of participants.</summary>
    public static TrainingProgress Of(IEnumerable<Participant> participants, int? passMark)
    {
        ArgumentNullException.ThrowIfNull(participants);
        var counts = participants.CountBy(p => ParticipantRules.StatusOf(p, passMark)).ToDictionary();
        int Count(ParticipantStatus status) => counts.GetValueOrDefault(status);
        var attended = Count(ParticipantStatus.Done) + Count(ParticipantStatus.Failed) + Count(ParticipantStatus.ResultMissing);
        return new TrainingProgress(
            attended + Count(ParticipantStatus.Missing), attended, Count(ParticipantStatus.Done), Count(ParticipantStatus.Failed),
            Count(ParticipantStatus.Exempt), Count(ParticipantStatus.Left), Count(ParticipantStatus.Excluded));
    }
}
