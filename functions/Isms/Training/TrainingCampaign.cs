using Isms.Text;

namespace Isms.Training;

/// <summary>What a campaign is for; the names are those of the register of courses.</summary>
public enum TrainingKind
{
    /// <summary>Training of all staff (全従業員教育).</summary>
    AllStaff,

    /// <summary>Training of newcomers (新入社員教育).</summary>
    Newcomer,

    /// <summary>Training of administrators and system staff (管理者・システム担当者教育).</summary>
    Specialist,

    /// <summary>Training of internal auditors (内部監査員教育).</summary>
    Auditor,

    /// <summary>An emergency drill (緊急時対応訓練).</summary>
    Drill,

    /// <summary>Training that is repeated (再教育).</summary>
    Refresher,
}

/// <summary>Where a campaign stands.</summary>
public enum TrainingStage
{
    /// <summary>Its first day has not come (計画).</summary>
    Planned,

    /// <summary>People are invited, attend, and are reminded (実施中).</summary>
    Running,

    /// <summary>It is over; its records are being written (締め処理中).</summary>
    Closing,

    /// <summary>Its records are among the evidence (完了).</summary>
    Closed,

    /// <summary>It was called off (中止).</summary>
    Cancelled,
}

/// <summary>What is taught with.</summary>
/// <param name="Evidence">Ids of the material in the evidence store.</param>
/// <param name="Link">Where people find it.</param>
public sealed record TrainingMaterial(IReadOnlyList<string> Evidence, string? Link = null)
{
    /// <summary>Nothing has been named yet.</summary>
    public static TrainingMaterial None { get; } = new([]);

    /// <summary>Whether anything has been named.</summary>
    public bool IsNamed => Evidence.Count > 0 || Link is not null;
}

/// <summary>When the directory was asked who has to attend.</summary>
/// <param name="TriedAt">When it was asked last; null before the first time.</param>
/// <param name="ReadAt">When it last answered in full; null before the first time.</param>
/// <param name="Problem">Why it did not answer the last time, as in the gaps of evidence; null when it did.</param>
public sealed record RosterLook(DateTimeOffset? TriedAt = null, DateTimeOffset? ReadAt = null, string? Problem = null);

/// <summary>How a campaign ended.</summary>
/// <param name="By">The person id of who closed it, or <c>system</c> when everybody had attended.</param>
/// <param name="At">When.</param>
/// <param name="Reason">Why it was closed although some are missing.</param>
public sealed record TrainingEnd(string By, DateTimeOffset At, string? Reason = null);

/// <summary>One entry of the decision log.</summary>
/// <param name="What">The command or event.</param>
/// <param name="By">The person id of who did it, or <c>system</c>.</param>
/// <param name="At">When.</param>
/// <param name="Stage">The stage it led to.</param>
/// <param name="Comment">A remark; never about a single person.</param>
public sealed record TrainingDecision(string What, string By, DateTimeOffset At, TrainingStage Stage, string? Comment = null);

/// <summary>A training campaign (clauses 7.2 and 7.3): its state row. Who has to attend, and who did, are rows of their own.</summary>
public sealed record TrainingCampaign
{
    /// <summary>Its id, which is the workflow's instance id as well, such as <c>training-FY2026-001</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The fiscal year.</summary>
    public required string FiscalYear { get; init; }

    /// <summary>What it is called.</summary>
    public required LocalizedText Title { get; init; }

    /// <summary>What it is for.</summary>
    public required TrainingKind Kind { get; init; }

    /// <summary>Who has to attend.</summary>
    public required Audience Audience { get; init; }

    /// <summary>Its first day.</summary>
    public required DateOnly From { get; init; }

    /// <summary>The day by which everybody has attended.</summary>
    public required DateOnly Due { get; init; }

    /// <summary>The day on which it is planned to be held; null where people choose.</summary>
    public DateOnly? HeldOn { get; init; }

    /// <summary>The score from which the test is passed; null where there is no test.</summary>
    public int? PassMark { get; init; }

    /// <summary>What is taught with.</summary>
    public TrainingMaterial Material { get; init; } = TrainingMaterial.None;

    /// <summary>The entry of the register of courses that it carries out; null for none.</summary>
    public string? Course { get; init; }

    /// <summary>The instance id of the plan item that it is done for; null for none.</summary>
    public string? Item { get; init; }

    /// <summary>Where it stands.</summary>
    public TrainingStage Stage { get; init; }

    /// <summary>Counts the stages it entered.</summary>
    public int Serial { get; init; } = 1;

    /// <summary>When it entered its stage.</summary>
    public required DateTimeOffset StageSince { get; init; }

    /// <summary>When the directory was asked.</summary>
    public RosterLook Roster { get; init; } = new();

    /// <summary>Counts the changes to its participants, so that its workflow looks at them.</summary>
    public int Changes { get; init; }

    /// <summary>How it ended; null while it goes on.</summary>
    public TrainingEnd? End { get; init; }

    /// <summary>What it came to; null until its records are written.</summary>
    public TrainingProgress? Outcome { get; init; }

    /// <summary>The person id of who asked for it, or <c>system</c>.</summary>
    public required string RequestedBy { get; init; }

    /// <summary>When it was asked for.</summary>
    public required DateTimeOffset RequestedAt { get; init; }

    /// <summary>Every decision, oldest first.</summary>
    public IReadOnlyList<TrainingDecision> Log { get; init; } = [];

    /// <summary>What its records are filed under: the plan item, else itself.</summary>
    public string Subject => Item ?? Id;

    /// <summary>Whether nothing can happen to it any more.</summary>
    public bool HasEnded => Stage is TrainingStage.Closed or TrainingStage.Cancelled;
}
