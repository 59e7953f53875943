using Isms.Documents;
using Isms.Organizations;
using Isms.Text;

namespace Isms.Audits;

/// <summary>The audit programme on paper (内部監査プログラム).</summary>
public static class AuditProgrammePaper
{
    /// <summary>The programme as it stands.</summary>
    /// <param name="programme">The programme.</param>
    /// <param name="organization">For names.</param>
    /// <param name="number">The document number.</param>
    public static PrintedDocument Of(AuditProgramme programme, Organization organization, string number)
    {
        ArgumentNullException.ThrowIfNull(programme);
        ArgumentNullException.ThrowIfNull(organization);
        var names = new AuditNames(organization);
        return new PrintedDocument
        {
            Title = Texts.Get("audit-programme.title"),
            Organization = organization.Name,
            Number = number,
            Version = "1",
            Date = programme.Today,
            IsLandscape = true,
            IsTabular = true,
            Blocks =
            [
                new Heading(Texts.Get("audit-programme.cycle")),
                new Facts(
                [
                    new Fact(
                        Texts.Get("audit-programme.period"),
                        Texts.Get(programme.Cycle.IsOfCertificate ? "audit-programme.of-certificate" : "audit-programme.of-years", programme.Cycle.From, programme.Cycle.Until)),
                    new Fact(Texts.Get("audit-programme.as-of"), Texts.Get("audit-programme.day", programme.Today)),
                ]),
                Counts(programme.Summary),
                new Heading(Texts.Get("audit-programme.audits")),
                programme.Audits.Count == 0 ? new Paragraph(Texts.Get("audit-programme.no-audits")) : Audits(programme.Audits, names),
                new Heading(Texts.Get("audit-programme.next", programme.Next.FiscalYear)),
                new Paragraph(Texts.Get("audit-programme.next.how", programme.Next.AuditsLeft)),
                Proposal(programme.Next, names),
                new Heading(Texts.Get("audit-programme.departments")),
                Covered(programme.Departments),
                new Heading(Texts.Get("audit-programme.clauses")),
                Covered(programme.Clauses),
                new Heading(Texts.Get("audit-programme.controls")),
                Covered(programme.Controls),
            ],
        };
    }

    private static Table Counts(IReadOnlyList<CoverageCount> counts) => new(
        [
            new Column(Texts.Get("audit-programme.subject"), 30), State(CoverageState.Audited), State(CoverageState.Planned), State(CoverageState.Open),
            State(CoverageState.Late), State(CoverageState.NotApplicable),
        ],
        [.. counts.Select(c => AuditPapers.Row(
            Texts.Get("audit-programme.subject." + c.Subject), Number(c.Audited), Number(c.Planned), Number(c.Open), Number(c.Late), Number(c.NotApplicable)))]);

    private static Table Audits(IReadOnlyList<ProgrammeAudit> audits, AuditNames names) => new(
        [
            new Column(Texts.Get("audit-programme.audit"), 17), new Column(Texts.Get("audit-paper.dates"), 20), new Column(Texts.Get("audit-programme.stage"), 13),
            new Column(Texts.Get("audit-paper.departments"), 22), new Column(Texts.Get("audit-programme.clauses.count"), 8),
            new Column(Texts.Get("audit-programme.controls.count"), 8), new Column(Texts.Get("audit-programme.nonconformities.count"), 12),
        ],
        [.. audits.Select(a => AuditPapers.Row(
            LocalizedText.Same(a.Id), Texts.Get("audit-paper.from-to", a.From, a.To), a.StageName, Texts.Join(a.Departments.Select(names.Department)), Number(a.Clauses),
            Number(a.Controls), Number(a.Nonconformities)))]);

    /// <summary>One line a reason: the reader wants to know why, and the numbers stand side by side.</summary>
    private static Block Proposal(ProposedScope next, AuditNames names) => next.Reasons.Count == 0 ? new Paragraph(Texts.Get("audit-programme.next.none")) : new Table(
        [new Column(Texts.Get("audit-programme.subject"), 16), new Column(Texts.Get("audit-programme.reason"), 30), new Column(Texts.Get("audit-programme.proposed"), 54)],
        [.. next.Reasons.GroupBy(r => (r.Subject, r.Reason)).Select(g => AuditPapers.Row(
            Texts.Get("audit-programme.subject." + g.Key.Subject), Texts.Get("audit-programme.reason." + g.Key.Reason),
            Texts.Join(g.Select(s => Name(s.Subject, s.Id, names)))))]);

    private static Table Covered(IReadOnlyList<Coverage> all) => new(
        [
            new Column(Texts.Get("audit-programme.number"), 12), new Column(Texts.Get("audit-programme.name"), 24), new Column(Texts.Get("audit-programme.state"), 10),
            new Column(Texts.Get("audit-programme.last"), 16), new Column(Texts.Get("audit-programme.planned"), 16), new Column(Texts.Get("audit-programme.cover-by"), 10),
            new Column(Texts.Get("audit-programme.focus"), 12),
        ],
        [.. all.Select(c => AuditPapers.Row(
            LocalizedText.Same(c.Subject == ProgrammeSubject.Control ? "A." + c.Id : c.Id), c.Title, Texts.Get("audit-programme.state." + c.State),
            When(c.LastAuditedOn, c.LastAudit), When(c.PlannedOn, c.PlannedIn), c.CoverBy is { } by ? Texts.Get("audit-programme.day", by) : LocalizedText.Same(""),
            LocalizedText.Same(string.Join("\n", c.Risks.Concat(c.Findings)))))]);

    private static LocalizedText When(DateOnly? day, string? audit) => day is null ? LocalizedText.Same("") : Texts.Get("audit-programme.when", day, audit);

    private static LocalizedText Name(ProgrammeSubject subject, string id, AuditNames names) => subject switch
    {
        ProgrammeSubject.Department => names.Department(id),
        ProgrammeSubject.Control => LocalizedText.Same("A." + id),
        _ => LocalizedText.Same(id),
    };

    private static Column State(CoverageState state) => new(Texts.Get("audit-programme.state." + state), 14);

    private static LocalizedText Number(int number) => LocalizedText.Same(AuditPapers.Number(number));
}
