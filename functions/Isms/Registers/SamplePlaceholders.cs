using System.Globalization;
using System.Text.RegularExpressions;
using Isms.Organizations;
using Isms.Year;

namespace Isms.Registers;

/// <summary>
/// What the placeholders of the starter content stand for in an organisation: <c>@ismsManager</c> and other roles, <c>@lead:sales</c> the lead of a department,
/// <c>@department:sales</c> the department, <c>@year</c> the fiscal year, and <c>@m1.15</c> the 15th of its first month (<c>@m0</c> is the month before it).
/// </summary>
internal sealed partial class SamplePlaceholders(Organization organization, FiscalYear year)
{
    private readonly Dictionary<string, Department?> departments = DepartmentsOf(organization);

    /// <summary>The text with its placeholders replaced; one that stands for nothing becomes empty.</summary>
    public string Resolve(string text) => Placeholder().Replace(text, m => (m.Groups["kind"].Value, m.Groups["what"].Value) switch
    {
        ("year", _) => year.Id,
        ("department", var id) => departments[id]?.Id ?? "",
        ("lead", var id) => departments[id]?.LeadId ?? Somebody(),
        ("m", var day) => DateOf(day),
        (var role, _) => PersonIn(Enum.Parse<Role>(role, ignoreCase: true)),
    });

    private string PersonIn(Role role) => organization.InRole(role).FirstOrDefault()?.Id ?? Somebody();

    // A small organisation need not have filled every role: its ISMS manager answers for what has nobody else.
    private string Somebody() => organization.InRole(Role.IsmsManager).Concat(organization.People).FirstOrDefault()?.Id ?? "";

    private string DateOf(string monthAndDay)
    {
        var dot = monthAndDay.IndexOf('.', StringComparison.Ordinal);
        var month = year.Start.AddMonths(int.Parse(monthAndDay.AsSpan(0, dot), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture) - 1);
        var day = int.Parse(monthAndDay.AsSpan(dot + 1), NumberStyles.None, CultureInfo.InvariantCulture);
        return month.AddDays(Math.Min(day, DateTime.DaysInMonth(month.Year, month.Month)) - 1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    }

    /// <summary>The departments of the starter content as the organisation's: by id, by who works there, or any that is left, so that the content is spread.</summary>
    private static Dictionary<string, Department?> DepartmentsOf(Organization organization)
    {
        (string Id, Role? Role)[] wanted =
        [
            ("it", Role.SystemAdministrator), ("administration", Role.Secretariat), ("planning", Role.IsmsManager), ("sales", null), ("engineering", null),
        ];
        var found = new Dictionary<string, Department?>(StringComparer.Ordinal);
        foreach (var (id, role) in wanted)
        {
            var left = organization.Departments.Where(d => !found.ContainsValue(d) && (d.Id == id || wanted.All(w => w.Id != d.Id))).ToArray();
            var ofRole = role is { } r ? organization.InRole(r).Select(p => p.DepartmentId).FirstOrDefault() : null;
            found[id] = organization.FindDepartment(id)
                ?? left.FirstOrDefault(d => d.Id == ofRole)
                ?? (role is null ? left.FirstOrDefault() : null)
                ?? organization.Departments.OrderBy(d => d.Id == ofRole ? 0 : 1).FirstOrDefault();
        }

        return found;
    }

    [GeneratedRegex(@"@(?<kind>m)(?<what>-?\d+\.\d+)|@(?<kind>year|department|lead|topManagement|ismsManager|secretariat|personInCharge|systemAdministrator)(:(?<what>[a-z]+))?")]
    private static partial Regex Placeholder();
}
