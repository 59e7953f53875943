using Isms.Organizations;
using Isms.Year;

namespace Isms.Audits;

/// <summary>A visit of the timetable.</summary>
/// <param name="Day">The day.</param>
/// <param name="Department">The department's id.</param>
/// <param name="Auditor">The auditor's person id.</param>
/// <param name="Requirements">The clauses and controls that it is limited to; none for all in scope.</param>
public sealed record AuditVisit(DateOnly Day, string Department, string Auditor, IReadOnlyList<string> Requirements);

/// <summary>Spreads the departments over the working days of fieldwork: each auditor goes from one of theirs to the next, so that nobody is in two places at once.</summary>
public static class AuditTimetable
{
    /// <summary>The visits, by day, then in the order of the plan's assignments.</summary>
    public static IReadOnlyList<AuditVisit> Of(AuditPlan plan, Organization organization)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(organization);
        var days = DaysOf(plan, WorkingDays.Of(organization));
        var visits = new List<(int Order, AuditVisit Visit)>();
        foreach (var own in plan.Assignments.Select((a, index) => (Assignment: a, Order: index)).GroupBy(a => a.Assignment.Auditor))
        {
            var assignments = own.ToList();
            for (var i = 0; i < assignments.Count; i++)
            {
                // With more days than departments a department has several days; with fewer, a day has several departments.
                var first = i * days.Count / assignments.Count;
                var last = Math.Max(first, (((i + 1) * days.Count) / assignments.Count) - 1);
                var (assignment, order) = assignments[i];
                visits.AddRange(days[first..(last + 1)].Select(d => (order, new AuditVisit(d, assignment.Department, assignment.Auditor, assignment.Requirements ?? []))));
            }
        }

        return [.. visits.OrderBy(v => v.Visit.Day).ThenBy(v => v.Order).Select(v => v.Visit)];
    }

    private static List<DateOnly> DaysOf(AuditPlan plan, WorkingDays working)
    {
        var days = new List<DateOnly>();
        for (var day = plan.From; day <= plan.To; day = day.AddDays(1))
        {
            if (working.OnOrAfter(day) == day)
            {
                days.Add(day);
            }
        }

        return days.Count > 0 ? days : [plan.From]; // whoever plans an audit for a weekend means it
    }
}
