using Isms.Catalogues;
using Isms.Organizations;
using Isms.Text;

namespace Isms.Audits;

/// <summary>Works the audit programme out. The same inputs give the same programme.</summary>
public static class AuditProgrammeRules
{
    /// <summary>What risk or a nonconformity hangs on is looked at every year.</summary>
    private const int MonthsInFocus = 12;

    /// <summary>The programme of the cycle that a day lies in.</summary>
    /// <param name="organization">Departments, roles, certificate.</param>
    /// <param name="sources">Audits, findings, risks.</param>
    /// <param name="today">The local date.</param>
    public static AuditProgramme Of(Organization organization, ProgrammeSources sources, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(organization);
        ArgumentNullException.ThrowIfNull(sources);
        var cycle = AuditCycle.Of(organization, sources.Audits.Select(a => a.Audit), today);
        IReadOnlyList<Coverage> Cover(ProgrammeSubject subject, IEnumerable<(string Id, LocalizedText Title)> all)
        {
            var looks = sources.Audits.Select(a => new Look(a, a.AskedAbout(subject))).OrderBy(l => l.Audit.Plan.To).ThenBy(l => l.Audit.Id, StringComparer.Ordinal).ToList();
            return [.. all.Select(s => CoverageOf(subject, s.Id, s.Title, looks, sources, cycle, today))];
        }

        var departments = Cover(ProgrammeSubject.Department, organization.Departments.Select(d => (d.Id, d.Name)));
        var clauses = Cover(ProgrammeSubject.Clause, Standard.Clauses.Select(c => (c.Id, c.Title)));
        var controls = Cover(ProgrammeSubject.Control, Standard.Controls.Select(c => (c.Id, c.Title)));
        return new AuditProgramme
        {
            Today = today,
            Cycle = cycle,
            Audits = [.. sources.Audits
                .Where(a => cycle.Contains(a.Audit.Plan.To)).OrderBy(a => a.Audit.Plan.From).ThenBy(a => a.Audit.Id, StringComparer.Ordinal).Select(Summarized)],
            Summary = [Count(ProgrammeSubject.Department, departments), Count(ProgrammeSubject.Clause, clauses), Count(ProgrammeSubject.Control, controls)],
            Departments = departments,
            Clauses = clauses,
            Controls = controls,
            Next = AuditProposal.Of(organization, cycle, sources, departments, clauses, controls, today),
        };
    }

    private static Coverage CoverageOf(
        ProgrammeSubject subject, string id, LocalizedText title, IReadOnlyList<Look> looks, ProgrammeSources sources, AuditCycle cycle, DateOnly today)
    {
        var held = looks.Where(l => l.IsHeld && l.AskedAbout.Contains(id)).ToList();
        var last = held.LastOrDefault()?.Audit;
        var planned = looks.Where(l => !l.IsHeld && l.AskedAbout.Contains(id)).Select(l => l.Audit).OrderBy(a => a.Plan.From).FirstOrDefault();
        var inCycle = held.Count(l => cycle.Contains(l.Audit.Plan.To));
        var coverage = new Coverage
        {
            Subject = subject,
            Id = id,
            Title = title,
            State = CoverageState.Open,
            LastAudit = last?.Id,
            LastAuditedOn = last?.Plan.To,
            AgeDays = last is null ? null : Math.Max(0, today.DayNumber - last.Plan.To.DayNumber),
            TimesAudited = inCycle,
            PlannedIn = planned?.Id,
            PlannedOn = planned?.Plan.From,
            Risks = [.. sources.Focus.Risks.Where(r => Concerns(subject, id, r.Department, null, r.Controls)).Select(r => r.Id)],
            Findings = [.. NonconformitiesOf(subject, id, last, sources)],
        };
        var isExcluded = subject == ProgrammeSubject.Control && sources.Focus.ExcludedControls.Contains(id);
        var by = isExcluded ? null : CoverBy(coverage, cycle);
        return coverage with
        {
            CoverBy = by,
            State = isExcluded ? CoverageState.NotApplicable
                : planned is not null && (inCycle == 0 || by < today) ? CoverageState.Planned
                : by < today ? CoverageState.Late
                : inCycle > 0 ? CoverageState.Audited
                : CoverageState.Open,
        };
    }

    /// <summary>A year after the last look for what is in focus; the cycle's end for the rest, and nothing more once it was covered.</summary>
    private static DateOnly? CoverBy(Coverage coverage, AuditCycle cycle)
    {
        if (coverage.IsInFocus)
        {
            var year = (coverage.LastAuditedOn ?? cycle.From).AddMonths(MonthsInFocus);
            return coverage.TimesAudited == 0 && year > cycle.Until ? cycle.Until : year;
        }

        return coverage.TimesAudited > 0 ? null : cycle.Until;
    }

    /// <summary>Nonconformities on a subject after which no audit has looked at it again, the audit that found them left aside.</summary>
    private static IEnumerable<string> NonconformitiesOf(ProgrammeSubject subject, string id, Audit? last, ProgrammeSources sources)
    {
        var own = from finding in last?.Findings ?? []
                  where finding.IsNonconformity && Concerns(subject, id, finding.Department, finding.Clause, finding.Control is { } c ? [c] : [])
                  select $"{last!.Id}/{finding.Id}";
        var external = from finding in sources.External
                       where finding.IsNonconformity && (last is null || finding.On > last.Plan.To)
                       where Concerns(subject, id, finding.Department, finding.Clause, finding.Control is { } c ? [c] : [])
                       orderby finding.On, finding.Reference
                       select finding.Reference;
        return own.Concat(external);
    }

    private static bool Concerns(ProgrammeSubject subject, string id, string department, string? clause, IReadOnlyList<string> controls) => subject switch
    {
        ProgrammeSubject.Department => department == id,
        ProgrammeSubject.Clause => clause == id,
        _ => controls.Contains(id),
    };

    private static ProgrammeAudit Summarized(AuditWithChecklist a) => new(
        a.Audit.Id, a.Audit.Stage, AuditRules.NameOf(a.Audit.Stage), a.Audit.Plan.From, a.Audit.Plan.To, a.Audit.Plan.Departments,
        a.AskedAbout(ProgrammeSubject.Clause).Count, a.AskedAbout(ProgrammeSubject.Control).Count, a.Audit.Findings.Count,
        a.Audit.Findings.Count(f => f.IsNonconformity));

    private static CoverageCount Count(ProgrammeSubject subject, IReadOnlyList<Coverage> all)
    {
        int In(CoverageState state) => all.Count(c => c.State == state);
        return new CoverageCount(
            subject, In(CoverageState.Audited), In(CoverageState.Planned), In(CoverageState.Open), In(CoverageState.Late), In(CoverageState.NotApplicable));
    }

    private sealed record Look(AuditWithChecklist Source, IReadOnlySet<string> AskedAbout)
    {
        public Audit Audit => Source.Audit;

        public bool IsHeld => Source.IsHeld;
    }
}
