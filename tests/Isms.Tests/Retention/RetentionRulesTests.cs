using Isms.Evidence;
using Isms.Retention;
using Isms.Text;

namespace Isms.Tests.Retention;

public sealed class RetentionRulesTests
{
    private static readonly DateOnly Issued = new(2024, 12, 15);

    [Theory]
    [InlineData("2026-05-01", "2030-12-15")]
    [InlineData("2024-12-15", "2030-12-15")]
    [InlineData("2024-12-14", "2027-12-15")]
    [InlineData("2027-12-15", "2033-12-15")]
    [InlineData("2019-01-01", "2024-12-15")]
    public void Evidence_is_kept_to_the_end_of_the_certification_cycle_after_its_own(string created, string until) =>
        Assert.Equal(At(until), RetentionRules.KeptUntil(Item(At(created)), RetentionPolicy.Default, Issued));

    [Fact]
    public void Without_a_certificate_two_cycles_begin_with_the_recording() =>
        Assert.Equal(At("2032-05-01"), RetentionRules.KeptUntil(Item(At("2026-05-01")), RetentionPolicy.Default, null));

    [Fact]
    public void A_type_with_years_of_its_own_is_kept_so_long_from_the_end_of_what_it_speaks_of()
    {
        var policy = new RetentionPolicy(new Dictionary<string, int> { ["operation"] = 7 });
        Assert.Equal(At("2033-05-01"), RetentionRules.KeptUntil(Item(At("2026-05-01")), policy, Issued));
        Assert.Equal(At("2034-01-01"), RetentionRules.KeptUntil(Item(At("2026-05-01")) with { Period = new Period(At("2026-01-01"), At("2027-01-01")) }, policy, Issued));
        Assert.Equal(At("2030-12-15"), RetentionRules.KeptUntil(Item(At("2026-05-01")) with { Type = EvidenceType.Audit }, policy, Issued));
    }

    [Fact]
    public void A_hold_covers_what_it_names_until_it_is_lifted()
    {
        var hold = new LegalHold { Id = "hold-0001", Reason = "dispute", FiscalYear = "FY2026", Type = EvidenceType.Operation, PlacedBy = "sato", PlacedAt = At("2026-05-02") };
        Assert.True(hold.Covers(Item(At("2026-05-01"))));
        Assert.False(hold.Covers(Item(At("2026-05-01")) with { FiscalYear = "FY2025" }));
        Assert.False(hold.Covers(Item(At("2026-05-01")) with { Type = EvidenceType.Audit }));
        Assert.True((hold with { FiscalYear = null, Type = null }).Covers(Item(At("2026-05-01")) with { FiscalYear = "FY2025" }));
        Assert.False((hold with { LiftedAt = At("2026-05-03") }).Covers(Item(At("2026-05-01"))));
    }

    [Fact]
    public void A_disposal_is_decided_once_and_approved_by_somebody_else()
    {
        var proposed = new Disposal { Id = "disposal-0001", Items = ["x"], Reason = "over", ProposedBy = "sato", ProposedAt = At("2033-01-01") };
        Assert.Equal("disposal-by-one-person", proposed.Approve("sato", At("2033-01-02")).Refusal!.Code);
        var approved = proposed.Approve("suzuki", At("2033-01-02")).Value;
        Assert.Equal(DisposalState.Approved, approved.State);
        Assert.Equal("disposal-decided", approved.Reject("sato", At("2033-01-03")).Refusal!.Code);
        Assert.Equal(DisposalState.Rejected, proposed.Reject("sato", At("2033-01-02")).Value.State);
    }

    private static DateTimeOffset At(string day) => new(DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);

    private static EvidenceManifest Item(DateTimeOffset created) => new()
    {
        Id = "x",
        FiscalYear = "FY2026",
        Type = EvidenceType.Operation,
        Title = LocalizedText.Same("x"),
        Period = new Period(created, created),
        Source = new EvidenceSource { Workflow = new WorkflowSource("x", "x", "system") },
        Completeness = Completeness.Complete,
        Files = [],
        CreatedAt = created,
        CreatedBy = "system",
        Producer = "test",
    };
}
