using Isms.AccessReviews;
using Isms.Monitoring;
using Isms.Rules;
using Isms.Year;
using static Isms.Tests.AccessReviews.AccessReviewSamples;

namespace Isms.Tests.AccessReviews;

public sealed class AccessReviewRulesTests
{
    private static readonly HashSet<string> Nothing = [];

    [Fact]
    public void With_the_last_signature_the_managers_turn_comes_and_without_revocations_closing_ends_it()
    {
        var confirming = Confirming();
        Assert.Equal((AccessReviewStage.Confirming, Today.AddDays(7)), (confirming.Stage, confirming.Due));
        var closed = AccessReviewRules.IsClosed(confirming, [], "確認しました", "watanabe", At, Today).Value;
        Assert.Equal((AccessReviewStage.Closed, (DateOnly?)null), (closed.Stage, closed.Due));
        Assert.Equal(["start", "give-out", "sign-off", "sign-off", "close"], closed.Log.Select(e => e.What));
    }

    [Fact]
    public void A_sheet_with_unanswered_rows_is_not_signed_and_the_rows_are_named()
    {
        var refusal = AccessReviewRules.SheetIsSignedOff(
            Reviewing(), "department-sales", Rows("department-sales", 3), [Batch("b", 1, new AnswerEntry([2], ReviewDecision.Keep))], By("suzuki"), At, Firm, Today).Refusal!;
        Assert.Equal(("access-review-rows-unanswered", "1 3"), (refusal.Code, string.Join(' ', refusal.Missing)));
    }

    [Fact]
    public void A_returned_sheet_is_open_again_and_its_round_counts_up()
    {
        Assert.Equal("access-review-text-missing", AccessReviewRules.SheetIsReturned(Confirming(), "department-it", " ", "watanabe", At, Today).Refusal!.Code);
        var returned = AccessReviewRules.SheetIsReturned(Confirming(), "department-it", "ゲストの理由を記入してください", "watanabe", At, Today).Value;
        Assert.Equal((AccessReviewStage.Reviewing, 2), (returned.Stage, returned.FindSheet("department-it")!.Round));
        Assert.Equal(["department-it"], returned.OpenSheets.Select(s => s.Id));
        Assert.Equal(AccessReviewStage.Confirming, Signed(returned, "it", "ito", new AnswerEntry([1, 2, 3], ReviewDecision.Keep)).Stage);
    }

    [Fact]
    public void A_revocation_is_done_when_a_later_snapshot_no_longer_shows_the_right_and_not_before()
    {
        var (left, stays) = (Member("u1"), Member("u2"));
        var review = FollowingUp(left, stays);
        Assert.Equal([RevocationState.Open, RevocationState.Open], States(review));

        Assert.Same(review, Against(review, "old", At.AddDays(-1)));
        var reported = RevocationRules.TaskIsReported(review, 1, "所属から外しました", "ito", At.AddHours(1)).Value;
        Assert.Equal(RevocationState.Reported, reported.Tasks[0].State);
        var first = Against(reported, "s1", At.AddDays(1), stays.Key);
        Assert.Equal([RevocationState.Done, RevocationState.Open], States(first));
        Assert.Equal(("s1", "s1"), (first.Tasks[0].SeenIn, first.Tasks[1].SeenIn));
        Assert.Same(first, Against(first, "s1", At.AddDays(1)));

        var second = Against(first, "s2", At.AddDays(2));
        Assert.Equal((AccessReviewStage.Closed, "settle"), (second.Stage, second.Log[^1].What));
    }

    [Fact]
    public void What_was_reported_but_is_still_there_is_open_again()
    {
        var right = Member("u1");
        var reported = RevocationRules.TaskIsReported(FollowingUp(right), 1, "対応済み", "ito", At.AddHours(1)).Value;
        Assert.Equal([RevocationState.Open], States(Against(reported, "s1", At.AddDays(1), right.Key)));
        var later = RevocationRules.TaskIsReported(FollowingUp(right), 1, "対応済み", "ito", At.AddDays(2)).Value;
        Assert.Equal([RevocationState.Reported], States(Against(later, "s1", At.AddDays(1), right.Key)));
    }

    [Fact]
    public void A_snapshot_that_could_not_read_a_kind_of_right_proves_nothing_about_it()
    {
        var review = FollowingUp(Member("u1"), RoleOf("u2", "User Administrator"));
        var after = RevocationRules.IsHeldAgainst(review, new("s1", At.AddDays(1)), Nothing, new HashSet<string> { RightKinds.ActiveRole }, At.AddDays(1));
        Assert.Equal([RevocationState.Done, RevocationState.Open], States(after));
        Assert.Null(after.Tasks[1].SeenIn);
    }

    [Fact]
    public void A_decision_taken_back_needs_a_reason_and_the_last_one_ends_the_review()
    {
        var review = FollowingUp(Member("u1"));
        Assert.Equal("access-review-text-missing", RevocationRules.TaskIsWithdrawn(review, 1, "", "watanabe", At).Refusal!.Code);
        Assert.Equal("unknown-access-review-task", RevocationRules.TaskIsWithdrawn(review, 2, "理由", "watanabe", At).Refusal!.Code);
        Assert.Equal(AccessReviewStage.Closed, RevocationRules.TaskIsWithdrawn(review, 1, "業務で必要と判明", "watanabe", At).Value.Stage);
    }

    [Fact]
    public void Any_sequence_of_commands_keeps_the_review_sound()
    {
        for (var seed = 0; seed < 300; seed++)
        {
            var random = new Random(seed);
            var review = Reviewing();
            for (var step = 0; step < 25; step++)
            {
                var before = review;
                var outcome = Random(review, random);
                review = outcome.Refusal is null ? outcome.Value : review;
                Assert.True(outcome.Refusal is not null || review.Serial >= before.Serial);
                Assert.True(review.Log.Count >= before.Log.Count);
                Assert.True(before.Log.SequenceEqual(review.Log.Take(before.Log.Count)), "the log only grows");
                Assert.Equal(review.Stage is AccessReviewStage.FollowingUp or AccessReviewStage.Closed, review.Closing is not null);
                Assert.True(review.Stage != AccessReviewStage.Confirming || !review.OpenSheets.Any());
                Assert.True(review.Stage != AccessReviewStage.Closed || review.Tasks.All(t => !t.IsOpen));
                Assert.True(review.Stage != AccessReviewStage.FollowingUp || review.Tasks.Any(t => t.IsOpen));
                Assert.True(!before.HasEnded || ReferenceEquals(before, review), "what has ended stays as it is");
            }
        }
    }

    [Fact]
    public void The_newest_complete_snapshot_is_reviewed_unless_it_is_older_than_a_month()
    {
        CollectedWindow Taken(int daysAgo, params string[] gaps) => new(At.AddDays(-daysAgo), At.AddDays(-daysAgo), "s" + daysAgo, "", 0, gaps);
        Assert.Null(AccessReviewSchedule.SnapshotToReview([], At));
        Assert.Equal("s5", AccessReviewSchedule.SnapshotToReview([Taken(9), Taken(5), Taken(1, "not-licensed")], At)!.EvidenceId);
        Assert.Equal("s1", AccessReviewSchedule.SnapshotToReview([Taken(31), Taken(1, "not-licensed")], At)!.EvidenceId);
        Assert.Equal("s40", AccessReviewSchedule.SnapshotToReview([Taken(40)], At)!.EvidenceId);
        Assert.Equal((false, true), (AccessReviewSchedule.IsStale(At.AddDays(-7), At), AccessReviewSchedule.IsStale(At.AddDays(-8), At)));
    }

    [Fact]
    public void A_snapshot_is_waited_for_the_next_morning_and_weekly_then()
    {
        var office = OfficeTime.Of("Asia/Tokyo");
        var review = AccessReviewRules.IsStarted("r", "FY2026", Today.AddDays(21), "system", At);
        var days = new List<DateOnly>();
        for (var at = At; days.Count < 4; at = AccessReviewSchedule.NextMoment(review, office, at)!.Value)
        {
            days.Add(office.DateAt(at));
        }

        Assert.Equal([Today, Today.AddDays(1), Today.AddDays(8), Today.AddDays(15)], days);
    }

    private static Outcome<AccessReview> Random(AccessReview review, Random random)
    {
        string sheet = random.Next(2) == 0 ? "department-sales" : "department-it";
        var by = By(sheet == "department-sales" ? "suzuki" : "ito");
        var answered = random.Next(3) > 0;
        AnswerBatch[] batches = [Batch("b", 1, new AnswerEntry(answered ? [1, 2, 3] : [1], ReviewDecision.Keep))];
        var answer = new StandingAnswer(ReviewDecision.Revoke, null, null, "suzuki", At, null, false);
        (Assignment, StandingAnswer)[] decided = [.. Rows("department-sales", random.Next(3)).Select(r => (r, answer))];
        return random.Next(9) switch
        {
            0 or 1 or 2 => AccessReviewRules.SheetIsSignedOff(review, sheet, Rows(sheet, 3), batches, by, At, Firm, Today),
            3 => AccessReviewRules.SheetIsReturned(review, sheet, "x", "watanabe", At, Today),
            4 => AccessReviewRules.SheetIsReassigned(review, sheet, "kato", "x", "watanabe", At, Firm),
            5 => AccessReviewRules.IsClosed(review, decided, null, "watanabe", At, Today),
            6 => RevocationRules.TaskIsReported(review, random.Next(1, 4), "x", "ito", At),
            7 => random.Next(4) == 0 ? AccessReviewRules.IsCancelled(review, "x", "watanabe", At) : RevocationRules.TaskIsWithdrawn(review, random.Next(1, 4), "x", "watanabe", At),
            _ => Against(review, "s" + random.Next(9), At.AddDays(random.Next(9) - 2), [.. review.Tasks.Where(_ => random.Next(2) == 0).Select(t => t.Right.Key)]),
        };
    }

    private static AccessReview Against(AccessReview review, string snapshot, DateTimeOffset at, params string[] shown) =>
        RevocationRules.IsHeldAgainst(review, new(snapshot, at), shown.ToHashSet(), Nothing, at);

    private static IEnumerable<RevocationState> States(AccessReview review) => review.Tasks.Select(t => t.State);
}
