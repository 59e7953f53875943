using System.Globalization;
using System.Xml;

namespace IsmsFunctions.Documents.Office.Reading;

/// <summary>Reads the rows of a sheet as they come; a sheet of any length takes the memory of one row.</summary>
internal sealed class SheetReader(CellReader cells, TableLimits limits)
{
    internal static readonly XmlReaderSettings Settings = new() { DtdProcessing = DtdProcessing.Prohibit, IgnoreComments = true, IgnoreProcessingInstructions = true };

    /// <summary>The rows; the list of cells is used again for the next row.</summary>
    public IEnumerable<(int Number, IReadOnlyList<string> Cells)> Read(Stream sheet)
    {
        using var xml = XmlReader.Create(sheet, Settings);
        var row = new List<string>();
        var number = 0;
        while (xml.Read())
        {
            if (xml is { NodeType: XmlNodeType.Element, LocalName: "row" })
            {
                number = xml.GetAttribute("r") is { } given ? int.Parse(given, NumberStyles.None, CultureInfo.InvariantCulture) : number + 1;
                ReadRow(xml, number, row);
                yield return (number, row);
            }
            else if (xml is { NodeType: XmlNodeType.EndElement, LocalName: "sheetData" })
            {
                yield break;
            }
        }
    }

    private void ReadRow(XmlReader xml, int number, List<string> row)
    {
        row.Clear();
        if (xml.IsEmptyElement)
        {
            return;
        }

        var depth = xml.Depth;
        var next = 0;
        while (xml.Read() && xml.Depth > depth)
        {
            if (xml.NodeType != XmlNodeType.Element || xml.LocalName != "c")
            {
                continue;
            }

            var reference = xml.GetAttribute("r");
            var column = reference is null ? next : ColumnOf(reference);
            next = column + 1;
            var text = cells.Read(xml, reference ?? string.Create(CultureInfo.InvariantCulture, $"R{number}C{next}"));
            if (text.Length == 0)
            {
                continue;
            }

            if (column >= limits.Columns)
            {
                throw TableInput.Refused("table-too-wide", null, limits.Columns);
            }

            while (row.Count <= column)
            {
                row.Add("");
            }

            row[column] = text;
        }
    }

    /// <summary>AB12 → 27.</summary>
    private static int ColumnOf(string reference)
    {
        var column = 0;
        foreach (var c in reference.AsSpan(0, Math.Min(reference.Length, 4)))
        {
            if (!char.IsAsciiLetter(c))
            {
                break;
            }

            column = (column * 26) + char.ToUpperInvariant(c) - 'A' + 1;
        }

        return column > 0 ? column - 1 : throw new FormatException($"'{reference}' is no cell.");
    }
}
