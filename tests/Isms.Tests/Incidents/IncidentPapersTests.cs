using Isms.Documents;
using Isms.Incidents;
using Isms.Notifications;
using Isms.Text;
using static Isms.Tests.Incidents.IncidentSamples;

namespace Isms.Tests.Incidents;

public sealed class IncidentPapersTests
{
    [Theory]
    [InlineData(IncidentNature.Actual, "情報セキュリティインシデント記録", false)]
    [InlineData(IncidentNature.NearMiss, "ヒヤリ・ハット記録", false)]
    [InlineData(IncidentNature.Drill, "緊急時対応訓練記録(訓練)", true)]
    public void The_record_says_what_it_is_and_a_drill_that_it_is_one(IncidentNature nature, string title, bool isDrill)
    {
        var paper = IncidentRecord.Write(In(IncidentStage.Closed, nature, nature == IncidentNature.NearMiss ? null : Sensitive), Organization);
        Assert.Equal(title, paper.Title.Ja);
        Assert.Equal(isDrill, paper.Blocks[0] is Paragraph p && p.Text.Ja.Contains("訓練", StringComparison.Ordinal));
        Assert.All(paper.Approvals, a => Assert.NotNull(a.Name));
    }

    [Fact]
    public void The_record_shows_every_clock_the_replaced_ones_included()
    {
        var incident = IncidentRules.FactsHaveChanged(
            In(IncidentStage.LessonsLearned, facts: Sensitive), new AssessIncident("疑い", Sensitive with { UnjustPurposeSuspected = true }), Secretariat, Organization).Value;
        var closed = Give(IncidentRules.Close, AllReported(Give(IncidentRules.Learn, incident).Value)).Value;
        var table = IncidentRecord.Write(closed, Organization).Blocks.OfType<Table>().Single(t => t.Columns[2].Name.Ja == "期限");
        Assert.Equal(5, table.Rows.Count);
        Assert.Contains(table.Rows, r => r[2].Ja == "2026年9月1日 24:00" && r[4].Ja.Contains("再計算", StringComparison.Ordinal));
        Assert.Contains(table.Rows, r => r[2].Ja == "2026年10月1日 24:00" && r[4].Ja == "期限内に実施");
    }

    [Fact]
    public void A_reports_copy_has_the_nine_items_and_says_what_is_not_known_yet()
    {
        var incident = IncidentFollowUp.ReportIsMade(
            In(IncidentStage.Containment, facts: Sensitive), new FileBreachReport(BreachReportKind.Preliminary, "個人情報保護委員会", new BreachReportContents("概要"), Reference: "R-1"), Secretariat).Value;
        var paper = BreachReportPaper.Write(incident, incident.Reports[0], Organization);
        Assert.Equal("incident-FY2026-001-report-preliminary-1", paper.Number);
        var items = paper.Blocks.OfType<Facts>().Last().Items;
        Assert.Equal(9, items.Count);
        Assert.Equal(8, items.Count(i => i.Value.Ja == "調査中・該当なし"));
        Assert.Contains(paper.Blocks.OfType<Facts>().First().Items, f => f.Value.Ja == "2026年8月8日 14:30");
    }

    [Fact]
    public void Management_is_told_of_an_incident_at_once_and_of_a_near_miss_the_secretariat_and_the_manager_are()
    {
        var letters = IncidentLetters.OnEntering(Reported(facts: Sensitive), Organization);
        Assert.Equal(["nakamura", "sato", "watanabe"], letters.Select(l => l.Recipient).Order());
        Assert.All(letters, l => Assert.Equal(Delivery.Urgent, l.Delivery));
        Assert.Equal(["nakamura", "watanabe"], IncidentLetters.OnEntering(Reported(IncidentNature.NearMiss), Organization).Select(l => l.Recipient).Order());
    }

    [Fact]
    public void Every_letter_about_a_drill_says_so_in_both_languages()
    {
        var letters = Enum.GetValues<IncidentStage>().Select(s => In(s, IncidentNature.Drill, Sensitive)).SelectMany(Letters).ToList();
        Assert.True(letters.Count > 20);
        Assert.All(letters, l =>
        {
            Assert.StartsWith("【訓練】", l.Subject.Ja, StringComparison.Ordinal);
            Assert.StartsWith("[DRILL]", l.Subject.En, StringComparison.Ordinal);
            Assert.Contains("これは訓練です", l.Body.Ja, StringComparison.Ordinal);
        });
        Assert.DoesNotContain(Enum.GetValues<IncidentStage>().Select(s => In(s, facts: Sensitive)).SelectMany(Letters), l => l.Subject.Ja.StartsWith("【訓練】", StringComparison.Ordinal));
    }

    [Fact]
    public void A_missed_limit_comes_before_top_management()
    {
        var incident = In(IncidentStage.Containment, facts: Sensitive);
        IEnumerable<string> Told(double hours) => IncidentLetters.At(IncidentClocks.Between(incident, Known, Known.AddHours(hours))[0], incident, Organization).Select(l => l.Recipient).Order();
        Assert.Equal(["nakamura", "suzuki"], Told(48));
        Assert.Equal(["nakamura", "suzuki", "watanabe"], Told(72));
        Assert.Equal(["nakamura", "sato", "suzuki", "watanabe"], Told(120));
    }

    [Fact]
    public void Where_who_deals_with_it_has_left_the_secretariat_is_written_to_until_somebody_takes_over()
    {
        var without = Organization with { People = [.. Organization.People.Where(p => p.Id != "suzuki")] };
        var incident = In(IncidentStage.Recovery);
        Assert.Equal(["nakamura"], IncidentLetters.OnEntering(incident, without).Select(l => l.Recipient));
        var taken = IncidentRules.FactsHaveChanged(incident, new AssessIncident("引き継ぎ", Handler: "ito"), Secretariat, without).Value;
        Assert.Equal(["ito"], IncidentLetters.OnEntering(taken, without).Select(l => l.Recipient));
        Assert.Equal("unknown-person", IncidentRules.FactsHaveChanged(incident, new AssessIncident("引き継ぎ", Handler: "suzuki"), Secretariat, without).Refusal!.Code);
    }

    [Fact]
    public void The_committee_talks_about_what_is_new_or_open()
    {
        var period = new Isms.Meetings.AgendaPeriod("FY2026", new DateOnly(2026, 8, 4), new DateOnly(2026, 9, 3), new DateOnly(2026, 10, 3));
        Assert.Empty(IncidentFigures.AgendaOf([In(IncidentStage.Closed), Give(IncidentRules.Dismiss, In(IncidentStage.Triage)).Value], period, Organization));
        var lines = IncidentFigures.AgendaOf([In(IncidentStage.Recovery), In(IncidentStage.Closed)], period, Organization).Single().Lines;
        Assert.Equal("2026年8月3日 【インシデント】案内メールの誤送信(incident-FY2026-001、段階: 復旧)", Assert.Single(lines).Ja);
        Assert.Equal(2, IncidentFigures.AgendaOf([In(IncidentStage.Recovery), In(IncidentStage.Closed)], period with { From = new DateOnly(2026, 8, 1) }, Organization).Single().Lines.Count);
    }

    [Fact]
    public void Texts_are_formatted_and_leave_no_placeholder()
    {
        foreach (var incident in Enum.GetValues<IncidentStage>().Select(s => In(s, facts: Sensitive)))
        {
            var texts = Letters(incident).SelectMany(l => new[] { l.Subject, l.Body }).SelectMany(t => new[] { t.Ja, t.En });
            Assert.All(texts, t => Assert.DoesNotContain("{", t, StringComparison.Ordinal));
        }
    }

    private static IEnumerable<Letter> Letters(Incident incident) =>
    [
        .. IncidentLetters.OnEntering(incident, Organization), .. IncidentLetters.OnClocks(incident, Organization),
        .. incident.OpenClocks.SelectMany(IncidentClocks.Moments).SelectMany(m => IncidentLetters.At(m, incident, Organization)),
        .. (IncidentSchedule.DeadlineOf(incident)?.Moments(Office) ?? []).SelectMany(m => IncidentLetters.At(m, incident, Organization)),
        .. IncidentLetters.OnLessons(incident with { Lessons = [new Lesson("l-09", "x", LessonMeasure.Training, "標的型メール")] }, Organization),
    ];
}
