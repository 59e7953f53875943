using Isms.Catalogues;

namespace Isms.Tests.Catalogues;

public sealed class OutlineTests
{
    [Fact]
    public void Clauses_4_to_10_are_the_top_of_the_outline() =>
        Assert.Equal(["4", "5", "6", "7", "8", "9", "10"], Standard.Outline.Where(c => c.Parent is null).Select(c => c.Id));

    [Fact]
    public void Whatever_is_below_something_stands_after_it()
    {
        var seen = new HashSet<string>();
        Assert.All(Standard.Outline, c =>
        {
            Assert.True(c.Parent is null || seen.Contains(c.Parent), c.Id);
            Assert.True(seen.Add(c.Id), c.Id);
        });
    }

    [Fact]
    public void Headings_group_and_clauses_demand()
    {
        Assert.Equal(30, Standard.Clauses.Count);
        Assert.All(Standard.Outline.Where(c => c.Level == ClauseLevel.Heading), h => Assert.NotEmpty(Standard.ClausesUnder(h.Id)));
        Assert.Null(Standard.FindClause("9.2"));
        Assert.Equal("内部監査", Standard.FindInOutline("9.2")!.Title.Ja);
    }

    [Fact]
    public void The_inputs_of_the_management_review_are_a_to_g() =>
        Assert.Equal("abcdefg", string.Concat(Standard.Below("9.3.2").Select(c => c.Id[^1])));

    [Fact]
    public void The_statement_of_applicability_is_6_1_3_d()
    {
        var item = Standard.FindInOutline("6.1.3 d")!;
        Assert.Equal(ClauseLevel.Item, item.Level);
        Assert.Equal("6.1.3", item.Parent);
        Assert.Equal("適用宣言書", item.Title.Ja);
    }
}
