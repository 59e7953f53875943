using Isms.Documents;
using Isms.Text;

namespace Isms.Registers.Printing;

/// <summary>A register as a printed document, as its definition lays it out.</summary>
public static class RegisterPaper
{
    private const int IdWidth = 17;
    private const int WidthWithoutOne = 25;

    /// <summary>The document. Sensitive fields are left out: paper goes where the app cannot ask who reads it.</summary>
    /// <param name="register">The register.</param>
    /// <param name="entries">Its entries; those deleted are left out.</param>
    /// <param name="head">What the head says.</param>
    /// <param name="texts">Names what values refer to.</param>
    /// <param name="links">Where evidence is found, by its id.</param>
    public static PrintedDocument Of(
        RegisterDefinition register, IEnumerable<RegisterEntry> entries, PaperHead head, PaperTexts texts, IReadOnlyDictionary<string, Uri> links)
    {
        ArgumentNullException.ThrowIfNull(register);
        ArgumentNullException.ThrowIfNull(entries);
        ArgumentNullException.ThrowIfNull(head);
        ArgumentNullException.ThrowIfNull(texts);
        var shown = entries.Where(e => !e.IsDeleted).Order(new PaperOrder(register, head.Organization)).ToList();
        var fields = register.Layout.Columns.Select(register.Find).Where(f => f is null or { IsSensitive: false, IsPrinted: true }).ToList();
        var rows = shown.Select(e => (IReadOnlyList<LocalizedText>)[.. fields.Select(f => f is null ? LocalizedText.Same(e.Id) : texts.Of(f, e[f.Name]))]);
        return head.Document(register, [.. Summary(shown, head), new Table(Columns(fields), [.. rows]) { Links = links }]);
    }

    /// <summary>What stands above the entries: how many there are, of which day, and whether starter content is among them.</summary>
    internal static IEnumerable<Block> Summary(IReadOnlyCollection<RegisterEntry> shown, PaperHead head)
    {
        var day = head.AsOf ?? head.On;
        yield return new Paragraph(Texts.Get("register-paper.count", shown.Count, Texts.Get("document.day", day)));
        if (shown.Count(e => e.IsSample) is > 0 and var samples)
        {
            yield return new Paragraph(Texts.Get("register-paper.sample", samples));
        }
    }

    private static Column[] Columns(List<FieldDefinition?> fields)
    {
        var widths = fields.Select(f => f is null ? IdWidth : f.Width ?? WidthWithoutOne).ToList();
        var total = widths.Sum();
        return [.. fields.Select((f, i) => new Column(f?.Title ?? Texts.Get("register-file.id"), Math.Max(1, (int)Math.Round(100.0 * widths[i] / total))))];
    }
}
