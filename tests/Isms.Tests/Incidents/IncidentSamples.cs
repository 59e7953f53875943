using Isms.CorrectiveActions;
using Isms.Incidents;
using Isms.Organizations;
using Isms.Rules;
using Isms.Tests.Risks;
using Isms.Year;

namespace Isms.Tests.Incidents;

/// <summary>Incidents as tests need them: a misdelivery in the sales department, known on 3 August 2026 at 14:30 in Tokyo.</summary>
internal static class IncidentSamples
{
    public static readonly DateTimeOffset Known = Tokyo(2026, 8, 3, 14, 30);
    public static readonly Organization Organization = RiskSamples.Organization with
    {
        Sites = [new Site("head-office", new("本社", "Head office")), new Site("osaka", new("大阪支店", "Osaka"))],
    };

    public static readonly OfficeTime Office = OfficeTime.Of("Asia/Tokyo");
    public static readonly PersonalDataFacts Sensitive = new(12, "氏名、診断名", Sensitive: true);
    public static readonly BreachReportContents Everything = new("概要", "氏名、診断名", 12, "宛先の選択誤り", "なし", "全員に書面で通知した", "なし", "送信前の確認を二人で行う", "なし");
    public static readonly ActingPerson Secretariat = By("nakamura", true);

    public static DateTimeOffset Tokyo(int year, int month, int day, int hour, int minute = 0) => new(year, month, day, hour, minute, 0, TimeSpan.FromHours(9));

    public static ActingPerson By(string person, bool isSecretariat = false, DateTimeOffset? at = null)
    {
        var moment = at ?? Known.AddHours(1);
        return new ActingPerson(person, moment, Office.DateAt(moment), isSecretariat);
    }

    public static ReportIncident Report(IncidentNature nature = IncidentNature.Actual, PersonalDataFacts? facts = null, bool anonymous = false) => new(
        IncidentKind.Misdelivery, "案内メールの誤送信", "別の取引先に案内メールを送信した。", ["sales"], nature, ["head-office"], Known.AddHours(-2), Known, Known,
        [new InformationInvolved("取引先の担当者名簿", Confidentiality: 3)], facts, anonymous);

    public static Incident Reported(IncidentNature nature = IncidentNature.Actual, PersonalDataFacts? facts = null, bool anonymous = false) =>
        IncidentReporting.IsReported("incident-FY2026-001", new FiscalYear(2026, 4), Report(nature, facts, anonymous), By("suzuki", at: Known), Office);

    /// <summary>An incident that has come to a stage.</summary>
    public static Incident In(IncidentStage stage, IncidentNature nature = IncidentNature.Actual, PersonalDataFacts? facts = null)
    {
        var incident = Reported(nature, facts);
        while (incident.Stage != stage)
        {
            incident = incident.Stage switch
            {
                IncidentStage.Reported => IncidentRules.ManagementIsTold(incident, Known, Office.DateAt(Known)),
                IncidentStage.Triage => Give(IncidentRules.Triage, incident).Value,
                IncidentStage.Containment => Give(IncidentRules.Contain, incident).Value,
                IncidentStage.Investigation => Give(IncidentRules.Investigate, incident).Value,
                IncidentStage.Reporting => Give(IncidentRules.CompleteReporting, Give(IncidentRules.FileReport, incident).Value).Value,
                IncidentStage.Recovery => Give(IncidentRules.Recover, incident).Value,
                _ => Give(IncidentRules.Close, AllReported(Give(IncidentRules.Learn, incident).Value)).Value,
            };
        }

        return incident;
    }

    /// <summary>Gives a command that says what it has to.</summary>
    public static Outcome<Incident> Give(string command, Incident incident, ActingPerson? by = null)
    {
        var person = by ?? Secretariat;
        return command switch
        {
            IncidentRules.Triage => IncidentRules.IsJudged(incident, new TriageIncident(IncidentExtent.Outside, "suzuki"), person, Organization),
            IncidentRules.Dismiss => IncidentRules.IsDismissed(incident, new DismissIncident("自社内の宛先であった"), person),
            IncidentRules.Assess => IncidentRules.FactsHaveChanged(incident, new AssessIncident("件数を確認した"), person, Organization),
            IncidentRules.Note => IncidentRules.EventIsNoted(incident, new NoteIncidentEvent("先方に削除を依頼した"), person),
            IncidentRules.Contain => IncidentRules.IsContained(incident, new ReportIncidentStep("先方が削除した", Known.AddMinutes(45)), person),
            IncidentRules.Investigate => IncidentRules.IsInvestigated(incident, new ReportInvestigation(IncidentCause.HumanError, "宛先の選択誤り", "1通のみ"), person),
            IncidentRules.FileReport => IncidentFollowUp.ReportIsMade(incident, new FileBreachReport(BreachReportKind.Preliminary, "個人情報保護委員会", Everything), person),
            IncidentRules.CompleteReporting => IncidentRules.ReportingIsComplete(incident, null, person),
            IncidentRules.Recover => IncidentRules.IsRecovered(incident, new ReportIncidentStep("正しい宛先に送り直した"), person),
            IncidentRules.Learn => IncidentFollowUp.LessonsAreLearned(
                incident, new LearnLessons([new NewLesson("宛先の候補が似ている", LessonMeasure.CorrectiveAction, "送信前に宛先を二人で確認する", Control: "A.5.14")]), person, Organization),
            IncidentRules.Close => IncidentRules.IsClosed(incident, null, person),
            _ => throw new ArgumentOutOfRangeException(nameof(command), command, null),
        };
    }

    /// <summary>All reports that are demanded have been made.</summary>
    public static Incident AllReported(Incident incident)
    {
        foreach (var kind in incident.OpenClocks.Select(c => c.Kind).ToList())
        {
            incident = IncidentFollowUp.ReportIsMade(incident, new FileBreachReport(kind, "個人情報保護委員会", Everything), Secretariat).Value;
        }

        return incident;
    }
}
