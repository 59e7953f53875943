using System.Globalization;
using Isms.CorrectiveActions;
using Isms.Organizations;
using Isms.Rules;
using static Isms.Incidents.IncidentConditions;
using static Isms.Incidents.IncidentText;

namespace Isms.Incidents;

/// <summary>What an incident leaves behind: the reports that the law demands, and what was learned.</summary>
public static class IncidentFollowUp
{
    /// <summary>
    /// A report was made. A final one made while the preliminary one is open is both (guideline 3-5-3-4: where everything is known at the time of the preliminary
    /// report, one report may be both).
    /// </summary>
    public static Outcome<Incident> ReportIsMade(Incident incident, FileBreachReport command, ActingPerson by)
    {
        ArgumentNullException.ThrowIfNull(incident);
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        var submitted = command.SubmittedAt ?? by.At;
        if ((IncidentRules.CommandIsPossible(incident, IncidentRules.FileReport) ?? ReportIsDemanded(incident, command.Kind) ?? IsSaid(command.Recipient, "recipient")
            ?? ReportIsComplete(command) ?? HappenedMeanwhile(submitted, incident, by, "submittedAt")) is { } refusal)
        {
            return refusal;
        }

        var number = incident.Reports.Count(r => r.Kind == command.Kind) + 1;
        var report = new BreachReport(
            command.Kind, number, submitted, command.Recipient, command.Contents, command.Reference, command.Evidence ?? [], by.Person, by.At);
        bool Fulfils(IncidentClock clock) =>
            clock is { ReplacedAt: null, FulfilledAt: null }
            && (clock.Kind == command.Kind || (command.Kind == BreachReportKind.Final && clock.Kind == BreachReportKind.Preliminary));
        return IncidentRules.Noted(incident, IncidentRules.FileReport, by, NameOf(command.Kind)) with
        {
            Reports = [.. incident.Reports, report],
            Clocks = [.. incident.Clocks.Select(c => Fulfils(c) ? c with { FulfilledAt = submitted } : c)],
        };
    }

    /// <summary>Something was learned. Lessons are added and never taken back; each round of them is a step of its own, which raises what follows.</summary>
    public static Outcome<Incident> LessonsAreLearned(Incident incident, LearnLessons command, ActingPerson by, Organization organization)
    {
        ArgumentNullException.ThrowIfNull(incident);
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        var lessons = command.Lessons ?? [];
        if ((IncidentRules.CommandIsPossible(incident, IncidentRules.Learn)
            ?? (lessons.Count == 0 ? Refusal.Of(RefusalKind.InvalidInput, "incident-text-missing", "lessons", null, "lessons") with { Missing = ["lessons"] } : null)
            ?? lessons.Select((l, i) => LessonIsSound(incident, l, $"lessons[{i}]", organization)).FirstOrDefault(r => r is not null)) is { } refusal)
        {
            return refusal;
        }

        var added = lessons.Select((l, i) => new Lesson(
            string.Create(CultureInfo.InvariantCulture, $"l-{incident.Lessons.Count + i + 1:00}"), l.What, l.Measure, l.Requirement,
            l.Department ?? incident.Departments[0], l.Owner, l.Clause, l.Control));
        var due = incident.Due;
        return IncidentRules.Enter(incident, IncidentStage.LessonsLearned, IncidentRules.Learn, by) with { Lessons = [.. incident.Lessons, .. added], Due = due };
    }

    /// <summary>The corrective action that a lesson asks for; null where it asks for none, or has one.</summary>
    public static RaiseAction? ActionOf(Incident incident, Lesson lesson)
    {
        ArgumentNullException.ThrowIfNull(incident);
        ArgumentNullException.ThrowIfNull(lesson);
        return lesson is { Measure: LessonMeasure.CorrectiveAction, Action: null }
            ? new RaiseAction(
                lesson.Department ?? incident.Departments[0], lesson.Requirement!, lesson.What, [], lesson.Clause, lesson.Control, lesson.Owner,
                incident.Severity >= IncidentSeverity.High ? Audits.Urgency.High : Audits.Urgency.Normal, ActionOrigin.Incident)
            : null;
    }

    /// <summary>The workflow has raised the corrective action of a lesson.</summary>
    public static Incident ActionIsRaised(Incident incident, string lesson, string action)
    {
        ArgumentNullException.ThrowIfNull(incident);
        return incident.Lessons.Any(l => l.Id == lesson && l.Action is null)
            ? incident with { Lessons = [.. incident.Lessons.Select(l => l.Id == lesson ? l with { Action = action } : l)] }
            : incident;
    }

    private static Refusal? ReportIsDemanded(Incident incident, BreachReportKind kind) =>
        incident.PresentClocks.Any(c => c.Kind == kind)
            ? null
            : Refusal.Of(RefusalKind.IllegalState, "incident-report-not-demanded", "kind", NameOf(kind), incident.Id) with { Possible = [IncidentRules.Assess] };

    private static Refusal? LessonIsSound(Incident incident, NewLesson lesson, string path, Organization organization)
    {
        if ((IsSaid(lesson.What, path + ".what") ?? IsFitForTheRecord(lesson.Requirement, path + ".requirement")
            ?? (lesson.Measure == LessonMeasure.None ? null : IsSaid(lesson.Requirement, path + ".requirement"))) is { } refusal)
        {
            return refusal;
        }

        var draft = new RaiseAction(
            lesson.Department ?? incident.Departments[0], lesson.Requirement ?? lesson.What, lesson.What, [], lesson.Clause, lesson.Control, lesson.Owner);
        return ActionRaising.Check(draft, organization).Refusal is { } broken ? broken with { Field = $"{path}.{broken.Field}" } : null;
    }
}
