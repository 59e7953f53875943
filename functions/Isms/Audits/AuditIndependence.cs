using Isms.Catalogues;
using Isms.Organizations;
using Isms.Rules;
using Isms.Text;

namespace Isms.Audits;

/// <summary>Nobody audits their own department (clause 9.2.2 c: objectivity and impartiality).</summary>
public static class AuditIndependence
{
    /// <summary>
    /// Gives each department an auditor from elsewhere, so that the departments are spread evenly over who has least to do; refused where there is none.
    /// </summary>
    /// <param name="departments">The departments in scope.</param>
    /// <param name="auditors">The team.</param>
    /// <param name="organization">Who works where.</param>
    /// <param name="wanted">Assignments that somebody has made already.</param>
    public static Outcome<IReadOnlyList<Assignment>> Assign(
        IReadOnlyList<string> departments, IReadOnlyList<string> auditors, Organization organization, IReadOnlyList<Assignment>? wanted = null)
    {
        ArgumentNullException.ThrowIfNull(departments);
        ArgumentNullException.ThrowIfNull(auditors);
        ArgumentNullException.ThrowIfNull(organization);
        wanted ??= [];
        for (var i = 0; i < wanted.Count; i++)
        {
            if (AssignmentIsPossible(wanted[i], $"assignments[{i}]", departments, auditors, organization) is { } refusal)
            {
                return refusal;
            }
        }

        var load = auditors.ToDictionary(a => a, a => wanted.Count(w => w.Auditor == a), StringComparer.Ordinal);
        var assignments = new List<Assignment>();
        foreach (var department in departments)
        {
            var given = wanted.Where(w => w.Department == department).ToList();
            assignments.AddRange(given.OrderBy(w => w.Requirements is null or []));
            if (given.Any(w => w.Requirements is null or []))
            {
                continue;
            }

            var independent = auditors.Where(a => organization.FindPerson(a)?.DepartmentId != department).OrderBy(a => load[a]).FirstOrDefault();
            if (independent is null)
            {
                return NobodyAuditsTheirOwnDepartment("auditors", auditors, department, organization);
            }

            load[independent]++;
            assignments.Add(new Assignment(department, independent));
        }

        return assignments;
    }

    /// <summary>Refuses a person an answer on their own department; null when they are independent of it.</summary>
    public static Refusal? AuditorIsIndependentOf(string department, string auditor, string field, Organization organization)
    {
        ArgumentNullException.ThrowIfNull(organization);
        return organization.FindPerson(auditor)?.DepartmentId == department
            ? NobodyAuditsTheirOwnDepartment(field, [auditor], department, organization)
            : null;
    }

    private static Refusal? AssignmentIsPossible(
        Assignment wanted, string path, IReadOnlyList<string> departments, IReadOnlyList<string> auditors, Organization organization)
    {
        var unknown = (wanted.Requirements ?? []).FirstOrDefault(r =>
            r.StartsWith("A.", StringComparison.Ordinal) ? Standard.ControlsUnder(r) is [] : Standard.ClausesUnder(r) is []);
        return !departments.Contains(wanted.Department)
                ? Refusal.Of(RefusalKind.InvalidInput, "unknown-department", path + ".department", wanted.Department, wanted.Department, string.Join(", ", departments))
            : !auditors.Contains(wanted.Auditor)
                ? Refusal.Of(RefusalKind.InvalidInput, "assignment-outside-the-team", path + ".auditor", wanted.Auditor, wanted.Auditor, string.Join(", ", auditors))
            : unknown is not null ? Refusal.Of(RefusalKind.InvalidInput, "assignment-requirement-unknown", path + ".requirements", unknown, unknown)
            : AuditorIsIndependentOf(wanted.Department, wanted.Auditor, path + ".auditor", organization);
    }

    private static Refusal NobodyAuditsTheirOwnDepartment(string field, IReadOnlyList<string> auditors, string department, Organization organization)
    {
        var names = auditors.Select(a => organization.FindPerson(a)?.Name ?? LocalizedText.Same(a)).ToList();
        var who = new LocalizedText(string.Join("さん、", names.Select(n => n.Ja)), string.Join(", ", names.Select(n => n.En)));
        var independent = organization.InRole(Role.InternalAuditor).Where(p => p.DepartmentId != department).Select(p => p.Id);
        return Refusal.Of(
            RefusalKind.RuleBroken, "auditor-audits-own-department", field, string.Join(", ", auditors), who,
            organization.FindDepartment(department)?.Name ?? LocalizedText.Same(department), string.Join(", ", independent));
    }
}
