using Isms.Catalogues;
using Isms.Organizations;
using Isms.Year;

namespace Isms.Audits;

/// <summary>
/// Proposes the scope of the next audit: what is late, what risks and nonconformities hang on, then what the cycle has not seen, then what was seen longest ago –
/// as much of it each year as it takes to have covered everything when the cycle ends.
/// </summary>
internal static class AuditProposal
{
    /// <summary>Where everything was seen once, a third of it is seen again each year.</summary>
    private const int YearsOfARound = 3;

    public static ProposedScope Of(
        Organization organization, AuditCycle cycle, ProgrammeSources sources, IReadOnlyList<Coverage> departments, IReadOnlyList<Coverage> clauses,
        IReadOnlyList<Coverage> controls, DateOnly today)
    {
        var present = FiscalYear.Of(today, organization.FiscalYearStartMonth);
        var year = sources.Audits.Any(a => a.Audit.FiscalYear == present.Id) ? present.Next : present;
        var left = cycle.AuditsLeftFrom(year);
        var chosen = new[] { departments, clauses, controls }.SelectMany(all => Choose(all, left, year.End)).ToList();
        var asked = DepartmentsNeeded(chosen, organization).Where(d => !chosen.Any(c => c.Subject == ProgrammeSubject.Department && c.Id == d));
        chosen.AddRange(asked.Select(d => new ProposedSubject(ProgrammeSubject.Department, d, ProposalReason.AskedThere)));
        string[] Of(ProgrammeSubject subject, IReadOnlyList<Coverage> inOrder) =>
            [.. inOrder.Select(c => c.Id).Where(id => chosen.Any(s => s.Subject == subject && s.Id == id))];
        return new ProposedScope(
            year.Id, left, Of(ProgrammeSubject.Department, departments), Of(ProgrammeSubject.Clause, clauses), Of(ProgrammeSubject.Control, controls),
            [.. chosen.OrderBy(c => c.Subject).ThenBy(c => c.Reason).ThenBy(c => Standard.OrderOf(
                c.Subject == ProgrammeSubject.Clause ? c.Id : null, c.Subject == ProgrammeSubject.Control ? c.Id : null))]);
    }

    private static IEnumerable<ProposedSubject> Choose(IReadOnlyList<Coverage> all, int left, DateOnly until)
    {
        var ranked = all
            .Where(c => c.State is not (CoverageState.NotApplicable or CoverageState.Planned))
            .Select((c, index) => (Coverage: c, Reason: ReasonOf(c, until), Index: index))
            .OrderBy(c => c.Reason).ThenBy(c => c.Coverage.LastAuditedOn ?? DateOnly.MinValue).ThenBy(c => c.Index)
            .ToList();
        var urgent = ranked.Count(c => c.Reason < ProposalReason.NotYetAudited);
        var open = ranked.Count(c => c.Reason == ProposalReason.NotYetAudited);
        var share = urgent + Share(open, left);
        return ranked.Take(Math.Max(share, Share(ranked.Count, YearsOfARound))).Select(c => new ProposedSubject(c.Coverage.Subject, c.Coverage.Id, c.Reason));
    }

    private static ProposalReason ReasonOf(Coverage coverage, DateOnly until) =>
        coverage.State == CoverageState.Late ? ProposalReason.Late
        : coverage.CoverBy <= until && coverage.Risks.Count > 0 ? ProposalReason.Risk
        : coverage.CoverBy <= until && coverage.Findings.Count > 0 ? ProposalReason.EarlierFinding
        : coverage.TimesAudited == 0 ? ProposalReason.NotYetAudited
        : ProposalReason.LongestAgo;

    /// <summary>A question is asked where its role is held: without that department in scope it would be asked nowhere.</summary>
    private static IEnumerable<string> DepartmentsNeeded(IReadOnlyList<ProposedSubject> chosen, Organization organization)
    {
        var clauses = chosen.Where(c => c.Subject == ProgrammeSubject.Clause).Select(c => c.Id).ToHashSet(StringComparer.Ordinal);
        var controls = chosen.Where(c => c.Subject == ProgrammeSubject.Control).Select(c => c.Id).ToHashSet(StringComparer.Ordinal);
        return QuestionBank.Questions
            .Where(q => q.AskedOf != Role.DepartmentLead && (clauses.Contains(q.Clause ?? "") || controls.Contains(q.Control ?? "")))
            .Select(q => organization.InRole(q.AskedOf).FirstOrDefault()?.DepartmentId).OfType<string>()
            .Distinct(StringComparer.Ordinal);
    }

    private static int Share(int count, int parts) => (count + parts - 1) / parts;
}
