using Isms.Organizations;
using Isms.Text;
using Isms.Year;

namespace Isms.Reports;

/// <summary>What the secretariat is told on Monday: what is overdue, due this week, waiting for approval, and how much is open.</summary>
public static class WeeklyOverview
{
    private const int MostLines = 30;

    /// <summary>The subject line and text.</summary>
    /// <param name="items">The plan items of the running years.</param>
    /// <param name="actions">Corrective actions that are open: id, department and due date of the present step.</param>
    /// <param name="monday">The week's Monday.</param>
    /// <param name="today">The day it is written.</param>
    /// <param name="recipient">Whom it addresses.</param>
    /// <param name="organization">Names people and signs.</param>
    public static (LocalizedText Subject, LocalizedText Body) Write(
        IReadOnlyCollection<PlanItem> items, IReadOnlyCollection<OpenAction> actions, DateOnly monday, DateOnly today, Person recipient, Organization organization)
    {
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(actions);
        ArgumentNullException.ThrowIfNull(recipient);
        ArgumentNullException.ThrowIfNull(organization);
        var sunday = monday.AddDays(6);
        var open = items.Where(i => i.State is PlanItemState.Open or PlanItemState.Returned).ToList();
        LocalizedText Line(PlanItem i) => Texts.Get("weekly.item", i.Title, i.DueOn, Texts.Join(i.ResponsiblePeople(organization).Select(p => p.Name)));
        LocalizedText Approval(PlanItem i) => Texts.Get("weekly.approval", i.Title, Texts.Join(i.Approvers(organization).Select(p => p.Name)));
        LocalizedText Action(OpenAction a) => Texts.Get("weekly.action", a.Id, organization.FindDepartment(a.Department)?.Name ?? LocalizedText.Same(a.Department), a.Due);
        LocalizedText[] parts =
        [
            Section("overdue", items.Where(i => i.IsOverdue(today)).OrderBy(i => i.DueOn).ThenBy(i => i.Id, StringComparer.Ordinal).Select(Line)),
            Section("due", open.Where(i => i.DueOn >= today && i.DueOn <= sunday).OrderBy(i => i.DueOn).ThenBy(i => i.Id, StringComparer.Ordinal).Select(Line)),
            Section("awaiting", items.Where(i => i.State == PlanItemState.Submitted).OrderBy(i => i.DueOn).ThenBy(i => i.Id, StringComparer.Ordinal).Select(Approval)),
            Section("actions", actions.Where(a => a.Due <= sunday).OrderBy(a => a.Due).ThenBy(a => a.Id, StringComparer.Ordinal).Select(Action)),
            Texts.Get("weekly.open", open.Count, actions.Count),
        ];
        var list = new LocalizedText(string.Join("\n\n", parts.Select(p => p.Ja)), string.Join("\n\n", parts.Select(p => p.En)));
        return (
            Texts.Get("weekly.subject", monday),
            Texts.Get("item-notice.letter", recipient.Name, Texts.Get("weekly.body", monday, sunday), list, organization.Name));
    }

    private static LocalizedText Section(string name, IEnumerable<LocalizedText> lines)
    {
        var all = lines.ToList();
        var shown = all.Take(MostLines).ToList();
        if (all.Count == 0)
        {
            shown.Add(Texts.Get("weekly.none"));
        }
        else if (all.Count > MostLines)
        {
            shown.Add(Texts.Get("weekly.more", all.Count - MostLines));
        }

        var head = Texts.Get("weekly." + name, all.Count);
        return new LocalizedText(head.Ja + "\n" + string.Join('\n', shown.Select(l => l.Ja)), head.En + "\n" + string.Join('\n', shown.Select(l => l.En)));
    }
}

/// <summary>A corrective action that is not closed.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Department">The department's id.</param>
/// <param name="Due">The due date of its present step; null when nothing is due.</param>
public sealed record OpenAction(string Id, string Department, DateOnly? Due);
