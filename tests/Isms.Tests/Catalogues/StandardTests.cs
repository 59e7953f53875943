using Isms.Audits;
using Isms.Catalogues;

namespace Isms.Tests.Catalogues;

public sealed class StandardTests
{
    [Fact]
    public void Annex_A_has_its_93_controls_by_theme()
    {
        Assert.Equal(93, Standard.Controls.Count);
        Assert.Equal(37, Standard.ControlsUnder("A.5").Count);
        Assert.Equal(8, Standard.ControlsUnder("6").Count);
        Assert.Equal(14, Standard.ControlsUnder("7").Count);
        Assert.Equal(34, Standard.ControlsUnder("A.8").Count);
    }

    [Fact]
    public void Numbers_are_unique_and_every_title_is_bilingual()
    {
        Assert.Equal(Standard.Clauses.Count, Standard.Clauses.Select(c => c.Id).Distinct().Count());
        Assert.Equal(Standard.Controls.Count, Standard.Controls.Select(c => c.Id).Distinct().Count());
        Assert.All(Standard.Clauses.Concat<Requirement>(Standard.Controls), r => Assert.True(r.Title.Ja.Length > 0 && r.Title.En.Length > 0, r.Id));
    }

    [Fact]
    public void A_heading_means_everything_below_it()
    {
        Assert.Equal(["9.2.1", "9.2.2"], Standard.ClausesUnder("9.2"));
        Assert.Equal(["10.1", "10.2"], Standard.ClausesUnder("10"));
        Assert.Equal(["5.1"], Standard.ControlsUnder("A.5.1"));
        Assert.Empty(Standard.ClausesUnder("11"));
        Assert.Empty(Standard.ControlsUnder("A.9"));
    }

    [Fact]
    public void Every_clause_and_every_control_has_a_question()
    {
        Assert.Empty(Standard.Clauses.Select(c => c.Id).Except(QuestionBank.Questions.Select(q => q.Clause)));
        Assert.Empty(Standard.Controls.Select(c => c.Id).Except(QuestionBank.Questions.Select(q => q.Control)));
    }

    [Fact]
    public void Every_question_belongs_to_one_requirement_of_the_standard_and_says_what_to_ask_for()
    {
        Assert.Equal(QuestionBank.Questions.Count, QuestionBank.Questions.Select(q => q.Id).Distinct().Count());
        Assert.All(QuestionBank.Questions, q =>
        {
            Assert.True(q.Clause is null != q.Control is null, q.Id);
            Assert.True(q.Clause is not null ? Standard.FindClause(q.Clause) is not null : Standard.FindControl(q.Control!) is not null, q.Id);
            Assert.All(new[] { q.Text.Ja, q.Text.En, q.Evidence.Ja, q.Evidence.En }, t => Assert.False(string.IsNullOrWhiteSpace(t), q.Id));
        });
    }
}
