using Isms.Catalogues;

namespace Isms.Tests.Catalogues;

public sealed class Edition2013Tests
{
    [Fact]
    public void The_2013_annex_has_14_domains_35_objectives_and_114_controls()
    {
        Assert.Equal(14, Edition2013.Domains.Count);
        Assert.Equal(35, Edition2013.Objectives.Count);
        Assert.Equal(114, Edition2013.Controls.Count);
        Assert.Equal(114, Edition2013.Controls.Select(c => c.Id).Distinct().Count());
    }

    [Fact]
    public void Every_control_serves_an_objective_of_a_domain()
    {
        Assert.Empty(Edition2013.Controls.Select(c => c.Objective).Except(Edition2013.Objectives.Select(o => o.Id)));
        Assert.Empty(Edition2013.Objectives.Select(o => o.Id).Except(Edition2013.Controls.Select(c => c.Objective)));
        Assert.Empty(Edition2013.Objectives.Select(o => o.Id[..o.Id.LastIndexOf('.')]).Except(Edition2013.Domains.Select(d => d.Id)));
    }

    [Theory]
    [InlineData("A.5", 2)]
    [InlineData("A.6", 7)]
    [InlineData("A.7", 6)]
    [InlineData("A.8", 10)]
    [InlineData("A.9", 14)]
    [InlineData("A.10", 2)]
    [InlineData("A.11", 15)]
    [InlineData("A.12", 14)]
    [InlineData("A.13", 7)]
    [InlineData("A.14", 13)]
    [InlineData("A.15", 5)]
    [InlineData("A.16", 7)]
    [InlineData("A.17", 4)]
    [InlineData("A.18", 8)]
    public void A_domain_has_so_many_controls(string domain, int count) =>
        Assert.Equal(count, Edition2013.Controls.Count(c => c.Id.StartsWith(domain + ".", StringComparison.Ordinal)));

    [Fact]
    public void Every_control_went_into_a_control_of_2022() =>
        Assert.All(Edition2013.Controls, c =>
        {
            Assert.NotEmpty(c.Becomes);
            Assert.All(c.Becomes, id => Assert.NotNull(Standard.FindControl(id)));
        });

    [Fact]
    public void Eleven_controls_of_2022_are_new() =>
        Assert.Equal(["5.7", "5.23", "5.30", "7.4", "8.9", "8.10", "8.11", "8.12", "8.16", "8.23", "8.28"], Edition2013.NewIn2022);

    [Fact]
    public void Of_the_other_82_there_are_24_merged_and_58_carried_over()
    {
        var sources = Standard.Controls.Select(c => Edition2013.SourcesOf(c.Id).Count).ToArray();
        Assert.Equal(11, sources.Count(n => n == 0));
        Assert.Equal(58, sources.Count(n => n == 1));
        Assert.Equal(24, sources.Count(n => n > 1));
    }

    [Theory]
    [InlineData("A.9.2.5", "5.18")]
    [InlineData("12.4.3", "8.15")]
    [InlineData("a.6.2.1", "8.1")]
    [InlineData("A.11.2.5", "7.10")]
    [InlineData("A.14.1.1", "5.8")]
    [InlineData("A.18.1.5", "5.31")]
    [InlineData("A.13.2.4", "6.6")]
    [InlineData("A.17.2.1", "8.14")]
    [InlineData(" A.18.2.3 ", "5.36", "8.8")]
    public void A_control_became(string old, params string[] controls) => Assert.Equal(controls, Edition2013.Find(old)!.Becomes);

    [Fact]
    public void Change_management_was_made_from_four() =>
        Assert.Equal(["A.12.1.2", "A.14.2.2", "A.14.2.3", "A.14.2.4"], Edition2013.SourcesOf("8.32").Select(c => c.Id));

    [Theory]
    [InlineData("A.5.3.1")]
    [InlineData("5.1")]
    [InlineData("")]
    public void What_the_edition_does_not_have_is_not_found(string number) => Assert.Null(Edition2013.Find(number));
}
