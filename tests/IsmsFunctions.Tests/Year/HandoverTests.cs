using Isms.Organizations;
using IsmsFunctions.Tests.Hosting;

namespace IsmsFunctions.Tests.Year;

/// <summary>Roles change hands while work is open: the work, the mails and the record follow.</summary>
public sealed class HandoverTests
{
    [Fact]
    public async Task On_the_day_of_a_handover_open_items_pass_to_the_successor_who_is_told_and_can_submit_them()
    {
        await using var app = await YearPlay.StartAppAsync(RunningApp.FirstMorning, YearPlay.Firm());
        var play = new YearPlay(app);
        await play.StartAsync();
        await play.PutAsync(YearPlay.Firm() with { Handovers = [new("kobayashi", "tanaka", new DateOnly(2026, 5, 15), Role.PersonInCharge)] });
        await app.RunUntilAsync(Morning(5, 14));
        Assert.DoesNotContain((await app.NoticesAsync()), IsHandedOver);

        await app.RunUntilAsync(Morning(5, 15));

        Assert.Contains("item-FY2026-risk-assessment.handed-over-1.tanaka", (await app.NoticesAsync()));
        Assert.DoesNotContain((await app.NoticesAsync()), m => m.Contains("handed-over", StringComparison.Ordinal) && !m.EndsWith(".tanaka", StringComparison.Ordinal));
        await play.FileMissingAsync("owner:tanaka", "risk-assessment");
        Assert.Equal("person-without-persona", (await app.PostAsync("owner:kobayashi", "years/FY2026/items/risk-assessment/submit")).Code);
        await play.DoAsync("owner:tanaka", "risk-assessment", "submit");
        Assert.Equal(
            [("planned", "system", null), ("opened", "system", null), ("handedOver", "system", null), ("submitted", "tanaka", null)], await play.LogAsync("risk-assessment"));
        await app.RunUntilAsync(Morning(6, 20));
        Assert.Contains("item-FY2026-training-plan.due-2026-06-30-in-14.tanaka", (await app.NoticesAsync()));
        Assert.DoesNotContain("item-FY2026-training-plan.due-2026-06-30-in-14.kobayashi", (await app.NoticesAsync()));
    }

    [Fact]
    public async Task Settings_edited_by_hand_hand_open_items_over_at_once()
    {
        await using var app = await YearPlay.StartAppAsync(RunningApp.FirstMorning, YearPlay.Firm());
        var play = new YearPlay(app);
        await play.StartAsync();
        var firm = YearPlay.Firm();

        await play.PutAsync(firm with { Departments = [.. firm.Departments.Select(d => d.Id == "sales" ? d with { LeadId = "kato" } : d)] });

        Assert.Equal(
            ["item-FY2026-access-review-q1-sales.handed-over-1.kato", "item-FY2026-asset-review-sales.handed-over-1.kato"],
            (await app.NoticesAsync()).Where(IsHandedOver));
        await play.PutAsync(firm with { Departments = [.. firm.Departments.Select(d => d.Id == "sales" ? d with { LeadId = "kato" } : d)] });
        Assert.Equal(2, (await app.NoticesAsync()).Count(IsHandedOver));
    }

    [Fact]
    public async Task A_delegate_approves_waives_and_reschedules_for_the_manager_and_the_record_says_so()
    {
        var away = YearPlay.Firm() with { Delegations = [new("watanabe", "tanaka", new DateOnly(2026, 4, 1), new DateOnly(2026, 4, 30), Role.IsmsManager)] };
        await using var app = await YearPlay.StartAppAsync(RunningApp.FirstMorning, away);
        var play = new YearPlay(app);
        await play.StartAsync();
        await play.FileMissingAsync("owner:suzuki", "asset-review-sales");
        await play.DoAsync("owner:suzuki", "asset-review-sales", "submit");
        Assert.Contains("item-FY2026-asset-review-sales.to-approve-1.tanaka", (await app.NoticesAsync()));
        Assert.Contains("item-FY2026-asset-review-sales.to-approve-1.watanabe", (await app.NoticesAsync()));

        await play.DoAsync("owner:tanaka", "asset-review-sales", "approve");
        await play.DoAsync("owner:tanaka", "legal-review", "waive", new { reason = "前年度末に実施済みのため" });
        await play.DoAsync("owner:tanaka", "training-plan", "reschedule", new { reason = "研修会社の都合", due = "2026-07-15" });

        Assert.Contains(("approved", "tanaka", "watanabe"), await play.LogAsync("asset-review-sales"));
        Assert.Contains(("waived", "tanaka", "watanabe"), await play.LogAsync("legal-review"));
        Assert.Contains(("rescheduled", "tanaka", "watanabe"), await play.LogAsync("training-plan"));
        var record = (await app.GetAsync("auditor", "evidence?subject=item-FY2026-asset-review-sales&record=completion-record")).Expect(200).Json["items"]![0]!;
        var page = (await app.GetAsync("auditor", $"evidence/{record["id"]}/files/completion-record.ja.html")).Expect(200).Text;
        Assert.Contains("田中 洋子(渡辺 恵の代理)", page, StringComparison.Ordinal);

        await app.RunUntilAsync(Morning(5, 1));
        Assert.Equal("waiver-not-management", (await app.PostAsync("owner:tanaka", "years/FY2026/items/objectives/waive", new { reason = "x" })).Expect(403).Code);
    }

    [Fact]
    public async Task Who_hands_over_during_an_outage_of_two_weeks_is_not_written_to_afterwards()
    {
        var firm = YearPlay.Firm() with { Handovers = [new("nakamura", "takahashi", new DateOnly(2026, 4, 20), Role.Secretariat)] };
        await using var app = await YearPlay.StartAppAsync(RunningApp.FirstMorning, firm);
        await new YearPlay(app).StartAsync();
        await app.RunUntilAsync(Morning(4, 10));
        var before = (await app.NoticesAsync());

        await app.RestartAsync(Morning(4, 24));
        await app.RunUntilAsync(Morning(4, 24).AddHours(1));

        var ofLegalReview = (await app.NoticesAsync()).Except(before).Where(m => m.Contains("legal-review", StringComparison.Ordinal));
        Assert.Equal(
            ["item-FY2026-legal-review.due-2026-04-30-in-7.takahashi", "item-FY2026-legal-review.handed-over-1.takahashi"], ofLegalReview);
        Assert.DoesNotContain((await app.NoticesAsync()).Except(before), m => m.EndsWith(".nakamura", StringComparison.Ordinal));
    }

    private static bool IsHandedOver(string mail) => mail.Contains(".handed-over-", StringComparison.Ordinal);

    private static DateTimeOffset Morning(int month, int day) => new(2026, month, day, 0, 0, 0, TimeSpan.Zero);
}
