using System.Globalization;
using Isms.Audits;
using Isms.Documents;
using Isms.Organizations;
using Isms.Text;
using Isms.Year;

namespace Isms.Certification;

/// <summary>The documents of an audit of the certification body.</summary>
public static class CertificationPapers
{
    /// <summary>The record of the audit and what it found (審査結果記録). The body's own report is evidence that it names.</summary>
    public static PrintedDocument Report(CertificationAudit audit, Organization organization)
    {
        ArgumentNullException.ThrowIfNull(audit);
        ArgumentNullException.ThrowIfNull(organization);
        var (names, outcome, settings) = (new AuditNames(organization), audit.Outcome!, organization.Certification);
        return Paper(audit, organization, "report", 1, outcome.By, outcome.At,
        [
            new Heading(T("outline")),
            new Facts(
            [
                new Fact(T("audit"), audit.Title),
                new Fact(T("body"), audit.Body),
                new Fact(T("standard"), LocalizedText.Same(settings?.Standard ?? "")),
                new Fact(T("certificate"), LocalizedText.Same(settings?.CertificateNumber ?? "") is { Ja.Length: > 0 } number ? number : Texts.Get("document.none")),
                new Fact(T("scope"), settings?.Scope ?? Texts.Get("document.none")),
                new Fact(T("dates"), Days(audit)),
                new Fact(T("auditors"), outcome.Auditors.Count == 0 ? Texts.Get("document.none") : LocalizedText.Same(string.Join("\n", outcome.Auditors))),
                new Fact(T("result"), Texts.Get("certification.result." + outcome.Result)),
                new Fact(T("respond-by"), audit.RespondBy is { } day ? Texts.Get("document.day", day) : T("nothing-to-answer")),
                new Fact(T("body-report"), Listed(outcome.Evidence)),
            ]),
            new Heading(T("summary")),
            new Paragraph(outcome.Summary is { Length: > 0 } said ? LocalizedText.Same(said) : Texts.Get("document.none")),
            new Heading(T("findings")),
            outcome.Findings.Count == 0 ? new Paragraph(T("no-findings")) : Findings(outcome.Findings, names),
            new Heading(T("next")),
            new Bullets(audit.RespondBy is null ? [T("next.observations")] : [T("next.actions"), T("next.plan"), T("next.observations")]),
        ]);
    }

    /// <summary>The corrective action plan for the body (是正処置計画書): one part for each nonconformity.</summary>
    public static PrintedDocument Plan(CertificationAudit audit, Organization organization)
    {
        ArgumentNullException.ThrowIfNull(audit);
        ArgumentNullException.ThrowIfNull(organization);
        var (names, response) = (new AuditNames(organization), audit.Responses[^1]);
        var blocks = new List<Block>
        {
            new Facts(
            [
                new Fact(T("audit"), audit.Title),
                new Fact(T("to"), audit.Body),
                new Fact(T("certificate"), LocalizedText.Same(organization.Certification?.CertificateNumber ?? "")),
                new Fact(T("dates"), Days(audit)),
                new Fact(T("respond-by"), Texts.Get("document.day", audit.RespondBy)),
            ]),
        };
        foreach (var said in response.Findings)
        {
            AddAnswer(blocks, audit.FindingsSoFar().First(f => f.Id == said.Finding), said, names);
        }

        if (response.Comment is { Length: > 0 } comment)
        {
            blocks.AddRange([new Heading(T("remark")), new Paragraph(LocalizedText.Same(comment))]);
        }

        return Paper(audit, organization, "plan", response.Round, response.By, response.At, blocks);
    }

    private static void AddAnswer(List<Block> blocks, CertificationFinding finding, RespondedFinding said, AuditNames names)
    {
        blocks.Add(new Heading(Texts.Get("certification-paper.answer", finding.Id, finding.Wording)));
        blocks.Add(new Facts(
        [
            new Fact(T("department"), names.Department(finding.Department)),
            new Fact(T("requirement"), Demand(finding)),
            new Fact(T("fact"), LocalizedText.Same(finding.Fact)),
            new Fact(T("correction"), said.Correction.Length == 0 ? Texts.Get("document.none") : LocalizedText.Same(said.Correction)),
            new Fact(T("cause"), Causes(said.Whys)),
            new Fact(T("action"), LocalizedText.Same(said.Action)),
        ]));
        blocks.Add(new Table(
            [new Column(T("step"), 56), new Column(T("responsible"), 24), new Column(T("due"), 20)],
            [.. said.Steps.Select(s => (IReadOnlyList<LocalizedText>)[LocalizedText.Same(s.What), names.Person(s.Responsible), Texts.Get("document.day", s.Due)])]));
    }

    private static Table Findings(IReadOnlyList<CertificationFinding> findings, AuditNames names) => new(
        [
            new Column(T("number"), 8), new Column(T("wording"), 15), new Column(T("grade"), 15), new Column(T("department"), 14), new Column(T("demand"), 10),
            new Column(T("fact"), 38),
        ],
        [.. findings.Select(f => (IReadOnlyList<LocalizedText>)
        [
            LocalizedText.Same(f.Id), LocalizedText.Same(f.Wording), Texts.Get("audit.result." + f.Grade), names.Department(f.Department),
            AuditPapers.Demand(f.Clause, f.Control), LocalizedText.Same(f.Fact),
        ])]);

    private static LocalizedText Demand(CertificationFinding finding)
    {
        var number = AuditPapers.Demand(finding.Clause, finding.Control);
        return finding.Clause is null && finding.Control is null ? finding.Requirement : Texts.Get("action-record.requirement.value", number, finding.Requirement);
    }

    private static LocalizedText Causes(IReadOnlyList<string> whys)
    {
        var lines = whys.Select((w, i) => Texts.Get("certification-paper.why", i + 1, w)).ToList();
        return new LocalizedText(string.Join('\n', lines.Select(l => l.Ja)), string.Join('\n', lines.Select(l => l.En)));
    }

    private static LocalizedText Days(CertificationAudit audit) =>
        audit.From == audit.To ? Texts.Get("document.day", audit.From) : Texts.Get("audit-paper.from-to", audit.From, audit.To);

    private static LocalizedText Listed(IReadOnlyList<string> ids) => ids.Count == 0 ? Texts.Get("document.none") : LocalizedText.Same(string.Join("\n", ids));

    private static PrintedDocument Paper(
        CertificationAudit audit, Organization organization, string kind, int version, string by, DateTimeOffset at, IReadOnlyList<Block> blocks)
    {
        var day = OfficeTime.Of(organization.TimeZone).DateAt(at);
        return new PrintedDocument
        {
            Title = T(kind + ".title"),
            Organization = organization.Name,
            Number = $"{audit.Id}-{kind}",
            Version = version.ToString(CultureInfo.InvariantCulture),
            Date = day,
            Approvals = [new Approval(Texts.Get("document.prepared"), new AuditNames(organization).Person(by), day), new Approval(Texts.Get("document.approved"), null, null)],
            Blocks = blocks,
        };
    }

    private static LocalizedText T(string key) => Texts.Get("certification-paper." + key);
}
