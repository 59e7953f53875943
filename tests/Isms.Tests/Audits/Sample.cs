using Isms.Audits;
using Isms.Organizations;
using Isms.Text;
using Isms.Year;
using static Isms.Tests.Dates;

namespace Isms.Tests.Audits;

/// <summary>A small organisation with an audit of it.</summary>
internal static class Sample
{
    public static readonly DateTimeOffset Now = new(2026, 7, 1, 1, 0, 0, TimeSpan.Zero);
    public static readonly OfficeTime Office = OfficeTime.Of("Asia/Tokyo");

    public static Organization Organization { get; } = new()
    {
        Name = new LocalizedText("サンプル商事", "Sample Trading"),
        Departments =
        [
            new Department("sales", new LocalizedText("営業部", "Sales"), "suzuki"),
            new Department("it", new LocalizedText("情報システム部", "IT"), "ito"),
        ],
        People =
        [
            Person("suzuki", "sales", Role.DepartmentLead),
            Person("ito", "it", Role.DepartmentLead, Role.SystemAdministrator),
            Person("watanabe", "it", Role.IsmsManager, Role.TopManagement),
            Person("nakamura", "sales", Role.Secretariat, Role.PersonInCharge),
            Person("kato", "sales", Role.InternalAuditor) with { AuditorQualifiedUntil = Day("2030-03-31") },
            Person("yamamoto", "it", Role.InternalAuditor) with { AuditorQualifiedUntil = Day("2030-03-31") },
            Person("lapsed", "it", Role.InternalAuditor) with { AuditorQualifiedUntil = Day("2026-07-15") },
        ],
    };

    public static AuditPlan Plan(AuditRequest? request = null) => AuditPlanning.Plan(request ?? new AuditRequest(), Organization, Day("2026-07-01")).Value.Plan;

    public static Audit Audit() =>
        AuditRules.IsPlanned("audit-FY2026-01", AuditPlanning.Plan(new AuditRequest(), Organization, Day("2026-07-01")).Value, "nakamura", Now);

    public static Checklist Checklist() => ChecklistGenerator.Generate(Plan(), Organization, new ChecklistSources(Day("2026-07-01")));

    /// <summary>The audit brought into a stage by what leads there.</summary>
    public static Audit AuditIn(AuditStage stage)
    {
        var audit = Audit();
        var checklist = Checklist();
        var all = checklist.Questions.ToDictionary(q => q.Id, _ => 1);
        Func<Audit, Audit>[] steps =
        [
            a => AuditRules.PlanIsWritten(a, Now),
            a => AuditRules.PlanIsApproved(a, "watanabe", Now, null).Value,
            a => AuditRules.FieldworkBegins(a, Now),
            a => AuditRules.ChecklistIsSubmitted(a, checklist, all, "kato", Now, null).Value,
            a => AuditRules.ReportIsWritten(a, [FindingOf(AnswerResult.MinorNonconformity)], AnswerCounts.Of(1, [AnswerResult.MinorNonconformity]), Now),
            a => AuditRules.ReportIsApproved(a, "watanabe", Now, null).Value,
            a => AuditRules.AuditIsClosedWhenAllActionsAre(AuditRules.ActionIsClosed(AuditRules.ActionIsStarted(a, "f-01", "action-FY2026-001"), "action-FY2026-001"), Now),
        ];
        if (stage == AuditStage.Cancelled)
        {
            return AuditRules.AuditIsCancelled(audit, "watanabe", Now, "組織変更のため").Value;
        }

        foreach (var step in steps.Take((int)stage))
        {
            audit = step(audit);
        }

        return audit;
    }

    public static Finding FindingOf(AnswerResult grade, string id = "f-01") => new()
    {
        Id = id,
        Question = "q-001",
        Grade = grade,
        Urgency = Findings.UsualUrgencyOf(grade),
        Department = "sales",
        Clause = "7.5.3",
        Fact = "旧版の手順書が使われていた",
        Auditor = "yamamoto",
    };

    private static Person Person(string id, string department, params Role[] roles) =>
        new(id, new LocalizedText(id + "さん", id), id + "@example.co.jp", department, roles);
}
