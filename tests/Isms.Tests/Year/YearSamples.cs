using Isms.Evidence;
using Isms.Organizations;
using Isms.Text;
using Isms.Year;
using static Isms.Tests.Dates;

namespace Isms.Tests.Year;

/// <summary>An organisation of three departments, and plan items in every state.</summary>
internal static class YearSamples
{
    public static readonly OfficeTime Tokyo = OfficeTime.Of("Asia/Tokyo");

    public static readonly FiscalYear FY2026 = new(2026, 4);

    public static readonly Acting Top = new("sato", [Role.TopManagement]);
    public static readonly Acting Manager = new("watanabe", [Role.IsmsManager, Role.DepartmentLead]);
    public static readonly Acting Secretary = new("nakamura", [Role.Secretariat]);
    public static readonly Acting Charge = new("kobayashi", [Role.PersonInCharge]);
    public static readonly Acting SalesLead = new("suzuki", [Role.DepartmentLead]);
    public static readonly Acting Auditor = new("kato", [Role.InternalAuditor]);

    public static readonly Organization Firm = new()
    {
        Name = new("サンプル商事株式会社", "Sample Trading Co., Ltd."),
        Departments =
        [
            new("sales", new("営業部", "Sales"), "suzuki"),
            new("planning", new("経営企画部", "Corporate Planning"), "watanabe"),
            new("it", new("情報システム部", "Information Systems"), "ito"),
        ],
        People =
        [
            new("sato", new("佐藤 誠", "Makoto Sato"), "sato@example.co.jp", "planning", [Role.TopManagement]),
            new("watanabe", new("渡辺 恵", "Megumi Watanabe"), "watanabe@example.co.jp", "planning", [Role.IsmsManager, Role.DepartmentLead]),
            new("nakamura", new("中村 彩", "Aya Nakamura"), "nakamura@example.co.jp", "planning", [Role.Secretariat]),
            new("kobayashi", new("小林 健", "Ken Kobayashi"), "kobayashi@example.co.jp", "it", [Role.PersonInCharge]),
            new("ito", new("伊藤 大輔", "Daisuke Ito"), "ito@example.co.jp", "it", [Role.SystemAdministrator, Role.DepartmentLead]),
            new("suzuki", new("鈴木 一郎", "Ichiro Suzuki"), "suzuki@example.co.jp", "sales", [Role.DepartmentLead]),
            new("kato", new("加藤 美咲", "Misaki Kato"), "kato@example.co.jp", "sales", [Role.InternalAuditor]),
        ],
    };

    /// <summary>Nine in the morning in Tokyo.</summary>
    public static DateTimeOffset Morning(string date) => Tokyo.MorningOf(Day(date));

    /// <summary>An item of May that the person in charge does and the ISMS manager approves.</summary>
    public static PlanItem Item(PlanItemState state = PlanItemState.Scheduled)
    {
        var item = new PlanItem
        {
            Id = "risk-assessment",
            FiscalYear = "FY2026",
            Duty = "risk-assessment",
            Title = new("リスクアセスメント", "Risk assessment"),
            Phase = PlanPhase.Plan,
            Clauses = ["6.1.2", "8.2"],
            Controls = [],
            Responsible = Role.PersonInCharge,
            Approver = Role.IsmsManager,
            Records = [new("risk-assessment-sheet", new("リスクアセスメント表", "Risk assessment sheet"), EvidenceType.Risk)],
            OpensOn = Day("2026-05-01"),
            DueOn = Day("2026-06-01"),
            Log = [new(Morning("2026-04-01"), "system", PlanItemAct.Planned, Due: Day("2026-06-01"))],
        };
        return In(item, state);
    }

    /// <summary>An item of a department.</summary>
    public static PlanItem DepartmentItem(string department, PlanItemState state = PlanItemState.Open) =>
        In(Item() with { Id = "asset-review-" + department, Responsible = Role.DepartmentLead, Department = department }, state);

    public static IReadOnlyList<FiledRecord> Everything(PlanItem item) => [.. item.Records.Select(r => new FiledRecord(r.Key, [$"{r.Key}.1"]))];

    private static PlanItem In(PlanItem item, PlanItemState state)
    {
        if (state == PlanItemState.Scheduled)
        {
            return item;
        }

        var responsible = item.Department is null ? "kobayashi" : Firm.FindDepartment(item.Department)!.LeadId;
        var open = PlanItemProgress.Open(item, Morning("2026-05-01"));
        var submitted = open with { State = PlanItemState.Submitted, Log = [.. open.Log, new(Morning("2026-05-20"), responsible, PlanItemAct.Submitted)] };
        return state switch
        {
            PlanItemState.Open => open,
            PlanItemState.Submitted => submitted,
            PlanItemState.Returned => submitted with
            {
                State = state, Log = [.. submitted.Log, new(Morning("2026-05-21"), "watanabe", PlanItemAct.Returned, Comment: "範囲が足りません")],
            },
            PlanItemState.Waived => open with { State = state, Log = [.. open.Log, new(Morning("2026-05-10"), "watanabe", PlanItemAct.Waived, Comment: "対象なし")] },
            PlanItemState.CarriedOver => PlanItemProgress.CarryOver(open, Morning("2027-04-01")),
            PlanItemState.Approved => submitted with { State = state, Log = [.. submitted.Log, new(Morning("2026-05-22"), "watanabe", PlanItemAct.Approved)] },
            _ => PlanItemProgress.Complete(In(item, PlanItemState.Approved), Morning("2026-05-22")),
        };
    }
}
