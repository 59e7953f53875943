using Isms.Catalogues;
using Isms.Text;

namespace Isms.Audits;

/// <summary>The questions that no bank can hold: about overdue corrective actions and about the risks of the day (clause 9.2.2, importance of the processes).</summary>
internal static class ChecklistFocus
{
    private const string OnActions = "10.2";
    private const string OnTreatment = "8.3";

    // An audit that asks about every risk asks about none of them properly.
    private const int MostRisksOfADepartment = 5;

    /// <summary>A question for each overdue action of a department whose subject, or clause 10.2, is in scope.</summary>
    public static IEnumerable<ChecklistQuestion> OverdueActions(string department, AuditPlan plan, IReadOnlyList<OverdueAction> actions) =>
        from action in actions
        where action.Department == department
        let own = plan.Clauses.Contains(action.Clause ?? "") || plan.Controls.Contains(action.Control ?? "")
        where own || plan.Clauses.Contains(OnActions)
        orderby action.Due, action.Id
        select new ChecklistQuestion(
            "", department, own ? action.Clause : OnActions, own ? action.Control : null, AuditMethod.Document,
            Texts.Get("audit.overdue-action.question", action.Id, action.Fact, action.Stage, action.Due), Texts.Get("audit.overdue-action.evidence"), [],
            Action: action.Id);

    /// <summary>A question for each of the highest risks of a department, on the first of its controls that is in scope; on clause 8.3 where it has none.</summary>
    public static IEnumerable<ChecklistQuestion> Risks(string department, AuditPlan plan, AuditFocus focus) =>
        (from risk in focus.Risks
         where risk.Department == department
         let control = risk.Controls.Where(plan.Controls.Contains).OrderBy(c => Standard.OrderOf(null, c)).FirstOrDefault()
         where control is not null || plan.Clauses.Contains(OnTreatment)
         select new ChecklistQuestion(
             "", department, control is null ? OnTreatment : null, control, AuditMethod.Interview, Question(risk), Texts.Get("audit.risk.evidence"), [], Risk: risk.Id))
        .Take(MostRisksOfADepartment);

    private static LocalizedText Question(RiskInFocus risk)
    {
        var treatment = risk.Treatment ?? Texts.Get("audit.risk.undecided");
        return risk.Controls.Count == 0
            ? Texts.Get("audit.risk.question", risk.Id, risk.Title, risk.Level, treatment)
            : Texts.Get("audit.risk.question-with-controls", risk.Id, risk.Title, risk.Level, treatment, string.Join(", ", risk.Controls.Select(c => "A." + c)));
    }
}
