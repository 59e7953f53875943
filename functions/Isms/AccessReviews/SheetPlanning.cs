using Isms.Monitoring;
using Isms.Organizations;

namespace Isms.AccessReviews;

/// <summary>Divides the rights of a snapshot among those who answer for them.</summary>
public static class SheetPlanning
{
    private const string Technical = "technical";
    private const string People = "people";
    private const string Reviewers = "reviewers";
    private const string Managers = "managers";

    /// <summary>The rows of all sheets, ordered by sheet and number. The same snapshot and settings give the same sheets.</summary>
    /// <param name="rights">The access rights sheet.</param>
    /// <param name="holders">Accounts and owners of applications.</param>
    /// <param name="organization">Departments, roles and people.</param>
    /// <param name="at">When the snapshot was taken.</param>
    public static IReadOnlyList<Assignment> Divide(IEnumerable<Right> rights, DirectoryHolders holders, Organization organization, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(rights);
        ArgumentNullException.ThrowIfNull(holders);
        ArgumentNullException.ThrowIfNull(organization);
        var guests = holders.Accounts.Values.Where(a => a.IsGuest).Select(GuestAccounts.RightOf);
        var division = new Division(holders, organization);
        return
        [
            .. rights.Concat(guests).DistinctBy(r => r.Key).Select(right => division.Place(right, at))
                .GroupBy(row => row.Sheet, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal)
                .SelectMany(g => g.OrderBy(r => r.Right.HolderName, StringComparer.Ordinal).ThenBy(r => r.Right.Key, StringComparer.Ordinal)
                    .Select((row, index) => row with { Number = index + 1 })),
        ];
    }

    /// <summary>The sheets that rows make up, in the order of the rows.</summary>
    public static IReadOnlyList<ReviewSheet> SheetsOf(IReadOnlyList<Assignment> rows, Organization organization)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(organization);
        return
        [
            .. rows.GroupBy(r => r.Sheet, StringComparer.Ordinal).Select(g => SheetOf(g.Key, organization) with { Rows = g.Count(), Flagged = g.Count(r => r.Flags.Count > 0) })
                .OrderBy(s => s.Kind).ThenBy(s => s.Id, StringComparer.Ordinal),
        ];
    }

    private static ReviewSheet SheetOf(string id, Organization organization) => id switch
    {
        Technical => new ReviewSheet(id, SheetKind.Technical, 0, 0),
        People => new ReviewSheet(id, SheetKind.People, 0, 0),
        Reviewers => new ReviewSheet(id, SheetKind.Reviewers, 0, 0),
        Managers => new ReviewSheet(id, SheetKind.Managers, 0, 0),
        _ when id.StartsWith("owner-", StringComparison.Ordinal) => new ReviewSheet(id, SheetKind.Applications, 0, 0) { Person = id["owner-".Length..] },
        _ => new ReviewSheet(id, SheetKind.Department, 0, 0) { Department = organization.Departments.First(d => "department-" + d.Id == id).Id },
    };

    private sealed class Division
    {
        private readonly DirectoryHolders holders;
        private readonly Organization organization;
        private readonly Dictionary<string, string> people = new(StringComparer.OrdinalIgnoreCase);
        private readonly Dictionary<string, string> departments = new(StringComparer.OrdinalIgnoreCase);

        public Division(DirectoryHolders holders, Organization organization)
        {
            (this.holders, this.organization) = (holders, organization);
            foreach (var person in organization.People)
            {
                people.TryAdd(person.Mail, person.Id);
            }

            foreach (var department in organization.Departments)
            {
                foreach (var name in new[] { department.Name.Ja, department.Name.En, department.Id })
                {
                    departments.TryAdd(name.Trim(), department.Id);
                }
            }
        }

        public Assignment Place(Right right, DateTimeOffset at)
        {
            var account = holders.Accounts.GetValueOrDefault(right.HolderId);
            var person = PersonOf(account);
            var wanted = right.HolderType is "user" or "guest" ? SheetOfAccount(account, person) : SheetOfProgram(right);
            return new Assignment(person is null ? wanted : NotTheirOwn(wanted, person), 0, right)
            {
                Account = account?.PrincipalName,
                Person = person,
                Department = account?.Department,
                LastSignIn = account?.LastSignIn,
                Flags = AssignmentFlags.Of(right, account, organization.Policy.StaleAccountDays, at),
            };
        }

        private string? PersonOf(DirectoryHolder? account) =>
            account is { IsGuest: false } ? people.GetValueOrDefault(account.PrincipalName) : null;

        private string SheetOfAccount(DirectoryHolder? account, string? person)
        {
            if (account is not { IsGuest: false })
            {
                return People;
            }

            var department = (account.Department is { } name ? departments.GetValueOrDefault(name.Trim()) : null)
                ?? (person is null ? null : organization.FindPerson(person)!.DepartmentId);
            return department is not null && organization.FindDepartment(department) is not null ? "department-" + department : People;
        }

        /// <summary>An application is its owner's: the owner in person, else the owner's department lead. Groups are the administrator's.</summary>
        private string SheetOfProgram(Right right)
        {
            if (right.HolderType != "application")
            {
                return Technical;
            }

            var owners = holders.OwnersOf(right.HolderId).Select(o => holders.Accounts.GetValueOrDefault(o)).OfType<DirectoryHolder>().ToList();
            if (owners.Select(PersonOf).FirstOrDefault(p => p is not null) is { } person)
            {
                return "owner-" + person;
            }

            var sheets = owners.Where(o => o.Enabled).Select(o => SheetOfAccount(o, null)).Where(s => s != People);
            return sheets.FirstOrDefault() ?? Technical;
        }

        /// <summary>Whoever answers a sheet has their own rights reviewed by those above.</summary>
        private string NotTheirOwn(string wanted, string person) =>
            new[] { wanted, Reviewers, Managers, Technical, People }
                .FirstOrDefault(sheet => !SheetReviewers.Of(SheetOf(sheet, organization), organization).Contains(person)) ?? Managers;
    }
}
