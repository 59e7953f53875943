using System.Globalization;
using Isms.Text;
using Isms.Training;

namespace IsmsFunctions.Training;

/// <summary>A campaign as lists show it.</summary>
public record TrainingSummary(
    string Id,
    string FiscalYear,
    LocalizedText Title,
    TrainingKind Kind,
    TrainingStage Stage,
    LocalizedText StageName,
    DateTimeOffset StageSince,
    DateOnly From,
    DateOnly Due,
    bool Overdue,
    string? Item,
    string? Course,
    ProgressView? Outcome,
    IReadOnlyList<string> Possible)
{
    /// <summary>The summary of a campaign on a day.</summary>
    public static TrainingSummary Of(TrainingCampaign campaign, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(campaign);
        return new TrainingSummary(
            campaign.Id, campaign.FiscalYear, campaign.Title, campaign.Kind, campaign.Stage, TrainingRules.NameOf(campaign.Stage), campaign.StageSince, campaign.From,
            campaign.Due, campaign.Stage == TrainingStage.Running && today > campaign.Due, campaign.Item, campaign.Course,
            campaign.Outcome is { } outcome ? ProgressView.Of(outcome) : null, TrainingRules.PossibleIn(campaign.Stage));
    }
}

/// <summary>Everything about a campaign but its participants.</summary>
public sealed record TrainingDetails : TrainingSummary
{
    private TrainingDetails(TrainingSummary summary)
        : base(summary)
    {
    }

    public required Audience Audience { get; init; }

    public DateOnly? HeldOn { get; init; }

    public int? PassMark { get; init; }

    public required TrainingMaterial Material { get; init; }

    public required RosterLook Roster { get; init; }

    /// <summary>How far it has come.</summary>
    public required ProgressView Progress { get; init; }

    /// <summary>The same by department.</summary>
    public required IReadOnlyList<DepartmentProgress> Departments { get; init; }

    public TrainingEnd? End { get; init; }

    public required string RequestedBy { get; init; }

    public required IReadOnlyList<TrainingDecision> Log { get; init; }

    /// <summary>The details of a campaign on a day.</summary>
    public static TrainingDetails Details(TrainingCampaign campaign, IReadOnlyList<Participant> participants, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(campaign);
        ArgumentNullException.ThrowIfNull(participants);
        return new TrainingDetails(Of(campaign, today))
        {
            Audience = campaign.Audience,
            HeldOn = campaign.HeldOn,
            PassMark = campaign.PassMark,
            Material = campaign.Material,
            Roster = campaign.Roster,
            Progress = ProgressView.Of(campaign.Outcome ?? TrainingProgress.Of(participants, campaign.PassMark)),
            Departments =
            [
                .. participants.Where(p => p.IsObliged).GroupBy(p => p.Department ?? "").OrderBy(g => g.Key, StringComparer.Ordinal)
                    .Select(g => new DepartmentProgress(g.Key, ProgressView.Of(TrainingProgress.Of(g, campaign.PassMark)))),
            ],
            End = campaign.End,
            RequestedBy = campaign.RequestedBy,
            Log = campaign.Log,
        };
    }
}

/// <summary>How far a campaign has come.</summary>
public sealed record ProgressView(int Obliged, int Attended, int Done, int Failed, int Missing, int Exempt, int Left, int Excluded, decimal? Coverage)
{
    /// <summary>The view of a progress.</summary>
    public static ProgressView Of(TrainingProgress progress)
    {
        ArgumentNullException.ThrowIfNull(progress);
        return new ProgressView(
            progress.Obliged, progress.Attended, progress.Done, progress.Failed, progress.Missing, progress.Exempt, progress.Left, progress.Excluded, progress.Coverage);
    }
}

/// <summary>How far a department has come.</summary>
/// <param name="Department">The department as the directory writes it; empty for those without one.</param>
/// <param name="Progress">How far.</param>
public sealed record DepartmentProgress(string Department, ProgressView Progress);

/// <summary>A participant.</summary>
public sealed record ParticipantView(
    string Id,
    string Name,
    string? Mail,
    string? Department,
    string? DepartmentId,
    DateOnly? JoinedOn,
    ParticipantStatus Status,
    LocalizedText StatusName,
    DateOnly? InvitedOn,
    DateOnly? AttendedOn,
    decimal? Score,
    ParticipantDecision? Exemption,
    string? Exclusion,
    ParticipantDecision? Obligation,
    DateOnly? LeftOn,
    IReadOnlyList<AttendanceEntry> Attendances)
{
    /// <summary>The view of a participant.</summary>
    public static ParticipantView Of(Participant participant, int? passMark)
    {
        ArgumentNullException.ThrowIfNull(participant);
        var status = ParticipantRules.StatusOf(participant, passMark);
        var best = ParticipantRules.Best(participant, passMark);
        return new ParticipantView(
            participant.Id, participant.Name, participant.Mail, participant.Department, participant.DepartmentId, participant.JoinedOn, status,
            Texts.Get("training.status." + status), participant.InvitedOn, best?.On, best?.Score, participant.Exemption, participant.Exclusion, participant.Obligation,
            participant.LeftOn, participant.Attendances);
    }
}

/// <summary>What became, or would become, of a file of attendance.</summary>
/// <param name="Import">Its id: the same file is the same import.</param>
/// <param name="Applied">Whether it was put on record, or only looked at.</param>
/// <param name="Taken">Rows that are put on record.</param>
/// <param name="Known">Rows that are on record already.</param>
/// <param name="Refused">Rows that cannot be.</param>
/// <param name="Rows">Each row.</param>
public sealed record TrainingImportView(string Import, bool Applied, int Taken, int Known, int Refused, IReadOnlyList<ImportedRowView> Rows)
{
    /// <summary>The view of an import.</summary>
    public static TrainingImportView Of(string import, bool applied, IReadOnlyList<ImportedRow> rows, CultureInfo culture)
    {
        ArgumentNullException.ThrowIfNull(rows);
        int Count(ImportVerdict verdict) => rows.Count(r => r.Verdict == verdict);
        return new TrainingImportView(
            import, applied, Count(ImportVerdict.Taken), Count(ImportVerdict.Known), Count(ImportVerdict.Refused),
            [.. rows.Select(r => new ImportedRowView(
                r.Row, r.Verdict, r.Participant?.Id, r.Participant?.Name, r.Attendance?.On, r.Attendance?.Score, r.Attendance?.Passed, r.Refusal?.Code, r.Refusal?.Field,
                r.Refusal?.Title.In(culture), r.Refusal?.Remedy.In(culture)))]);
    }
}

/// <summary>What became of a row; code, field, title and detail only where it is refused.</summary>
public sealed record ImportedRowView(
    int Row,
    ImportVerdict Verdict,
    string? Participant,
    string? Name,
    DateOnly? AttendedOn,
    decimal? Score,
    bool? Passed,
    string? Code,
    string? Field,
    string? Title,
    string? Detail);
