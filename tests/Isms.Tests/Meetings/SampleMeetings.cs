using Isms.ManagementReviews;
using Isms.Meetings;
using Isms.Organizations;
using Isms.Reports;
using Isms.Text;
using Isms.Year;
using static Isms.Tests.Dates;

namespace Isms.Tests.Meetings;

/// <summary>A small organisation with a review and a committee of it, brought into any stage by what leads there.</summary>
internal static class SampleMeetings
{
    public static readonly OfficeTime Office = OfficeTime.Of("Asia/Tokyo");

    /// <summary>Nine in the morning of Thursday, 1 October 2026.</summary>
    public static readonly DateTimeOffset Opened = Office.MorningOf(Day("2026-10-01"));

    public static readonly DateTimeOffset Monday = Office.MorningOf(Day("2026-12-07"));

    public static Organization Firm { get; } = new()
    {
        Name = new LocalizedText("サンプル商事", "Sample Trading"),
        Departments = [new Department("sales", new LocalizedText("営業部", "Sales"), "suzuki"), new Department("it", new LocalizedText("情報システム部", "IT"), "ito")],
        People =
        [
            Person("sato", "sales", Role.TopManagement), Person("watanabe", "it", Role.IsmsManager), Person("nakamura", "sales", Role.Secretariat),
            Person("kobayashi", "it", Role.PersonInCharge), Person("suzuki", "sales", Role.DepartmentLead), Person("ito", "it", Role.DepartmentLead, Role.SystemAdministrator),
            Person("kato", "sales", Role.InternalAuditor),
        ],
    };

    public static MeetingActor Secretariat { get; } = By("nakamura");

    public static MeetingActor Top { get; } = By("sato");

    public static MeetingActor Manager { get; } = By("watanabe");

    public static MeetingMaterial FullMaterial { get; } = Material();

    public static HoldMeeting Held { get; } = new(
        ["sato", "watanabe", "nakamura"], Notes: new Dictionary<string, string> { ["auditResults"] = "是正処置の遅れについて議論した。" }, Conclusion: "ISMSは適切、妥当かつ有効である。",
        Decisions: [new DecisionDraft(DecisionKind.Resources, "教育担当を1名増やす", "watanabe", Day("2027-01-29")), new DecisionDraft(DecisionKind.Improvement, "点検表を電子化する", "ito", Day("2027-02-26"))]);

    public static MeetingActor By(string person, string today = "2026-12-07", Organization? organization = null)
    {
        var organized = organization ?? Firm;
        return new MeetingActor(new Acting(person, organized.FindPerson(person)?.Roles ?? []), Office.MorningOf(Day(today)), Day(today), organized);
    }

    /// <summary>What the sources say; <paramref name="without"/> is silent, and the audits have <paramref name="findings"/> findings.</summary>
    public static MeetingMaterial Material(ReviewTopic? without = null, int findings = 2) => new(
        Opened, Day("2025-10-02"), Day("2026-10-01"),
        [.. ReviewCoverage.Topics.Where(t => t != without).Select(t => new ReviewInput
        {
            Topic = t,
            Title = LocalizedText.Same(t.ToString()),
            Sentences = [LocalizedText.Same($"{t} is reported.")],
            Figures = t == ReviewTopic.AuditResults ? [new ReportFigure(LocalizedText.Same("findings"), LocalizedText.Same($"{findings}"))] : [],
            Evidence = [$"evidence-{t}"],
        })],
        []);

    public static Meeting Review() => MeetingRules.IsCalled("review-FY2026-01", MeetingKind.ManagementReview, "FY2026", "item-FY2026-management-review", Day("2026-12-28"), "system", Opened);

    public static Meeting Committee() => MeetingRules.IsCalled("committee-FY2026-07", MeetingKind.Committee, "FY2026", "item-FY2026-committee-m07", Day("2026-10-30"), "system", Opened);

    public static Meeting In(MeetingStage stage, HoldMeeting? held = null, MeetingMaterial? material = null)
    {
        var papers = material ?? FullMaterial;
        Func<Meeting, Meeting>[] steps =
        [
            m => MeetingRules.MaterialIsCompiled(m, papers, MeetingPlanning.Propose(m, Firm, Day("2026-10-01")), Opened),
            m => MeetingRules.DateIsSet(m, new SetDate(Day("2026-12-07")), By("nakamura", "2026-10-05")).Value,
            m => MinutesRules.MeetingIsHeld(MeetingRules.PapersAreIssued(m, papers, Office.MorningOf(Day("2026-11-30"))), held ?? Held, papers, Secretariat).Value,
            m => MinutesRules.MinutesAreSubmitted(m, null, Secretariat).Value,
            m => MinutesRules.MinutesAreApproved(m, "承認します", Top).Value,
            m => m.Decisions.Aggregate(m, (x, d) => DecisionRules.DecisionIsWithdrawn(x, d.Id, "不要になった", Top).Value),
        ];
        return stage == MeetingStage.Cancelled
            ? MeetingRules.MeetingIsCancelled(Review(), "組織変更のため", Secretariat).Value
            : steps.Take((int)stage).Aggregate(Review(), (m, step) => step(m));
    }

    private static Person Person(string id, string department, params Role[] roles) => new(id, LocalizedText.Same(id), id + "@example.co.jp", department, roles);
}
