using System.Text.Json.Serialization;

namespace Isms.Incidents;

/// <summary>Where an incident stands (controls 5.24–5.28).</summary>
public enum IncidentStage
{
    /// <summary>Somebody reported it; management is being told (報告).</summary>
    Reported,

    /// <summary>The secretariat judges what it is and how grave (トリアージ).</summary>
    Triage,

    /// <summary>The damage is kept from growing (封じ込め).</summary>
    Containment,

    /// <summary>Cause and extent are found out (調査).</summary>
    Investigation,

    /// <summary>What the law demands is reported (報告対応).</summary>
    Reporting,

    /// <summary>Systems and work return to normal (復旧).</summary>
    Recovery,

    /// <summary>What is learned from it is written down and acted on (教訓).</summary>
    LessonsLearned,

    /// <summary>It is over, or it never was one (完了).</summary>
    Closed,
}

/// <summary>What a report is about.</summary>
public enum IncidentNature
{
    /// <summary>Something happened.</summary>
    Actual,

    /// <summary>Something nearly happened (ヒヤリ・ハット).</summary>
    NearMiss,

    /// <summary>An exercise of the same steps (訓練).</summary>
    Drill,
}

/// <summary>What happened.</summary>
public enum IncidentKind
{
    /// <summary>A device, medium or paper was lost or stolen (紛失・盗難).</summary>
    LossOrTheft,

    /// <summary>Something went to the wrong recipient (誤送信・誤送付).</summary>
    Misdelivery,

    /// <summary>Malicious software (マルウェア感染).</summary>
    Malware,

    /// <summary>Somebody got in who may not (不正アクセス).</summary>
    UnauthorisedAccess,

    /// <summary>Information came out otherwise (情報漏えい).</summary>
    Leak,

    /// <summary>A system or service failed (障害・停止).</summary>
    Outage,

    /// <summary>Something else.</summary>
    Other,
}

/// <summary>Why it could happen; the investigation says.</summary>
public enum IncidentCause
{
    /// <summary>A slip or mistake (人為ミス).</summary>
    HumanError,

    /// <summary>A rule was not followed (ルール違反).</summary>
    RuleViolation,

    /// <summary>Somebody inside meant to (内部不正).</summary>
    InsiderMisuse,

    /// <summary>An attack from outside (外部からの攻撃).</summary>
    ExternalAttack,

    /// <summary>A wrong setting (設定不備).</summary>
    Misconfiguration,

    /// <summary>A weakness of software that was not mended in time (脆弱性).</summary>
    Vulnerability,

    /// <summary>Equipment or a service failed (機器・サービスの故障).</summary>
    EquipmentFailure,

    /// <summary>A supplier (委託先).</summary>
    Supplier,

    /// <summary>Fire, water, earthquake, power (災害).</summary>
    Disaster,

    /// <summary>Not found, although it was looked for (不明).</summary>
    Unknown,
}

/// <summary>How far it reaches.</summary>
public enum IncidentExtent
{
    /// <summary>One person's work.</summary>
    Individual,

    /// <summary>A department.</summary>
    Department,

    /// <summary>Several departments, or all.</summary>
    Organization,

    /// <summary>People or organisations outside.</summary>
    Outside,
}

/// <summary>How grave it is; computed by <see cref="IncidentSeverityTable"/>.</summary>
public enum IncidentSeverity
{
    /// <summary>Dealt with in the department.</summary>
    Low,

    /// <summary>The secretariat watches over it.</summary>
    Medium,

    /// <summary>The ISMS manager leads.</summary>
    High,

    /// <summary>Top management leads.</summary>
    Critical,
}

/// <summary>An information security incident, near miss or drill: its state row, and the record of every decision on it.</summary>
/// <remarks>Nothing in it names a person concerned: they are counted.</remarks>
public sealed record Incident
{
    /// <summary>What is written where a reporter wished to stay unknown.</summary>
    public const string Anonymous = "anonymous";

    /// <summary>Its id, which is the workflow's instance id as well, such as <c>incident-FY2026-001</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The fiscal year in which it was reported.</summary>
    public required string FiscalYear { get; init; }

    /// <summary>Where it stands.</summary>
    public IncidentStage Stage { get; init; }

    /// <summary>Counts the stages it entered; another round of lessons counts as well.</summary>
    public int Serial { get; init; } = 1;

    /// <summary>When it entered its stage.</summary>
    public required DateTimeOffset StageSince { get; init; }

    /// <summary>The due date of the present stage; null when nothing is due.</summary>
    public DateOnly? Due { get; init; }

    /// <summary>Incident, near miss or drill.</summary>
    public required IncidentNature Nature { get; init; }

    /// <summary>What happened.</summary>
    public required IncidentKind Kind { get; init; }

    /// <summary>It in one line.</summary>
    public required string Title { get; init; }

    /// <summary>It in words.</summary>
    public required string Description { get; init; }

    /// <summary>When it happened, as far as is known.</summary>
    public DateTimeOffset? OccurredAt { get; init; }

    /// <summary>When somebody noticed.</summary>
    public required DateTimeOffset DetectedAt { get; init; }

    /// <summary>
    /// When the first department knew: what the law's clocks run from (個人情報保護委員会ガイドライン(通則編)3-5-3-3: where a corporation is concerned, the moment at which any
    /// of its departments came to know).
    /// </summary>
    public required DateTimeOffset KnownAt { get; init; }

    /// <summary>When it was reported here.</summary>
    public required DateTimeOffset ReportedAt { get; init; }

    /// <summary>The person id of who reported it, or <see cref="Anonymous"/>.</summary>
    public required string ReportedBy { get; init; }

    /// <summary>Ids of the departments concerned, the one where it happened first.</summary>
    public required IReadOnlyList<string> Departments { get; init; }

    /// <summary>Ids of the sites concerned.</summary>
    public IReadOnlyList<string> Sites { get; init; } = [];

    /// <summary>The instance id of the plan item that a drill satisfies.</summary>
    public string? PlanItem { get; init; }

    /// <summary>The information involved.</summary>
    public IReadOnlyList<InformationInvolved> Information { get; init; } = [];

    /// <summary>The facts about personal data; null where none is involved.</summary>
    public PersonalDataFacts? PersonalData { get; init; }

    /// <summary>Whether it has to be reported under the Act on the Protection of Personal Information, and why.</summary>
    public required ReportDuty Duty { get; init; }

    /// <summary>How far it reaches; null before triage.</summary>
    public IncidentExtent? Extent { get; init; }

    /// <summary>How grave it is; null before triage.</summary>
    public IncidentSeverity? Severity { get; init; }

    /// <summary>The person id of who deals with it; null before triage.</summary>
    public string? Handler { get; init; }

    /// <summary>Why it turned out to be no incident; null otherwise.</summary>
    public string? FalseAlarm { get; init; }

    /// <summary>How it was contained.</summary>
    public IncidentStep? Containment { get; init; }

    /// <summary>Cause and extent.</summary>
    public IncidentInvestigation? Investigation { get; init; }

    /// <summary>How things returned to normal.</summary>
    public IncidentStep? Recovery { get; init; }

    /// <summary>What was learned.</summary>
    public IReadOnlyList<Lesson> Lessons { get; init; } = [];

    /// <summary>The clocks of the reports that the law demands, those that were replaced included, oldest first.</summary>
    public IReadOnlyList<IncidentClock> Clocks { get; init; } = [];

    /// <summary>The reports that were made, oldest first.</summary>
    public IReadOnlyList<BreachReport> Reports { get; init; } = [];

    /// <summary>What happened when, as people noted it.</summary>
    public IReadOnlyList<IncidentEvent> Timeline { get; init; } = [];

    /// <summary>Every decision, oldest first.</summary>
    public IReadOnlyList<IncidentDecision> Log { get; init; } = [];

    /// <summary>The clocks that hold now, fulfilled ones included.</summary>
    [JsonIgnore]
    public IEnumerable<IncidentClock> PresentClocks => Clocks.Where(c => c.ReplacedAt is null);

    /// <summary>The clocks whose report is still to be made.</summary>
    [JsonIgnore]
    public IEnumerable<IncidentClock> OpenClocks => PresentClocks.Where(c => c.FulfilledAt is null);

    /// <summary>Whether it is an exercise.</summary>
    [JsonIgnore]
    public bool IsDrill => Nature == IncidentNature.Drill;
}
