using System.Globalization;
using Isms.Documents;
using Isms.Text;
using IsmsFunctions.Documents.Charts;

namespace IsmsFunctions.Documents.Office;

/// <summary>
/// Renders a <see cref="PrintedDocument"/> as a workbook (XLSX): its first sheet is the document's head and texts, every table is a sheet of its own that can be
/// filtered and prints with its heads on each page. The same document is the same bytes.
/// </summary>
public static class WorkbookDocument
{
    /// <summary>The media type of the file.</summary>
    public const string MediaType = WorkbookFile.MediaType;

    private const int PageColumns = 96;

    /// <summary>More in one cell, and a spreadsheet calls the whole file damaged; the page and the Word document have it all.</summary>
    private const int MostCharacters = 32_767;

    /// <summary>The copy in the language of <paramref name="culture"/>.</summary>
    public static byte[] Render(PrintedDocument document, CultureInfo culture)
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(culture);
        var names = new List<string>();
        string Take(string title)
        {
            names.Add(SheetNames.Unused(title, names));
            return names[^1];
        }

        var foot = $"{document.Organization.In(culture)}  {document.Title.In(culture)}  {document.Number}";
        var coverName = Take(Texts.Get("document.cover").In(culture));
        var sheets = new List<Sheet>();
        var texts = new List<SheetRow>();
        var heading = document.Title;
        foreach (var block in document.Blocks)
        {
            if (block is Heading h)
            {
                heading = h.Text;
            }

            if (block is Table table)
            {
                sheets.Add(SheetOf(table, Take(heading.In(culture)), new() { IsLandscape = document.IsLandscape, RepeatedRows = "$1:$1", Foot = foot }, culture));
                texts.Add(Line(Texts.Get("document.see-sheet", names[^1]).In(culture), CellStyle.Plain));
            }

            if (block is Chart chart)
            {
                sheets.Add(SheetOf(chart, Take(chart.Title.In(culture)), new() { RepeatedRows = "$1:$1", Foot = foot }, culture));
                texts.Add(Line(Texts.Get("document.see-sheet", names[^1]).In(culture), CellStyle.Plain));
            }

            texts.AddRange(TextRows(block, culture));
        }

        var cover = new Sheet { Name = coverName, Widths = [24, 72], Rows = [.. CoverRows(document, culture), .. texts], Print = new() { Foot = foot } };
        sheets.Insert(0, cover);
        return WorkbookFile.ToBytes(new Workbook(sheets, new(document.Title.In(culture), document.Organization.In(culture), culture.Name, document.Date)));
    }

    private static IEnumerable<SheetRow> CoverRows(PrintedDocument document, CultureInfo culture)
    {
        yield return Line(document.Organization.In(culture), CellStyle.Muted);
        yield return Line(document.Title.In(culture), CellStyle.Title);
        yield return Pair(Texts.Get("document.number").In(culture), document.Number);
        yield return Pair(Texts.Get("document.version").In(culture), document.Version);
        yield return Pair(Texts.Get("document.date").In(culture), Day(document.Date, culture));
        foreach (var approval in document.Approvals)
        {
            yield return Pair(approval.Act.In(culture), $"{approval.Name?.In(culture)}  {(approval.On is { } on ? Day(on, culture) : "")}".Trim());
        }
    }

    private static IEnumerable<SheetRow> TextRows(Block block, CultureInfo culture) => block switch
    {
        Heading heading => [new SheetRow([]), Line(heading.Text.In(culture), CellStyle.Section)],
        Paragraph paragraph => paragraph.Text.In(culture).Split('\n').Select(l => Line(l, CellStyle.Plain)),
        Bullets bullets => bullets.Items.Select(i => Line("• " + i.In(culture), CellStyle.Plain)),
        Facts facts => facts.Items.Select(f => Pair(f.Name.In(culture), f.Value.In(culture))),
        Table or Chart => [],
        _ => throw new ArgumentException($"A block of type {block.GetType().Name} cannot be rendered.", nameof(block)),
    };

    private static Sheet SheetOf(Chart chart, string name, SheetPrint print, CultureInfo culture)
    {
        var numbers = new ChartSheet(chart, name, culture);
        return new Sheet
        {
            Name = name,
            Rows = numbers.Rows(),
            Chart = new SheetChart(chart, numbers.RowCount + 1, culture),
            Print = print,
            Widths = [36, .. chart.Series.Select(_ => 13.0)],
        };
    }

    private static Sheet SheetOf(Table table, string name, SheetPrint print, CultureInfo culture)
    {
        var links = new List<SheetLink>();
        var rows = new List<SheetRow> { new([.. table.Columns.Select(c => new SheetCell(c.Name.In(culture), CellStyle.Head))]) };
        foreach (var row in table.Rows)
        {
            rows.Add(new SheetRow([.. row.Select((c, column) => CellOf(c.In(culture), SheetNames.ColumnOf(column), rows.Count + 1, table.Links, links))]));
        }

        var last = SheetNames.ColumnOf(table.Columns.Count - 1) + rows.Count.ToString(CultureInfo.InvariantCulture);
        var width = print.IsLandscape ? PageColumns * 3 / 2 : PageColumns;
        return new Sheet
        {
            Name = name,
            Rows = rows,
            Links = links,
            Print = print,
            FrozenRows = 1,
            Filter = $"A1:{last}",
            Widths = [.. ColumnWidths.SharesOf(table, culture).Select(s => Math.Max(s * width, 6))],
        };
    }

    /// <summary>A cell of a workbook leads to one place: where several lines lead somewhere, it is the first.</summary>
    private static SheetCell CellOf(string text, string column, int row, IReadOnlyDictionary<string, Uri> targets, List<SheetLink> links)
    {
        var target = targets.Count == 0 ? null : text.Split('\n').Select(targets.GetValueOrDefault).FirstOrDefault(t => t is not null);
        if (target is null)
        {
            return new SheetCell(text.Length <= MostCharacters ? text : text[..(MostCharacters - 1)] + "…");
        }

        links.Add(new SheetLink(string.Create(CultureInfo.InvariantCulture, $"{column}{row}"), target));
        return new SheetCell(text, CellStyle.Link);
    }

    private static SheetRow Line(string text, CellStyle style) => new([new SheetCell(text, style)]);

    private static SheetRow Pair(string name, string value) => new([new SheetCell(name, CellStyle.FactName), new SheetCell(value, CellStyle.Fact)]);

    private static string Day(DateOnly day, CultureInfo culture) => Texts.Get("document.day", day).In(culture);
}
