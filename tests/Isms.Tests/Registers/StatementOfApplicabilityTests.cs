using Isms.Catalogues;
using Isms.Organizations;
using Isms.Registers;
using Isms.Text;
using NSubstitute;

namespace Isms.Tests.Registers;

public sealed class StatementOfApplicabilityTests
{
    private static readonly ControlDecision Applied = new("8.13", true, ["risk"], "データ消失に備えるため", ControlImplementation.Implemented, "ito", "毎日取得する");

    [Fact]
    public void A_complete_decision_breaks_no_rule() => Assert.Empty(StatementOfApplicabilityRules.Check(Applied));

    [Fact]
    public void Exclusion_needs_a_justification()
    {
        var excluded = Applied with { Applicable = false, Grounds = [], Justification = "", Implementation = ControlImplementation.NotApplicable };
        Assert.Equal("statement-exclusion-unjustified", Assert.Single(StatementOfApplicabilityRules.Check(excluded)).Code);
        Assert.Empty(StatementOfApplicabilityRules.Check(excluded with { Justification = "開発を行わないため" }));
    }

    [Fact]
    public void An_excluded_control_has_no_grounds_for_inclusion_and_no_state()
    {
        var errors = StatementOfApplicabilityRules.Check(Applied with { Applicable = false });
        Assert.Equal(["statement-exclusion-with-grounds", "statement-exclusion-implemented"], errors.Select(e => e.Code));
        Assert.All(errors, e => Assert.NotEmpty(e.Remedy.Ja));
    }

    [Fact]
    public void An_applicable_control_cannot_be_not_applicable_in_practice() =>
        Assert.Equal("statement-inclusion-without-state", Assert.Single(StatementOfApplicabilityRules.Check(Applied with { Implementation = ControlImplementation.NotApplicable })).Code);

    [Fact]
    public void An_undecided_control_may_wait() =>
        Assert.Empty(StatementOfApplicabilityRules.Check(new ControlDecision("5.7", null, [], "", ControlImplementation.Unknown, "", "")));

    [Theory]
    [InlineData("9.1")]
    [InlineData("A.5.1")]
    [InlineData("5.38")]
    public void Only_controls_of_annex_A_have_an_entry(string id) =>
        Assert.Contains(StatementOfApplicabilityRules.Check(Applied with { Control = id }), e => e.Code == "statement-control-unknown");

    [Fact]
    public void The_app_fills_in_the_name_and_what_shows_the_control()
    {
        var organization = new Organization { Name = new("甲", "A"), Culture = "en-US" };
        var context = new RuleContext(Substitute.For<IRegisterLookup>(), organization, DateTimeOffset.UnixEpoch, "sato") { Id = "8.13" };
        var result = new StatementOfApplicabilityRules().Apply(null, new Dictionary<string, string> { ["applicable"] = "true" }, context);
        Assert.Empty(result.Errors);
        Assert.Equal("Information backup", result.Computed["name"]);
        Assert.Contains("backup-record", result.Computed["records"], StringComparison.Ordinal);
    }

    [Fact]
    public void A_statement_without_entries_has_93_undecided_controls()
    {
        var statement = StatementOfApplicability.Of([], new NewestEvidence());
        Assert.Equal(Standard.Controls, statement.Select(r => r.Control));
        Assert.All(statement, r => Assert.Equal([StatementGap.NotDecided], r.Gaps));
    }

    [Fact]
    public void Gaps_name_what_an_auditor_would_miss()
    {
        RegisterEntry[] entries =
        [
            Entry("5.1", ("applicable", "true"), ("implementation", "implemented")),
            Entry("5.2", ("applicable", "true"), ("inclusionReasons", "risk"), ("implementation", "notImplemented"), ("owner", "sato")),
            Entry("5.3", ("applicable", "false"), ("justification", "一人で行うため")),
            Entry("5.4", ("applicable", "true"), ("inclusionReasons", "law"), ("owner", "sato")),
        ];
        var gaps = StatementOfApplicability.Of(entries, new NewestEvidence()).ToDictionary(r => r.Control.Id, r => r.Gaps);
        Assert.Equal([StatementGap.InclusionWithoutJustification, StatementGap.NoOwner, StatementGap.MethodNotStated, StatementGap.NoEvidence], gaps["5.1"]);
        Assert.Empty(gaps["5.2"]);
        Assert.Empty(gaps["5.3"]);
        Assert.Equal([StatementGap.StateNotStated], gaps["5.4"]);
    }

    [Fact]
    public void A_deleted_entry_decides_nothing() => Assert.Equal(
        [StatementGap.NotDecided], StatementOfApplicability.Of([Entry("5.1", ("applicable", "true")) with { IsDeleted = true }], new NewestEvidence())[0].Gaps);

    [Fact]
    public void Evidence_closes_the_gap_of_an_implemented_control()
    {
        var entry = Entry("8.13", ("applicable", "true"), ("inclusionReasons", "risk"), ("implementation", "implemented"), ("owner", "ito"), ("method", "毎日"));
        Assert.Contains(("8.13", StatementGap.NoEvidence), StatementOfApplicability.GapsOf([entry], _ => false));

        var evidence = new NewestEvidence();
        evidence.Add(ControlEvidenceTests.Record("b1", "backup-record", 1));
        var row = StatementOfApplicability.Of([entry], evidence).Single(r => r.Control.Id == "8.13");
        Assert.Empty(row.Gaps);
        Assert.Equal("b1", Assert.Single(row.Evidence).Id);
    }

    [Fact]
    public void Every_gap_can_be_told() =>
        Assert.All(Enum.GetValues<StatementGap>(), gap => Assert.NotEmpty(StatementTexts.TitleOf(gap).Ja));

    private static RegisterEntry Entry(string id, params (string Field, string Value)[] values) => new()
    {
        Id = id,
        Revision = 1,
        Values = values.ToDictionary(v => v.Field, v => v.Value),
        ChangedAt = DateTimeOffset.UnixEpoch,
        ChangedBy = "sato",
    };
}
