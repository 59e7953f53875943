using Isms.CorrectiveActions;
using Isms.Organizations;
using Isms.Rules;
using Isms.Text;
using Isms.Year;
using static Isms.Incidents.IncidentConditions;
using static Isms.Incidents.IncidentText;

namespace Isms.Incidents;

/// <summary>
/// What may happen to an incident, and what comes of it (controls 5.24–5.28). Each method returns the incident after the decision, or the refusal; what the workflow
/// does by itself returns the same incident when there is nothing to do.
/// </summary>
public static class IncidentRules
{
    /// <summary>Judges what was reported.</summary>
    public const string Triage = "triage";

    /// <summary>Says that it is no incident.</summary>
    public const string Dismiss = "dismiss";

    /// <summary>Changes the facts.</summary>
    public const string Assess = "assess";

    /// <summary>Notes what happened when.</summary>
    public const string Note = "note";

    /// <summary>Reports that it is contained.</summary>
    public const string Contain = "contained";

    /// <summary>Reports cause and extent.</summary>
    public const string Investigate = "investigated";

    /// <summary>Records a report that the law demands.</summary>
    public const string FileReport = "breach-report";

    /// <summary>Goes on to the recovery, the preliminary report having been made.</summary>
    public const string CompleteReporting = "complete-reporting";

    /// <summary>Reports that things are back to normal.</summary>
    public const string Recover = "recovered";

    /// <summary>Adds what was learned.</summary>
    public const string Learn = "lessons";

    /// <summary>Closes it.</summary>
    public const string Close = "close";

    private const string System = "system";

    private static readonly string[] Always = [Assess, FileReport, Note];

    private static readonly Dictionary<IncidentStage, string[]> PossibleCommands = new()
    {
        [IncidentStage.Reported] = [Note],
        [IncidentStage.Triage] = [Triage, Dismiss, .. Always],
        [IncidentStage.Containment] = [Contain, .. Always],
        [IncidentStage.Investigation] = [Investigate, .. Always],
        [IncidentStage.Reporting] = [CompleteReporting, .. Always],
        [IncidentStage.Recovery] = [Recover, .. Always],
        [IncidentStage.LessonsLearned] = [Learn, Close, .. Always],
        [IncidentStage.Closed] = [],
    };

    /// <summary>All commands that people give.</summary>
    public static IReadOnlyList<string> Commands { get; } =
        [Triage, Dismiss, Assess, Note, Contain, Investigate, FileReport, CompleteReporting, Recover, Learn, Close];

    /// <summary>The commands that a stage permits.</summary>
    public static IReadOnlyList<string> PossibleIn(IncidentStage stage) => PossibleCommands[stage];

    /// <summary>What a stage is called.</summary>
    public static LocalizedText NameOf(IncidentStage stage) => Texts.Get("incident.stage." + stage);

    /// <summary>A command is refused where the stage does not permit it, and the refusal lists what is possible; null where it is permitted.</summary>
    public static Refusal? CommandIsPossible(Incident incident, string command)
    {
        ArgumentNullException.ThrowIfNull(incident);
        if (PossibleIn(incident.Stage).Contains(command))
        {
            return null;
        }

        var refusal = Refusal.Of(
            RefusalKind.IllegalState, "incident-command-not-possible", null, incident.Stage.ToString(), incident.Id, NameOf(incident.Stage),
            Texts.Get("incident.command." + command));
        return refusal with { Possible = PossibleIn(incident.Stage) };
    }

    /// <summary>The workflow has told management: it can be judged.</summary>
    public static Incident ManagementIsTold(Incident incident, DateTimeOffset at, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(incident);
        return incident.Stage == IncidentStage.Reported ? Enter(incident, IncidentStage.Triage, "announce", new ActingPerson(System, at, today)) : incident;
    }

    /// <summary>It is judged. A near miss goes straight to its lessons.</summary>
    public static Outcome<Incident> IsJudged(Incident incident, TriageIncident command, ActingPerson by, Organization organization)
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        if ((CommandIsPossible(incident, Triage) ?? NatureIsPossible(incident, command.Nature) ?? PersonIsKnown(command.Handler, "handler", organization)
            ?? InformationIsSound(command.Information) ?? PersonalDataIsSound(command.PersonalData) ?? IsFitForTheRecord(command.Comment, "comment")) is { } refusal)
        {
            return refusal;
        }

        var judged = incident with { Kind = command.Kind ?? incident.Kind, Nature = command.Nature ?? incident.Nature, Handler = command.Handler ?? by.Person };
        var stage = judged.Nature == IncidentNature.NearMiss ? IncidentStage.LessonsLearned : IncidentStage.Containment;
        var factual = WithFacts(judged, command.PersonalData, command.Information, command.Extent, incident.KnownAt, by.At, OfficeTime.Of(organization.TimeZone));
        return Enter(factual, stage, Triage, by, command.Comment);
    }

    /// <summary>It is no incident.</summary>
    public static Outcome<Incident> IsDismissed(Incident incident, DismissIncident command, ActingPerson by)
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        return (CommandIsPossible(incident, Dismiss) ?? IsSaid(command.Reason, "reason")) is { } refusal
            ? refusal
            : Enter(incident, IncidentStage.Closed, Dismiss, by, command.Reason) with
            {
                FalseAlarm = command.Reason,
                Duty = ReportDuty.Of(incident.Nature, null),
                Clocks = [.. incident.Clocks.Select(c => c is { FulfilledAt: null, ReplacedAt: null } ? c with { ReplacedAt = by.At } : c)],
            };
    }

    /// <summary>More is known: severity and clocks follow.</summary>
    public static Outcome<Incident> FactsHaveChanged(Incident incident, AssessIncident command, ActingPerson by, Organization organization)
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        if ((CommandIsPossible(incident, Assess) ?? ActsForTheHandler(incident, by) ?? IsSaid(command.Reason, "reason")
            ?? PersonalDataIsSound(command.PersonalData) ?? InformationIsSound(command.Information)
            ?? (command.Departments is null ? null : DepartmentsAreKnown(command.Departments, organization)) ?? SitesAreKnown(command.Sites, organization)
            ?? PersonIsKnown(command.Handler, "handler", organization)
            ?? TimesAreInOrder(command.OccurredAt ?? incident.OccurredAt, command.DetectedAt ?? incident.DetectedAt, command.KnownAt ?? incident.KnownAt, by.At)) is { } refusal)
        {
            return refusal;
        }

        var assessed = incident with
        {
            Departments = command.Departments is { } d ? [.. d.Distinct()] : incident.Departments,
            Sites = command.Sites is { } s ? [.. s.Distinct()] : incident.Sites,
            OccurredAt = command.OccurredAt ?? incident.OccurredAt,
            DetectedAt = command.DetectedAt ?? incident.DetectedAt,
            Handler = command.Handler ?? incident.Handler,
        };
        var office = OfficeTime.Of(organization.TimeZone);
        return Noted(
            WithFacts(assessed, command.PersonalData, command.Information, command.Extent, command.KnownAt ?? incident.KnownAt, by.At, office), Assess, by, command.Reason);
    }

    /// <summary>Something happened that belongs into the timeline.</summary>
    public static Outcome<Incident> EventIsNoted(Incident incident, NoteIncidentEvent command, ActingPerson by)
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        var when = command.When ?? by.At;
        return (CommandIsPossible(incident, Note) ?? IsSaid(command.What, "what") ?? HappenedMeanwhile(when, incident, by, "when")) is { } refusal
            ? refusal
            : incident with { Timeline = [.. incident.Timeline.Append(new IncidentEvent(when, command.What, by.Person, by.At)).OrderBy(e => e.When)] };
    }

    /// <summary>The damage does not grow any more.</summary>
    public static Outcome<Incident> IsContained(Incident incident, ReportIncidentStep command, ActingPerson by)
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        var done = command.DoneAt ?? by.At;
        return (CommandIsPossible(incident, Contain) ?? ActsForTheHandler(incident, by) ?? IsSaid(command.Description, "description")
            ?? HappenedMeanwhile(done, incident, by, "doneAt")) is { } refusal
            ? refusal
            : Enter(incident, IncidentStage.Investigation, Contain, by) with { Containment = StepOf(command, done, by) };
    }

    /// <summary>Cause and extent are known. Where nothing has to be reported, the recovery is next.</summary>
    public static Outcome<Incident> IsInvestigated(Incident incident, ReportInvestigation command, ActingPerson by)
    {
        ArgumentNullException.ThrowIfNull(incident);
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        return (CommandIsPossible(incident, Investigate) ?? ActsForTheHandler(incident, by) ?? IsSaid(command.Cause, "cause") ?? IsSaid(command.Scope, "scope")) is { } refusal
            ? refusal
            : Enter(incident, incident.OpenClocks.Any() ? IncidentStage.Reporting : IncidentStage.Recovery, Investigate, by) with
            {
                Investigation = new IncidentInvestigation(command.Category, command.Cause, command.Scope, command.Evidence ?? [], by.Person, by.At),
            };
    }

    /// <summary>The preliminary report is made; the final one may follow.</summary>
    public static Outcome<Incident> ReportingIsComplete(Incident incident, string? comment, ActingPerson by)
    {
        ArgumentNullException.ThrowIfNull(incident);
        return (CommandIsPossible(incident, CompleteReporting) ?? IsFitForTheRecord(comment, "comment")
            ?? ReportsAreMade(incident, "incident-report-outstanding", BreachReportKind.Preliminary)) is { } refusal
            ? refusal
            : Enter(incident, IncidentStage.Recovery, CompleteReporting, by, comment);
    }

    /// <summary>Things are back to normal.</summary>
    public static Outcome<Incident> IsRecovered(Incident incident, ReportIncidentStep command, ActingPerson by)
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        var done = command.DoneAt ?? by.At;
        return (CommandIsPossible(incident, Recover) ?? ActsForTheHandler(incident, by) ?? IsSaid(command.Description, "description")
            ?? HappenedMeanwhile(done, incident, by, "doneAt")) is { } refusal
            ? refusal
            : Enter(incident, IncidentStage.LessonsLearned, Recover, by) with { Recovery = StepOf(command, done, by) };
    }

    /// <summary>It is over: something was learned, and every report is made.</summary>
    public static Outcome<Incident> IsClosed(Incident incident, string? comment, ActingPerson by)
    {
        ArgumentNullException.ThrowIfNull(incident);
        return (CommandIsPossible(incident, Close) ?? IsFitForTheRecord(comment, "comment")
            ?? (incident.Lessons.Count == 0
                ? Refusal.Of(RefusalKind.IllegalState, "incident-without-lessons", null, null, incident.Id) with { Possible = [Learn], Missing = [Learn] }
                : null)
            ?? ReportsAreMade(incident, "incident-clock-open", Enum.GetValues<BreachReportKind>())) is { } refusal
            ? refusal
            : Enter(incident, IncidentStage.Closed, Close, by, comment);
    }

    internal static Incident Noted(Incident incident, string what, ActingPerson by, string? comment = null) =>
        incident with { Log = [.. incident.Log, new IncidentDecision(what, by.Person, by.At, incident.Stage, comment)] };

    internal static Incident Enter(Incident incident, IncidentStage stage, string what, ActingPerson by, string? comment = null) => incident with
    {
        Stage = stage,
        Serial = incident.Serial + 1,
        StageSince = by.At,
        Due = IncidentSchedule.DueOf(stage, by.Today),
        Log = [.. incident.Log, new IncidentDecision(what, by.Person, by.At, stage, comment)],
    };

    private static Incident WithFacts(
        Incident incident, PersonalDataFacts? personalData, IReadOnlyList<InformationInvolved>? information, IncidentExtent? extent, DateTimeOffset known,
        DateTimeOffset now, OfficeTime office)
    {
        var facts = personalData ?? incident.PersonalData;
        var duty = ReportDuty.Of(incident.Nature, facts);
        var (present, reach) = (information ?? incident.Information, extent ?? incident.Extent);
        return incident with
        {
            PersonalData = facts,
            Information = present,
            Extent = reach,
            KnownAt = known,
            Duty = duty,
            Severity = reach is { } r ? IncidentSeverityTable.Of(present, r, duty) : incident.Severity,
            Clocks = IncidentClocks.Recomputed(incident.Clocks, duty, known, now, office),
        };
    }

    private static Refusal? NatureIsPossible(Incident incident, IncidentNature? nature) =>
        nature is { } n && (n == IncidentNature.Drill) != incident.IsDrill
            ? Refusal.Of(RefusalKind.RuleBroken, "incident-drill-stays-drill", "nature", n.ToString(), incident.Id)
            : null;

    private static IncidentStep StepOf(ReportIncidentStep command, DateTimeOffset done, ActingPerson by) =>
        new(command.Description, done, command.Evidence ?? [], by.Person, by.At);
}
