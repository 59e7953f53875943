using System.Globalization;
using DocumentFormat.OpenXml.Wordprocessing;

namespace IsmsFunctions.Documents.Office;

/// <summary>Tables of a Word document.</summary>
internal static class WordTables
{
    /// <summary>The space at either side of a cell's text, in twentieths of a point.</summary>
    public const int Margin = 85;

    /// <summary>The same in a table of many columns.</summary>
    public const int DenseMargin = 45;

    private const string Line = "888888";
    private const string HeadFill = "EEF2F6";

    /// <summary>A table with lines around its cells, of fixed widths: what people typed must not push a column off the page.</summary>
    public static Table Bordered(IReadOnlyList<int> widths, int margin = Margin) => Plain(widths, margin, new TableBorders(
        Border<TopBorder>(), Border<LeftBorder>(), Border<BottomBorder>(), Border<RightBorder>(), Border<InsideHorizontalBorder>(), Border<InsideVerticalBorder>()));

    /// <summary>A table without lines.</summary>
    public static Table Plain(IReadOnlyList<int> widths, int margin = Margin, TableBorders? borders = null)
    {
        var properties = new TableProperties { TableWidth = new TableWidth { Width = Text(widths.Sum()), Type = TableWidthUnitValues.Dxa } };
        if (borders is not null)
        {
            properties.TableBorders = borders;
        }

        properties.TableLayout = new TableLayout { Type = TableLayoutValues.Fixed };
        properties.TableCellMarginDefault = new TableCellMarginDefault(
            new TopMargin { Width = "40", Type = TableWidthUnitValues.Dxa },
            new TableCellLeftMargin { Width = (short)margin, Type = TableWidthValues.Dxa },
            new BottomMargin { Width = "40", Type = TableWidthUnitValues.Dxa },
            new TableCellRightMargin { Width = (short)margin, Type = TableWidthValues.Dxa });
        return new Table(properties, new TableGrid(widths.Select(w => new GridColumn { Width = Text(w) })));
    }

    /// <summary>A cell.</summary>
    public static TableCell Cell(int width, bool isHead, params IEnumerable<Paragraph> paragraphs)
    {
        var properties = new TableCellProperties { TableCellWidth = new TableCellWidth { Width = Text(width), Type = TableWidthUnitValues.Dxa } };
        if (isHead)
        {
            properties.Shading = new Shading { Val = ShadingPatternValues.Clear, Color = "auto", Fill = HeadFill };
        }

        var cell = new TableCell(properties);
        cell.Append(paragraphs);
        return cell;
    }

    /// <summary>A thin line.</summary>
    public static T Border<T>()
        where T : BorderType, new() => new() { Val = BorderValues.Single, Size = 4, Space = 0, Color = Line };

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
