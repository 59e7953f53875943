using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Wordprocessing;
using Isms.Documents;
using Paragraph = DocumentFormat.OpenXml.Wordprocessing.Paragraph;

namespace IsmsFunctions.Documents.Office;

/// <summary>The parts of a Word document beside its body.</summary>
internal static class WordParts
{
    public const string Main = "word/document.xml";
    public const string HeaderId = "rIdHeader";
    public const string FooterId = "rIdFooter";
    public const int BulletList = 1;
    private const string Content = "application/vnd.openxmlformats-officedocument.wordprocessingml.";

    public static IReadOnlyList<OfficePart> All(IReadOnlyList<OfficeLink> links, IReadOnlyList<OfficePart> others) =>
    [
        new(Main, Content + "document.main+xml",
        [
            new("rIdStyles", "styles", "styles.xml"), new("rIdNumbering", "numbering", "numbering.xml"), new("rIdSettings", "settings", "settings.xml"), new("rIdFonts", "fontTable", "fontTable.xml"),
            new(HeaderId, "header", "header1.xml"), new(FooterId, "footer", "footer1.xml"), .. links,
        ]),
        new("word/styles.xml", Content + "styles+xml"),
        new("word/numbering.xml", Content + "numbering+xml"),
        new("word/settings.xml", Content + "settings+xml"),
        new("word/fontTable.xml", Content + "fontTable+xml"),
        new("word/header1.xml", Content + "header+xml"),
        new("word/footer1.xml", Content + "footer+xml"),
        OfficeProperties.Part,
        .. others,
    ];

    /// <summary>Writes all of them but the body.</summary>
    public static void WriteTo(OfficePackage package, PrintedDocument document, CultureInfo culture, WordPage page)
    {
        package.Write("word/styles.xml", WordStyles.For(culture));
        package.Write("word/numbering.xml", BulletNumbering());
        package.Write("word/settings.xml", new Settings(
            new DefaultTabStop { Val = 840 },
            new CharacterSpacingControl { Val = CharacterSpacingValues.CompressPunctuation },
            new Compatibility(new CompatibilitySetting
            {
                Name = CompatSettingNameValues.CompatibilityMode,
                Uri = "http://schemas.microsoft.com/office/word",
                Val = "15",
            })));
        package.Write("word/fontTable.xml", FaceOfTheDocument());
        package.Write("word/header1.xml", new Header(Line("Header", page, document.Organization.In(culture), document.Title.In(culture))));
        package.Write("word/footer1.xml", new Footer(PageLine(page, WordHead.Facts(document, culture))));
        new OfficeProperties(document.Title.In(culture), document.Organization.In(culture), culture.Name, document.Date).WriteTo(package);
    }

    private static Paragraph Line(string style, WordPage page, string left, string right)
    {
        var line = WordText.Styled(style, $"{left}\t{right}");
        line.ParagraphProperties!.Tabs = new Tabs(new TabStop { Val = TabStopValues.Right, Position = page.TextWidth });
        return line;
    }

    private static Paragraph PageLine(WordPage page, string left)
    {
        var line = Line("Footer", page, left, "");
        line.Append(WordText.Field("PAGE"));
        line.Append(new Run(new Text(" / ") { Space = SpaceProcessingModeValues.Preserve }));
        line.Append(WordText.Field("NUMPAGES"));
        return line;
    }

    private static Fonts FaceOfTheDocument()
    {
        var face = new Font { Name = WordStyles.Face };
        face.Append(new AltName { Val = WordStyles.Substitute }, new FontCharSet { Val = "80" }, new FontFamily { Val = FontFamilyValues.Swiss });
        return new Fonts(face);
    }

    private static Numbering BulletNumbering() => new(
        new AbstractNum(
            new MultiLevelType { Val = MultiLevelValues.SingleLevel },
            new Level(
                new StartNumberingValue { Val = 1 },
                new NumberingFormat { Val = NumberFormatValues.Bullet },
                new LevelText { Val = "•" },
                new LevelJustification { Val = LevelJustificationValues.Left },
                new PreviousParagraphProperties(new Indentation { Left = "360", Hanging = "240" }))
            { LevelIndex = 0 })
        { AbstractNumberId = 0 },
        new NumberingInstance(new AbstractNumId { Val = 0 }) { NumberID = BulletList });
}
