using Isms.Organizations;
using Isms.Registers;
using NSubstitute;

namespace Isms.Tests.Registers;

public sealed class ComputedFieldTests
{
    private static readonly RuleContext Context =
        new(Substitute.For<IRegisterLookup>(), new Organization { Name = new("甲", "A") }, DateTimeOffset.UnixEpoch, "sato");

    [Fact]
    public void An_asset_is_worth_its_highest_property()
    {
        Assert.Equal("4", Apply(new AssetValueRule(), ("confidentiality", "2"), ("integrity", "4"), ("availability", "1")).Computed["value"]);
        Assert.Equal("", Apply(new AssetValueRule()).Computed["value"]);
    }

    [Theory]
    [InlineData("atLeast", "100", "quarter1", "100", "met")]
    [InlineData("atLeast", "100", "quarter1", "99.9", "notMet")]
    [InlineData("atMost", "0", "result", "1", "notMet")]
    [InlineData("atMost", "0", "quarter4", "0", "met")]
    [InlineData("atMost", "0", "unit", "件", "notMeasured")]
    public void An_objective_is_judged_by_its_newest_measurement(string direction, string target, string field, string value, string achievement) =>
        Assert.Equal(achievement, Apply(new ObjectiveRule(), ("direction", direction), ("target", target), (field, value)).Computed["achievement"]);

    [Fact]
    public void The_result_of_the_year_outweighs_its_quarters() =>
        Assert.Equal("met", Apply(new ObjectiveRule(), ("direction", "atLeast"), ("target", "90"), ("quarter4", "10"), ("result", "95")).Computed["achievement"]);

    [Fact]
    public void Coverage_is_the_share_of_those_who_attended() =>
        Assert.Equal("96.2", Apply(new CourseRule(), ("targetCount", "52"), ("attendedCount", "50"), ("passedCount", "50")).Computed["coverage"]);

    [Fact]
    public void A_course_for_nobody_has_no_coverage() => Assert.Equal("", Apply(new CourseRule(), ("targetCount", "0"), ("attendedCount", "0")).Computed["coverage"]);

    [Fact]
    public void More_cannot_attend_than_it_is_for_nor_pass_than_attended() => Assert.Equal(
        ["course-more-attended-than-expected", "course-more-passed-than-attended"],
        Apply(new CourseRule(), ("targetCount", "10"), ("attendedCount", "11"), ("passedCount", "12")).Errors.Select(e => e.Code));

    private static RuleResult Apply(IRegisterRule rule, params (string Field, string Value)[] values) =>
        rule.Apply(null, values.ToDictionary(v => v.Field, v => v.Value), Context);
}
