using System.Globalization;
using System.Xml;
using IsmsFunctions.Documents.Charts;

namespace IsmsFunctions.Documents.Office;

/// <summary>Writes a <see cref="Workbook"/> as an XLSX file. The same workbook is the same bytes.</summary>
internal static class WorkbookFile
{
    /// <summary>The media type of the file.</summary>
    public const string MediaType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Relationships = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string Content = "application/vnd.openxmlformats-officedocument.spreadsheetml.";
    private const int RowsBetweenPauses = 500;

    /// <summary>The bytes of a small workbook.</summary>
    public static byte[] ToBytes(Workbook workbook)
    {
        using var file = new MemoryStream();
        foreach (var _ in Write(workbook, file))
        {
            // Nobody waits for the bytes on their way.
        }

        return file.ToArray();
    }

    /// <summary>Writes the workbook as its rows come; only the last few hundred are in memory.</summary>
    public static async Task WriteAsync(Workbook workbook, Stream target, CancellationToken cancellationToken)
    {
        await using var buffer = new SpillStream();
        foreach (var _ in Write(workbook, buffer))
        {
            await buffer.SpillAsync(target, cancellationToken);
        }

        await buffer.SpillAsync(target, cancellationToken);
    }

    /// <summary>Writes step by step: whoever enumerates may carry the bytes away in between.</summary>
    private static IEnumerable<int> Write(Workbook workbook, Stream target)
    {
        using (var package = new OfficePackage(target, Parts(workbook)))
        {
            using (var xml = package.Open("xl/workbook.xml"))
            {
                WriteBook(xml, workbook);
            }

            package.Write("xl/styles.xml", CellStyles.Sheet());
            workbook.Properties.WriteTo(package);
            for (var i = 0; i < workbook.Sheets.Count; i++)
            {
                using var xml = package.Open(PathOf(i));
                foreach (var row in WriteSheet(xml, workbook.Sheets[i], isFirst: i == 0))
                {
                    yield return row;
                }
            }

            WriteCharts(package, workbook.Sheets);
        }
    }

    private static IReadOnlyList<OfficePart> Parts(Workbook workbook) =>
    [
        new("xl/workbook.xml", Content + "sheet.main+xml",
            [new("rIdStyles", "styles", "styles.xml"), .. workbook.Sheets.Select((_, i) => new OfficeLink(IdOf(i), "worksheet", PathOf(i)["xl/".Length..]))]),
        new("xl/styles.xml", Content + "styles+xml"),
        OfficeProperties.Part,
        .. workbook.Sheets.Select((s, i) => new OfficePart(PathOf(i), Content + "worksheet+xml", [.. LinksOf(s, i)])),
        .. workbook.Sheets.SelectMany((s, i) => s.Chart is null ? [] : new OfficePart[]
        {
            new(DrawingOf(i), SheetDrawing.ContentType, new OfficeLink(SheetDrawing.ChartId, "chart", "../" + ChartOf(i)["xl/".Length..])),
            new(ChartOf(i), ChartXml.ContentType),
        }),
    ];

    private static IEnumerable<OfficeLink> LinksOf(Sheet sheet, int index)
    {
        IEnumerable<OfficeLink> links = sheet.Links.Select((l, n) => new OfficeLink(LinkIdOf(n), "hyperlink", l.Target.OriginalString, IsExternal: true));
        return sheet.Chart is null ? links : links.Append(new OfficeLink(SheetXml.DrawingId, "drawing", "../" + DrawingOf(index)["xl/".Length..]));
    }

    private static void WriteCharts(OfficePackage package, IReadOnlyList<Sheet> sheets)
    {
        for (var i = 0; i < sheets.Count; i++)
        {
            if (sheets[i].Chart is not { } chart)
            {
                continue;
            }

            using (var xml = package.Open(DrawingOf(i)))
            {
                SheetDrawing.Write(xml, chart);
            }

            using (var xml = package.Open(ChartOf(i)))
            {
                new ChartXml(xml, chart.Chart, new ChartSheet(chart.Chart, sheets[i].Name, chart.Culture), chart.Culture).Write(data: null);
            }
        }
    }

    private static void WriteBook(XmlWriter xml, Workbook workbook)
    {
        xml.WriteStartElement("workbook", Main);
        xml.WriteAttributeString("xmlns", "r", null, Relationships);
        xml.WriteStartElement("bookViews", Main);
        xml.WriteStartElement("workbookView", Main);
        xml.WriteEndElement();
        xml.WriteEndElement();
        xml.WriteStartElement("sheets", Main);
        for (var i = 0; i < workbook.Sheets.Count; i++)
        {
            xml.WriteStartElement("sheet", Main);
            xml.WriteAttributeString("name", workbook.Sheets[i].Name);
            xml.WriteAttributeString("sheetId", Text(i + 1));
            if (workbook.Sheets[i].IsHidden)
            {
                xml.WriteAttributeString("state", "hidden");
            }

            xml.WriteAttributeString("id", Relationships, IdOf(i));
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
        WriteNames(xml, workbook);
        xml.WriteEndElement();
    }

    private static void WriteNames(XmlWriter xml, Workbook workbook)
    {
        var names = workbook.Sheets.SelectMany((s, i) => new[]
        {
            (Sheet: i, Name: "_xlnm._FilterDatabase", Cells: s.Filter is { } filter ? Absolute(filter) : null, s.Filter),
            (Sheet: i, Name: "_xlnm.Print_Titles", Cells: s.Print.RepeatedRows, null),
        }).Where(n => n.Cells is not null).OrderBy(n => n.Name, StringComparer.Ordinal).ToList();
        if (names.Count == 0)
        {
            return;
        }

        xml.WriteStartElement("definedNames", Main);
        foreach (var name in names)
        {
            xml.WriteStartElement("definedName", Main);
            xml.WriteAttributeString("name", name.Name);
            xml.WriteAttributeString("localSheetId", Text(name.Sheet));
            if (name.Filter is not null)
            {
                xml.WriteAttributeString("hidden", "1");
            }

            xml.WriteString($"{SheetNames.Quoted(workbook.Sheets[name.Sheet].Name)}!{name.Cells}");
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static IEnumerable<int> WriteSheet(XmlWriter xml, Sheet sheet, bool isFirst)
    {
        SheetXml.WriteStart(xml, sheet, isFirst);
        var number = 0;
        foreach (var row in sheet.Rows)
        {
            SheetXml.WriteRow(xml, row, ++number, sheet.Widths);
            if (number % RowsBetweenPauses == 0)
            {
                yield return number;
            }
        }

        SheetXml.WriteEnd(xml, sheet, LinkIdOf);
    }

    /// <summary>A2:F90 → $A$2:$F$90.</summary>
    private static string Absolute(string cells) => string.Join(':', cells.Split(':').Select(c =>
    {
        var digits = c.AsSpan().IndexOfAnyInRange('0', '9');
        return $"${c[..digits]}${c[digits..]}";
    }));

    private static string PathOf(int sheet) => $"xl/worksheets/sheet{Text(sheet + 1)}.xml";

    private static string DrawingOf(int sheet) => $"xl/drawings/drawing{Text(sheet + 1)}.xml";

    private static string ChartOf(int sheet) => $"xl/charts/chart{Text(sheet + 1)}.xml";

    private static string IdOf(int sheet) => $"rIdSheet{Text(sheet + 1)}";

    private static string LinkIdOf(int link) => $"link{Text(link + 1)}";

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
