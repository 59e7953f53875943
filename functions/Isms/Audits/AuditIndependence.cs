using Isms.Organizations;
using Isms.Rules;
using Isms.Text;

namespace Isms.Audits;

/// <summary>Nobody audits their own department (clause 9.2.2 c: objectivity and impartiality).</summary>
public static class AuditIndependence
{
    /// <summary>Gives each department an auditor from elsewhere, so that the departments are spread evenly; refused where there is none.</summary>
    public static Outcome<IReadOnlyList<Assignment>> Assign(IReadOnlyList<string> departments, IReadOnlyList<string> auditors, Organization organization)
    {
        ArgumentNullException.ThrowIfNull(departments);
        ArgumentNullException.ThrowIfNull(auditors);
        ArgumentNullException.ThrowIfNull(organization);
        var load = auditors.ToDictionary(a => a, _ => 0, StringComparer.Ordinal);
        var assignments = new List<Assignment>();
        foreach (var department in departments)
        {
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
