using Isms.AccessReviews;
using Isms.Organizations;
using Isms.SpotChecks;
using Isms.Tests.AccessReviews;
using Isms.Text;
using static Isms.Tests.AccessReviews.AccessReviewSamples;

namespace Isms.Tests.SpotChecks;

public sealed class SpotRulesTests
{
    private static readonly DateOnly Day = AccessReviewSamples.Today;

    [Fact]
    public void What_is_missing_is_said_and_never_taken_for_conforming()
    {
        var points = Compare([Summary("access-rights"), Summary("sign-ins", complete: false), Summary("authentication")]);
        Assert.Equal(SpotResult.Conforming, points["administrators"].Result);
        Assert.Equal(SpotResult.Conforming, points["second-factor"].Result);
        Assert.Equal(SpotResult.Incomplete, points["sign-ins"].Result);
        Assert.Equal((SpotResult.Incomplete, "devices"), (points["passwords"].Result, string.Join(' ', points["passwords"].Missing)));
        Assert.Equal((SpotResult.NoEvidence, "accounts"), (points["shared-accounts"].Result, string.Join(' ', points["shared-accounts"].Missing)));
    }

    [Fact]
    public void Exceptions_of_all_windows_and_codes_add_up_and_others_do_not_count()
    {
        var points = Compare(
        [
            Summary("sign-ins", ("legacy-protocol", 2), ("administrator-sign-in", 50)), Summary("sign-ins", ("legacy-protocol", 3)), Summary("policies", ("legacy-authentication-not-blocked", 1)),
        ]);
        Assert.Equal((SpotResult.Exception, 6), (points["legacy-protocols"].Result, points["legacy-protocols"].Exceptions));
        Assert.Equal(SpotResult.Conforming, points["sign-ins"].Result);
        Assert.Equal(2, points["legacy-protocols"].Sources.Count);
    }

    [Fact]
    public void An_accepted_risk_stays_accepted_until_its_last_day_and_while_it_does_not_grow()
    {
        var first = Check("1", [Summary("accounts", ("shared-account", 2))]);
        var accepted = Decide(first, "shared-accounts", new(SpotDecisionKind.AcceptedRisk, "受付の共用端末", ExpiresOn: Day.AddDays(30)), "watanabe");
        Assert.Null(accepted.Refusal);
        SpotDecision? At(int days, int count) => SpotRules.Compare(Found([Summary("accounts", ("shared-account", count))]), [accepted.Value], Day.AddDays(days))
            .Single(p => p.Id == "shared-accounts").Decision;
        Assert.Equal("spot-check-FY2026-1", At(30, 2)!.From);
        Assert.Equal("spot-check-FY2026-1", At(1, 1)!.From);
        Assert.Null(At(31, 2));
        Assert.Null(At(1, 3));
    }

    [Fact]
    public void Only_managers_accept_risks_and_every_decision_has_its_reason_and_end()
    {
        var check = Check("1", [Summary("accounts", ("shared-account", 2))]);
        string? Code(DecidePoint command, string by, string point = "shared-accounts") => Decide(check, point, command, by).Refusal?.Code;
        Assert.Equal("spot-check-not-your-part", Code(new(SpotDecisionKind.AcceptedRisk, "x", ExpiresOn: Day.AddDays(1)), "nakamura"));
        Assert.Equal("spot-check-acceptance-without-end", Code(new(SpotDecisionKind.AcceptedRisk, "x"), "watanabe"));
        Assert.Equal("spot-check-acceptance-without-end", Code(new(SpotDecisionKind.AcceptedRisk, "x", ExpiresOn: Day.AddMonths(12).AddDays(1)), "watanabe"));
        Assert.Equal("spot-check-task-without-day", Code(new(SpotDecisionKind.Task, "x"), "nakamura"));
        Assert.Equal("spot-check-text-missing", Code(new(SpotDecisionKind.Task, " ", Due: Day), "nakamura"));
        Assert.Equal("unknown-person", Code(new(SpotDecisionKind.Task, "x", "nobody", Day), "nakamura"));
        Assert.Equal("spot-check-not-your-part", Code(new(SpotDecisionKind.Task, "x", Due: Day), "kato"));
        Assert.Equal("spot-check-nothing-to-decide", Code(new(SpotDecisionKind.Task, "x", Due: Day), "nakamura", "guests"));
        Assert.Equal("unknown-spot-check-point", Code(new(SpotDecisionKind.Task, "x", Due: Day), "nakamura", "none"));
        Assert.Equal("ito", Decide(check, "shared-accounts", new(SpotDecisionKind.Task, "x", Due: Day), "nakamura").Value.FindPoint("shared-accounts")!.Decision!.Owner);
    }

    [Fact]
    public void The_same_seed_chooses_the_same_people_and_another_month_others()
    {
        var holders = Holders([.. Enumerable.Range(0, 200).Select(i => Account("u" + i)), Account("gone", enabled: false), Account("guest", guest: true)]);
        var sample = SpotRules.Choose("spot-check-FY2026-01", "2026-04", "e", holders, [Member("u1")]);
        var again = SpotRules.Choose("spot-check-FY2026-01", "2026-04", "e", Holders([.. holders.Accounts.Values.Reverse()]), []);
        Assert.Equal((SpotRules.SampleSize, 200), (sample.People.Count, sample.Population));
        Assert.Equal(sample.People.Select(p => p.Id), again.People.Select(p => p.Id));
        Assert.NotEqual(sample.People.Select(p => p.Id), SpotRules.Choose("spot-check-FY2026-01", "2026-05", "e", holders, []).People.Select(p => p.Id));
        var chosen = Enumerable.Range(1, 400).SelectMany(m => SpotRules.Choose("spot-check-FY2026-01", "m" + m, "e", holders, []).People).CountBy(p => p.Id).ToDictionary();
        Assert.DoesNotContain("gone", chosen.Keys);
        Assert.DoesNotContain("guest", chosen.Keys);
        Assert.InRange(chosen.Count, 195, 200); // 2,000 draws of 200 people: everybody's turn comes
    }

    [Fact]
    public void What_was_noticed_about_a_person_is_an_exception_to_decide_about_and_nobody_looks_at_themselves()
    {
        var check = Check("1", []) with { Sample = SpotRules.Choose("a", "b", "e", Holders(Account("kato"), Account("x")), []) };
        Assert.Equal("spot-check-own-account", SpotRules.PersonIsLookedAt(check, "kato", true, "x", By("kato"), At, Firm).Refusal!.Code);
        Assert.Equal("spot-check-not-your-part", SpotRules.PersonIsLookedAt(check, "x", true, "x", By("suzuki"), At, Firm).Refusal!.Code);
        Assert.Equal("spot-check-text-missing", SpotRules.PersonIsLookedAt(check, "x", true, null, By("kato"), At, Firm).Refusal!.Code);
        var noticed = SpotRules.PersonIsLookedAt(check, "x", false, "異動前の共有フォルダーの権限が残っている", By("kato"), At, Firm).Value;
        Assert.Equal(["sample-x"], noticed.Undecided.Select(p => p.Id));
        Assert.Equal(["sample-x", "sample-kato"], SpotRules.IsClosed(noticed, null, By("nakamura"), At).Refusal!.Missing);
        Assert.Empty(SpotRules.PersonIsLookedAt(noticed, "x", true, "確認の結果、業務で必要", By("kato"), At, Firm).Value.Undecided);
    }

    [Fact]
    public void Closed_it_takes_nothing_any_more_and_open_tasks_that_are_late_are_told()
    {
        var check = Decide(Check("1", [Summary("accounts", ("shared-account", 2))]), "shared-accounts", new(SpotDecisionKind.Task, "x", Due: Day), "nakamura").Value;
        var closed = SpotRules.IsClosed(check, null, By("nakamura"), At).Value;
        Assert.Equal("spot-check-closed", SpotRules.IsClosed(closed, null, By("nakamura"), At).Refusal!.Code);
        Assert.Equal("spot-check-closed", Decide(closed, "shared-accounts", new(SpotDecisionKind.Task, "x", Due: Day), "nakamura").Refusal!.Code);
        var next = Check("2", [Summary("accounts", ("shared-account", 2))]);
        Assert.Empty(SpotRules.Overdue(next, [closed], Day));
        Assert.Equal(["shared-accounts"], SpotRules.Overdue(next, [closed], Day.AddDays(1)));
        Assert.Empty(SpotRules.Overdue(Check("2", [Summary("accounts")]), [closed], Day.AddDays(1)));
    }

    [Fact]
    public void Every_test_has_its_texts()
    {
        Assert.All(SpotCatalogue.All, t => Assert.Contains("spot-check." + t.Id, Texts.Keys));
        Assert.All(SpotCatalogue.All, t => Assert.NotEmpty(SpotCatalogue.LimitOf(t.Id, new PolicyLimits()).Ja));
        Assert.Equal(SpotCatalogue.All.Count, SpotCatalogue.All.DistinctBy(t => t.Id).Count());
    }

    private static Rules.Outcome<SpotCheck> Decide(SpotCheck check, string point, DecidePoint command, string by) =>
        SpotRules.PointIsDecided(check, point, command, null, By(by), At, Firm, Day);

    private static SpotCheck Check(string id, CollectorSummary[] summaries) => new()
    {
        Id = "spot-check-FY2026-" + id, FiscalYear = "FY2026", Period = "2026-04", At = At, By = "schedule", Points = SpotRules.Compare(Found(summaries), [], Day),
    };

    private static Dictionary<string, SpotPoint> Compare(CollectorSummary[] summaries) => SpotRules.Compare(Found(summaries), [], Day).ToDictionary(p => p.Id);

    private static Dictionary<string, IReadOnlyList<CollectorSummary>> Found(CollectorSummary[] summaries) =>
        summaries.GroupBy(s => s.Collector).ToDictionary(g => g.Key, IReadOnlyList<CollectorSummary> (g) => [.. g]);

    private static CollectorSummary Summary(string collector, params (string Code, long Count)[] exceptions) => Summary(collector, true, exceptions);

    private static CollectorSummary Summary(string collector, bool complete, params (string Code, long Count)[] exceptions) =>
        new(collector, collector + ".1", At, complete, exceptions.ToDictionary(e => e.Code, e => e.Count));
}
