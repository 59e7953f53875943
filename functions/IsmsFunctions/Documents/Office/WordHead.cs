using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Wordprocessing;
using Isms.Documents;
using Isms.Text;
using Paragraph = DocumentFormat.OpenXml.Wordprocessing.Paragraph;
using Table = DocumentFormat.OpenXml.Wordprocessing.Table;

namespace IsmsFunctions.Documents.Office;

/// <summary>The head of a Word document's first page: whose it is, what it is, its number, version and day, and the boxes to sign (clause 7.5.2).</summary>
internal static class WordHead
{
    private const int BoxWidth = 1644; // 29 mm
    private const uint BoxHeight = 737; // 13 mm

    public static IEnumerable<OpenXmlElement> Of(PrintedDocument document, CultureInfo culture, WordPage page)
    {
        var title = new[] { WordText.Styled("Organization", document.Organization.In(culture)), WordText.Styled("Title", document.Title.In(culture)) };
        var facts = WordText.Styled("HeadFacts", Facts(document, culture));
        return document.Approvals.Count == 0 ? [.. title, facts] : [WithBoxes(title, document.Approvals, culture, page), facts];
    }

    public static string Facts(PrintedDocument document, CultureInfo culture) => string.Join("  ", new[]
    {
        Pair("document.number", document.Number),
        Pair("document.version", document.Version),
        Pair("document.date", Day(document.Date, culture)),
    }.Select(p => p.In(culture)));

    private static Table WithBoxes(Paragraph[] title, IReadOnlyList<Approval> approvals, CultureInfo culture, WordPage page)
    {
        var boxes = Enumerable.Repeat(Math.Min(BoxWidth, page.TextWidth * 2 / 3 / approvals.Count), approvals.Count).ToList();
        int[] widths = [page.TextWidth - boxes.Sum(), .. boxes];
        var table = WordTables.Plain(widths, WordTables.DenseMargin);
        var acts = new TableRow(new TableRowProperties(new CantSplit()), Merged(WordTables.Cell(widths[0], isHead: false, title), MergedCellValues.Restart));
        acts.Append(approvals.Select((a, i) => Boxed(WordTables.Cell(boxes[i], isHead: true, WordText.Styled("BoxHead", a.Act.In(culture))))));
        var names = new TableRow(
            new TableRowProperties(new CantSplit(), new TableRowHeight { Val = BoxHeight, HeightType = HeightRuleValues.AtLeast }),
            Merged(WordTables.Cell(widths[0], isHead: false, new Paragraph()), MergedCellValues.Continue));
        names.Append(approvals.Select((a, i) => Boxed(WordTables.Cell(boxes[i], isHead: false, WordText.Styled("Box", Signature(a, culture))))));
        table.Append(acts, names);
        return table;
    }

    private static string Signature(Approval approval, CultureInfo culture) =>
        $"{approval.Name?.In(culture)}\n{(approval.On is { } on ? Day(on, culture) : "")}".Trim('\n');

    private static TableCell Merged(TableCell cell, MergedCellValues part)
    {
        cell.TableCellProperties!.VerticalMerge = new VerticalMerge { Val = part };
        return cell;
    }

    private static TableCell Boxed(TableCell cell)
    {
        cell.TableCellProperties!.TableCellBorders = new TableCellBorders(
            WordTables.Border<TopBorder>(), WordTables.Border<LeftBorder>(), WordTables.Border<BottomBorder>(), WordTables.Border<RightBorder>());
        cell.TableCellProperties.TableCellVerticalAlignment = new TableCellVerticalAlignment { Val = TableVerticalAlignmentValues.Center };
        return cell;
    }

    private static LocalizedText Pair(string key, string value)
    {
        var name = Texts.Get(key);
        return new LocalizedText($"{name.Ja}: {value}", $"{name.En}: {value}");
    }

    private static string Day(DateOnly day, CultureInfo culture) => Texts.Get("document.day", day).In(culture);
}
