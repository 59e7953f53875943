using Isms.AccessReviews;
using Isms.Audits;
using Isms.CorrectiveActions;
using Isms.Meetings;
using Isms.Text;
using Isms.Training;
using IsmsFunctions.AccessReviews;
using IsmsFunctions.Audits;
using IsmsFunctions.CorrectiveActions;
using IsmsFunctions.Hosting.State;
using IsmsFunctions.Meetings;
using IsmsFunctions.Tests.AccessReviews;
using IsmsFunctions.Tests.Audits;
using IsmsFunctions.Tests.Meetings;
using IsmsFunctions.Tests.Training;
using IsmsFunctions.Training;
using Microsoft.Extensions.DependencyInjection;

namespace IsmsFunctions.Tests.Hosting;

/// <summary>
/// Every command in every stage that forbids it, through the whole pipeline: it is refused with a reason that names the stage and what is possible, and the row stays
/// as it was. The pairs come from the state machines; a command without a route here fails the test. Incidents have the same in <c>IncidentHttpTests</c>.
/// </summary>
public sealed class ForbiddenTransitionTests
{
    private static readonly DateTimeOffset July = new(2026, 7, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Nothing_that_an_audits_stage_forbids_can_be_done()
    {
        await using var app = await AuditPlay.StartAppAsync(July);
        var id = await new AuditPlay(app).StartAsync();
        var audit = (await States(app).FindAsync<Audit>(AuditStore.Kind, id))!.Value;
        var comment = new { comment = "理由", reason = "理由" };
        var tried = await TryAllAsync<Audit, AuditStage>(
            app, AuditStore.Kind, "audit-command-not-possible", AuditRules.PossibleIn, AuditRules.NameOf, AuditRules.Commands,
            (stage, copy) => audit with { Id = copy, Stage = stage }, "audit-FY2026-9",
            new()
            {
                [AuditRules.ApprovePlan] = [(AuditPlay.Manager, "audits/{id}/approve-plan", comment)],
                [AuditRules.Answer] =
                [
                    ("auditor:yamamoto", "audits/{id}/answers", new { question = "q-001", result = "conforming" }),
                    ("auditor:yamamoto", "audits/{id}/checklist", "no workbook"),
                    ("auditor:yamamoto", "audits/{id}/questions/q-001/attachments", null),
                ],
                [AuditRules.Submit] = [("auditor:yamamoto", "audits/{id}/submit", comment)],
                [AuditRules.ApproveReport] = [(AuditPlay.Manager, "audits/{id}/approve-report", comment)],
                [AuditRules.ReturnReport] = [(AuditPlay.Manager, "audits/{id}/return-report", comment)],
                [AuditRules.Reassign] = [(AuditPlay.Manager, "audits/{id}/reassign", new { from = "kato", to = "yamamoto", reason = "x" })],
                [AuditRules.Reschedule] = [(AuditPlay.Manager, "audits/{id}/reschedule", new { from = "2026-08-03", to = "2026-08-05", reason = "x" })],
                [AuditRules.Cancel] = [(AuditPlay.Manager, "audits/{id}/cancel", comment)],
            });
        Assert.Equal(56 + 16, tried); // 56 pairs; answers come in three ways, in eight stages that take none
    }

    [Fact]
    public async Task Nothing_that_a_corrective_actions_stage_forbids_can_be_done()
    {
        await using var app = await AuditPlay.StartAppAsync(July);
        (await app.PostAsync("secretariat", "corrective-actions", new { department = "sales", requirement = "離席時は画面をロックする", fact = "2台がロックされていなかった" })).Expect(202);
        await app.SettleAsync();
        var action = (await States(app).FindAsync<CorrectiveAction>(ActionStore.Kind, "action-FY2026-001"))!.Value;
        (string, string, object?)[] By(string persona, string command, object body) => [(persona, "corrective-actions/{id}/" + command, body)];
        var tried = await TryAllAsync<CorrectiveAction, ActionStage>(
            app, ActionStore.Kind, "action-command-not-possible", ActionRules.PossibleIn, ActionRules.NameOf, ActionRules.Commands,
            (stage, copy) => action with { Id = copy, Stage = stage }, "action-FY2026-90",
            new()
            {
                [ActionRules.Correct] = By("owner:suzuki", "correction", new { description = "x" }),
                [ActionRules.FindCause] = By("owner:suzuki", "root-cause", new { whys = new[] { "x" }, elsewhere = new { departments = new[] { "it" }, result = "x" } }),
                [ActionRules.Plan] = By("owner:suzuki", "plan", new { steps = new[] { new { what = "x", responsible = "suzuki", due = "2026-08-01" } } }),
                [ActionRules.ApprovePlan] = By(AuditPlay.Manager, "approve-plan", new { comment = "x" }),
                [ActionRules.ReturnPlan] = By(AuditPlay.Manager, "return-plan", new { comment = "x" }),
                [ActionRules.Implement] = By("owner:suzuki", "implemented", new { note = "x", evidence = new[] { "no-such-evidence" } }),
                [ActionRules.CheckEffectiveness] = By("secretariat", "effectiveness", new { effective = true, note = "x" }),
            });
        Assert.Equal(49, tried);
    }

    [Fact]
    public async Task Nothing_that_a_reviews_stage_forbids_can_be_done()
    {
        await using var app = await AuditPlay.StartAppAsync(July);
        var id = await new MeetingPlay(app).CallReviewAsync();
        var review = (await States(app).FindAsync<Meeting>(MeetingStore.Kind, id))!.Value;
        (string, string, object?)[] By(string persona, string command, object body) => [(persona, "meetings/{id}/" + command, body)];
        var tried = await TryAllAsync<Meeting, MeetingStage>(
            app, MeetingStore.Kind, "meeting-command-not-possible", MeetingRules.PossibleIn, MeetingRules.NameOf, MeetingRules.Commands,
            (stage, copy) => review with { Id = copy, Stage = stage }, "review-FY2026-9",
            new()
            {
                [MeetingRules.Add] = [("secretariat", "reviews/{id}/inputs", new { topic = "feedback", text = "x" })],
                [MeetingRules.Refresh] = By("secretariat", "refresh", new { }),
                [MeetingRules.Schedule] = By("secretariat", "schedule", new { }),
                [MeetingRules.Hold] = By("secretariat", "hold", new { attendees = new[] { "sato" } }),
                [MeetingRules.Write] = By("secretariat", "minutes", new { }),
                [MeetingRules.Submit] = By("secretariat", "submit", new { }),
                [MeetingRules.Approve] = By("topManagement", "approve", new { comment = "x" }),
                [MeetingRules.Return] = By("topManagement", "return", new { comment = "x" }),
                [MeetingRules.Cancel] = By("secretariat", "cancel", new { reason = "x" }),
                [MeetingRules.Complete] = By("secretariat", "decisions/d-01/complete", new { note = "x" }),
                [MeetingRules.Extend] = By("secretariat", "decisions/d-01/extend", new { due = "2026-09-01", reason = "x" }),
                [MeetingRules.Withdraw] = By("topManagement", "decisions/d-01/withdraw", new { reason = "x" }),
            });
        Assert.Equal(79, tried);
    }

    [Fact]
    public async Task Nothing_that_a_campaigns_stage_forbids_can_be_done()
    {
        await using var app = await AuditPlay.StartAppAsync(RunningApp.FirstMorning);
        var started = (await app.PostAsync("secretariat", "trainings", TrainingPlay.Small)).Text;
        await app.SettleAsync();
        var campaign = await States(app).ListAsync<TrainingCampaign>(TrainingStore.Kind).FirstOrDefaultAsync();
        Assert.True(campaign is not null, started);
        (string, string, object?)[] By(string command, object body) => [("secretariat", "trainings/{id}/" + command, body)];
        string[] commands = [TrainingRules.NameMaterial, TrainingRules.Reschedule, TrainingRules.Close, TrainingRules.Cancel];
        var tried = await TryAllAsync<TrainingCampaign, TrainingStage>(
            app, TrainingStore.Kind, "training-command-not-possible", TrainingRules.PossibleIn, TrainingRules.NameOf, commands,
            (stage, copy) => campaign.Value with { Id = copy, Stage = stage }, "training-FY2026-9",
            new()
            {
                [TrainingRules.NameMaterial] = By("material", new { evidence = Array.Empty<string>(), link = "https://example.co.jp/material" }),
                [TrainingRules.Reschedule] = By("reschedule", new { due = "2026-09-01", comment = "x" }),
                [TrainingRules.Close] = By("close", new { reason = "x" }),
                [TrainingRules.Cancel] = By("cancel", new { reason = "x" }),
            });
        Assert.Equal(13, tried);
    }

    [Fact]
    public async Task Nothing_that_a_stage_of_an_access_review_forbids_can_be_done()
    {
        await using var app = await AuditPlay.StartAppAsync(RunningApp.FirstMorning);
        var id = await new AccessReviewPlay(app).StartAsync();
        var review = (await States(app).FindAsync<AccessReview>(AccessReviewStore.Kind, id))!.Value;
        (string, string, object?)[] By(string persona, string command, object body) => [(persona, "access-reviews/{id}/" + command, body)];
        var tried = await TryAllAsync<AccessReview, AccessReviewStage>(
            app, AccessReviewStore.Kind, "access-review-command-not-possible", AccessReviewRules.PossibleIn, AccessReviewRules.NameOf, AccessReviewRules.Commands,
            (stage, copy) => review with { Id = copy, Stage = stage }, "access-review-FY2026-9",
            new()
            {
                [AccessReviewRules.Answer] =
                [
                    ("owner:suzuki", "access-reviews/{id}/sheets/department-sales/answers", new { answers = new[] { new { rows = new[] { 1 }, decision = "revoke" } } }),
                    ("owner:suzuki", "access-reviews/{id}/sheets/department-sales/rows/1/answer", new { decision = "revoke" }),
                ],
                [AccessReviewRules.SignOff] = By("owner:suzuki", "sheets/department-sales/sign-off", new { }),
                [AccessReviewRules.Reassign] = By("secretariat", "sheets/department-sales/reassign", new { to = "kato", reason = "x" }),
                [AccessReviewRules.Return] = By("manager", "sheets/department-sales/return", new { comment = "x" }),
                [AccessReviewRules.Close] = By("manager", "close", new { comment = "x" }),
                [AccessReviewRules.Cancel] = By("secretariat", "cancel", new { reason = "x" }),
                [AccessReviewRules.Report] = By("admin", "tasks/1/report", new { note = "x" }),
                [AccessReviewRules.Withdraw] = By("manager", "tasks/1/withdraw", new { reason = "x" }),
                [AccessReviewRules.Compare] = By("admin", "compare", new { }),
            });
        Assert.Equal(43 + 5, tried); // 43 pairs; answers come in two ways, in five stages that take none
    }

    /// <summary>Tries everything that is forbidden, and says how many requests that took.</summary>
    private static async Task<int> TryAllAsync<T, TStage>(
        RunningApp app, string kind, string code, Func<TStage, IReadOnlyList<string>> possibleIn, Func<TStage, LocalizedText> nameOf, IReadOnlyList<string> commands,
        Func<TStage, string, T> at, string prefix, Dictionary<string, (string Persona, string Path, object? Body)[]> requests)
        where TStage : struct, Enum
    {
        Assert.Equal(commands.Order(StringComparer.Ordinal), requests.Keys.Order(StringComparer.Ordinal));
        var tried = 0;
        foreach (var (stage, index) in Enum.GetValues<TStage>().Select((s, i) => (s, i)))
        {
            var id = prefix + index;
            var before = await States(app).TryCreateAsync(kind, id, at(stage, id));
            foreach (var (persona, path, body) in commands.Except(possibleIn(stage)).SelectMany(c => requests[c]))
            {
                var answer = await app.PostAsync(persona, path.Replace("{id}", id, StringComparison.Ordinal), body);
                Assert.True((answer.Status, answer.Code) == (409, code), $"{stage} {path}: {answer.Status} {answer.Text}");
                Assert.Contains(nameOf(stage).En, (string)answer.Json["title"]!, StringComparison.Ordinal);
                Assert.NotEmpty((string)answer.Json["detail"]!);
                Assert.Equal(possibleIn(stage), answer.Json["possible"]?.AsArray().Select(p => (string)p!) ?? []);
                tried++;
            }

            var after = await States(app).FindAsync<T>(kind, id);
            Assert.Equal((before!.ETag, before.Revision), (after!.ETag, after.Revision));
        }

        return tried;
    }

    private static StateStore States(RunningApp app) => app.Services.GetRequiredService<StateStore>();
}
