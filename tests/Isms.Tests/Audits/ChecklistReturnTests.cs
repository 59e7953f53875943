using Isms.Audits;
using Isms.Text;

namespace Isms.Tests.Audits;

public sealed class ChecklistReturnTests
{
    private static readonly Checklist Checklist = Sample.Checklist();
    private static readonly Audit Fieldwork = Sample.AuditIn(AuditStage.Fieldwork);
    private static readonly string[] OfSales = [.. Checklist.Questions.Where(q => q.Department == "sales").Select(q => q.Id)];

    [Fact]
    public void Rows_without_an_answer_are_open_and_empty_rows_are_nothing()
    {
        var judged = Judge([Row(3, OfSales[0], 0), new ReturnedRow(4, new Dictionary<ChecklistColumn, string> { [ChecklistColumn.Note] = "  " })]);
        Assert.Equal((3, RowOutcome.Open), (judged.Single().Row, judged.Single().Outcome));
    }

    [Theory]
    [InlineData("適合")]
    [InlineData("conforming ")]
    [InlineData("Conforming")]
    public void An_answer_is_chosen_in_either_language(string cell)
    {
        var row = Assert.Single(Judge([Row(3, OfSales[0], 0, (ChecklistColumn.Result, cell), (ChecklistColumn.GoodPoint, "○"), (ChecklistColumn.Note, "a\r\nb "))]));
        Assert.Equal(RowOutcome.Taken, row.Outcome);
        Assert.Equal(new AnswerDraft(OfSales[0], AnswerResult.Conforming, "a\nb", GoodPoint: true), row.Answer);
    }

    [Fact]
    public void Every_name_of_a_choice_is_read_as_that_choice()
    {
        foreach (var result in Enum.GetValues<AnswerResult>())
        {
            Assert.Equal(result, ChecklistFile.ResultOf(Texts.Get("audit.result." + result).Ja));
            Assert.Equal(result, ChecklistFile.ResultOf(Texts.Get("audit.result." + result).En));
        }

        foreach (var urgency in Enum.GetValues<Urgency>())
        {
            Assert.Equal(urgency, ChecklistFile.UrgencyOf(Texts.Get("audit.urgency." + urgency).Ja));
            Assert.Equal(urgency, ChecklistFile.UrgencyOf(Texts.Get("audit.urgency." + urgency).En));
        }
    }

    [Theory]
    [InlineData("e-1\ne-2")]
    [InlineData("e-1; e-2;")]
    [InlineData("e-1、e-2 e-1")]
    public void Evidence_is_separated_as_people_write_lists(string cell) => Assert.Equal(["e-1", "e-2"], ChecklistFile.IdsOf(cell));

    [Fact]
    public void A_nonconformity_without_its_grounds_is_refused_and_the_other_rows_are_taken()
    {
        var judged = Judge(
        [
            Row(3, OfSales[0], 0, (ChecklistColumn.Result, "重大な不適合"), (ChecklistColumn.Fact, "旧版の手順書")),
            Row(4, OfSales[1], 0, (ChecklistColumn.Result, "適合")),
        ]);
        Assert.Equal([RowOutcome.Refused, RowOutcome.Taken], judged.Select(r => r.Outcome));
        Assert.Equal("nonconformity-not-founded", judged[0].Refusal!.Code);
        Assert.Equal(["requirement", "evidence"], judged[0].Refusal!.Missing);
    }

    [Fact]
    public void A_row_that_somebody_else_answered_since_is_refused_by_name_unless_its_author_left_it_alone()
    {
        var answers = Answered((OfSales[0], 1, "lapsed", "前"), (OfSales[0], 2, "lapsed", "後"));
        var stale = Assert.Single(Judge([Row(3, OfSales[0], 1, (ChecklistColumn.Result, "適合"), (ChecklistColumn.Note, "私の所見"))], answers));
        Assert.Equal("checklist-row-stale", stale.Refusal!.Code);
        Assert.Contains("lapsedさん", stale.Refusal.Title.Ja, StringComparison.Ordinal);
        var untouched = Assert.Single(Judge([Row(3, OfSales[0], 1, (ChecklistColumn.Result, "適合"), (ChecklistColumn.Note, "前"))], answers));
        Assert.Equal(RowOutcome.Unchanged, untouched.Outcome);
        var agreed = Assert.Single(Judge([Row(3, OfSales[0], 0, (ChecklistColumn.Result, "適合"), (ChecklistColumn.Note, "後"))], answers));
        Assert.Equal(RowOutcome.Unchanged, agreed.Outcome);
        Assert.Equal(RowOutcome.Open, Assert.Single(Judge([Row(3, OfSales[0], 0)], answers)).Outcome);
    }

    [Fact]
    public void A_file_that_has_been_taken_changes_nothing_when_it_comes_again()
    {
        ReturnedRow[] rows = [Row(3, OfSales[0], 0, (ChecklistColumn.Result, "適合"), (ChecklistColumn.Evidence, "e-1;e-2"), (ChecklistColumn.Note, "見た"))];
        var taken = Assert.Single(Judge(rows)).Answer!;
        var answers = new Dictionary<string, AnswerSheet> { [OfSales[0]] = new(OfSales[0], [new GivenAnswer(1, "yamamoto", Sample.Now, taken)]) };
        Assert.Equal(RowOutcome.Unchanged, Assert.Single(Judge(rows, answers)).Outcome);
    }

    [Fact]
    public void A_column_that_the_file_lacks_keeps_what_was_said()
    {
        var before = new AnswerDraft(OfSales[0], AnswerResult.Observation, "前", Urgency: Urgency.High, GoodPoint: true, Evidence: ["e-1"]);
        var answers = new Dictionary<string, AnswerSheet> { [OfSales[0]] = new(OfSales[0], [new GivenAnswer(1, "yamamoto", Sample.Now, before)]) };
        var cells = new Dictionary<ChecklistColumn, string>
        {
            [ChecklistColumn.Key] = ChecklistFile.KeyOf(Fieldwork.Id, OfSales[0]), [ChecklistColumn.Version] = "1", [ChecklistColumn.Result] = "観察事項", [ChecklistColumn.Note] = "後",
        };
        var row = Assert.Single(Judge([new ReturnedRow(3, cells)], answers));
        Assert.True(row.Answer!.SaysTheSameAs(before with { Note = "後" }));
    }

    [Theory]
    [InlineData("audit-FY2026-02/q-001", "0", "checklist-row-of-another-audit")]
    [InlineData("audit-FY2026-01/q-999", "0", "unknown-question")]
    [InlineData("audit-FY2026-01/q-001", "", "checklist-row-without-version")]
    [InlineData("audit-FY2026-01/q-001", "7", "checklist-row-without-version")]
    [InlineData("", "0", "checklist-row-without-key")]
    public void A_row_that_cannot_be_placed_is_refused(string key, string version, string code)
    {
        var cells = new Dictionary<ChecklistColumn, string> { [ChecklistColumn.Key] = key, [ChecklistColumn.Version] = version, [ChecklistColumn.Result] = "適合" };
        Assert.Equal(code, Assert.Single(Judge([new ReturnedRow(3, cells)])).Refusal!.Code);
    }

    [Fact]
    public void What_cannot_be_meant_is_refused_with_what_can()
    {
        Assert.Equal("checklist-result-unknown", Code(Row(3, OfSales[0], 0, (ChecklistColumn.Result, "だいたい適合"))));
        Assert.Equal("checklist-result-missing", Code(Row(3, OfSales[0], 0, (ChecklistColumn.Note, "見た"))));
        Assert.Equal("checklist-urgency-unknown", Code(Row(3, OfSales[0], 0, (ChecklistColumn.Result, "適合"), (ChecklistColumn.Urgency, "いつか"))));
        var own = Checklist.Questions.First(q => q.Department == "it").Id;
        Assert.Equal("auditor-audits-own-department", Code(Row(3, own, 0, (ChecklistColumn.Result, "適合"))));
        var emptied = Assert.Single(Judge([Row(3, OfSales[0], 1)], Answered((OfSales[0], 1, "yamamoto", "n"))));
        Assert.Equal("checklist-answer-emptied", emptied.Refusal!.Code);
        var twice = Judge([Row(3, OfSales[0], 0, (ChecklistColumn.Result, "適合")), Row(9, OfSales[0], 0, (ChecklistColumn.Result, "適合"))]);
        Assert.Equal(["Taken", "checklist-row-twice"], twice.Select(r => r.Refusal?.Code ?? r.Outcome.ToString()));
    }

    private static string Code(ReturnedRow row) => Assert.Single(Judge([row])).Refusal!.Code;

    private static IReadOnlyList<JudgedRow> Judge(IReadOnlyList<ReturnedRow> rows, Dictionary<string, AnswerSheet>? answers = null) =>
        new ChecklistReturn(Fieldwork, Checklist, answers ?? [], "yamamoto", Sample.Organization).Judge(rows);

    private static Dictionary<string, AnswerSheet> Answered(params (string Question, int Version, string By, string Note)[] versions) =>
        versions.GroupBy(v => v.Question).ToDictionary(g => g.Key, g => new AnswerSheet(
            g.Key, [.. g.Select(v => new GivenAnswer(v.Version, v.By, Sample.Now, new AnswerDraft(v.Question, AnswerResult.Conforming, v.Note)))]));

    private static ReturnedRow Row(int number, string question, int version, params (ChecklistColumn Column, string Cell)[] cells)
    {
        var row = Enum.GetValues<ChecklistColumn>().ToDictionary(c => c, _ => "");
        row[ChecklistColumn.Key] = ChecklistFile.KeyOf(Fieldwork.Id, question);
        row[ChecklistColumn.Version] = version.ToString(System.Globalization.CultureInfo.InvariantCulture);
        foreach (var (column, cell) in cells)
        {
            row[column] = cell;
        }

        return new ReturnedRow(number, row);
    }
}
