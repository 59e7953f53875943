using Isms.Audits;
using Isms.Text;

namespace Isms.Certification;

/// <summary>A finding as it is analysed, whoever made it.</summary>
/// <param name="Audit">The audit's id.</param>
/// <param name="Finding">The finding's id within it.</param>
/// <param name="IsExternal">Whether the certification body made it.</param>
/// <param name="On">The last day of the audit.</param>
/// <param name="FiscalYear">The audit's fiscal year.</param>
/// <param name="Grade">Its grade.</param>
/// <param name="Department">The department's id.</param>
/// <param name="Clause">The clause.</param>
/// <param name="Control">The control.</param>
/// <param name="Cause">The root cause that its corrective action found; null while there is none.</param>
public sealed record AnalysedFinding(
    string Audit, string Finding, bool IsExternal, DateOnly On, string FiscalYear, AnswerResult Grade, string Department, string? Clause, string? Control, string? Cause = null);

/// <summary>How many findings a group has.</summary>
/// <param name="Key">The group: a clause, a control, a department's id, a cause, a year.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Internal">Findings of internal audits.</param>
/// <param name="External">Findings of the certification body.</param>
/// <param name="Major">Major nonconformities.</param>
/// <param name="Minor">Minor nonconformities.</param>
/// <param name="Observations">Observations.</param>
/// <param name="Opportunities">Opportunities for improvement.</param>
public sealed record FindingCount(string Key, LocalizedText Name, int Internal, int External, int Major, int Minor, int Observations, int Opportunities)
{
    /// <summary>All of them.</summary>
    public int Total => Internal + External;
}

/// <summary>What was found more than once: the same requirement in the same department in different audits. Nothing convinces an auditor less than that.</summary>
/// <param name="Clause">The clause.</param>
/// <param name="Control">The control.</param>
/// <param name="Department">The department's id.</param>
/// <param name="Findings">The findings as <c>audit/finding</c>, oldest first.</param>
/// <param name="FoundByTheBodyFirst">Whether the body found it before any internal audit did: then the internal audits look in the wrong places.</param>
public sealed record RepeatedFinding(string? Clause, string? Control, string Department, IReadOnlyList<string> Findings, bool FoundByTheBodyFirst);

/// <summary>Internal and external findings together (clauses 9.2 and 10.2), from several sides.</summary>
/// <param name="Total">All findings.</param>
/// <param name="ByClause">By clause, in the order of the standard.</param>
/// <param name="ByControl">By control, in the order of Annex A.</param>
/// <param name="ByDepartment">By department.</param>
/// <param name="ByCause">By root cause, most frequent first; nonconformities only.</param>
/// <param name="ByYear">By fiscal year.</param>
/// <param name="Repeated">What was found more than once.</param>
public sealed record FindingAnalysis(
    FindingCount Total,
    IReadOnlyList<FindingCount> ByClause,
    IReadOnlyList<FindingCount> ByControl,
    IReadOnlyList<FindingCount> ByDepartment,
    IReadOnlyList<FindingCount> ByCause,
    IReadOnlyList<FindingCount> ByYear,
    IReadOnlyList<RepeatedFinding> Repeated)
{
    private const string NoCause = "-";

    /// <summary>Analyses findings.</summary>
    /// <param name="findings">The findings.</param>
    /// <param name="departmentName">A department's name.</param>
    public static FindingAnalysis Of(IReadOnlyCollection<AnalysedFinding> findings, Func<string, LocalizedText> departmentName)
    {
        ArgumentNullException.ThrowIfNull(findings);
        ArgumentNullException.ThrowIfNull(departmentName);
        var nonconformities = findings.Where(f => f.Grade is AnswerResult.MajorNonconformity or AnswerResult.MinorNonconformity);
        return new FindingAnalysis(
            Count("all", Texts.Get("finding-analysis.all"), findings),
            [.. By(findings, f => f.Clause, c => Catalogues.Standard.FindClause(c)?.Title ?? LocalizedText.Same(c)).OrderBy(c => Catalogues.Standard.OrderOf(c.Key, null))],
            [.. By(findings, f => f.Control, c => Catalogues.Standard.FindControl(c)?.Title ?? LocalizedText.Same(c)).OrderBy(c => Catalogues.Standard.OrderOf(null, c.Key))],
            [.. By(findings, f => f.Department, departmentName).OrderByDescending(c => c.Total).ThenBy(c => c.Key, StringComparer.Ordinal)],
            [
                .. By(nonconformities, f => f.Cause ?? NoCause, c => c == NoCause ? Texts.Get("finding-analysis.no-cause") : LocalizedText.Same(c))
                    .OrderBy(c => c.Key == NoCause).ThenByDescending(c => c.Total).ThenBy(c => c.Key, StringComparer.Ordinal),
            ],
            [.. By(findings, f => f.FiscalYear, Year.PlanItemTexts.NameOfYear).OrderBy(c => c.Key, StringComparer.Ordinal)],
            [.. RepeatedIn(findings)]);
    }

    private static IEnumerable<FindingCount> By(IEnumerable<AnalysedFinding> findings, Func<AnalysedFinding, string?> key, Func<string, LocalizedText> name) =>
        findings.Where(f => key(f) is not null).GroupBy(f => key(f)!, StringComparer.Ordinal).Select(g => Count(g.Key, name(g.Key), g));

    private static FindingCount Count(string key, LocalizedText name, IEnumerable<AnalysedFinding> findings)
    {
        var all = findings.ToList();
        int Of(AnswerResult grade) => all.Count(f => f.Grade == grade);
        return new FindingCount(
            key, name, all.Count(f => !f.IsExternal), all.Count(f => f.IsExternal), Of(AnswerResult.MajorNonconformity), Of(AnswerResult.MinorNonconformity),
            Of(AnswerResult.Observation), Of(AnswerResult.Opportunity));
    }

    private static IEnumerable<RepeatedFinding> RepeatedIn(IEnumerable<AnalysedFinding> findings) =>
        from finding in findings
        where finding.Clause is not null || finding.Control is not null
        group finding by (finding.Clause, finding.Control, finding.Department) into same
        where same.Select(f => f.Audit).Distinct().Count() > 1
        let ordered = same.OrderBy(f => f.On).ThenBy(f => f.Audit, StringComparer.Ordinal).ThenBy(f => f.Finding, StringComparer.Ordinal).ToList()
        orderby ordered.Count descending, Catalogues.Standard.OrderOf(same.Key.Clause, same.Key.Control), same.Key.Department
        select new RepeatedFinding(
            same.Key.Clause, same.Key.Control, same.Key.Department, [.. ordered.Select(f => $"{f.Audit}/{f.Finding}")], ordered[0].IsExternal && ordered.Any(f => !f.IsExternal));
}
