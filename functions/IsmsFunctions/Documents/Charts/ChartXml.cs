using System.Globalization;
using System.Xml;
using Isms.Documents;
using IsmsFunctions.Documents.Office;

namespace IsmsFunctions.Documents.Charts;

/// <summary>Writes a chart as Office draws it (ISO/IEC 29500-1, 21.2), in the order that the schema demands.</summary>
internal sealed class ChartXml(XmlWriter xml, Chart chart, ChartSheet sheet, CultureInfo culture)
{
    public const string ContentType = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml";
    private const string C = "http://schemas.openxmlformats.org/drawingml/2006/chart";
    private const string A = "http://schemas.openxmlformats.org/drawingml/2006/main";
    private const string R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string Grid = "D5D9DE";
    private const string CategoryAxis = "111111111";
    private const string ValueAxis = "222222222";

    /// <summary>Zero is left out: in a stack of grades it would only cover its neighbour.</summary>
    private const string LabelFormat = "0.####;-0.####;;";

    /// <summary>Writes the part.</summary>
    /// <param name="data">The relationship of the workbook with its numbers; null where they stand in the workbook that the chart is part of.</param>
    public void Write(string? data)
    {
        xml.WriteStartElement("c", "chartSpace", C);
        xml.WriteAttributeString("xmlns", "a", null, A);
        xml.WriteAttributeString("xmlns", "r", null, R);
        Value("date1904", "0");
        Value("roundedCorners", "0");
        Start("chart");
        WriteTitle();
        Value("autoTitleDeleted", "0");
        Start("plotArea");
        Start("layout");
        End();
        WriteBody();
        WriteAxes();
        End();
        if (chart.Series.Count > 1)
        {
            Start("legend");
            Value("legendPos", "b");
            Value("overlay", "0");
            End();
        }

        Value("plotVisOnly", "1");
        Value("dispBlanksAs", "gap");
        End();
        Line(null);
        WriteFont(900, isBold: false);
        if (data is not null)
        {
            Start("externalData");
            xml.WriteAttributeString("id", R, data);
            Value("autoUpdate", "0");
            End();
        }

        End();
    }

    private void WriteTitle()
    {
        Start("title");
        Start("tx");
        Start("rich");
        Drawing("bodyPr");
        Drawing("lstStyle");
        xml.WriteStartElement("p", A);
        xml.WriteStartElement("pPr", A);
        WriteRun("defRPr", 1100, isBold: true);
        End();
        xml.WriteStartElement("r", A);
        WriteRun("rPr", 1100, isBold: true);
        xml.WriteElementString("t", A, OfficeText.Printable(chart.Title.In(culture)));
        End();
        End();
        End();
        End();
        Value("overlay", "0");
        End();
    }

    private void WriteBody()
    {
        var isLine = chart.Kind == ChartKind.Lines;
        Start(isLine ? "lineChart" : "barChart");
        if (!isLine)
        {
            Value("barDir", ChartLook.IsLying(chart) ? "bar" : "col");
        }

        Value("grouping", isLine ? "standard" : chart.Kind == ChartKind.StackedBars ? "stacked" : "clustered");
        Value("varyColors", "0");
        for (var i = 0; i < chart.Series.Count; i++)
        {
            WriteSeries(i, isLine);
        }

        if (isLine)
        {
            Value("marker", "1");
        }
        else
        {
            Value("gapWidth", "55");
            if (chart.Kind == ChartKind.StackedBars)
            {
                Value("overlap", "100");
            }
        }

        Value("axId", CategoryAxis);
        Value("axId", ValueAxis);
        End();
    }

    private void WriteSeries(int index, bool isLine)
    {
        var (series, color) = (chart.Series[index], ChartLook.ColorOf(chart, index));
        Start("ser");
        Value("idx", Text(index));
        Value("order", Text(index));
        Start("tx");
        WriteReference("strRef", "strCache", sheet.NameOf(index), [series.Name.In(culture)]);
        End();
        if (isLine)
        {
            Line(color);
        }
        else
        {
            Start("spPr");
            WriteFill(color);
            End();
            Value("invertIfNegative", "0");
        }

        WriteLabels(isLine);
        Start("cat");
        WriteReference("strRef", "strCache", sheet.Categories, [.. chart.Categories.Select(c => c.In(culture))]);
        End();
        Start("val");
        WriteReference("numRef", "numCache", sheet.ValuesOf(index), [.. series.Values.Select(v => v is { } number ? ChartLook.Text(number) : null)]);
        End();
        if (isLine)
        {
            Value("smooth", "0");
        }

        End();
    }

    private void WriteLabels(bool isLine)
    {
        Start("dLbls");
        Start("numFmt");
        xml.WriteAttributeString("formatCode", LabelFormat);
        xml.WriteAttributeString("sourceLinked", "0");
        End();
        Value("dLblPos", isLine ? "t" : chart.Kind == ChartKind.StackedBars ? "ctr" : "outEnd");
        Value("showLegendKey", "0");
        Value("showVal", "1");
        foreach (var other in new[] { "showCatName", "showSerName", "showPercent", "showBubbleSize" })
        {
            Value(other, "0");
        }

        End();
    }

    /// <summary>Categories that lie are read from top to bottom, which for a chart is the wrong way round: hence the reversed axis, and the values at its far end.</summary>
    private void WriteAxes()
    {
        var isLying = ChartLook.IsLying(chart);
        Start("catAx");
        Value("axId", CategoryAxis);
        WriteScaling(isLying ? "maxMin" : "minMax", null);
        Value("delete", "0");
        Value("axPos", isLying ? "l" : "b");
        WriteTicks();
        WriteFont(900, isBold: false);
        Value("crossAx", ValueAxis);
        Value("crosses", "autoZero");
        Value("auto", "0");
        Value("lblAlgn", "ctr");
        Value("lblOffset", "100");
        Value("noMultiLvlLbl", "1");
        End();
        Start("valAx");
        Value("axId", ValueAxis);
        WriteScaling("minMax", ChartLook.TopOf(chart));
        Value("delete", "0");
        Value("axPos", isLying ? "b" : "l");
        Start("majorGridlines");
        Line(Grid);
        End();
        Start("numFmt");
        xml.WriteAttributeString("formatCode", "General");
        xml.WriteAttributeString("sourceLinked", "0");
        End();
        WriteTicks();
        Value("crossAx", CategoryAxis);
        Value("crosses", isLying ? "max" : "autoZero");
        Value("crossBetween", "between");
        Value("majorUnit", ChartLook.Text(ChartLook.StepOf(ChartLook.TopOf(chart))));
        End();
    }

    private void WriteScaling(string orientation, decimal? top)
    {
        Start("scaling");
        Value("orientation", orientation);
        if (top is { } max)
        {
            Value("max", ChartLook.Text(max));
            Value("min", "0");
        }

        End();
    }

    private void WriteTicks()
    {
        Value("majorTickMark", "none");
        Value("minorTickMark", "none");
        Value("tickLblPos", "nextTo");
        Line("888888");
    }

    private void WriteReference(string element, string cache, string cells, IReadOnlyList<string?> values)
    {
        Start(element);
        xml.WriteElementString("f", C, cells);
        Start(cache);
        if (cache == "numCache")
        {
            xml.WriteElementString("formatCode", C, "General");
        }

        Value("ptCount", Text(values.Count));
        for (var i = 0; i < values.Count; i++)
        {
            if (values[i] is { } value)
            {
                Start("pt");
                xml.WriteAttributeString("idx", Text(i));
                xml.WriteElementString("v", C, OfficeText.Printable(value));
                End();
            }
        }

        End();
        End();
    }

    /// <summary>The line of a shape; null for none.</summary>
    private void Line(string? color)
    {
        Start("spPr");
        xml.WriteStartElement("ln", A);
        if (color is null)
        {
            Drawing("noFill");
        }
        else
        {
            xml.WriteAttributeString("w", color == Grid ? "6350" : "19050");
            WriteFill(color);
        }

        End();
        End();
    }

    private void WriteFill(string color)
    {
        xml.WriteStartElement("solidFill", A);
        xml.WriteStartElement("srgbClr", A);
        xml.WriteAttributeString("val", color);
        End();
        End();
    }

    private void WriteFont(int size, bool isBold)
    {
        Start("txPr");
        xml.WriteStartElement("bodyPr", A);

        // Names that are long wrap; turned on their side nobody reads them.
        xml.WriteAttributeString("rot", "0");
        xml.WriteAttributeString("vert", "horz");
        End();
        Drawing("lstStyle");
        xml.WriteStartElement("p", A);
        xml.WriteStartElement("pPr", A);
        WriteRun("defRPr", size, isBold);
        End();
        xml.WriteStartElement("endParaRPr", A);
        xml.WriteAttributeString("lang", culture.Name);
        End();
        End();
        End();
    }

    private void WriteRun(string element, int size, bool isBold)
    {
        xml.WriteStartElement(element, A);
        xml.WriteAttributeString("lang", culture.Name);
        xml.WriteAttributeString("sz", Text(size));
        xml.WriteAttributeString("b", isBold ? "1" : "0");
        foreach (var script in new[] { "latin", "ea" })
        {
            xml.WriteStartElement(script, A);
            xml.WriteAttributeString("typeface", WordStyles.Face);
            End();
        }

        End();
    }

    private void Start(string element) => xml.WriteStartElement(element, C);

    private void End() => xml.WriteEndElement();

    private void Drawing(string element)
    {
        xml.WriteStartElement(element, A);
        End();
    }

    private void Value(string element, string value)
    {
        Start(element);
        xml.WriteAttributeString("val", value);
        End();
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
