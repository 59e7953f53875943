using Isms.Catalogues;
using Isms.Documents;
using Isms.Text;

namespace Isms.Registers.Printing;

/// <summary>An item of evidence as the statement names it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Title">What it is.</param>
/// <param name="On">The day it was recorded.</param>
/// <param name="Address">Where it is found.</param>
public sealed record ShownEvidence(string Id, LocalizedText Title, DateOnly On, Uri Address);

/// <summary>
/// The statement of applicability (適用宣言書, clause 6.1.3 d): all 93 controls in the order of Annex A, decided or not, with the evidence that shows each.
/// </summary>
public static class StatementPaper
{
    private const int MostEvidence = 5;

    /// <summary>The document.</summary>
    /// <param name="register">The definition of the register <c>controls</c>.</param>
    /// <param name="entries">Its entries.</param>
    /// <param name="head">What the head says.</param>
    /// <param name="texts">Names what values refer to.</param>
    /// <param name="evidence">The evidence that shows a control, the newest first.</param>
    public static PrintedDocument Of(
        RegisterDefinition register, IEnumerable<RegisterEntry> entries, PaperHead head, PaperTexts texts, Func<string, IReadOnlyList<ShownEvidence>> evidence)
    {
        ArgumentNullException.ThrowIfNull(register);
        ArgumentNullException.ThrowIfNull(head);
        ArgumentNullException.ThrowIfNull(texts);
        ArgumentNullException.ThrowIfNull(evidence);
        var byId = entries.Where(e => !e.IsDeleted).ToDictionary(e => e.Id, StringComparer.Ordinal);
        var labels = new EvidenceLabels(Standard.Controls.SelectMany(c => evidence(c.Id).Take(MostEvidence)));
        var themes = Standard.Controls.GroupBy(c => c.Theme).SelectMany(theme => new Block[]
        {
            new Heading(Texts.Get("statement-paper.theme", (int)theme.Key, ControlAttributes.TitleOf(theme.Key))),
            new Table(Columns(register), [.. theme.Select(c => Row(register, c, byId.GetValueOrDefault(c.Id), texts, evidence(c.Id), labels))]) { Links = labels.Links },
        });
        return head.Document(register,
        [
            .. RegisterPaper.Summary([.. byId.Values], head).Skip(1),
            new Paragraph(Texts.Get("statement-paper.scope", Texts.Get("document.day", head.AsOf ?? head.On))),
            Totals(byId),
            .. themes,
            .. OpenPoints([.. byId.Values], evidence),
        ]);
    }

    private static Facts Totals(Dictionary<string, RegisterEntry> entries)
    {
        var decisions = Standard.Controls.Select(c => ControlDecision.Of(c.Id, entries.GetValueOrDefault(c.Id)?.Values ?? new Dictionary<string, string>())).ToList();
        LocalizedText Count(Func<ControlDecision, bool> which) => Texts.Get("statement-paper.controls", decisions.Count(which));
        LocalizedText States() => PaperTexts.Lines(new[] { ControlImplementation.Implemented, ControlImplementation.Partly, ControlImplementation.NotImplemented }
            .Select(state => Texts.Get("statement-paper.state", StatementTexts.TitleOf(state), decisions.Count(d => d.Applicable == true && d.Implementation == state))));
        return new Facts(
        [
            new(Texts.Get("statement-paper.all"), Count(_ => true)),
            new(Texts.Get("statement-paper.applicable"), Count(d => d.Applicable == true)),
            new(Texts.Get("statement-paper.excluded"), Count(d => d.Applicable == false)),
            .. decisions.Any(d => d.Applicable is null) ? [new Fact(Texts.Get("statement-paper.undecided"), Count(d => d.Applicable is null))] : Array.Empty<Fact>(),
            new(Texts.Get("statement-paper.states"), States()),
        ]);
    }

    private static Column[] Columns(RegisterDefinition register)
    {
        LocalizedText Title(string field) => register.Find(field)!.Title;
        return
        [
            new(Texts.Get("statement-paper.number"), 4), new(Title(ControlFields.Name), 13), new(Title(ControlFields.Applicable), 5),
            new(Title(ControlFields.Justification), 21), new(Title(ControlFields.Implementation), 7), new(Title(ControlFields.Owner), 8),
            new(Title(ControlFields.Method), 22), new(Title(ControlFields.Evidence), 20),
        ];
    }

    private static LocalizedText[] Row(
        RegisterDefinition register, Control control, RegisterEntry? entry, PaperTexts texts, IReadOnlyList<ShownEvidence> evidence, EvidenceLabels labels)
    {
        LocalizedText Value(string field) => entry is null ? LocalizedText.Same("") : texts.Of(register.Find(field)!, entry[field]);
        var applicable = Value(ControlFields.Applicable);
        var documents = Value("documents");
        return
        [
            LocalizedText.Same(control.Id),
            control.Title,
            applicable.Ja.Length == 0 ? Texts.Get("statement-paper.open") : applicable,
            PaperTexts.Lines([Grounds(register, entry), Value(ControlFields.Justification)]),
            Value(ControlFields.Implementation),
            Value(ControlFields.Owner),
            PaperTexts.Lines([Value(ControlFields.Method), documents.Ja.Length == 0 ? documents : Texts.Get("statement-paper.documents", documents)]),
            PaperTexts.Lines(evidence.Take(MostEvidence).Select(labels.Of)),
        ];
    }

    /// <summary>The grounds of an inclusion in one line: 【リスクアセスメントの結果、法令】.</summary>
    private static LocalizedText Grounds(RegisterDefinition register, RegisterEntry? entry)
    {
        var field = register.Find(ControlFields.InclusionReasons)!;
        var grounds = RegisterRules.Items(entry?[field.Name] ?? "").Select(g => field.Choices.FirstOrDefault(c => c.Value == g)?.Title ?? LocalizedText.Same(g)).ToList();
        return grounds.Count == 0 ? LocalizedText.Same("") : Texts.Get("statement-paper.grounds", Texts.Join(grounds));
    }

    private static IEnumerable<Block> OpenPoints(IReadOnlyCollection<RegisterEntry> entries, Func<string, IReadOnlyList<ShownEvidence>> evidence)
    {
        var gaps = StatementOfApplicability.GapsOf(entries, control => evidence(control).Count > 0).GroupBy(g => g.Gap).OrderBy(g => g.Key).ToList();
        if (gaps.Count > 0)
        {
            yield return new Heading(Texts.Get("statement-paper.open-points"));
            yield return new Table(
                [new(Texts.Get("statement-paper.open-point"), 40), new(Texts.Get("statement-paper.open-controls"), 60)],
                [.. gaps.Select(g => new[] { StatementTexts.TitleOf(g.Key), LocalizedText.Same(string.Join(", ", g.Select(c => c.Control))) })]);
        }
    }
}
