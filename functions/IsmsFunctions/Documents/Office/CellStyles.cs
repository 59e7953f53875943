using System.Globalization;
using DocumentFormat.OpenXml.Spreadsheet;

namespace IsmsFunctions.Documents.Office;

/// <summary>How a cell looks. The order is that of the formats in <see cref="CellStyles"/>.</summary>
internal enum CellStyle
{
    Plain,
    Text,
    Date,
    Integer,
    Number,
    Boolean,
    Head,
    Title,
    Muted,
    FactName,
    Fact,
    Link,
    Section,

    /// <summary>To be filled in.</summary>
    Input,
}

/// <summary>The styles of a workbook.</summary>
internal static class CellStyles
{
    private const uint TextFormat = 49; // "@": what is typed into the cell stays text
    private const uint IntegerFormat = 1;
    private const uint DateFormat = 164;

    private static readonly (uint Format, uint Font, uint Fill, uint Border, bool Wraps)[] Cells =
    [
        (0, 0, 0, 0, false), // Plain
        (TextFormat, 0, 0, 1, true), // Text
        (DateFormat, 0, 0, 1, false), // Date
        (IntegerFormat, 0, 0, 1, false), // Integer
        (0, 0, 0, 1, false), // Number
        (0, 0, 0, 1, false), // Boolean
        (TextFormat, 1, 2, 1, true), // Head
        (TextFormat, 2, 0, 0, false), // Title
        (TextFormat, 3, 0, 0, false), // Muted
        (TextFormat, 1, 2, 1, true), // FactName
        (TextFormat, 0, 0, 1, true), // Fact
        (TextFormat, 4, 0, 1, true), // Link
        (TextFormat, 5, 0, 0, false), // Section
        (TextFormat, 0, 3, 1, true), // Input
    ];

    public static Stylesheet Sheet()
    {
        var formats = Cells.Select(c => new CellFormat(new Alignment { Vertical = VerticalAlignmentValues.Top, WrapText = c.Wraps })
        {
            NumberFormatId = c.Format,
            FontId = c.Font,
            FillId = c.Fill,
            BorderId = c.Border,
            FormatId = 0,
            ApplyNumberFormat = true,
            ApplyFont = true,
            ApplyFill = true,
            ApplyBorder = true,
            ApplyAlignment = true,
        });
        return new Stylesheet(
            new NumberingFormats(new NumberingFormat { NumberFormatId = DateFormat, FormatCode = "yyyy\\-mm\\-dd" }),
            new Fonts(
                FaceOf(10), FaceOf(10, isBold: true), FaceOf(15, isBold: true), FaceOf(9, color: "FF555555"), FaceOf(10, color: "FF0B57A4", isUnderlined: true),
                FaceOf(12, isBold: true)),
            new Fills(
                new Fill(new PatternFill { PatternType = PatternValues.None }),
                new Fill(new PatternFill { PatternType = PatternValues.Gray125 }),
                new Fill(new PatternFill(new ForegroundColor { Rgb = "FFEEF2F6" }) { PatternType = PatternValues.Solid }),
                new Fill(new PatternFill(new ForegroundColor { Rgb = "FFFFFBE6" }) { PatternType = PatternValues.Solid })),
            new Borders(
                new Border(new LeftBorder(), new RightBorder(), new TopBorder(), new BottomBorder(), new DiagonalBorder()),
                new Border(Line<LeftBorder>(), Line<RightBorder>(), Line<TopBorder>(), Line<BottomBorder>(), new DiagonalBorder())),
            new CellStyleFormats(new CellFormat { NumberFormatId = 0, FontId = 0, FillId = 0, BorderId = 0 }),
            new CellFormats(formats),
            new DocumentFormat.OpenXml.Spreadsheet.CellStyles(
                new DocumentFormat.OpenXml.Spreadsheet.CellStyle { Name = "Normal", FormatId = 0, BuiltinId = 0 }));
    }

    /// <summary>Whether a text of this style goes on in the next line where its cell ends.</summary>
    public static bool Wraps(CellStyle style) => Cells[(int)style].Wraps;

    /// <summary>The index of a style as cells name it.</summary>
    public static string IndexOf(CellStyle style) => ((int)style).ToString(CultureInfo.InvariantCulture);

    private static Font FaceOf(double size, bool isBold = false, string? color = null, bool isUnderlined = false)
    {
        var font = new Font();
        if (isBold)
        {
            font.Append(new Bold());
        }

        if (isUnderlined)
        {
            font.Append(new Underline());
        }

        // 128 is the Japanese character set: without it, Excel may choose a face that lacks the characters.
        font.Append(
            new FontSize { Val = size }, new Color { Rgb = color ?? "FF111111" }, new FontName { Val = WordStyles.Face },
            new FontFamilyNumbering { Val = 2 }, new FontCharSet { Val = 128 });
        return font;
    }

    private static T Line<T>()
        where T : BorderPropertiesType, new() => new() { Style = BorderStyleValues.Thin, Color = new Color { Rgb = "FFAAAAAA" } };
}
