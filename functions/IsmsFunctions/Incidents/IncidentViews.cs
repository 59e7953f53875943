using Isms.Incidents;
using Isms.Organizations;
using Isms.Text;
using Isms.Year;

namespace IsmsFunctions.Incidents;

/// <summary>An incident as lists show it.</summary>
public record IncidentSummary(
    string Id,
    string FiscalYear,
    IncidentNature Nature,
    IncidentKind Kind,
    LocalizedText KindName,
    string Title,
    IncidentStage Stage,
    LocalizedText StageName,
    DateTimeOffset StageSince,
    DateOnly? Due,
    bool Overdue,
    IncidentSeverity? Severity,
    string? Handler,
    IReadOnlyList<string> Departments,
    IReadOnlyList<string> Sites,
    DateTimeOffset KnownAt,
    DateTimeOffset ReportedAt,
    bool Reportable,
    DateTimeOffset? NextLimit,
    IReadOnlyList<string> Possible)
{
    /// <summary>The summary of an incident at a moment.</summary>
    public static IncidentSummary Of(Incident incident, Organization organization, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(incident);
        ArgumentNullException.ThrowIfNull(organization);
        var today = OfficeTime.Of(organization.TimeZone).DateAt(now);
        return new IncidentSummary(
            incident.Id, incident.FiscalYear, incident.Nature, incident.Kind, Texts.Get("incident.kind." + incident.Kind), incident.Title, incident.Stage,
            IncidentRules.NameOf(incident.Stage), incident.StageSince, incident.Due, incident.Due < today, incident.Severity, incident.Handler, incident.Departments,
            incident.Sites, incident.KnownAt, incident.ReportedAt, incident.Duty.IsDue, incident.OpenClocks.Select(c => (DateTimeOffset?)c.Limit).Min(),
            IncidentRules.PossibleIn(incident.Stage));
    }
}

/// <summary>A clock, with its times as the organisation's own clocks show them.</summary>
public sealed record IncidentClockView(
    BreachReportKind Kind,
    LocalizedText Name,
    int Number,
    DateTimeOffset? Target,
    LocalizedText? TargetText,
    DateTimeOffset Limit,
    LocalizedText LimitText,
    DateTimeOffset SetAt,
    DateTimeOffset? FulfilledAt,
    DateTimeOffset? ReplacedAt,
    bool Late)
{
    /// <summary>The view of a clock at a moment.</summary>
    public static IncidentClockView Of(IncidentClock clock, ReportDeadlines deadlines, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(clock);
        ArgumentNullException.ThrowIfNull(deadlines);
        return new IncidentClockView(
            clock.Kind, Texts.Get("incident.report." + clock.Kind), clock.Number, clock.Target, clock.Target is { } target ? deadlines.Written(target) : null, clock.Limit,
            deadlines.Written(clock.Limit), clock.SetAt, clock.FulfilledAt, clock.ReplacedAt, clock.IsLate || (clock is { FulfilledAt: null, ReplacedAt: null } && clock.Limit < now));
    }
}

/// <summary>The duty to report, with its reasons in words.</summary>
public sealed record ReportDutyView(bool Due, bool Extended, IReadOnlyList<DutyReason> Reasons, IReadOnlyList<LocalizedText> ReasonTexts);

/// <summary>Everything about an incident.</summary>
public sealed record IncidentDetails : IncidentSummary
{
    private IncidentDetails(IncidentSummary summary)
        : base(summary)
    {
    }

    public required string Description { get; init; }

    public DateTimeOffset? OccurredAt { get; init; }

    public required DateTimeOffset DetectedAt { get; init; }

    public required string ReportedBy { get; init; }

    public string? PlanItem { get; init; }

    public required IReadOnlyList<InformationInvolved> Information { get; init; }

    public PersonalDataFacts? PersonalData { get; init; }

    public required ReportDutyView Duty { get; init; }

    public IncidentExtent? Extent { get; init; }

    public string? FalseAlarm { get; init; }

    public IncidentStep? Containment { get; init; }

    public IncidentInvestigation? Investigation { get; init; }

    public IncidentStep? Recovery { get; init; }

    public required IReadOnlyList<Lesson> Lessons { get; init; }

    public required IReadOnlyList<IncidentClockView> Clocks { get; init; }

    public required IReadOnlyList<BreachReport> Reports { get; init; }

    public required IReadOnlyList<IncidentEvent> Timeline { get; init; }

    public required IReadOnlyList<IncidentDecision> Log { get; init; }

    /// <summary>The details of an incident at a moment.</summary>
    public static IncidentDetails Details(Incident incident, Organization organization, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(incident);
        ArgumentNullException.ThrowIfNull(organization);
        var deadlines = new ReportDeadlines(OfficeTime.Of(organization.TimeZone));
        return new IncidentDetails(Of(incident, organization, now))
        {
            Description = incident.Description,
            OccurredAt = incident.OccurredAt,
            DetectedAt = incident.DetectedAt,
            ReportedBy = incident.ReportedBy,
            PlanItem = incident.PlanItem,
            Information = incident.Information,
            PersonalData = incident.PersonalData,
            Duty = new ReportDutyView(incident.Duty.IsDue, incident.Duty.IsExtended, incident.Duty.Reasons, [.. incident.Duty.Reasons.Select(ReportDuty.NameOf)]),
            Extent = incident.Extent,
            FalseAlarm = incident.FalseAlarm,
            Containment = incident.Containment,
            Investigation = incident.Investigation,
            Recovery = incident.Recovery,
            Lessons = incident.Lessons,
            Clocks = [.. incident.Clocks.Select(c => IncidentClockView.Of(c, deadlines, now))],
            Reports = incident.Reports,
            Timeline = incident.Timeline,
            Log = incident.Log,
        };
    }
}
