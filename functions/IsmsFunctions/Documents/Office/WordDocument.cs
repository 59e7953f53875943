using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Wordprocessing;
using Isms.Documents;
using IsmsFunctions.Documents.Charts;
using Document = DocumentFormat.OpenXml.Wordprocessing.Document;
using WordParagraph = DocumentFormat.OpenXml.Wordprocessing.Paragraph;
using WordTable = DocumentFormat.OpenXml.Wordprocessing.Table;

namespace IsmsFunctions.Documents.Office;

/// <summary>Renders a <see cref="PrintedDocument"/> as a Word document (DOCX) on A4. The same document is the same bytes.</summary>
public static class WordDocument
{
    /// <summary>The media type of the file.</summary>
    public const string MediaType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

    /// <summary>The copy in the language of <paramref name="culture"/>.</summary>
    public static byte[] Render(PrintedDocument document, CultureInfo culture)
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(culture);
        var page = new WordPage(document.IsLandscape);
        var links = new WordLinks();
        var charts = new WordCharts(culture);
        var body = new Body();
        body.Append(WordHead.Of(document, culture, page));
        foreach (var block in document.Blocks)
        {
            body.Append(Render(block, culture, page, links, charts));
        }

        body.Append(page.Section());
        var root = new Document(body);
        root.AddNamespaceDeclaration("r", "http://schemas.openxmlformats.org/officeDocument/2006/relationships");

        using var file = new MemoryStream();
        using (var package = new OfficePackage(file, WordParts.All([.. links.Relationships, .. charts.Links], charts.Parts)))
        {
            package.Write(WordParts.Main, root);
            WordParts.WriteTo(package, document, culture, page);
            charts.WriteTo(package);
        }

        return file.ToArray();
    }

    private static IEnumerable<OpenXmlElement> Render(Block block, CultureInfo culture, WordPage page, WordLinks links, WordCharts charts) => block switch
    {
        Heading heading => [WordText.Styled(heading.Level == 1 ? "Heading1" : "Heading2", heading.Text.In(culture))],
        Isms.Documents.Paragraph paragraph => [WordText.Styled("BodyText", paragraph.Text.In(culture))],
        Bullets bullets => bullets.Items.Select(i => WordText.Styled("ListBullet", i.In(culture))),
        Facts facts => [FactsTable(facts, culture, page), WordText.Styled("TableEnd", "")],
        Chart chart => [charts.Add(chart, page)],
        Isms.Documents.Table table => [TableOf(table, culture, page, links), WordText.Styled("TableEnd", "")],
        _ => throw new ArgumentException($"A block of type {block.GetType().Name} cannot be rendered.", nameof(block)),
    };

    private static WordTable FactsTable(Facts facts, CultureInfo culture, WordPage page)
    {
        int[] widths = [page.TextWidth * 26 / 100, page.TextWidth * 74 / 100];
        var table = WordTables.Bordered(widths);
        foreach (var fact in facts.Items)
        {
            table.Append(new TableRow(
                new TableRowProperties(new CantSplit()),
                WordTables.Cell(widths[0], isHead: true, WordText.Styled("TableHead", fact.Name.In(culture))),
                WordTables.Cell(widths[1], isHead: false, WordText.Styled("TableText", fact.Value.In(culture)))));
        }

        return table;
    }

    private static WordTable TableOf(Isms.Documents.Table table, CultureInfo culture, WordPage page, WordLinks links)
    {
        var isDense = page.IsDense(table.Columns.Count);
        var (head, text) = isDense ? ("DenseHead", "DenseText") : ("TableHead", "TableText");
        var (letter, margins) = isDense ? (80, WordTables.DenseMargin) : (98, WordTables.Margin);
        List<int> widths = [.. ColumnWidths.Of(table, culture, page.TextWidth, letter, (2 * margins) + 20).Select(w => (int)w)];
        var result = WordTables.Bordered(widths, margins);
        var heads = new TableRow(new TableRowProperties(new CantSplit(), new TableHeader()));
        heads.Append(table.Columns.Select((c, i) => WordTables.Cell(widths[i], isHead: true, WordText.Styled(head, c.Name.In(culture)))));
        result.Append(heads);
        foreach (var row in table.Rows)
        {
            var line = new TableRow(new TableRowProperties(new CantSplit()));
            line.Append(row.Select((c, i) => WordTables.Cell(widths[i], isHead: false, CellText(text, c.In(culture), table.Links, links))));
            result.Append(line);
        }

        return result;
    }

    private static WordParagraph CellText(string style, string text, IReadOnlyDictionary<string, Uri> targets, WordLinks links) =>
        targets.Count == 0 ? WordText.Styled(style, text) : WordText.Linked(style, text, targets, links);
}
