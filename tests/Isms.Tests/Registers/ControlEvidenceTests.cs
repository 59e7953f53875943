using Isms.Catalogues;
using Isms.Evidence;
using Isms.Registers;
using Isms.Text;
using Isms.Year;

namespace Isms.Tests.Registers;

public sealed class ControlEvidenceTests
{
    private static readonly DateTimeOffset Noon = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Every_control_has_a_rule_that_names_something() =>
        Assert.Equal(Standard.Controls.Select(c => c.Id), ControlEvidence.Rules.Where(r => r.Records.Count + r.Collectors.Count > 0).Select(r => r.Control));

    [Fact]
    public void Rules_name_records_that_the_plan_asks_for()
    {
        var records = PlanCatalogue.Standard.Duties.SelectMany(d => d.Records).Select(r => r.Key);
        Assert.Empty(ControlEvidence.Rules.SelectMany(r => r.Records).Except(records));
    }

    [Theory]
    [InlineData("access-rights", "5.15", "5.18", "8.2")]
    [InlineData("sign-ins", "8.15", "8.16")]
    [InlineData("authentication", "5.17", "8.5")]
    [InlineData("risk", "5.7", "5.24", "5.25", "5.26", "5.27", "5.28", "8.16")]
    public void A_collector_shows_the_controls_it_is_for(string collector, params string[] controls) =>
        Assert.Equal(controls, ControlEvidence.Rules.Where(r => r.Collectors.Contains(collector)).Select(r => r.Control));

    [Fact]
    public void A_duty_s_record_shows_the_controls_of_the_duty()
    {
        var unshown = from duty in PlanCatalogue.Standard.Duties
                      from control in duty.Controls
                      where !duty.Records.Any(r => ControlEvidence.Find(control)!.Records.Contains(r.Key))
                      select $"{duty.Id} {control}";
        Assert.Empty(unshown);
    }

    [Fact]
    public void The_newest_of_each_kind_is_kept()
    {
        var evidence = new NewestEvidence();
        foreach (var item in new[] { Record("b1", "backup-record", 1), Record("b3", "backup-record", 3), Record("b2", "backup-record", 2), Collected("c1", "backup-policies", 0) })
        {
            evidence.Add(item);
        }

        Assert.Equal(["b3", "c1"], evidence.For("8.13").Select(i => i.Id));
        Assert.Empty(evidence.For("6.3"));
    }

    [Fact]
    public void What_was_corrected_is_not_shown()
    {
        var evidence = new NewestEvidence();
        evidence.Add(Record("first", "backup-record", 1));
        evidence.Add(Record("correction", "backup-record", 2) with { Supersedes = "first" });
        Assert.Equal("correction", Assert.Single(evidence.For("8.13")).Id);
    }

    [Fact]
    public void Evidence_that_names_a_control_itself_shows_it_whatever_it_is()
    {
        var evidence = new NewestEvidence();
        evidence.Add(Record("photo", null, 1) with { Controls = ["7.12"] });
        Assert.Equal("photo", Assert.Single(evidence.For("7.12")).Id);
    }

    [Fact]
    public void An_incident_shows_that_incidents_are_handled()
    {
        var evidence = new NewestEvidence();
        evidence.Add(Record("incident", null, 1) with { Type = EvidenceType.Incident });
        Assert.Equal("incident", Assert.Single(evidence.For("5.26")).Id);
    }

    internal static EvidenceManifest Record(string id, string? record, int hour) => new()
    {
        Id = id,
        FiscalYear = "FY2026",
        Type = EvidenceType.Operation,
        Title = LocalizedText.Same(id),
        Period = new Period(Noon, Noon),
        Record = record,
        Source = new EvidenceSource { Workflow = new WorkflowSource("item", "record", "ito") },
        Completeness = Completeness.Complete,
        Files = [],
        CreatedAt = Noon.AddHours(hour),
        CreatedBy = "ito",
        Producer = "1",
    };

    internal static EvidenceManifest Collected(string id, string collector, int hour) =>
        Record(id, null, hour) with { Source = new EvidenceSource { Graph = new GraphSource(collector, []) } };
}
