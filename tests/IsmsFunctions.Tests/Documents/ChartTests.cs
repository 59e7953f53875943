using System.Globalization;
using System.IO.Compression;
using System.Xml.Linq;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using Isms.Documents;
using Isms.Text;
using IsmsFunctions.Documents;
using IsmsFunctions.Documents.Office;
using C = DocumentFormat.OpenXml.Drawing.Charts;

namespace IsmsFunctions.Tests.Documents;

public sealed class ChartTests
{
    private static readonly CultureInfo Japanese = CultureInfo.GetCultureInfo("ja-JP");
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-US");

    public static TheoryData<ChartKind> Kinds() => [.. Enum.GetValues<ChartKind>()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Charts_are_valid_by_the_schema_in_documents_and_workbooks(ChartKind kind)
    {
        foreach (var document in new[] { Of(Sample(kind), Sample(kind)), Of(Sample(kind) with { Categories = [], Series = [] }), Of(Sample(kind) with { Series = [Sample(kind).Series[0]] }) })
        {
            using var word = WordprocessingDocument.Open(new MemoryStream(WordDocument.Render(document, Japanese)), false);
            Assert.Empty(new OpenXmlValidator(FileFormatVersions.Office2013).Validate(word).Select(e => $"{e.Path?.XPath}: {e.Description}"));
            using var book = SpreadsheetDocument.Open(new MemoryStream(WorkbookDocument.Render(document, Japanese)), false);
            Assert.Empty(new OpenXmlValidator(FileFormatVersions.Office2013).Validate(book).Select(e => $"{e.Path?.XPath}: {e.Description}"));
            Keep(kind, document);
        }
    }

    [Fact]
    public void A_chart_in_Word_has_its_numbers_and_a_workbook_to_change_them()
    {
        using var word = WordprocessingDocument.Open(new MemoryStream(WordDocument.Render(Of(Sample(ChartKind.StackedBars)), Japanese)), false);
        var part = word.MainDocumentPart!.ChartParts.Single();
        var series = part.ChartSpace.Descendants<C.BarChartSeries>().ToList();
        Assert.Equal(["重大 <1>", "軽微"], series.Select(s => s.Descendants<C.StringCache>().First().InnerText[0..].Trim()));
        Assert.Equal(["2", "0.5"], series[1].Descendants<C.NumberingCache>().Single().Elements<C.NumericPoint>().Select(p => p.InnerText));
        using var book = SpreadsheetDocument.Open(part.EmbeddedPackagePart!.GetStream(), false);
        Assert.Contains("開発部", book.WorkbookPart!.WorksheetParts.Single().Worksheet.InnerText, StringComparison.Ordinal);
    }

    [Fact]
    public void A_chart_in_a_workbook_is_a_sheet_of_its_own_whose_cells_it_refers_to()
    {
        using var book = SpreadsheetDocument.Open(new MemoryStream(WorkbookDocument.Render(Of(Sample(ChartKind.Bars)), English)), false);
        var sheet = book.WorkbookPart!.WorksheetParts.Single(p => p.DrawingsPart is not null);
        var name = book.WorkbookPart.Workbook.Descendants<DocumentFormat.OpenXml.Spreadsheet.Sheet>().Single(s => book.WorkbookPart.GetPartById(s.Id!.Value!) == sheet).Name!.Value;
        Assert.Equal("Findings by department", name);
        var formulas = sheet.DrawingsPart!.ChartParts.Single().ChartSpace.Descendants<C.Formula>().Select(f => f.Text);
        Assert.Contains($"'{name}'!$B$2:$B$4", formulas);
        Assert.Contains($"'{name}'!$A$2:$A$4", formulas);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_chart_on_a_page_is_well_formed_says_every_value_and_runs_nothing(ChartKind kind)
    {
        var page = HtmlDocument.Render(Of(Sample(kind)), English);
        var svg = XElement.Parse(page[page.IndexOf("<svg", StringComparison.Ordinal)..(page.IndexOf("</svg>", StringComparison.Ordinal) + 6)]);
        XNamespace ns = "http://www.w3.org/2000/svg";
        Assert.Equal("Findings by department", svg.Element(ns + "title")!.Value);
        var texts = svg.Elements(ns + "text").Select(t => t.Value).ToList();
        Assert.Superset(new HashSet<string> { "1", "2", "3", "0.5", "Major <1>", "Minor", "Sales", "Engineering" }, texts.ToHashSet());
        Assert.DoesNotContain(svg.DescendantsAndSelf(), e => e.Name.LocalName is "script" or "image" or "foreignObject" || e.Attributes().Any(a => a.Name.LocalName.StartsWith("on", StringComparison.Ordinal)));
        Assert.All(svg.Descendants().Attributes().Where(a => a.Name.LocalName is "x" or "y" or "width" or "height"), a => Assert.True(decimal.Parse(a.Value, CultureInfo.InvariantCulture) is >= 0 and <= 900));
    }

    [Fact]
    public void The_same_chart_is_the_same_bytes()
    {
        var document = Of(Sample(ChartKind.Lines));
        Assert.Equal(WordDocument.Render(document, Japanese), WordDocument.Render(document, Japanese));
        Assert.Equal(WorkbookDocument.Render(document, Japanese), WorkbookDocument.Render(document, Japanese));
        using var zip = new ZipArchive(new MemoryStream(WordDocument.Render(document, Japanese)));
        Assert.All(zip.Entries, e => Assert.Equal(1980, e.LastWriteTime.Year));
    }

    private static Chart Sample(ChartKind kind) => new(
        new LocalizedText("部門別の指摘件数", "Findings by department"), kind,
        [new("営業部", "Sales"), new("開発部", "Engineering"), new("総務部(とても長い名前の部門であって図には収まりきらないもの)", "Administration & everything else that has no place of its own anywhere")],
        [
            new ChartSeries(new("重大 <1>", "Major <1>"), [1, null, 3], "B03A2E"),
            new ChartSeries(new("軽微", "Minor"), [2, 0.5m, null]),
        ]);

    private static PrintedDocument Of(params Block[] blocks) => new()
    {
        Title = new("図の見本", "Charts"), Organization = new("サンプル", "Sample"), Number = "n", Version = "1", Date = new DateOnly(2026, 7, 1), Blocks = [new Heading(new("図", "Charts")), .. blocks],
    };

    private static void Keep(ChartKind kind, PrintedDocument document)
    {
        if (Environment.GetEnvironmentVariable("ISMS_KEEP_PAPERS") is { } folder && document.Blocks.Count > 2)
        {
            File.WriteAllBytes(Path.Combine(folder, $"chart-{kind}.docx"), WordDocument.Render(document, Japanese));
            File.WriteAllBytes(Path.Combine(folder, $"chart-{kind}.xlsx"), WorkbookDocument.Render(document, Japanese));
            File.WriteAllText(Path.Combine(folder, $"chart-{kind}.html"), HtmlDocument.Render(document, Japanese));
        }
    }
}
