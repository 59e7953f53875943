using Isms.Catalogues;
using Isms.Organizations;
using Isms.Rules;
using Isms.Text;
using Isms.Year;

namespace Isms.Audits;

/// <summary>What somebody asks of an audit; everything left out is proposed.</summary>
/// <param name="FiscalYear">The fiscal year; the one that fieldwork starts in, when left out.</param>
/// <param name="Departments">Ids of departments; all, when left out.</param>
/// <param name="Clauses">Numbers of clauses or headings; all, when left out.</param>
/// <param name="Controls">Numbers of controls or themes; all, when left out – but none when only clauses are named.</param>
/// <param name="Objective">What it is to find out.</param>
/// <param name="Criteria">What it audits against.</param>
/// <param name="From">First day of fieldwork; the first working day in two weeks, when left out.</param>
/// <param name="To">Last day of fieldwork; five working days in all, when left out.</param>
/// <param name="LeadAuditor">The lead auditor's person id; the first auditor, when left out.</param>
/// <param name="Auditors">Person ids of the auditors; all who are qualified, when left out.</param>
/// <param name="Assignments">Who audits what; departments, or parts of them, that it does not mention are spread over the auditors.</param>
public sealed record AuditRequest(
    string? FiscalYear = null,
    IReadOnlyList<string>? Departments = null,
    IReadOnlyList<string>? Clauses = null,
    IReadOnlyList<string>? Controls = null,
    LocalizedText? Objective = null,
    LocalizedText? Criteria = null,
    DateOnly? From = null,
    DateOnly? To = null,
    string? LeadAuditor = null,
    IReadOnlyList<string>? Auditors = null,
    IReadOnlyList<Assignment>? Assignments = null);

/// <summary>Wants the days of fieldwork moved.</summary>
/// <param name="From">The new first day.</param>
/// <param name="To">The new last day; five working days in all, when left out.</param>
/// <param name="Reason">Why; it goes on record.</param>
public sealed record Rescheduling(DateOnly? From = null, DateOnly? To = null, string? Reason = null);

/// <summary>A plan together with the fiscal year it belongs to.</summary>
/// <param name="FiscalYear">The fiscal year.</param>
/// <param name="Plan">The plan.</param>
public sealed record PlannedAudit(FiscalYear FiscalYear, AuditPlan Plan);

/// <summary>Makes a plan out of a request, or says which rule of clause 9.2.2 it breaks.</summary>
public static class AuditPlanning
{
    private const int NoticeDays = 14;
    private const int WorkingDaysOfFieldwork = 5;
    private const int LongestFieldwork = 92;

    /// <summary>The plan for a request.</summary>
    /// <param name="request">What is asked for.</param>
    /// <param name="organization">Departments, people and qualifications.</param>
    /// <param name="today">The local date.</param>
    /// <param name="excluded">
    /// Controls that the statement of applicability excludes: they are left out unless somebody names one to have its exclusion looked at.
    /// </param>
    public static Outcome<PlannedAudit> Plan(AuditRequest request, Organization organization, DateOnly today, IReadOnlyList<string>? excluded = null)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(organization);
        if (EveryDepartmentIsKnown(request, organization) is { } unknownDepartment)
        {
            return unknownDepartment;
        }

        var clauses = Expand(request.Clauses, "clauses", Standard.Clauses, Standard.ClausesUnder);
        var controls = Expand(
            request.Controls ?? (request.Clauses is null ? null : []), "controls", Standard.Controls, Standard.ControlsUnder);
        var dates = Dates(request, organization, today);
        if ((clauses.Refusal ?? controls.Refusal ?? dates.Refusal) is { } refusal)
        {
            return refusal;
        }

        string[] departments = [.. organization.Departments.Select(d => d.Id).Where(d => request.Departments?.Contains(d) ?? true)];
        var (year, from, to) = dates.Value;
        var team = Team(request, organization, departments, to);
        if (team.Refusal is { } noTeam)
        {
            return noTeam;
        }

        var plan = new AuditPlan
        {
            Departments = departments,
            Clauses = clauses.Value,
            Controls = [.. controls.Value.Where(c => excluded?.Contains(c) != true || Names(request.Controls, c))],
            ExcludedControls = [.. controls.Value.Where(c => excluded?.Contains(c) == true && !Names(request.Controls, c))],
            Objective = request.Objective ?? Texts.Get("audit.objective.proposed"),
            Criteria = request.Criteria ?? Texts.Get("audit.criteria.proposed"),
            From = from,
            To = to,
            LeadAuditor = team.Value.Lead,
            Auditors = team.Value.Auditors,
            Assignments = team.Value.Assignments,
        };
        return ChecklistGenerator.Generate(plan, organization, new ChecklistSources(today)).Questions.Count == 0
            ? Refusal.Of(RefusalKind.RuleBroken, "audit-scope-without-questions", "departments")
            : new PlannedAudit(year, plan);
    }

    /// <summary>Whether a control is named by its own number rather than by its theme.</summary>
    private static bool Names(IReadOnlyList<string>? named, string control) => named?.Any(n => n == control || n == "A." + control) == true;

    private static Refusal? EveryDepartmentIsKnown(AuditRequest request, Organization organization)
    {
        var known = string.Join(", ", organization.Departments.Select(d => d.Id));
        if (request.Departments is [])
        {
            return Refusal.Of(RefusalKind.InvalidInput, "audit-without-departments", "departments", null, known);
        }

        var departments = request.Departments ?? [];
        var unknown = departments.Select((id, index) => (id, index)).FirstOrDefault(d => organization.FindDepartment(d.id) is null, (id: "", index: -1));
        return unknown.index < 0
            ? null
            : Refusal.Of(RefusalKind.InvalidInput, "unknown-department", $"departments[{unknown.index}]", unknown.id, unknown.id, known);
    }

    private static Outcome<IReadOnlyList<string>> Expand(
        IReadOnlyList<string>? numbers, string field, IReadOnlyList<Requirement> all, Func<string, IReadOnlyList<string>> under)
    {
        var expanded = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < (numbers?.Count ?? 0); i++)
        {
            var meant = under(numbers![i]);
            if (meant.Count == 0)
            {
                return Refusal.Of(RefusalKind.InvalidInput, "unknown-" + field, $"{field}[{i}]", numbers[i], numbers[i]);
            }

            expanded.UnionWith(meant);
        }

        return all.Select(r => r.Id).Where(id => numbers is null || expanded.Contains(id)).ToArray();
    }

    /// <summary>Moves the days of fieldwork of an audit that has not begun; every auditor has to be qualified on the new ones.</summary>
    public static Outcome<Audit> IsRescheduled(Audit audit, Rescheduling wanted, Organization organization, string by, DateTimeOffset at, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(audit);
        ArgumentNullException.ThrowIfNull(wanted);
        if (AuditRules.CommandIsPossible(audit, AuditRules.Reschedule) is { } refusal)
        {
            return refusal;
        }

        if (string.IsNullOrWhiteSpace(wanted.Reason) || wanted.From is null)
        {
            return Refusal.Of(RefusalKind.InvalidInput, "audit-reschedule-incomplete", wanted.From is null ? "from" : "reason");
        }

        var dates = Dates(new AuditRequest(audit.FiscalYear, From: wanted.From, To: wanted.To), organization, today);
        if ((dates.Refusal ?? EveryAuditorIsQualified(audit.Plan.Auditors, organization, dates.Value.To)) is { } broken)
        {
            return broken;
        }

        var plan = audit.Plan with { From = dates.Value.From, To = dates.Value.To };
        var remark = $"{Plain(audit.Plan.From)}–{Plain(audit.Plan.To)} → {Plain(plan.From)}–{Plain(plan.To)}: {wanted.Reason}";
        return AuditRules.PlanIsChanged(audit, plan, AuditRules.Reschedule, by, at, remark);
    }

    private static Outcome<(FiscalYear Year, DateOnly From, DateOnly To)> Dates(AuditRequest request, Organization organization, DateOnly today)
    {
        var working = WorkingDays.Of(organization);
        var month = organization.FiscalYearStartMonth;
        FiscalYear? named = null;
        if (request.FiscalYear is { } text && !FiscalYear.TryParse(text, month, out named))
        {
            return Refusal.Of(RefusalKind.InvalidInput, "fiscal-year-malformed", "fiscalYear", text, text, FiscalYear.Of(today, month).Id);
        }

        var notice = today.AddDays(NoticeDays);
        var from = request.From ?? working.OnOrAfter(named is { } n && n.Start > notice ? n.Start : notice);
        var to = request.To ?? AfterWorkingDays(working, from, WorkingDaysOfFieldwork - 1);
        var year = named ?? FiscalYear.Of(from, month);
        return from < today ? Refusal.Of(RefusalKind.InvalidInput, "audit-starts-in-the-past", "from", Plain(from), from, today)
            : to < from ? Refusal.Of(RefusalKind.InvalidInput, "audit-ends-before-it-starts", "to", Plain(to), to, from)
            : to > from.AddDays(LongestFieldwork) ? Refusal.Of(RefusalKind.InvalidInput, "audit-too-long", "to", Plain(to), to, from.AddDays(LongestFieldwork))
            : !year.Contains(from) ? Refusal.Of(RefusalKind.InvalidInput, "audit-outside-its-year", "from", Plain(from), from, year.Id, year.Start, year.End)
            : (year, from, to);
    }

    private static DateOnly AfterWorkingDays(WorkingDays working, DateOnly from, int days)
    {
        for (; days > 0; days--)
        {
            from = working.OnOrAfter(from.AddDays(1));
        }

        return from;
    }

    private static Outcome<(string Lead, IReadOnlyList<string> Auditors, IReadOnlyList<Assignment> Assignments)> Team(
        AuditRequest request, Organization organization, IReadOnlyList<string> departments, DateOnly to)
    {
        if (request.Auditors is { Count: > 0 } named && EveryAuditorIsQualified(named, organization, to) is { } unqualified)
        {
            return unqualified;
        }

        string[] auditors = request.Auditors is { Count: > 0 }
            ? [.. request.Auditors.Distinct(StringComparer.Ordinal)]
            : [.. organization.InRole(Role.InternalAuditor).Where(p => p.AuditorQualifiedUntil >= to).Select(p => p.Id)];
        if (auditors is [])
        {
            return Refusal.Of(RefusalKind.RuleBroken, "nobody-qualified-to-audit", "auditors", null, to);
        }

        var lead = request.LeadAuditor ?? auditors[0];
        if (!auditors.Contains(lead))
        {
            return Refusal.Of(RefusalKind.RuleBroken, "lead-is-not-an-auditor-of-the-audit", "leadAuditor", lead, lead, string.Join(", ", auditors));
        }

        var assignments = AuditIndependence.Assign(departments, auditors, organization, request.Assignments);
        return assignments.Refusal is { } refusal ? refusal : (lead, auditors, assignments.Value);
    }

    private static Refusal? EveryAuditorIsQualified(IReadOnlyList<string> auditors, Organization organization, DateOnly to)
    {
        for (var i = 0; i < auditors.Count; i++)
        {
            if (AuditorIsQualified(auditors[i], $"auditors[{i}]", organization, to) is { } refusal)
            {
                return refusal;
            }
        }

        return null;
    }

    /// <summary>Refuses people who are no internal auditors, or whose qualification does not hold until a day.</summary>
    internal static Refusal? AuditorIsQualified(string auditor, string field, Organization organization, DateOnly to)
    {
        var holders = string.Join(", ", organization.InRole(Role.InternalAuditor).Select(p => p.Id));
        if (organization.FindPerson(auditor) is not { } person)
        {
            return Refusal.Of(RefusalKind.InvalidInput, "unknown-person", field, auditor, auditor, holders);
        }

        if (!person.Roles.Contains(Role.InternalAuditor))
        {
            return Refusal.Of(RefusalKind.RuleBroken, "auditor-without-the-role", field, person.Id, person.Name, holders);
        }

        if (person.AuditorQualifiedUntil is not { } until || until < to)
        {
            object lapsed = person.AuditorQualifiedUntil is { } day ? day : Texts.Get("document.none");
            return Refusal.Of(RefusalKind.RuleBroken, "auditor-qualification-lapses", field, person.Id, person.Name, lapsed, to);
        }

        return null;
    }

    private static string Plain(DateOnly date) => date.ToString("O", System.Globalization.CultureInfo.InvariantCulture);
}
