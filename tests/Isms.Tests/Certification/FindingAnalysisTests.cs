using Isms.Audits;
using Isms.Certification;
using Isms.Text;
using static Isms.Tests.Dates;

namespace Isms.Tests.Certification;

public sealed class FindingAnalysisTests
{
    private static readonly AnalysedFinding[] Findings =
    [
        Of("audit-FY2025-01", "f-01", "2025-08-01", AnswerResult.MinorNonconformity, "sales", "7.2", cause: "様式がない"),
        Of("certification-2024-surveillance-1", "f-01", "2025-11-14", AnswerResult.MajorNonconformity, "sales", "7.2"),
        Of("certification-2024-surveillance-1", "f-02", "2025-11-14", AnswerResult.Observation, "it", null, "8.15"),
        Of("audit-FY2026-01", "f-01", "2026-08-01", AnswerResult.MinorNonconformity, "it", null, "8.15", "様式がない"),
        Of("audit-FY2026-01", "f-02", "2026-08-01", AnswerResult.Opportunity, "it", "9.1"),
    ];

    [Fact]
    public void Findings_are_counted_from_every_side()
    {
        var analysis = FindingAnalysis.Of(Findings, d => LocalizedText.Same(d));
        Assert.Equal((3, 2, 5), (analysis.Total.Internal, analysis.Total.External, analysis.Total.Total));
        Assert.Equal([("7.2", 2), ("9.1", 1)], analysis.ByClause.Select(c => (c.Key, c.Total)));
        Assert.Equal([("8.15", 1, 1)], analysis.ByControl.Select(c => (c.Key, c.Internal, c.External)));
        Assert.Equal([("it", 3), ("sales", 2)], analysis.ByDepartment.Select(c => (c.Key, c.Total)));
        Assert.Equal([("様式がない", 2), ("-", 1)], analysis.ByCause.Select(c => (c.Key, c.Total)));
        Assert.Equal([("FY2025", 1, 2, 1, 1, 1), ("FY2026", 2, 0, 0, 1, 0)], analysis.ByYear.Select(c => (c.Key, c.Internal, c.External, c.Major, c.Minor, c.Observations)));
    }

    [Fact]
    public void What_comes_up_again_in_another_audit_is_named_with_who_saw_it_first()
    {
        var repeated = FindingAnalysis.Of(Findings, d => LocalizedText.Same(d)).Repeated;
        Assert.Equal([("7.2", null, "sales", false), (null, "8.15", "it", true)], repeated.Select(r => (r.Clause, r.Control, r.Department, r.FoundByTheBodyFirst)));
        Assert.Equal(["certification-2024-surveillance-1/f-02", "audit-FY2026-01/f-01"], repeated[1].Findings);
        Assert.Empty(FindingAnalysis.Of([Findings[0], Findings[0] with { Finding = "f-02" }], d => LocalizedText.Same(d)).Repeated);
    }

    [Fact]
    public void No_findings_are_an_empty_analysis() => Assert.Equal(0, FindingAnalysis.Of([], d => LocalizedText.Same(d)).Total.Total);

    private static AnalysedFinding Of(string audit, string id, string on, AnswerResult grade, string department, string? clause, string? control = null, string? cause = null) => new(
        audit, id, audit.StartsWith("certification", StringComparison.Ordinal), Day(on), Day(on) < Day("2026-04-01") ? "FY2025" : "FY2026", grade, department, clause, control, cause);
}
