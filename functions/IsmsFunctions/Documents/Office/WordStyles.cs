using System.Globalization;
using DocumentFormat.OpenXml.Wordprocessing;

namespace IsmsFunctions.Documents.Office;

/// <summary>The styles of a Word document. Sizes are in half points, distances in twentieths of a point.</summary>
internal static class WordStyles
{
    /// <summary>Comes with Windows and Office for Mac; LibreOffice substitutes its own Japanese face for it.</summary>
    public const string Face = "Yu Gothic";

    /// <summary>What Word takes where the face is missing, as on old versions of Windows: every Japanese one has it.</summary>
    public const string Substitute = "MS Gothic";

    private const string Ink = "111111";
    private const string Muted = "444444";
    private const string Accent = "2B5C8A";

    public static Styles For(CultureInfo culture) => new(
        new DocDefaults(
            new RunPropertiesDefault(new RunPropertiesBaseStyle(
                new RunFonts { Ascii = Face, HighAnsi = Face, EastAsia = Face, ComplexScript = Face },
                new Color { Val = Ink },
                new FontSize { Val = "20" },
                new FontSizeComplexScript { Val = "20" },
                new Languages { Val = culture.TwoLetterISOLanguageName == "en" ? culture.Name : "en-US", EastAsia = "ja-JP" })),
            new ParagraphPropertiesDefault(new ParagraphPropertiesBaseStyle(new SpacingBetweenLines { After = "0", Line = "280", LineRule = LineSpacingRuleValues.AtLeast }))),
        new Style(new StyleName { Val = "Normal" }) { Type = StyleValues.Paragraph, StyleId = "Normal", Default = true },
        Of("BodyText", "Body Text", after: 120),
        Of("Organization", "Organization", size: 18, color: Muted, before: 40),
        Of("Title", "Title", size: 34, isBold: true, before: 60),
        HeadFacts(),
        Heading("Heading1", "heading 1", size: 24, before: 240, level: 0),
        Heading("Heading2", "heading 2", size: 21, before: 160, level: 1),
        Bullet(),
        Of("TableText", "Table Text", size: 17, line: 240),
        Of("TableHead", "Table Head", size: 17, isBold: true, line: 240),
        Of("DenseText", "Dense Text", size: 14, line: 190),
        Of("DenseHead", "Dense Head", size: 14, isBold: true, line: 190),
        Of("TableEnd", "Table End", size: 8, line: 120),
        Drawing(),
        Of("BoxHead", "Box Head", size: 17, isBold: true, line: 240, align: JustificationValues.Center),
        Of("Box", "Box", size: 16, line: 220, align: JustificationValues.Center),
        Of("Header", "header", size: 16, color: Muted, line: 220),
        Of("Footer", "footer", size: 16, color: Muted, line: 220),
        new Style(new StyleName { Val = "Hyperlink" }, new StyleRunProperties(new Color { Val = "0B57A4" }, new Underline { Val = UnderlineValues.Single }))
        { Type = StyleValues.Character, StyleId = "Hyperlink" });

    private static Style Of(
        string id, string name, int size = 20, bool isBold = false, string? color = null, int before = 0, int after = 0, int line = 280, JustificationValues? align = null)
    {
        var paragraph = new StyleParagraphProperties
        {
            SpacingBetweenLines = new SpacingBetweenLines { Before = Text(before), After = Text(after), Line = Text(line), LineRule = RuleOf(size, line) },
        };
        if (align is { } alignment)
        {
            paragraph.Justification = new Justification { Val = alignment };
        }

        var run = new StyleRunProperties();
        if (isBold)
        {
            run.Append(new Bold(), new BoldComplexScript());
        }

        if (color is not null)
        {
            run.Append(new Color { Val = color });
        }

        run.Append(new FontSize { Val = Text(size) }, new FontSizeComplexScript { Val = Text(size) });
        return new Style(new StyleName { Val = name }, new BasedOn { Val = "Normal" }, new PrimaryStyle(), paragraph, run) { Type = StyleValues.Paragraph, StyleId = id };
    }

    /// <summary>
    /// Yu Gothic asks for lines of 1.7 times its size, which makes two pages of one. Where the line is tall enough for the letters it is taken at its word.
    /// </summary>
    private static LineSpacingRuleValues RuleOf(int size, int line) => line * 10 >= size * 135 ? LineSpacingRuleValues.Exact : LineSpacingRuleValues.AtLeast;

    /// <summary>A line as high as what it holds, on the page of what comes before.</summary>
    private static Style Drawing()
    {
        var style = Of("Drawing", "Drawing", after: 120);
        style.StyleParagraphProperties!.SpacingBetweenLines = new SpacingBetweenLines { Before = "60", After = "120", Line = "240", LineRule = LineSpacingRuleValues.Auto };
        return style;
    }

    private static Style HeadFacts()
    {
        var style = Of("HeadFacts", "Head Facts", size: 18, color: Muted, before: 60, after: 160);
        style.StyleParagraphProperties!.ParagraphBorders = new ParagraphBorders(new BottomBorder { Val = BorderValues.Single, Size = 12, Space = 4, Color = Ink });
        return style;
    }

    private static Style Heading(string id, string name, int size, int before, int level)
    {
        var style = Of(id, name, size, isBold: true, before: before, after: 80);
        var paragraph = style.StyleParagraphProperties!;
        paragraph.KeepNext = new KeepNext();
        paragraph.OutlineLevel = new OutlineLevel { Val = level };
        if (level == 0)
        {
            paragraph.ParagraphBorders = new ParagraphBorders(new LeftBorder { Val = BorderValues.Single, Size = 24, Space = 6, Color = Accent });
            paragraph.Indentation = new Indentation { Left = "140" };
        }

        return style;
    }

    private static Style Bullet()
    {
        var style = Of("ListBullet", "List Bullet", after: 40);
        style.StyleParagraphProperties!.NumberingProperties = new NumberingProperties(new NumberingId { Val = WordParts.BulletList });
        return style;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
