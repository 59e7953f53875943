using Isms.Audits;
using Isms.Catalogues;
using Isms.Organizations;

namespace Isms.Tests.Audits;

/// <summary>The bank is data: what it has to cover is counted here.</summary>
public sealed class QuestionBankTests
{
    /// <summary>Where one question is not enough: what monitoring shows, and what an organisation lives by.</summary>
    public static readonly TheoryData<string> Important =
    [
        "4.2", "5.1", "5.2", "5.3", "6.1.2", "6.1.3", "6.2", "7.2", "7.5.3", "8.1", "9.1", "9.2.2", "10.2",
        "A.5.1", "A.5.3", "A.5.7", "A.5.9", "A.5.10", "A.5.12", "A.5.14", "A.5.15", "A.5.16", "A.5.17", "A.5.18", "A.5.19", "A.5.23", "A.5.24", "A.5.26", "A.5.29",
        "A.5.33", "A.5.34", "A.5.36", "A.6.3", "A.6.5", "A.6.7", "A.6.8", "A.7.2", "A.7.10", "A.8.1", "A.8.2", "A.8.3", "A.8.5", "A.8.7", "A.8.8", "A.8.9", "A.8.12",
        "A.8.13", "A.8.15", "A.8.16", "A.8.20", "A.8.24", "A.8.32",
    ];

    [Fact]
    public void Every_clause_and_every_control_has_a_question_and_there_are_176()
    {
        Assert.Equal(Standard.Clauses.Select(c => c.Id), QuestionBank.Questions.Select(q => q.Clause).OfType<string>().Distinct());
        Assert.Equal(Standard.Controls.Select(c => c.Id), QuestionBank.Questions.Select(q => q.Control).OfType<string>().Distinct());
        Assert.Equal(176, QuestionBank.Questions.Count);
    }

    [Theory]
    [MemberData(nameof(Important))]
    public void What_is_important_is_asked_in_two_ways(string number)
    {
        var asked = QuestionBank.Questions.Where(q => number == (q.Clause ?? "A." + q.Control)).ToList();
        Assert.True(asked.Count >= 2, number);
        Assert.True(asked.DistinctBy(q => (q.Method, q.AskedOf)).Count() >= 2 || asked.Count > 2 || number == "6.1.3", number + " is asked the same people in the same way twice");
    }

    [Fact]
    public void No_question_is_asked_twice_and_all_name_what_to_ask_for()
    {
        Assert.Equal(QuestionBank.Questions.Count, QuestionBank.Questions.Select(q => q.Text.Ja).Distinct().Count());
        Assert.Equal(QuestionBank.Questions.Count, QuestionBank.Questions.Select(q => q.Text.En).Distinct().Count());
        Assert.All(QuestionBank.Questions, q => Assert.True(q.Evidence.Ja.Length >= 4 && q.Evidence.En.Length >= 6, q.Id));
        Assert.All(QuestionBank.Questions, q => Assert.True(q.Text.Ja[^1] is '。' && !q.Text.Ja.Contains('?') && !q.Text.Ja.Contains(','), q.Id));
    }

    [Fact]
    public void All_three_methods_are_used_in_earnest()
    {
        var methods = QuestionBank.Questions.CountBy(q => q.Method).ToDictionary();
        Assert.All(Enum.GetValues<AuditMethod>(), m => Assert.InRange(methods[m], 25, 130));
    }

    [Fact]
    public void Samples_are_questions_to_departments_and_go_to_another_one_each_year()
    {
        Assert.All(QuestionBank.Questions.Where(q => q.Sampled), q => Assert.Equal(Role.DepartmentLead, q.AskedOf));
        var sample = QuestionBank.Questions.First(q => q.Sampled);
        var plan = Sample.Plan();
        var now = Assert.Single(ChecklistGenerator.DepartmentsAsked(sample, plan, Sample.Organization));
        var next = Assert.Single(ChecklistGenerator.DepartmentsAsked(sample, plan with { From = plan.From.AddYears(1) }, Sample.Organization));
        Assert.NotEqual(now, next);
    }
}
