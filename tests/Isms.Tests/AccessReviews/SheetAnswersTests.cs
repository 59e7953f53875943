using Isms.AccessReviews;
using Isms.Organizations;
using static Isms.Tests.AccessReviews.AccessReviewSamples;

namespace Isms.Tests.AccessReviews;

public sealed class SheetAnswersTests
{
    private static readonly Dictionary<int, StandingAnswer> None = [];

    [Fact]
    public void The_later_answer_stands_but_the_rest_never_replaces_what_was_said_by_number()
    {
        var revoke = Batch("1", 1, new AnswerEntry([2], ReviewDecision.Revoke));
        var rest = Batch("2", 2, new AnswerEntry([1, 2, 3], ReviewDecision.Keep, IsRest: true));
        var late = Batch("3", 3, new AnswerEntry([3], ReviewDecision.Change, null, "閲覧のみ"));
        foreach (var order in new[] { new[] { revoke, rest, late }, [late, rest, revoke], [rest, late, revoke] })
        {
            var standing = SheetAnswers.Standing(order);
            Assert.Equal([ReviewDecision.Keep, ReviewDecision.Revoke, ReviewDecision.Change], new[] { 1, 2, 3 }.Select(n => standing[n].Decision));
        }

        var before = SheetAnswers.Standing([Batch("0", 0, new AnswerEntry([2], ReviewDecision.Keep, IsRest: true)), revoke]);
        Assert.Equal(ReviewDecision.Revoke, before[2].Decision);
    }

    [Fact]
    public void Whatever_order_answers_are_read_in_the_same_ones_stand()
    {
        for (var seed = 0; seed < 100; seed++)
        {
            var random = new Random(seed);
            var batches = Enumerable.Range(0, 12).Select(i => Batch(
                "b" + i, random.Next(6), new AnswerEntry([.. Enumerable.Range(1, 8).Where(_ => random.Next(2) == 0)], (ReviewDecision)random.Next(3), IsRest: random.Next(3) == 0))).ToList();
            var expected = SheetAnswers.Standing(batches);
            var shuffled = SheetAnswers.Standing([.. batches.OrderBy(_ => random.Next())]);
            Assert.Equal(expected.OrderBy(e => e.Key), shuffled.OrderBy(e => e.Key));
            Assert.All(batches.SelectMany(b => b.Entries).Where(e => !e.IsRest).SelectMany(e => e.Rows), n => Assert.False(expected[n].IsRest));
        }
    }

    [Fact]
    public void Keeping_a_conspicuous_right_needs_a_reason_and_a_change_its_target()
    {
        Assert.Equal("access-review-kept-without-reason", Check(new AnswerSheet([new([1, 2], ReviewDecision.Keep)])).Code);
        Assert.Equal("access-review-change-without-target", Check(new AnswerSheet([new([1], ReviewDecision.Change, "不要")])).Code);
        Assert.Equal("access-review-unknown-row", Check(new AnswerSheet([new([4], ReviewDecision.Revoke)])).Code);
        Assert.Equal("access-review-unknown-row", Check(new AnswerSheet([new([0], ReviewDecision.Revoke)])).Code);
        Assert.Equal("access-review-nothing-answered", Check(new AnswerSheet()).Code);
        Assert.Equal("access-review-change-without-target", Check(new AnswerSheet(null, new(ReviewDecision.Change))).Code);
        Assert.Equal("退職者の引継ぎのため", Entries(new AnswerSheet([new([2], ReviewDecision.Keep, " 退職者の引継ぎのため ")])).Single().Reason);
    }

    [Fact]
    public void The_rest_leaves_conspicuous_rights_out_unless_it_gives_a_reason_and_what_has_an_answer_alone()
    {
        var standing = SheetAnswers.Standing([Batch("1", 1, new AnswerEntry([3], ReviewDecision.Revoke))]);
        Assert.Equal([1], Entries(new AnswerSheet(null, new(ReviewDecision.Keep)), standing).Single().Rows);
        Assert.Equal([1, 2], Entries(new AnswerSheet(null, new(ReviewDecision.Keep, "確認済み")), standing).Single().Rows);
        Assert.Equal([[3], [1]], Entries(new AnswerSheet([new([3], ReviewDecision.Revoke)], new(ReviewDecision.Keep))).Select(e => e.Rows));
    }

    [Fact]
    public void Only_the_reviewer_and_their_delegate_answer_and_never_about_themselves()
    {
        var sheet = Sheet("sales");
        var rows = Rows(sheet.Id, 3).Select(r => r.Number == 2 ? r with { Person = "suzuki" } : r).ToList();
        string? Try(string person, int row, Organization? firm = null) =>
            SheetAnswers.Check(new AnswerSheet([new([row], ReviewDecision.Keep)]), sheet, rows, None, By(person), firm ?? Firm).Refusal?.Code;
        Assert.Null(Try("suzuki", 1));
        Assert.Equal("access-review-own-rights", Try("suzuki", 2));
        Assert.Equal("access-review-not-your-sheet", Try("ito", 1));
        Assert.Null(Try("watanabe", 2));
        Assert.Equal("access-review-not-your-sheet", Try("watanabe", 1));
        var delegated = Firm with { Delegations = [new("suzuki", "kato", Today, Today)] };
        Assert.Null(Try("kato", 1, delegated));
        Assert.Null(Try("kato", 2, delegated));
        Assert.Equal("suzuki", SheetReviewers.InPlaceOf(sheet, "kato", delegated));
    }

    private static Rules.Refusal Check(AnswerSheet command) => SheetAnswers.Check(command, Sheet("sales"), Rows("department-sales", 3, 2), None, By("suzuki"), Firm).Refusal!;

    private static IReadOnlyList<AnswerEntry> Entries(AnswerSheet command, IReadOnlyDictionary<int, StandingAnswer>? standing = null) =>
        SheetAnswers.Check(command, Sheet("sales"), Rows("department-sales", 3, 2), standing ?? None, By("suzuki"), Firm).Value;
}
