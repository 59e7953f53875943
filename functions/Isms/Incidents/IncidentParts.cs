namespace Isms.Incidents;

/// <summary>Information that an incident concerns.</summary>
/// <param name="What">What it is, such as 顧客名簿; never the information itself.</param>
/// <param name="Confidentiality">Impact on confidentiality, 1 (minor) to 5 (severe), 0 for none.</param>
/// <param name="Integrity">Impact on integrity, in the same way.</param>
/// <param name="Availability">Impact on availability, in the same way.</param>
/// <param name="Asset">Its id in the register of assets.</param>
public sealed record InformationInvolved(string What, int Confidentiality = 0, int Integrity = 0, int Availability = 0, string? Asset = null);

/// <summary>What the duty to report depends on (Act on the Protection of Personal Information, article 26; Enforcement Rules, article 7). A suspicion counts.</summary>
/// <param name="Persons">How many persons' data it may concern.</param>
/// <param name="Items">Which items of data, such as 氏名・住所; never the data itself.</param>
/// <param name="Sensitive">Sensitive personal data are among them (要配慮個人情報; rule 7 i).</param>
/// <param name="PropertyDamageFeared">Their misuse may damage property, as with card numbers (rule 7 ii).</param>
/// <param name="UnjustPurposeSuspected">It may have been done for an unjust purpose, as with an attack or theft (rule 7 iii).</param>
/// <param name="HighlyEncrypted">They were highly encrypted, or otherwise protected in the way that rule 7 i exempts.</param>
/// <param name="RecoveredUnseen">All were recovered before any third party saw them: then it is no leak (guideline 3-5-1-2).</param>
/// <param name="EntrustorNotified">They were entrusted to us, and the party that entrusted them has been notified (article 26 (1), proviso; rule 9).</param>
public sealed record PersonalDataFacts(
    int Persons,
    string Items = "",
    bool Sensitive = false,
    bool PropertyDamageFeared = false,
    bool UnjustPurposeSuspected = false,
    bool HighlyEncrypted = false,
    bool RecoveredUnseen = false,
    bool EntrustorNotified = false);

/// <summary>A step that was taken.</summary>
/// <param name="Description">What was done.</param>
/// <param name="DoneAt">When it was done.</param>
/// <param name="Evidence">Ids of evidence of it.</param>
/// <param name="By">Who reported it.</param>
/// <param name="At">When it was reported.</param>
public sealed record IncidentStep(string Description, DateTimeOffset DoneAt, IReadOnlyList<string> Evidence, string By, DateTimeOffset At);

/// <summary>What the investigation found.</summary>
/// <param name="Category">The cause in a word.</param>
/// <param name="Cause">The cause in words.</param>
/// <param name="Scope">What is affected, and how that was found.</param>
/// <param name="Evidence">Ids of evidence of it (control 5.28).</param>
/// <param name="By">Who reported it.</param>
/// <param name="At">When.</param>
public sealed record IncidentInvestigation(
    IncidentCause Category, string Cause, string Scope, IReadOnlyList<string> Evidence, string By, DateTimeOffset At);

/// <summary>What follows from a lesson.</summary>
public enum LessonMeasure
{
    /// <summary>It is good to know.</summary>
    None,

    /// <summary>A corrective action.</summary>
    CorrectiveAction,

    /// <summary>People have to be trained.</summary>
    Training,
}

/// <summary>What was learned from an incident (control 5.27).</summary>
/// <param name="Id">Names it within the incident, such as <c>l-01</c>.</param>
/// <param name="What">What was learned.</param>
/// <param name="Measure">What follows from it.</param>
/// <param name="Requirement">What is to hold from now on; the training's subject.</param>
/// <param name="Department">The department that has to act; the first one concerned, when left out.</param>
/// <param name="Owner">Who owns the corrective action; the department's lead, when left out.</param>
/// <param name="Clause">The clause that it concerns.</param>
/// <param name="Control">The control that it concerns.</param>
/// <param name="Action">The id of the corrective action that was raised.</param>
public sealed record Lesson(
    string Id,
    string What,
    LessonMeasure Measure,
    string? Requirement = null,
    string? Department = null,
    string? Owner = null,
    string? Clause = null,
    string? Control = null,
    string? Action = null);

/// <summary>The reports that the Act on the Protection of Personal Information demands (article 26).</summary>
public enum BreachReportKind
{
    /// <summary>The preliminary report to the Personal Information Protection Commission (速報; rule 8 (1)).</summary>
    Preliminary,

    /// <summary>The final report (確報; rule 8 (2)).</summary>
    Final,

    /// <summary>The notice to the persons concerned (本人への通知; article 26 (2), rule 10).</summary>
    Persons,
}

/// <summary>The clock of a report. It is never changed but replaced when the facts change, so that the log shows what held when.</summary>
/// <param name="Kind">Which report it is about.</param>
/// <param name="Number">Counts the clocks of this kind, from 1.</param>
/// <param name="Target">By when we want to have made it; null where the limit is the aim.</param>
/// <param name="Limit">The instant by which it must have been made.</param>
/// <param name="SetAt">Since when the clock holds.</param>
/// <param name="FulfilledAt">When the report was made.</param>
/// <param name="ReplacedAt">When changed facts replaced or withdrew it.</param>
public sealed record IncidentClock(
    BreachReportKind Kind,
    int Number,
    DateTimeOffset? Target,
    DateTimeOffset Limit,
    DateTimeOffset SetAt,
    DateTimeOffset? FulfilledAt = null,
    DateTimeOffset? ReplacedAt = null)
{
    /// <summary>Whether the report was made after the limit.</summary>
    public bool IsLate => FulfilledAt > Limit;
}

/// <summary>The nine items of a report (Enforcement Rules, article 8 (1) i–ix).</summary>
/// <param name="Outline">i: the outline.</param>
/// <param name="DataItems">ii: the items of personal data.</param>
/// <param name="Persons">iii: how many persons.</param>
/// <param name="Cause">iv: the cause.</param>
/// <param name="SecondaryDamage">v: secondary damage, or the fear of it.</param>
/// <param name="ResponseToPersons">vi: what was done towards the persons concerned.</param>
/// <param name="Publication">vii: whether and how it was published.</param>
/// <param name="Prevention">viii: what keeps it from happening again.</param>
/// <param name="Other">ix: anything else of use.</param>
public sealed record BreachReportContents(
    string? Outline = null,
    string? DataItems = null,
    int? Persons = null,
    string? Cause = null,
    string? SecondaryDamage = null,
    string? ResponseToPersons = null,
    string? Publication = null,
    string? Prevention = null,
    string? Other = null);

/// <summary>A report that was made.</summary>
/// <param name="Kind">Which.</param>
/// <param name="Number">Counts the reports of this kind, from 1.</param>
/// <param name="SubmittedAt">When it was made.</param>
/// <param name="Recipient">To whom: the Commission, the authority it delegated to, or how the persons were told.</param>
/// <param name="Contents">What it says.</param>
/// <param name="Reference">The recipient's reference, such as a receipt number.</param>
/// <param name="Evidence">Ids of evidence of it, such as the confirmation of receipt.</param>
/// <param name="By">Who recorded it.</param>
/// <param name="At">When it was recorded.</param>
public sealed record BreachReport(
    BreachReportKind Kind,
    int Number,
    DateTimeOffset SubmittedAt,
    string Recipient,
    BreachReportContents Contents,
    string? Reference,
    IReadOnlyList<string> Evidence,
    string By,
    DateTimeOffset At);

/// <summary>What happened when.</summary>
/// <param name="When">When it happened.</param>
/// <param name="What">What happened.</param>
/// <param name="By">Who noted it.</param>
/// <param name="At">When it was noted.</param>
public sealed record IncidentEvent(DateTimeOffset When, string What, string By, DateTimeOffset At);

/// <summary>One entry of the decision log.</summary>
/// <param name="What">The command or event.</param>
/// <param name="By">The person id of who did it, or <c>system</c>.</param>
/// <param name="At">When.</param>
/// <param name="Stage">The stage it led to.</param>
/// <param name="Comment">A remark.</param>
public sealed record IncidentDecision(string What, string By, DateTimeOffset At, IncidentStage Stage, string? Comment = null);
