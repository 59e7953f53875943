using Isms.Organizations;
using Isms.Year;
using static Isms.Tests.Dates;
using static Isms.Tests.Year.YearSamples;

namespace Isms.Tests.Year;

/// <summary>Open work moves with the role, and who acted for whom stays on record.</summary>
public sealed class PlanItemHandoverTests
{
    private static readonly Organization AfterHandover =
        (Firm with { Handovers = [new("kobayashi", "ito", Day("2026-05-10"), Role.PersonInCharge)] }).AsOf(Day("2026-05-10"));

    private static readonly Organization ManagerAway =
        (Firm with { Delegations = [new("watanabe", "kato", Day("2026-05-01"), Day("2026-05-31"), Role.IsmsManager)] }).AsOf(Day("2026-05-22"));

    private static PlanItem Opened => PlanItemHandover.Begin(Item(PlanItemState.Open), Firm);

    [Fact]
    public void Who_takes_a_role_over_gets_its_open_items_and_is_told()
    {
        var item = PlanItemHandover.Note(Opened, AfterHandover, Morning("2026-05-10"));

        Assert.Equal((PlanItemAct.HandedOver, "system"), (item.Log[^1].Act, item.Log[^1].Actor));
        Assert.Equal(["ito"], item.Log[^1].HandedTo);
        var notice = Assert.Single(PlanItemNotices.Due(item, Tokyo, Morning("2026-05-01").AddSeconds(1), Morning("2026-05-10")));
        Assert.Equal(("handed-over-1", PlanItemNoticeKind.HandedOver), (notice.Key, notice.Kind));
        Assert.Equal(["ito"], notice.People);
        Assert.Null(PlanItemRules.Submit(item, AfterHandover, new Acting("ito", []), Everything(item), null, Morning("2026-05-11")).Refusal);
        Assert.Equal(
            "submitter-not-responsible",
            PlanItemRules.Submit(item, AfterHandover, Charge with { Roles = [] }, Everything(item), null, Morning("2026-05-11")).Refusal?.Code);
    }

    [Fact]
    public void A_handover_is_noted_once()
    {
        var item = PlanItemHandover.Note(Opened, AfterHandover, Morning("2026-05-10"));

        Assert.Same(item, PlanItemHandover.Note(item, AfterHandover, Morning("2026-05-11")));
        var scheduled = Item();
        Assert.Same(scheduled, PlanItemHandover.Note(scheduled, AfterHandover, Morning("2026-05-10")));
    }

    [Fact]
    public void An_item_stored_before_hands_were_remembered_learns_them_without_an_entry()
    {
        var item = PlanItemHandover.Note(Item(PlanItemState.Open), AfterHandover, Morning("2026-05-10"));

        Assert.Equal(["ito"], item.Turn!.People);
        Assert.Equal(Item(PlanItemState.Open).Log.Count, item.Log.Count);
    }

    [Fact]
    public void What_waits_for_approval_passes_to_the_new_approver()
    {
        var submitted = PlanItemHandover.Begin(Item(PlanItemState.Submitted), Firm);
        var then = (Firm with { Handovers = [new("watanabe", "nakamura", Day("2026-05-25"), Role.IsmsManager)] }).AsOf(Day("2026-05-25"));

        var item = PlanItemHandover.Note(submitted, then, Morning("2026-05-25"));

        Assert.Equal(["nakamura"], item.Log[^1].HandedTo);
        Assert.Equal("approver-lacks-role", PlanItemRules.Approve(item, then, Manager with { Roles = [] }, null, Morning("2026-05-26")).Refusal?.Code);
        Assert.Equal(PlanItemState.Approved, PlanItemRules.Approve(item, then, new Acting("nakamura", [Role.IsmsManager]), null, Morning("2026-05-26")).Value.State);
    }

    [Fact]
    public void What_was_handed_over_before_it_was_submitted_is_no_news_to_the_approver()
    {
        var handed = PlanItemHandover.Note(Opened, AfterHandover, Morning("2026-05-10"));
        var submitted = PlanItemRules.Submit(handed, AfterHandover, new Acting("ito", []), Everything(handed), null, Morning("2026-05-11")).Value;

        Assert.DoesNotContain(PlanItemNotices.Schedule(submitted, Tokyo).Take(5), n => n.Kind == PlanItemNoticeKind.HandedOver);
    }

    [Fact]
    public void When_a_delegation_ends_nobody_is_told_and_the_next_one_counts_as_new()
    {
        var submitted = PlanItemHandover.Begin(Item(PlanItemState.Submitted), ManagerAway);
        Assert.Equal(["watanabe", "kato"], submitted.Turn!.People);

        var ended = PlanItemHandover.Note(submitted, Firm, Morning("2026-06-01"));
        var again = PlanItemHandover.Note(ended, ManagerAway, Morning("2026-06-02"));

        Assert.Equal(submitted.Log.Count, ended.Log.Count);
        Assert.Equal(["kato"], again.Log[^1].HandedTo);
    }

    [Fact]
    public void A_delegate_approves_on_behalf_of_the_approver()
    {
        var item = Item(PlanItemState.Submitted);

        var approved = PlanItemRules.Approve(item, ManagerAway, Auditor, "確認しました", Morning("2026-05-22")).Value;

        Assert.Equal(("kato", "watanabe"), (approved.Log[^1].Actor, approved.Log[^1].OnBehalfOf));
        Assert.Null(PlanItemRules.Approve(item, ManagerAway, Manager, null, Morning("2026-05-22")).Value.Log[^1].OnBehalfOf);
        Assert.Equal("approver-lacks-role", PlanItemRules.Approve(item, Firm, Auditor, null, Morning("2026-05-22")).Refusal?.Code);
    }

    [Fact]
    public void A_delegate_returns_on_behalf_of_the_approver() =>
        Assert.Equal("watanabe", PlanItemRules.Return(Item(PlanItemState.Submitted), ManagerAway, Auditor, "不足", Morning("2026-05-22")).Value.Log[^1].OnBehalfOf);

    [Fact]
    public void A_delegate_does_what_is_the_represented_persons_and_neither_of_them_approves_it()
    {
        var away = Firm with
        {
            Delegations = [new("suzuki", "watanabe", Day("2026-05-01"), Day("2026-05-31"), Role.DepartmentLead)],
        };
        var item = DepartmentItem("sales");

        var submitted = PlanItemRules.Submit(item, away, Manager, Everything(item), null, Morning("2026-05-20")).Value;

        Assert.Equal(("watanabe", "suzuki"), (submitted.Log[^1].Actor, submitted.Log[^1].OnBehalfOf));
        Assert.Equal(["sato"], submitted.Approvers(away).Select(p => p.Id));
        Assert.Equal("approver-is-submitter", PlanItemRules.Approve(submitted, away, Manager, null, Morning("2026-05-21")).Refusal?.Code);
    }

    [Fact]
    public void Who_cannot_approve_their_own_work_cannot_have_a_delegate_approve_it()
    {
        var item = DepartmentItem("planning", PlanItemState.Submitted);

        Assert.Equal(["sato"], item.Approvers(ManagerAway).Select(p => p.Id));
        Assert.Equal("approver-lacks-role", PlanItemRules.Approve(item, ManagerAway, Auditor, null, Morning("2026-05-22")).Refusal?.Code);
    }

    [Fact]
    public void A_delegate_waives_and_reschedules_on_behalf_of_the_manager()
    {
        var delegated = Auditor with { Delegated = [new DelegatedRole(Role.IsmsManager, "watanabe")] };

        var waived = PlanItemRules.Waive(Item(PlanItemState.Open), delegated, "対象なし", Morning("2026-05-22")).Value;
        var moved = PlanItemRules.Reschedule(
            Item(PlanItemState.Open), FY2026, new WorkingDays([]), delegated, Day("2026-07-01"), "監査と重なるため", Day("2026-05-22"), Morning("2026-05-22")).Value;

        Assert.Equal("watanabe", waived.Log[^1].OnBehalfOf);
        Assert.Equal("watanabe", moved.Log[^1].OnBehalfOf);
        Assert.Null(PlanItemRules.Waive(Item(PlanItemState.Open), Manager, "対象なし", Morning("2026-05-22")).Value.Log[^1].OnBehalfOf);
        Assert.Equal("waiver-not-management", PlanItemRules.Waive(Item(PlanItemState.Open), Auditor, "対象なし", Morning("2026-05-22")).Refusal?.Code);
    }

    [Fact]
    public void A_handover_comes_in_order_with_the_reminders()
    {
        var handed = PlanItemHandover.Note(Opened, AfterHandover, Morning("2026-05-20"));

        Assert.Equal(
            [PlanItemNoticeKind.Opened, PlanItemNoticeKind.DueSoon, PlanItemNoticeKind.HandedOver, PlanItemNoticeKind.DueSoon],
            PlanItemNotices.Schedule(handed, Tokyo).Take(4).Select(n => n.Kind));
    }

    [Fact]
    public void Who_took_an_item_over_is_not_told_that_it_opened_but_is_reminded()
    {
        var item = PlanItemHandover.Note(Opened, AfterHandover, Morning("2026-05-10"));
        var schedule = PlanItemNotices.Schedule(item, Tokyo).Take(3).ToDictionary(n => n.Kind);

        Assert.Equal(["ito"], PlanItemNotices.CameAfter(schedule[PlanItemNoticeKind.Opened], item));
        Assert.Empty(PlanItemNotices.CameAfter(schedule[PlanItemNoticeKind.HandedOver], item));
        Assert.Empty(PlanItemNotices.CameAfter(schedule[PlanItemNoticeKind.DueSoon], item));
    }
}
