using Isms.Organizations;
using static Isms.Tests.Dates;
using static Isms.Tests.Year.YearSamples;

namespace Isms.Tests.Organizations;

public sealed class OrganizationInTimeTests
{
    private static readonly Organization HandedOver = Firm with
    {
        Sites = [new("osaka", new("大阪営業所", "Osaka office"), "suzuki")],
        Handovers = [new("kobayashi", "ito", Day("2026-06-01"), Role.PersonInCharge), new("suzuki", "kato", Day("2026-10-01"))],
        Delegations = [new("watanabe", "kobayashi", Day("2026-08-01"), Day("2026-08-31"), Role.IsmsManager)],
    };

    [Theory]
    [InlineData("2026-05-31", "kobayashi")]
    [InlineData("2026-06-01", "ito")]
    [InlineData("2027-03-31", "ito")]
    public void A_role_passes_on_its_day(string day, string holder) =>
        Assert.Equal([holder], HandedOver.AsOf(Day(day)).InRole(Role.PersonInCharge).Select(p => p.Id));

    [Fact]
    public void Who_hands_everything_over_hands_over_departments_and_sites_as_well()
    {
        var then = HandedOver.AsOf(Day("2026-10-01"));

        Assert.Empty(then.FindPerson("suzuki")!.Roles);
        Assert.Equal([Role.InternalAuditor, Role.DepartmentLead], then.FindPerson("kato")!.Roles);
        Assert.Equal("kato", then.FindDepartment("sales")!.LeadId);
        Assert.Equal("kato", then.Sites[0].LeadId);
        Assert.Equal("suzuki", HandedOver.AsOf(Day("2026-09-30")).FindDepartment("sales")!.LeadId);
    }

    [Fact]
    public void A_handover_that_the_settings_already_show_is_not_done_twice()
    {
        var edited = HandedOver.AsOf(Day("2026-06-01")) with { Handovers = HandedOver.Handovers };

        Assert.Equal(["ito"], edited.AsOf(Day("2026-07-01")).InRole(Role.PersonInCharge).Select(p => p.Id));
        Assert.Equal(2, edited.AsOf(Day("2026-07-01")).FindPerson("ito")!.Roles.Count(r => r is Role.PersonInCharge or Role.DepartmentLead));
    }

    [Theory]
    [InlineData("2026-07-31", false)]
    [InlineData("2026-08-01", true)]
    [InlineData("2026-08-31", true)]
    [InlineData("2026-09-01", false)]
    public void A_delegation_holds_from_its_first_to_its_last_day(string day, bool holds)
    {
        var then = HandedOver.AsOf(Day(day));

        Assert.Equal(holds ? ["kobayashi"] : [], then.DelegatesOf("watanabe", Role.IsmsManager).Select(p => p.Id));
        Assert.Empty(then.DelegatesOf("watanabe", Role.DepartmentLead));
    }

    [Fact]
    public void Who_has_left_holds_no_role_and_acts_for_nobody()
    {
        var leaving = HandedOver with { People = [.. HandedOver.People.Select(p => p.Id == "kobayashi" ? p with { Until = Day("2026-08-10") } : p)] };

        Assert.Single(leaving.AsOf(Day("2026-08-10")).DelegatesOf("watanabe", Role.IsmsManager));
        Assert.Empty(leaving.AsOf(Day("2026-08-11")).DelegatesOf("watanabe", Role.IsmsManager));
        Assert.Equal(Day("2026-08-11"), leaving.NextChangeAfter(Day("2026-08-01")));
    }

    [Fact]
    public void The_days_of_change_are_known_ahead()
    {
        Assert.Equal(Day("2026-06-01"), HandedOver.NextChangeAfter(Day("2026-04-01")));
        Assert.Equal(Day("2026-08-01"), HandedOver.NextChangeAfter(Day("2026-06-01")));
        Assert.Equal(Day("2026-09-01"), HandedOver.NextChangeAfter(Day("2026-08-01")));
        Assert.Null(HandedOver.NextChangeAfter(Day("2026-10-01")));
    }

    [Fact]
    public void Settings_in_which_every_role_stays_held_are_accepted() => Assert.Null(OrganizationRules.FirstBrokenRule(HandedOver));

    [Fact]
    public void Nobody_leaves_without_a_successor()
    {
        Organization Leaving(string id) => Firm with { People = [.. Firm.People.Select(p => p.Id == id ? p with { Until = Day("2026-09-30") } : p)] };

        Assert.Equal("role-without-successor", OrganizationRules.FirstBrokenRule(Leaving("kobayashi"))?.Code);
        Assert.Equal("department-without-successor", OrganizationRules.FirstBrokenRule(Leaving("suzuki"))?.Code);
        Assert.Null(OrganizationRules.FirstBrokenRule(Leaving("kobayashi") with { Handovers = [new("kobayashi", "ito", Day("2026-10-01"))] }));
        Assert.Null(OrganizationRules.FirstBrokenRule(Leaving("suzuki") with { Handovers = [new("suzuki", "kato", Day("2026-10-01"))] }));
        Assert.Equal(
            "role-without-successor",
            OrganizationRules.FirstBrokenRule(Leaving("kobayashi") with { Handovers = [new("kobayashi", "ito", Day("2026-10-05"))] })?.Code);
    }

    [Theory]
    [InlineData("kobayashi", "nobody", "handover-person-unknown")]
    [InlineData("nobody", "ito", "handover-person-unknown")]
    [InlineData("ito", "ito", "handover-to-oneself")]
    public void Only_people_of_the_organisation_hand_over_to_others(string from, string to, string code)
    {
        Assert.Equal(code, OrganizationRules.FirstBrokenRule(Firm with { Handovers = [new(from, to, Day("2026-06-01"))] })?.Code);
        Assert.Equal(code, OrganizationRules.FirstBrokenRule(Firm with { Delegations = [new(from, to, Day("2026-06-01"), Day("2026-06-30"))] })?.Code);
    }

    [Fact]
    public void A_delegation_does_not_end_before_it_begins() => Assert.Equal(
        "delegation-ends-before-it-begins",
        OrganizationRules.FirstBrokenRule(Firm with { Delegations = [new("sato", "ito", Day("2026-06-02"), Day("2026-06-01"))] })?.Code);

    [Fact]
    public void A_sites_lead_is_somebody() => Assert.Equal(
        "site-lead-unknown", OrganizationRules.FirstBrokenRule(Firm with { Sites = [new("osaka", new("大阪", "Osaka"), "nobody")] })?.Code);
}
