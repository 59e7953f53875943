using SampleTenant;
using SampleTenant.Directory;

namespace LocalRuntime.Tests.Tenant;

public sealed class OrganisationTests
{
    private static readonly DateTimeOffset FirstDay = new SampleTenantOptions().Start;

    [Theory]
    [InlineData(5)]
    [InlineData(12)]
    [InlineData(60)]
    [InlineData(2000)]
    public void On_the_first_day_there_are_as_many_users_as_asked_for(int users)
    {
        var directory = Organisation(users);

        Assert.Equal(users, directory.UsersAt(FirstDay).Count());
        Assert.All(directory.UsersAt(FirstDay), user => Assert.True(user.Created < FirstDay));
    }

    [Fact]
    public void Equal_options_give_equal_people_and_another_seed_gives_others()
    {
        var once = Organisation(300).UsersAt(FirstDay).ToList();
        var again = Organisation(300).UsersAt(FirstDay).ToList();
        var others = new TenantDirectory(new SampleTenantOptions { Users = 300, Seed = 1 }).UsersAt(FirstDay).ToList();

        Assert.Equal(once, again);
        Assert.Empty(once.Select(user => user.Id).Intersect(others.Select(user => user.Id)));
    }

    [Fact]
    public void Ids_and_sign_in_names_are_unique_among_two_hundred_thousand()
    {
        var directory = Organisation(200_000);
        var ids = new HashSet<Guid>();
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);

        for (var index = 0; index < 210_000; index++)
        {
            var user = directory.User(index);
            Assert.True(ids.Add(user.Id), $"id of user {index}");
            Assert.True(names.Add(user.UserPrincipalName), user.UserPrincipalName);
        }
    }

    [Fact]
    public void A_user_is_found_by_id_and_by_name_and_nobody_by_a_strange_id()
    {
        var directory = Organisation(60);
        var user = directory.User(37);

        Assert.Equal(user, directory.Find(user.Id.ToString()));
        Assert.Equal(user, directory.Find(user.UserPrincipalName.ToUpperInvariant()));
        Assert.Null(directory.Find("6f0d8b1a-3f57-4b52-9a53-0a2f37f1c0de"));
        Assert.Null(directory.Find("nobody@mihon-works.example"));
    }

    [Fact]
    public void Every_month_of_the_year_somebody_joins_and_most_in_april()
    {
        var directory = Organisation(240);
        var joined = Enumerable.Range(0, 400).Select(directory.User)
            .Where(user => user.Created >= FirstDay && user.Created < FirstDay.AddYears(1))
            .GroupBy(user => user.Created.ToOffset(TimeSpan.FromHours(9)).Month)
            .ToDictionary(month => month.Key, month => month.Count());

        Assert.Equal(12, joined.Count);
        Assert.All(joined, month => Assert.True(month.Key == 4 || month.Value < joined[4]));
    }

    [Fact]
    public void People_leave_in_the_course_of_the_year_and_some_accounts_are_disabled_late_or_kept()
    {
        var directory = Organisation(2000);
        var left = directory.UsersAt(FirstDay).Where(user => user.Left > FirstDay && user.Left < FirstDay.AddYears(1)).ToList();

        Assert.InRange(left.Count, 60, 300);
        Assert.Contains(left, user => user.Disabled > user.Left);
        Assert.Contains(left, user => user.Deleted is null);
        Assert.Contains(left, user => user.Deleted > user.Disabled);
    }

    [Fact]
    public void An_organisation_that_stands_still_neither_gains_nor_loses_anybody()
    {
        var directory = new TenantDirectory(new SampleTenantOptions { Users = 500, Fixed = true });

        Assert.Equal(directory.UsersAt(FirstDay), directory.UsersAt(FirstDay.AddYears(3)));
    }

    [Fact]
    public void Every_department_has_a_lead_who_stays_and_reports_to_the_president()
    {
        var directory = Organisation(120);

        Assert.Equal(8, directory.Departments.Count);
        Assert.All(directory.Departments, department =>
        {
            var lead = directory.Lead(department);
            Assert.Equal(department, lead.Department);
            Assert.Equal(directory.President.Index, lead.ManagerIndex);
            Assert.Null(lead.Left);
            Assert.Equal(lead, directory.PermanentMembers(department).First());
        });
    }

    [Fact]
    public void A_dozen_is_enough_for_one_account_of_each_troublesome_kind()
    {
        var kinds = Organisation(13).UsersAt(FirstDay).Select(user => user.Kind).ToHashSet();

        Assert.Equal(Enum.GetValues<UserKind>().ToHashSet(), kinds);
    }

    [Fact]
    public void Names_follow_the_culture()
    {
        var japanese = Organisation(60);
        var english = new TenantDirectory(new SampleTenantOptions { Users = 60, Culture = "en-US" });

        Assert.Equal("代表取締役社長", japanese.President.JobTitle);
        Assert.Equal("President", english.President.JobTitle);
        Assert.Equal(japanese.President.UserPrincipalName, english.President.UserPrincipalName);
        Assert.Matches("^[A-Za-z ]+$", english.President.DisplayName);
    }

    private static TenantDirectory Organisation(int users) => new(new SampleTenantOptions { Users = users });
}
