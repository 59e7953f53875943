using System.Globalization;
using System.Xml;

namespace IsmsFunctions.Documents.Office;

/// <summary>Writes a sheet as XML, in the order that the schema demands (ISO/IEC 29500-1, CT_Worksheet).</summary>
internal static class SheetXml
{
    /// <summary>The relationship of a sheet's drawing.</summary>
    public const string DrawingId = "rIdDrawing";

    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Relationships = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    // Millimetres would be kinder, but the format counts in inches: 15 mm and 18 mm.
    private static readonly (string Name, string Inches)[] Margins =
        [("left", "0.59"), ("right", "0.59"), ("top", "0.71"), ("bottom", "0.71"), ("header", "0.31"), ("footer", "0.31")];

    /// <summary>Everything before the first row.</summary>
    public static void WriteStart(XmlWriter xml, Sheet sheet, bool isFirst)
    {
        xml.WriteStartElement("worksheet", Main);
        xml.WriteAttributeString("xmlns", "r", null, Relationships);
        xml.WriteStartElement("sheetPr", Main);
        Write(xml, "pageSetUpPr", ("fitToPage", "1"));
        xml.WriteEndElement();
        WriteView(xml, sheet, isFirst);
        Write(xml, "sheetFormatPr", ("defaultRowHeight", "18"));
        xml.WriteStartElement("cols", Main);
        for (var i = 0; i < sheet.Widths.Count; i++)
        {
            (string, string)[] style = sheet.ColumnStyles is { } styles ? [("style", CellStyles.IndexOf(styles[i]))] : [];
            var width = sheet.Widths[i].ToString("0.##", CultureInfo.InvariantCulture);
            (string, string)[] hidden = sheet.HiddenColumns.Contains(i) ? [("hidden", "1")] : [];
            Write(xml, "col", [("min", Text(i + 1)), ("max", Text(i + 1)), ("width", width), .. style, .. hidden, ("customWidth", "1")]);
        }

        xml.WriteEndElement();
        xml.WriteStartElement("sheetData", Main);
    }

    /// <summary>A row; cells that hold nothing and look like nothing are left out.</summary>
    public static void WriteRow(XmlWriter xml, SheetRow row, int number, IReadOnlyList<double> widths)
    {
        xml.WriteStartElement("row", Main);
        xml.WriteAttributeString("r", Text(number));
        if (RowHeights.Of(row, widths) is { } height)
        {
            xml.WriteAttributeString("ht", height.ToString("0.##", CultureInfo.InvariantCulture));
        }

        if (row.IsHidden)
        {
            xml.WriteAttributeString("hidden", "1");
        }

        for (var i = 0; i < row.Cells.Count; i++)
        {
            if (row.Cells[i] is { Text: not "" } or { Style: not CellStyle.Plain })
            {
                WriteCell(xml, row.Cells[i], SheetNames.ColumnOf(i) + Text(number));
            }
        }

        xml.WriteEndElement();
    }

    /// <summary>Everything after the last row.</summary>
    public static void WriteEnd(XmlWriter xml, Sheet sheet, Func<int, string> idOfLink)
    {
        xml.WriteEndElement();
        if (sheet.Filter is { } filter)
        {
            Write(xml, "autoFilter", ("ref", filter));
        }

        WriteChoices(xml, sheet.Choices);
        if (sheet.Links.Count > 0)
        {
            xml.WriteStartElement("hyperlinks", Main);
            for (var i = 0; i < sheet.Links.Count; i++)
            {
                xml.WriteStartElement("hyperlink", Main);
                xml.WriteAttributeString("ref", sheet.Links[i].Cell);
                xml.WriteAttributeString("id", Relationships, idOfLink(i));
                xml.WriteEndElement();
            }

            xml.WriteEndElement();
        }

        WritePrint(xml, sheet.Print);

        // A text of digits, such as control 5.1, is meant; a warning in every cell would hide the one that matters.
        xml.WriteStartElement("ignoredErrors", Main);
        Write(xml, "ignoredError", ("sqref", "A1:XFD1048576"), ("numberStoredAsText", "1"));
        xml.WriteEndElement();
        if (sheet.Chart is not null)
        {
            xml.WriteStartElement("drawing", Main);
            xml.WriteAttributeString("id", Relationships, DrawingId);
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static void WriteView(XmlWriter xml, Sheet sheet, bool isFirst)
    {
        xml.WriteStartElement("sheetViews", Main);
        xml.WriteStartElement("sheetView", Main);
        xml.WriteAttributeString("showGridLines", sheet.FrozenRows > 0 ? "1" : "0");
        if (isFirst)
        {
            xml.WriteAttributeString("tabSelected", "1");
        }

        xml.WriteAttributeString("workbookViewId", "0");
        if (sheet.FrozenRows > 0)
        {
            var pane = sheet.FrozenColumns > 0 ? "bottomRight" : "bottomLeft";
            var corner = SheetNames.ColumnOf(sheet.FrozenColumns) + Text(sheet.FrozenRows + 1);
            (string, string)[] columns = sheet.FrozenColumns > 0 ? [("xSplit", Text(sheet.FrozenColumns))] : [];
            Write(xml, "pane", [.. columns, ("ySplit", Text(sheet.FrozenRows)), ("topLeftCell", corner), ("activePane", pane), ("state", "frozen")]);
            Write(xml, "selection", ("pane", pane), ("activeCell", corner), ("sqref", corner));
        }

        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void WriteCell(XmlWriter xml, SheetCell cell, string reference)
    {
        xml.WriteStartElement("c", Main);
        xml.WriteAttributeString("r", reference);
        xml.WriteAttributeString("s", CellStyles.IndexOf(cell.Style));
        if (cell.Text.Length > 0)
        {
            switch (cell.Kind)
            {
                case CellKind.Text:
                    xml.WriteAttributeString("t", "inlineStr");
                    xml.WriteStartElement("is", Main);
                    xml.WriteStartElement("t", Main);
                    xml.WriteAttributeString("xml", "space", null, "preserve");
                    xml.WriteString(OfficeText.Escape(cell.Text));
                    xml.WriteEndElement();
                    xml.WriteEndElement();
                    break;
                case CellKind.Boolean:
                    xml.WriteAttributeString("t", "b");
                    xml.WriteElementString("v", Main, cell.Text);
                    break;
                default:
                    xml.WriteElementString("v", Main, cell.Text);
                    break;
            }
        }

        xml.WriteEndElement();
    }

    private static void WriteChoices(XmlWriter xml, IReadOnlyList<SheetChoice> choices)
    {
        if (choices.Count == 0)
        {
            return;
        }

        xml.WriteStartElement("dataValidations", Main);
        xml.WriteAttributeString("count", Text(choices.Count));
        foreach (var choice in choices)
        {
            xml.WriteStartElement("dataValidation", Main);
            xml.WriteAttributeString("type", "list");
            xml.WriteAttributeString("allowBlank", choice.IsRequired ? "0" : "1");
            xml.WriteAttributeString("showErrorMessage", "1");
            xml.WriteAttributeString("sqref", choice.Cells);
            xml.WriteElementString("formula1", Main, choice.Source);
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static void WritePrint(XmlWriter xml, SheetPrint print)
    {
        Write(xml, "pageMargins", [.. Margins]);
        Write(xml, "pageSetup", ("paperSize", print.IsA3 ? "8" : "9"), ("orientation", print.IsLandscape ? "landscape" : "portrait"), ("fitToHeight", "0"));
        xml.WriteStartElement("headerFooter", Main);

        // In a foot, & begins a code such as &P for the page.
        xml.WriteElementString("oddFooter", Main, $"&L{OfficeText.Printable(print.Foot).Replace("&", "&&", StringComparison.Ordinal)}&R&P / &N");
        xml.WriteEndElement();
    }

    private static void Write(XmlWriter xml, string element, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        xml.WriteStartElement(element, Main);
        foreach (var (name, value) in attributes)
        {
            xml.WriteAttributeString(name, value);
        }

        xml.WriteEndElement();
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
