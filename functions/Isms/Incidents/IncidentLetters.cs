using Isms.Deadlines;
using Isms.Notifications;
using Isms.Organizations;
using Isms.Text;

namespace Isms.Incidents;

/// <summary>Whom an incident writes to, and what. Every letter about a drill says that it is one.</summary>
public static class IncidentLetters
{
    /// <summary>What is written when the incident enters its present stage; nothing where nobody has to know.</summary>
    public static IReadOnlyList<Letter> OnEntering(Incident incident, Organization organization)
    {
        ArgumentNullException.ThrowIfNull(incident);
        ArgumentNullException.ThrowIfNull(organization);
        return incident.Stage switch
        {
            IncidentStage.Reported => OnReport(incident, organization),
            IncidentStage.Containment => [.. ForTheStage(incident, organization), .. OnGravity(incident, organization)],
            IncidentStage.LessonsLearned when incident.Log[^1].What == IncidentRules.Learn => [],
            IncidentStage.Investigation or IncidentStage.Reporting or IncidentStage.Recovery or IncidentStage.LessonsLearned => ForTheStage(incident, organization),
            IncidentStage.Closed => Write(
                incident.FalseAlarm is null ? "closed" : "dismissed", incident, organization, [.. Leaders(organization), .. Handler(incident, organization), incident.ReportedBy], Delivery.Direct),
            _ => [],
        };
    }

    /// <summary>What is written when clocks were set, replaced or withdrawn.</summary>
    public static IReadOnlyList<Letter> OnClocks(Incident incident, Organization organization)
    {
        ArgumentNullException.ThrowIfNull(incident);
        ArgumentNullException.ThrowIfNull(organization);
        var names = new IncidentNames(organization);
        var open = incident.OpenClocks.ToList();
        var lines = Lines(open.Select(c => c.Target is { } target
            ? Texts.Get("incident-letter.clock-line-with-target", IncidentNames.Report(c.Kind), names.By(c.Limit), names.By(target))
            : Texts.Get("incident-letter.clock-line", IncidentNames.Report(c.Kind), names.By(c.Limit))));
        var key = incident.Clocks.Count == 0 ? null : open.Count > 0 ? "clocks" : incident.Duty.IsDue ? null : "clocks-withdrawn";
        return key is null
            ? []
            : [.. Write(key, incident, organization, [.. Leaders(organization), .. Handler(incident, organization)], Delivery.Urgent, lines)
                .Select(l => l with { Key = $"{key}-{incident.Clocks.Count}-{incident.Clocks.Count(c => c.ReplacedAt is not null)}" })];
    }

    /// <summary>What is written about the training that lessons ask for, a letter each.</summary>
    public static IReadOnlyList<Letter> OnLessons(Incident incident, Organization organization)
    {
        ArgumentNullException.ThrowIfNull(incident);
        ArgumentNullException.ThrowIfNull(organization);
        return [.. incident.Lessons.Where(l => l.Measure == LessonMeasure.Training).SelectMany(lesson =>
            Write("training", incident, organization, People(organization, Role.Secretariat), Delivery.Direct, lesson.Requirement)
                .Select(l => l with { Key = "training-" + lesson.Id }))];
    }

    /// <summary>What is written about a clock at a moment.</summary>
    public static IReadOnlyList<Letter> At(ClockMoment moment, Incident incident, Organization organization)
    {
        ArgumentNullException.ThrowIfNull(moment);
        ArgumentNullException.ThrowIfNull(organization);
        var names = new IncidentNames(organization);
        var (clock, isMissed) = (moment.Clock, moment.Kind is ClockMomentKind.LimitPassed or ClockMomentKind.StillMissing);
        List<string> recipients = [.. Handler(incident, organization), .. People(organization, Role.Secretariat)];
        if (moment.Kind != ClockMomentKind.BeforeTarget)
        {
            recipients.AddRange(People(organization, Role.IsmsManager));
        }

        if (isMissed)
        {
            recipients.AddRange(People(organization, Role.TopManagement));
        }

        var due = moment.Kind is ClockMomentKind.BeforeTarget or ClockMomentKind.TargetPassed ? clock.Target!.Value : clock.Limit;
        return [.. Write("clock-" + moment.Kind, incident, organization, recipients, Delivery.Urgent, IncidentNames.Report(clock.Kind), names.By(due), moment.Hours, names.By(clock.Limit))
            .Select(l => l with { Key = moment.Key })];
    }

    /// <summary>What is written at a moment around the present stage's due date.</summary>
    public static IReadOnlyList<Letter> At(DeadlineMoment moment, Incident incident, Organization organization)
    {
        ArgumentNullException.ThrowIfNull(moment);
        ArgumentNullException.ThrowIfNull(incident);
        ArgumentNullException.ThrowIfNull(organization);
        var recipients = moment.Kind switch
        {
            DeadlineKind.EscalatedToManager => People(organization, Role.IsmsManager),
            DeadlineKind.EscalatedToTopManagement => People(organization, Role.TopManagement),
            _ => Actors(incident, organization),
        };
        return [.. Write("stage-" + moment.Kind, incident, organization, recipients, moment.Delivery, moment.Days).Select(l => l with { Key = moment.Key })];
    }

    /// <summary>Management is told at once, whatever the hour; of a near miss the secretariat and the ISMS manager are.</summary>
    private static IReadOnlyList<Letter> OnReport(Incident incident, Organization organization) => incident.Nature == IncidentNature.NearMiss
        ? Write("near-miss", incident, organization, Leaders(organization), Delivery.Direct)
        : Write("reported", incident, organization, [.. Leaders(organization), .. People(organization, Role.TopManagement)], Delivery.Urgent);

    private static IReadOnlyList<Letter> OnGravity(Incident incident, Organization organization) => incident.Severity >= IncidentSeverity.High
        ? Write("grave", incident, organization, [.. People(organization, Role.TopManagement), .. People(organization, Role.IsmsManager)], Delivery.Urgent)
        : [];

    private static IReadOnlyList<Letter> ForTheStage(Incident incident, Organization organization) =>
        Write("stage", incident, organization, Actors(incident, organization), Delivery.Direct);

    private static IReadOnlyList<Letter> Write(
        string key, Incident incident, Organization organization, IEnumerable<string> recipients, Delivery delivery, params object?[] further)
    {
        var names = new IncidentNames(organization);
        var due = incident.Due is { } day ? Texts.Get("document.day", day) : Texts.Get("document.none");
        object?[] arguments = [incident.Id, incident.Title, IncidentRules.NameOf(incident.Stage), due, names.Person(incident.Handler), incident.FalseAlarm ?? "", .. further];
        var facts = Texts.Get(
            "incident-letter.facts", incident.Id, incident.Title, IncidentNames.Kind(incident), names.Departments(incident.Departments), names.At(incident.KnownAt),
            IncidentNames.Severity(incident), IncidentNames.Duty(incident), IncidentRules.NameOf(incident.Stage));
        var subject = Texts.Get($"incident-letter.{key}.subject", arguments);
        var body = Texts.Get($"incident-letter.{key}.body", arguments);
        if (incident.IsDrill)
        {
            subject = Texts.Get("incident-letter.drill-subject", subject);
            body = Texts.Get("incident-letter.drill-body", body);
        }

        return [.. Letter.ToEach(key, subject, body, facts, recipients, organization).Select(l => l with { Delivery = delivery })];
    }

    /// <summary>Who has to act in the present stage.</summary>
    private static IEnumerable<string> Actors(Incident incident, Organization organization) => incident.Stage switch
    {
        IncidentStage.Triage or IncidentStage.Reporting or IncidentStage.LessonsLearned => [.. People(organization, Role.Secretariat), .. Handler(incident, organization)],
        _ => Handler(incident, organization),
    };

    /// <summary>Who deals with it; the secretariat, where that person has left.</summary>
    private static IEnumerable<string> Handler(Incident incident, Organization organization) => incident.Handler is not { } handler
        ? []
        : organization.FindPerson(handler) is null ? People(organization, Role.Secretariat) : [handler];

    private static IEnumerable<string> Leaders(Organization organization) => [.. People(organization, Role.IsmsManager), .. People(organization, Role.Secretariat)];

    private static IEnumerable<string> People(Organization organization, Role role) => organization.InRole(role).Select(p => p.Id);

    private static LocalizedText Lines(IEnumerable<LocalizedText> lines)
    {
        var list = lines.ToList();
        return new LocalizedText(string.Join('\n', list.Select(l => l.Ja)), string.Join('\n', list.Select(l => l.En)));
    }
}
