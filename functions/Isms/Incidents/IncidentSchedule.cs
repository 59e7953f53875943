using Isms.Deadlines;
using Isms.Year;

namespace Isms.Incidents;

/// <summary>By when the stages of an incident are to be done. The law's clocks run beside them: <see cref="IncidentClocks"/>.</summary>
public static class IncidentSchedule
{
    /// <summary>The last day of a stage that is entered today; null where nobody is waited for.</summary>
    public static DateOnly? DueOf(IncidentStage stage, DateOnly today) => stage switch
    {
        IncidentStage.Triage => today.AddDays(1),
        IncidentStage.Containment => today.AddDays(2),
        IncidentStage.Investigation => today.AddDays(14),
        IncidentStage.Reporting => today.AddDays(7),
        IncidentStage.Recovery => today.AddDays(14),
        IncidentStage.LessonsLearned => today.AddDays(30),
        _ => null,
    };

    /// <summary>The deadline of the present stage; null when nothing is due.</summary>
    public static Deadline? DeadlineOf(Incident incident)
    {
        ArgumentNullException.ThrowIfNull(incident);
        int[] before = incident.Stage is IncidentStage.Triage or IncidentStage.Containment ? [] : [3];
        return incident.Due is { } due ? new Deadline(due) { DaysBefore = before, ManagerAfter = 3, TopManagementAfter = 14 } : null;
    }

    /// <summary>The next moment at which somebody is reminded or told, of the stage or of a clock; null when nobody is waited for.</summary>
    public static DateTimeOffset? NextMoment(Incident incident, OfficeTime office, DateTimeOffset after)
    {
        ArgumentNullException.ThrowIfNull(incident);
        var stage = DeadlineOf(incident)?.NextAfter(Later(after, incident.StageSince), office)?.At;
        var clock = IncidentClocks.NextMoment(incident, after);
        return stage is null ? clock : clock is null || stage < clock ? stage : clock;
    }

    /// <summary>What is told of the present stage's due date between two instants; nothing of what lay before the stage.</summary>
    public static IReadOnlyList<DeadlineMoment> Between(Incident incident, OfficeTime office, DateTimeOffset after, DateTimeOffset until)
    {
        ArgumentNullException.ThrowIfNull(incident);
        return DeadlineOf(incident)?.Between(Later(after, incident.StageSince), until, office) ?? [];
    }

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;
}
