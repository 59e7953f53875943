using Isms.AccessReviews;
using Isms.Monitoring;
using Isms.Organizations;
using static Isms.Tests.AccessReviews.AccessReviewSamples;

namespace Isms.Tests.AccessReviews;

public sealed class SheetPlanningTests
{
    [Fact]
    public void Peoples_rights_go_to_the_lead_of_their_department_by_what_the_directory_calls_it()
    {
        var rows = Divide([Member("a"), Member("b"), Member("c")], Account("a", "営業部"), Account("b", " sales "), Account("c", "IT"));
        Assert.Equal(["department-it", "department-sales", "department-sales"], rows.Select(r => r.Sheet));
        Assert.Equal([1, 1, 2], rows.Select(r => r.Number));
    }

    [Fact]
    public void Who_is_of_no_department_and_every_guest_goes_to_the_secretariat_and_a_guests_account_is_a_right_as_well()
    {
        var rows = Divide([Member("a"), Member("g", type: "guest")], Account("a"), Account("g", guest: true));
        Assert.All(rows, r => Assert.Equal("people", r.Sheet));
        Assert.Contains(rows, r => r.Right is { Kind: GuestAccounts.Kind, HolderId: "g" });
    }

    [Fact]
    public void Groups_and_programs_without_an_owner_are_the_administrators_and_those_with_one_are_the_owners()
    {
        var holders = Holders(Account("kato", "営業部"), Account("x", "営業部"));
        holders.AddOwner("app-1", "kato");
        holders.AddOwner("app-2", "x");
        var rows = SheetPlanning.Divide(
            [Permission("app-1", "User.Read.All"), Permission("app-2", "User.Read.All"), Permission("app-3", "Mail.Send"), Member("g1", type: "group")], holders, Firm, At);
        Assert.Equal(
            ["department-sales", "owner-kato", "technical", "technical"], rows.Select(r => r.Sheet));
        Assert.Equal([AssignmentFlags.HighPrivilege], rows.Single(r => r.Right.HolderId == "app-3").Flags);
    }

    [Fact]
    public void Nobody_reviews_their_own_rights_a_reviewers_go_to_the_manager_and_the_managers_to_top_management()
    {
        var both = Firm with { People = [.. Firm.People.Select(p => p.Id == "watanabe" ? p with { Roles = [Role.IsmsManager, Role.DepartmentLead] } : p)], Departments = [.. Firm.Departments.Select(d => d.Id == "it" ? d with { LeadId = "watanabe" } : d)] };
        var rows = SheetPlanning.Divide(
            [Member("suzuki"), Member("watanabe"), Member("kato")], Holders(Account("suzuki", "営業部"), Account("watanabe", "IT"), Account("kato", "営業部")), both, At);
        Assert.Equal(
            [("kato", "department-sales"), ("watanabe", "managers"), ("suzuki", "reviewers")], rows.Select(r => (r.Person!, r.Sheet)));
    }

    [Fact]
    public void Whatever_the_directory_holds_every_right_is_on_one_sheet_and_on_none_of_its_holder()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var random = new Random(seed);
            string[] departments = ["営業部", "IT", "どこか", ""];
            var holders = Holders([.. Firm.People.Select(p => p.Id).Concat(["x1", "x2", "x3"]).Select(id => Account(id, departments[random.Next(4)], random.Next(4) > 0, id == "x3"))]);
            var rights = Enumerable.Range(0, 40).Select(i => random.Next(3) switch
            {
                0 => Member(holders.Accounts.Keys.ElementAt(random.Next(holders.Accounts.Count)), "g" + i),
                1 => RoleOf(holders.Accounts.Keys.ElementAt(random.Next(holders.Accounts.Count)), "Role " + i),
                _ => Permission("app-" + random.Next(4), "P" + i),
            }).ToList();
            foreach (var _ in Enumerable.Range(0, 3))
            {
                holders.AddOwner("app-" + random.Next(4), holders.Accounts.Keys.ElementAt(random.Next(holders.Accounts.Count)));
            }

            var rows = SheetPlanning.Divide(rights, holders, Firm, At);

            Assert.Equal(rights.Select(r => r.Key).Append("guest-account|x3|x3|/|").Order(StringComparer.Ordinal), rows.Select(r => r.Right.Key).Order(StringComparer.Ordinal));
            var sheets = SheetPlanning.SheetsOf(rows, Firm);
            Assert.Equal(rows.Count, sheets.Sum(s => s.Rows));
            Assert.All(rows.Where(r => r.Person is not null), r => Assert.DoesNotContain(r.Person!, SheetReviewers.Of(sheets.Single(s => s.Id == r.Sheet), Firm)));
            Assert.All(sheets, s => Assert.NotEmpty(SheetReviewers.Of(s, Firm)));
            Assert.Equal(rows, SheetPlanning.Divide(rights.AsEnumerable().Reverse(), holders, Firm, At), (a, b) => a.Right.Key == b.Right.Key && a.Sheet == b.Sheet && a.Number == b.Number);
        }
    }

    [Fact]
    public void What_is_conspicuous_is_said()
    {
        IReadOnlyList<string> Flags(Right right, DirectoryHolder? holder = null) => AssignmentFlags.Of(right, holder, 90, At);
        Assert.Equal([AssignmentFlags.Disabled], Flags(Member("a"), Account("a", enabled: false)));
        Assert.Equal([AssignmentFlags.Stale], Flags(Member("a"), Account("a", last: At.AddDays(-91))));
        Assert.Empty(Flags(Member("a"), Account("a", last: At.AddDays(-90))));
        Assert.Equal([AssignmentFlags.GuestWithRole, AssignmentFlags.StandingAdministrator], Flags(RoleOf("g", "User Administrator", type: "guest"), Account("g", guest: true)));
        Assert.Empty(Flags(RoleOf("a", "User Administrator", RightKinds.EligibleRole), Account("a")));
    }

    private static IReadOnlyList<Assignment> Divide(Right[] rights, params DirectoryHolder[] accounts) => SheetPlanning.Divide(rights, Holders(accounts), Firm, At);
}
