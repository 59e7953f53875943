using Isms.Audits;
using Isms.CorrectiveActions;
using Isms.Monitoring;
using Isms.Organizations;
using Isms.Registers;
using Isms.Text;
using Isms.Year;

namespace Isms.Meetings;

/// <summary>What a committee has to talk about, out of what is open: twenty minutes a month for a small organisation, so each point is a list and no report.</summary>
public static class CommitteeAgenda
{
    private const int MostLines = 15;

    /// <summary>What earlier meetings decided and is still to be done; always there, since a committee begins by looking back.</summary>
    public static AgendaPoint OfDecisions(IEnumerable<Meeting> meetings, AgendaPeriod period, Organization organization)
    {
        ArgumentNullException.ThrowIfNull(meetings);
        ArgumentNullException.ThrowIfNull(period);
        var names = new AuditNames(organization);
        var open =
            from meeting in meetings
            from decision in meeting.Stage == MeetingStage.FollowingUp ? meeting.Decisions : []
            where decision.Status == DecisionStatus.Open
            orderby decision.Due, meeting.Id, decision.Id
            select Texts.Get(
                decision.IsOverdue(period.Until) ? "agenda.decision.overdue" : "agenda.decision", meeting.Id, decision.Id, decision.What, names.Person(decision.Owner), decision.Due);
        return Point("open-decisions", open)!;
    }

    /// <summary>Plan items that are overdue, and those that are due by the next meeting.</summary>
    public static IReadOnlyList<AgendaPoint> OfPlan(IReadOnlyCollection<PlanItem> items, AgendaPeriod period, Organization organization)
    {
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(period);
        ArgumentNullException.ThrowIfNull(organization);
        LocalizedText Line(PlanItem i) => Texts.Get("agenda.item", i.Title, i.DueOn, Texts.Join(i.ResponsiblePeople(organization).Select(p => p.Name)));
        IEnumerable<LocalizedText> Lines(Func<PlanItem, bool> which) => items.Where(which).OrderBy(i => i.DueOn).ThenBy(i => i.Id, StringComparer.Ordinal).Select(Line);
        return Those(
            Point("overdue-items", Lines(i => i.IsOverdue(period.Until)), whenEmpty: false),
            Point("coming-items", Lines(i => !i.HasEnded && i.State is not (PlanItemState.Submitted or PlanItemState.Approved)
                && i.DueOn >= period.Until && i.DueOn <= period.LooksAheadTo), whenEmpty: false));
    }

    /// <summary>Corrective actions that are open, the overdue ones first.</summary>
    public static IReadOnlyList<AgendaPoint> OfActions(IEnumerable<CorrectiveAction> actions, AgendaPeriod period, Organization organization)
    {
        ArgumentNullException.ThrowIfNull(actions);
        ArgumentNullException.ThrowIfNull(period);
        var names = new AuditNames(organization);
        var lines = actions.Where(a => a.Stage != ActionStage.Closed).OrderBy(a => a.Due ?? DateOnly.MaxValue).ThenBy(a => a.Id, StringComparer.Ordinal).Select(a => Texts.Get(
            a.Due < period.Until ? "agenda.action.overdue" : "agenda.action", a.Id, names.Department(a.Nonconformity.Department), ActionRules.NameOf(a.Stage),
            a.Due is { } due ? Texts.Get("document.day", due) : Texts.Get("document.none"), a.Nonconformity.Fact));
        return Those(Point("open-actions", lines, whenEmpty: false));
    }

    /// <summary>Findings of the audits that were reported since the last meeting.</summary>
    public static IReadOnlyList<AgendaPoint> OfFindings(IEnumerable<Audit> audits, AgendaPeriod period, Organization organization)
    {
        ArgumentNullException.ThrowIfNull(audits);
        ArgumentNullException.ThrowIfNull(period);
        ArgumentNullException.ThrowIfNull(organization);
        var office = OfficeTime.Of(organization.TimeZone);
        var names = new AuditNames(organization);
        var lines =
            from audit in audits
            where audit.ReportApproval is { } approval && office.DateAt(approval.At) >= period.From && office.DateAt(approval.At) <= period.Until
            from finding in audit.Findings
            where finding.Grade is AnswerResult.MajorNonconformity or AnswerResult.MinorNonconformity or AnswerResult.Observation
            select Texts.Get("agenda.finding", audit.Id, Texts.Get("audit.result." + finding.Grade), names.Department(finding.Department), finding.Fact);
        return Those(Point("new-findings", lines, whenEmpty: false));
    }

    /// <summary>Windows of the collectors that are not complete.</summary>
    public static IReadOnlyList<AgendaPoint> OfCollectors(
        IEnumerable<(LocalizedText Title, IReadOnlyList<CollectedWindow> Windows)> collectors, AgendaPeriod period, Organization organization)
    {
        ArgumentNullException.ThrowIfNull(collectors);
        ArgumentNullException.ThrowIfNull(period);
        ArgumentNullException.ThrowIfNull(organization);
        var since = OfficeTime.Of(organization.TimeZone).StartOf(period.From);
        var lines =
            from collector in collectors
            let windows = collector.Windows.Where(w => w.To >= since).ToList()
            let incomplete = windows.Count(w => w.Gaps.Count > 0)
            where incomplete > 0
            select Texts.Get("agenda.collector", collector.Title, windows.Count, incomplete);
        return Those(Point("collector-gaps", lines, whenEmpty: false));
    }

    /// <summary>Objectives that were not met at their newest measurement.</summary>
    public static IReadOnlyList<AgendaPoint> OfObjectives(IEnumerable<RegisterEntry> objectives)
    {
        ArgumentNullException.ThrowIfNull(objectives);
        var lines = objectives.Where(o => o["achievement"] == "notMet").Select(o => Texts.Get("agenda.objective", o.Id, o["name"], o["target"], o["unit"]));
        return Those(Point("objectives-not-met", lines, whenEmpty: false));
    }

    private static AgendaPoint? Point(string key, IEnumerable<LocalizedText> lines, bool whenEmpty = true)
    {
        var all = lines.ToList();
        if (all.Count == 0)
        {
            return whenEmpty ? new AgendaPoint(key, Texts.Get("agenda.point." + key), [Texts.Get("document.none")]) : null;
        }

        var shown = all.Take(MostLines).ToList();
        if (all.Count > MostLines)
        {
            shown.Add(Texts.Get("agenda.more", all.Count - MostLines));
        }

        return new AgendaPoint(key, Texts.Get("agenda.point." + key), shown);
    }

    private static List<AgendaPoint> Those(params ReadOnlySpan<AgendaPoint?> points)
    {
        var there = new List<AgendaPoint>();
        foreach (var point in points)
        {
            if (point is not null)
            {
                there.Add(point);
            }
        }

        return there;
    }
}
