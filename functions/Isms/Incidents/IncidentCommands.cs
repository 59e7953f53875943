namespace Isms.Incidents;

/// <summary>Reports an incident, a near miss or a drill.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Title">It in one line.</param>
/// <param name="Description">It in words.</param>
/// <param name="Departments">Ids of the departments concerned, the one where it happened first.</param>
/// <param name="Nature">Incident, near miss or drill.</param>
/// <param name="Sites">Ids of the sites concerned.</param>
/// <param name="OccurredAt">When it happened.</param>
/// <param name="DetectedAt">When somebody noticed; when the first department knew, or now, when left out.</param>
/// <param name="KnownAt">When the first department knew; when somebody noticed, when left out.</param>
/// <param name="Information">The information involved.</param>
/// <param name="PersonalData">The facts about personal data, as far as they are known.</param>
/// <param name="Anonymous">Whether the reporter's id is not to be kept.</param>
/// <param name="PlanItem">The instance id of the plan item that a drill satisfies, such as <c>item-FY2026-emergency-drill</c>.</param>
public sealed record ReportIncident(
    IncidentKind Kind,
    string Title,
    string Description,
    IReadOnlyList<string> Departments,
    IncidentNature Nature = IncidentNature.Actual,
    IReadOnlyList<string>? Sites = null,
    DateTimeOffset? OccurredAt = null,
    DateTimeOffset? DetectedAt = null,
    DateTimeOffset? KnownAt = null,
    IReadOnlyList<InformationInvolved>? Information = null,
    PersonalDataFacts? PersonalData = null,
    bool Anonymous = false,
    string? PlanItem = null);

/// <summary>Judges what was reported.</summary>
/// <param name="Extent">How far it reaches.</param>
/// <param name="Handler">The person id of who deals with it; who judges, when left out.</param>
/// <param name="Kind">What happened, where the report was mistaken.</param>
/// <param name="Nature">Incident or near miss, where the report was mistaken.</param>
/// <param name="Information">The information involved, where more is known now.</param>
/// <param name="PersonalData">The facts about personal data, where more is known now.</param>
/// <param name="Comment">A remark.</param>
public sealed record TriageIncident(
    IncidentExtent Extent,
    string? Handler = null,
    IncidentKind? Kind = null,
    IncidentNature? Nature = null,
    IReadOnlyList<InformationInvolved>? Information = null,
    PersonalDataFacts? PersonalData = null,
    string? Comment = null);

/// <summary>Says that it is no incident.</summary>
/// <param name="Reason">Why.</param>
public sealed record DismissIncident(string Reason);

/// <summary>Changes the facts. What is left out stays as it is; the clocks are computed anew.</summary>
/// <param name="Reason">What was found out.</param>
/// <param name="PersonalData">The facts about personal data.</param>
/// <param name="Information">The information involved.</param>
/// <param name="Extent">How far it reaches.</param>
/// <param name="Departments">Ids of the departments concerned.</param>
/// <param name="Sites">Ids of the sites concerned.</param>
/// <param name="OccurredAt">When it happened.</param>
/// <param name="DetectedAt">When somebody noticed.</param>
/// <param name="KnownAt">When the first department knew that it has to be reported.</param>
/// <param name="Handler">The person id of who deals with it from now on.</param>
public sealed record AssessIncident(
    string Reason,
    PersonalDataFacts? PersonalData = null,
    IReadOnlyList<InformationInvolved>? Information = null,
    IncidentExtent? Extent = null,
    IReadOnlyList<string>? Departments = null,
    IReadOnlyList<string>? Sites = null,
    DateTimeOffset? OccurredAt = null,
    DateTimeOffset? DetectedAt = null,
    DateTimeOffset? KnownAt = null,
    string? Handler = null);

/// <summary>Notes what happened when.</summary>
/// <param name="What">What happened.</param>
/// <param name="When">When; now, when left out.</param>
public sealed record NoteIncidentEvent(string What, DateTimeOffset? When = null);

/// <summary>Reports that it is contained, or that things are back to normal.</summary>
/// <param name="Description">What was done.</param>
/// <param name="DoneAt">When; now, when left out.</param>
/// <param name="Evidence">Ids of evidence of it.</param>
public sealed record ReportIncidentStep(string Description, DateTimeOffset? DoneAt = null, IReadOnlyList<string>? Evidence = null);

/// <summary>Reports cause and extent.</summary>
/// <param name="Category">The cause in a word.</param>
/// <param name="Cause">The cause in words.</param>
/// <param name="Scope">What is affected, and how that was found.</param>
/// <param name="Evidence">Ids of evidence of it.</param>
public sealed record ReportInvestigation(IncidentCause Category, string Cause, string Scope, IReadOnlyList<string>? Evidence = null);

/// <summary>Records a report that the law demands.</summary>
/// <param name="Kind">Which.</param>
/// <param name="Recipient">To whom, or how the persons were told.</param>
/// <param name="Contents">What it says.</param>
/// <param name="SubmittedAt">When it was made; now, when left out.</param>
/// <param name="Reference">The recipient's reference.</param>
/// <param name="Evidence">Ids of evidence of it.</param>
public sealed record FileBreachReport(
    BreachReportKind Kind,
    string Recipient,
    BreachReportContents Contents,
    DateTimeOffset? SubmittedAt = null,
    string? Reference = null,
    IReadOnlyList<string>? Evidence = null);

/// <summary>A lesson, before it is numbered.</summary>
/// <param name="What">What was learned.</param>
/// <param name="Measure">What follows from it.</param>
/// <param name="Requirement">What is to hold from now on; the training's subject.</param>
/// <param name="Department">The department that has to act.</param>
/// <param name="Owner">Who owns the corrective action.</param>
/// <param name="Clause">The clause that it concerns.</param>
/// <param name="Control">The control that it concerns.</param>
public sealed record NewLesson(
    string What,
    LessonMeasure Measure = LessonMeasure.None,
    string? Requirement = null,
    string? Department = null,
    string? Owner = null,
    string? Clause = null,
    string? Control = null);

/// <summary>Adds what was learned.</summary>
/// <param name="Lessons">The lessons.</param>
public sealed record LearnLessons(IReadOnlyList<NewLesson> Lessons);
