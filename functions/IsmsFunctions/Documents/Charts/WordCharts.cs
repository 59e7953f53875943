using System.Globalization;
using DocumentFormat.OpenXml.Wordprocessing;
using Isms.Documents;
using IsmsFunctions.Documents.Office;
using A = DocumentFormat.OpenXml.Drawing;
using C = DocumentFormat.OpenXml.Drawing.Charts;
using Paragraph = DocumentFormat.OpenXml.Wordprocessing.Paragraph;
using W = DocumentFormat.OpenXml.Drawing.Wordprocessing;

namespace IsmsFunctions.Documents.Charts;

/// <summary>The charts of a Word document, each with a workbook of its numbers inside.</summary>
internal sealed class WordCharts(CultureInfo culture)
{
    private const string Data = "data";
    private const string DataId = "rIdData";
    private const long TwipInEmu = 635;
    private const long MillimetreInEmu = 36_000;
    private readonly List<Chart> charts = [];

    /// <summary>The parts to be written.</summary>
    public IReadOnlyList<OfficePart> Parts => [.. charts.SelectMany((_, i) => new OfficePart[]
    {
        new(PathOf(i), ChartXml.ContentType, new OfficeLink(DataId, "package", $"../{BookOf(i)["word/".Length..]}")),
        new(BookOf(i), WorkbookFile.MediaType),
    })];

    /// <summary>How the document refers to them.</summary>
    public IReadOnlyList<OfficeLink> Links => [.. charts.Select((_, i) => new OfficeLink(IdOf(i), "chart", PathOf(i)["word/".Length..]))];

    /// <summary>A paragraph that holds a chart as wide as the text.</summary>
    public Paragraph Add(Chart chart, WordPage page)
    {
        charts.Add(chart);
        var (number, title) = ((uint)charts.Count, OfficeText.Printable(chart.Title.In(culture)));
        var inline = new W.Inline(
            new W.Extent { Cx = page.TextWidth * TwipInEmu, Cy = ChartLook.HeightOf(chart) * MillimetreInEmu },
            new W.EffectExtent { LeftEdge = 0, TopEdge = 0, RightEdge = 0, BottomEdge = 0 },
            new W.DocProperties { Id = number, Name = string.Create(CultureInfo.InvariantCulture, $"Chart {number}"), Description = title },
            new W.NonVisualGraphicFrameDrawingProperties(),
            new A.Graphic(new A.GraphicData(new C.ChartReference { Id = IdOf(charts.Count - 1) }) { Uri = "http://schemas.openxmlformats.org/drawingml/2006/chart" }))
        { DistanceFromTop = 0, DistanceFromBottom = 0, DistanceFromLeft = 0, DistanceFromRight = 0 };
        return new Paragraph(new ParagraphProperties(new ParagraphStyleId { Val = "Drawing" }), new Run(new Drawing(inline)));
    }

    /// <summary>Writes the parts.</summary>
    public void WriteTo(OfficePackage package)
    {
        for (var i = 0; i < charts.Count; i++)
        {
            var sheet = new ChartSheet(charts[i], Data, culture);
            using (var xml = package.Open(PathOf(i)))
            {
                new ChartXml(xml, charts[i], sheet, culture).Write(DataId);
            }

            package.Write(BookOf(i), sheet.ToWorkbook());
        }
    }

    private static string PathOf(int chart) => string.Create(CultureInfo.InvariantCulture, $"word/charts/chart{chart + 1}.xml");

    private static string BookOf(int chart) => string.Create(CultureInfo.InvariantCulture, $"word/embeddings/chart{chart + 1}.xlsx");

    private static string IdOf(int chart) => string.Create(CultureInfo.InvariantCulture, $"rIdChart{chart + 1}");
}
