using Isms.Audits;
using Isms.Certification;
using Isms.Tests.Year;
using Isms.Text;
using static Isms.Tests.Dates;

namespace Isms.Tests.Certification;

public sealed class CertificationSettingsRulesTests
{
    private static readonly CertificationSettings Certified = new() { Body = new LocalizedText("認証機関", "Body"), CertificateNumber = "IS 1", IssuedOn = Day("2024-12-16") };

    public static TheoryData<string, CertificationSettings> Broken => new()
    {
        { "certification-body-missing", Certified with { Body = new LocalizedText("", "Body") } },
        { "certification-dates-missing", Certified with { IssuedOn = null } },
        { "certification-validity", Certified with { ValidUntil = Day("2027-12-17") } },
        { "certification-validity", Certified with { ValidUntil = Day("2024-12-16") } },
        { "certification-validity", Certified with { ValidFrom = Day("2025-06-17") } },
        { "certification-stage-2", Certified with { Stage2On = Day("2024-10-01") } },
        { "certification-stage-2", Certified with { Stage1On = Day("2024-06-01"), Stage2On = Day("2024-06-30") } },
        { "certification-stage-2", Certified with { Stage1On = Day("2024-06-01"), Stage2On = Day("2024-12-02") } },
        { "certification-surveillance-interval", Certified with { SurveillanceMonths = 13 } },
        { "certification-response-days", Certified with { ResponseDays = 0 } },
        { "certification-lead-times", Certified with { LeadTimes = new(30, 60, 10) } },
        { "certification-dates-reversed", Certified with { AgreedDates = [new("2024-surveillance-1", Day("2025-11-02"), Day("2025-11-01"))] } },
        { "certification-dates-twice", Certified with { AgreedDates = [new("2024-renewal", Day("2027-09-01")), new("2024-renewal", Day("2027-09-02"))] } },
        { "certification-dates-unknown-audit", Certified with { AgreedDates = [new("2024-surveillance-3", Day("2027-09-01"))] } },
        { "certification-grade-word", Certified with { Grades = [new GradeWord("重大", AnswerResult.Conforming)] } },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public void Settings_that_no_track_can_rest_on_are_refused(string code, CertificationSettings settings)
    {
        var refusal = CertificationSettingsRules.FirstBrokenRule(YearSamples.Firm with { Certification = settings });
        Assert.Equal(code, refusal?.Code);
        Assert.StartsWith("certification.", refusal!.Field, StringComparison.Ordinal);
    }

    [Fact]
    public void Usual_settings_are_accepted()
    {
        CertificationSettings[] usual =
        [
            Certified,
            Certified with { Stage1On = Day("2024-06-03"), Stage2On = Day("2024-09-02"), ValidFrom = Day("2024-12-20"), ValidUntil = Day("2027-12-19") },
            Certified with { AgreedDates = [new("2024-surveillance-1", Day("2025-11-04"), Day("2025-11-05")), new("2027-surveillance-1", Day("2028-11-06"))] },
            new() { Body = Certified.Body, Stage1On = Day("2026-09-01") },
            new() { Body = Certified.Body },
        ];
        Assert.All(usual, s => Assert.Null(CertificationSettingsRules.FirstBrokenRule(YearSamples.Firm with { Certification = s })));
        Assert.Null(CertificationSettingsRules.FirstBrokenRule(YearSamples.Firm));
    }
}
