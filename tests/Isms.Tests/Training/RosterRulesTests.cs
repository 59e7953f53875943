using Isms.Organizations;
using Isms.Training;
using static Isms.Tests.Training.TrainingSamples;

namespace Isms.Tests.Training;

public sealed class RosterRulesTests
{
    private static readonly Audience Everyone = new() { Kind = AudienceKind.Everyone };

    [Fact]
    public void Joiners_come_in_and_leavers_go_out_but_stay_on_record()
    {
        var before = Play([], "a", "b");
        var after = Play(before, "b", "c");

        Assert.Equal(["a", "b", "c"], after.Select(p => p.Id));
        Assert.Equal(["b", "c"], after.Where(p => p.IsObliged).Select(p => p.Id));
        Assert.Equal(Today, after[0].LeftOn);
    }

    [Fact]
    public void Who_comes_back_is_counted_on_again_and_keeps_the_attendance()
    {
        var attended = Play([], "a", "b").Select(p => p.Id == "a" ? Attended(p, 3) : p).ToList();
        var back = Play(Play(attended, "b"), "a", "b");
        Assert.Equal((null, ParticipantStatus.Done), (back[0].LeftOn, ParticipantRules.StatusOf(back[0], null)));
    }

    [Fact]
    public void A_roster_that_says_the_same_changes_nothing()
    {
        var present = Play([], "a", "b", "c");
        Assert.Empty(RosterRules.Compare(present, Candidates(Everyone, Account("c"), Account("a"), Account("b"), Account("b"))));
    }

    [Fact]
    public void A_person_who_gets_an_account_under_the_same_address_stays_one_participant()
    {
        var audience = new Audience { Kind = AudienceKind.Selection, Roles = [Role.SystemAdministrator] };
        var present = Apply([], Candidates(audience));
        Assert.Equal("person-ito", Assert.Single(present).Id);

        var after = Apply(present, Candidates(audience, Account("guid-1", "ITO@example.co.jp", "情報システム部")));
        var ito = Assert.Single(after);
        Assert.Equal(("person-ito", "guid-1@tenant.example", "it"), (ito.Id, ito.PrincipalName, ito.DepartmentId));
    }

    [Fact]
    public void Newcomers_are_those_who_joined_in_the_window_both_ends_included()
    {
        var audience = new Audience { Kind = AudienceKind.Newcomers, JoinedFrom = new(2026, 5, 21), JoinedUntil = new(2026, 6, 20) };
        var candidates = Candidates(
            audience, Account("early", joined: new(2026, 5, 20)), Account("first", joined: new(2026, 5, 21)), Account("last", joined: new(2026, 6, 20)),
            Account("late", joined: new(2026, 6, 21)), Account("unknown") with { JoinedOn = null });
        Assert.Equal(["first", "last"], candidates.Select(c => c.Id));
    }

    [Fact]
    public void A_selection_is_of_departments_however_they_are_written_of_roles_and_of_people()
    {
        var audience = new Audience
        {
            Kind = AudienceKind.Selection, Departments = ["sales"], Roles = [Role.Secretariat], People = [new("外部 花子", "Hanako@partner.example"), new("氏名 z", "z@example.co.jp")],
        };
        var candidates = Candidates(
            audience, Account("a", department: "営業部"), Account("b", department: "SALES"), Account("c", department: "営業 部"), Account("d", department: "開発部"),
            Account("z", department: null));
        Assert.Equal(["a", "b", "c", "person-nakamura", "z"], candidates.Select(c => c.Id).Where(i => !i.StartsWith("mail-", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.Equal("外部 花子", Assert.Single(candidates, c => c.Id.StartsWith("mail-", StringComparison.Ordinal)).Name);
    }

    [Fact]
    public void Accounts_that_are_nobodys_are_listed_with_the_rule_and_count_for_nothing()
    {
        var people = Apply([], Candidates(Everyone, Account("a"), Account("info", person: false), Account("svc", mail: null)));
        Assert.Equal([null, AudienceRules.NoPersonName, AudienceRules.NoMail], people.Select(p => p.Exclusion));
        Assert.Equal((1, 2), (TrainingProgress.Of(people, null).Obliged, TrainingProgress.Of(people, null).Excluded));
    }

    [Fact]
    public void Nobody_is_ever_lost_and_the_last_roster_decides_who_counts()
    {
        var random = new Random(4711);
        for (var round = 0; round < 200; round++)
        {
            IReadOnlyList<Participant> people = [];
            string[] last = [];
            var seen = new HashSet<string>();
            for (var look = 0; look < 6; look++)
            {
                last = [.. Enumerable.Range(0, 12).Where(_ => random.Next(3) > 0).Select(i => $"p{i:00}")];
                seen.UnionWith(last);
                people = Play(people, last);
            }

            Assert.Equal(seen.Order(StringComparer.Ordinal), people.Select(p => p.Id));
            Assert.Equal(last, people.Where(p => p.IsObliged).Select(p => p.Id));
        }
    }

    private static IReadOnlyList<Participant> Play(IReadOnlyList<Participant> present, params string[] ids) => Apply(present, Candidates(Everyone, [.. ids.Select(i => Account(i))]));

    private static IReadOnlyList<Candidate> Candidates(Audience audience, params DirectoryAccount[] accounts) => AudienceRules.Select(audience, accounts, Firm);

    private static IReadOnlyList<Participant> Apply(IReadOnlyList<Participant> present, IReadOnlyList<Candidate> candidates)
    {
        var rows = present.ToDictionary(p => p.Id);
        foreach (var change in RosterRules.Compare(present, candidates))
        {
            rows[change.Id] = RosterRules.Apply(rows.GetValueOrDefault(change.Id), change, Today);
        }

        return [.. rows.Values.OrderBy(p => p.Id, StringComparer.Ordinal)];
    }
}
