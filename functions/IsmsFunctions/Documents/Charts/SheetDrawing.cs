using System.Globalization;
using System.Xml;
using IsmsFunctions.Documents.Office;

namespace IsmsFunctions.Documents.Charts;

/// <summary>The drawing of a sheet that shows one chart, below its numbers.</summary>
internal static class SheetDrawing
{
    public const string ContentType = "application/vnd.openxmlformats-officedocument.drawing+xml";
    public const string ChartId = "rIdChart";
    private const string X = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing";
    private const string A = "http://schemas.openxmlformats.org/drawingml/2006/main";
    private const string C = "http://schemas.openxmlformats.org/drawingml/2006/chart";
    private const string R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const long MillimetreInEmu = 36_000;
    private const int WidthInMillimetres = 178;

    /// <summary>Writes the part.</summary>
    public static void Write(XmlWriter xml, SheetChart chart)
    {
        xml.WriteStartElement("xdr", "wsDr", X);
        xml.WriteAttributeString("xmlns", "a", null, A);
        xml.WriteStartElement("oneCellAnchor", X);
        xml.WriteStartElement("from", X);
        foreach (var (element, value) in new[] { ("col", 0), ("colOff", 0), ("row", chart.Row), ("rowOff", 0) })
        {
            xml.WriteElementString(element, X, value.ToString(CultureInfo.InvariantCulture));
        }

        xml.WriteEndElement();
        Size(xml, "ext", X, WidthInMillimetres * MillimetreInEmu, ChartLook.HeightOf(chart.Chart) * MillimetreInEmu);
        WriteFrame(xml, OfficeText.Printable(chart.Chart.Title.In(chart.Culture)));
        xml.WriteStartElement("clientData", X);
        xml.WriteEndElement();
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void WriteFrame(XmlWriter xml, string title)
    {
        xml.WriteStartElement("graphicFrame", X);
        xml.WriteAttributeString("macro", "");
        xml.WriteStartElement("nvGraphicFramePr", X);
        xml.WriteStartElement("cNvPr", X);
        xml.WriteAttributeString("id", "2");
        xml.WriteAttributeString("name", "Chart 1");
        xml.WriteAttributeString("descr", title);
        xml.WriteEndElement();
        xml.WriteStartElement("cNvGraphicFramePr", X);
        xml.WriteEndElement();
        xml.WriteEndElement();
        xml.WriteStartElement("xfrm", X);
        xml.WriteStartElement("off", A);
        xml.WriteAttributeString("x", "0");
        xml.WriteAttributeString("y", "0");
        xml.WriteEndElement();
        Size(xml, "ext", A, 0, 0);
        xml.WriteEndElement();
        xml.WriteStartElement("graphic", A);
        xml.WriteStartElement("graphicData", A);
        xml.WriteAttributeString("uri", C);
        xml.WriteStartElement("c", "chart", C);
        xml.WriteAttributeString("r", "id", R, ChartId);
        xml.WriteEndElement();
        xml.WriteEndElement();
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void Size(XmlWriter xml, string element, string schema, long width, long height)
    {
        xml.WriteStartElement(element, schema);
        xml.WriteAttributeString("cx", width.ToString(CultureInfo.InvariantCulture));
        xml.WriteAttributeString("cy", height.ToString(CultureInfo.InvariantCulture));
        xml.WriteEndElement();
    }
}
