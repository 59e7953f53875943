using Isms.Incidents;
using static Isms.Tests.Incidents.IncidentSamples;

namespace Isms.Tests.Incidents;

public sealed class ReportDutyTests
{
    public static TheoryData<int> EveryCombination() => [.. Enumerable.Range(0, 1 << 7)];

    /// <summary>The table of article 7, with what exempts from it, over every combination of facts.</summary>
    [Theory]
    [MemberData(nameof(EveryCombination))]
    public void The_duty_follows_from_article_7_and_its_exemptions(int bits)
    {
        bool Bit(int n) => (bits & (1 << n)) != 0;
        var facts = new PersonalDataFacts(Bit(0) ? 1_001 : 1_000, "", Bit(1), Bit(2), Bit(3), Bit(4), Bit(5), Bit(6));
        var exempt = Bit(4) || Bit(5) || Bit(6);
        var isCase = Bit(0) || Bit(1) || Bit(2) || Bit(3);

        var duty = ReportDuty.Of(IncidentNature.Actual, facts);

        Assert.Equal(isCase && !exempt, duty.IsDue);
        Assert.Equal(Bit(3) && !exempt, duty.IsExtended);
        Assert.NotEmpty(duty.Reasons);
        Assert.Equal(duty.IsDue ? new[] { Bit(0), Bit(1), Bit(2), Bit(3) }.Count(b => b) : 1, duty.Reasons.Count);
        Assert.Equal(duty, ReportDuty.Of(IncidentNature.Drill, facts) with { Reasons = duty.Reasons });
        Assert.Equal([DutyReason.NearMiss], ReportDuty.Of(IncidentNature.NearMiss, facts).Reasons);
    }

    [Theory]
    [InlineData(1, true, DutyReason.Sensitive)]
    [InlineData(0, false, DutyReason.NoPersonalData)]
    public void One_person_is_enough_for_sensitive_data(int persons, bool isDue, DutyReason reason)
    {
        var duty = ReportDuty.Of(IncidentNature.Actual, new PersonalDataFacts(persons, Sensitive: true));
        Assert.Equal(isDue, duty.IsDue);
        Assert.Equal([reason], duty.Reasons);
    }

    [Fact]
    public void Without_personal_data_nothing_is_reported() => Assert.Equal([DutyReason.NoPersonalData], ReportDuty.Of(IncidentNature.Actual, null).Reasons);

    [Theory]
    [InlineData(1, IncidentExtent.Individual, IncidentSeverity.Low)]
    [InlineData(1, IncidentExtent.Outside, IncidentSeverity.Medium)]
    [InlineData(3, IncidentExtent.Organization, IncidentSeverity.High)]
    [InlineData(4, IncidentExtent.Outside, IncidentSeverity.Critical)]
    [InlineData(5, IncidentExtent.Organization, IncidentSeverity.Critical)]
    public void Severity_comes_from_the_table(int impact, IncidentExtent extent, IncidentSeverity severity) => Assert.Equal(
        severity, IncidentSeverityTable.Of([new InformationInvolved("x", 1, impact), new InformationInvolved("y", 1)], extent, ReportDuty.Of(IncidentNature.Actual, null)));

    [Fact]
    public void Severity_never_falls_as_impact_or_extent_grow()
    {
        var duty = ReportDuty.Of(IncidentNature.Actual, null);
        IncidentSeverity Of(int impact, int extent) => IncidentSeverityTable.Of([new InformationInvolved("x", impact)], (IncidentExtent)extent, duty);
        for (var impact = 1; impact <= 5; impact++)
        {
            for (var extent = 0; extent < 4; extent++)
            {
                Assert.True(impact == 5 || Of(impact, extent) <= Of(impact + 1, extent));
                Assert.True(extent == 3 || Of(impact, extent) <= Of(impact, extent + 1));
            }
        }
    }

    [Fact]
    public void What_has_to_be_reported_is_at_least_of_high_severity() =>
        Assert.Equal(IncidentSeverity.High, IncidentSeverityTable.Of([], IncidentExtent.Individual, ReportDuty.Of(IncidentNature.Actual, Sensitive)));
}
