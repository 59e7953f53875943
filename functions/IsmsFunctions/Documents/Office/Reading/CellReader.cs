using System.Buffers;
using System.Globalization;
using System.Xml;
using DocumentFormat.OpenXml.Packaging;

namespace IsmsFunctions.Documents.Office.Reading;

/// <summary>
/// Reads cells as texts: shared and rich texts, numbers as people typed them, days as <c>yyyy-MM-dd</c>. Formulas and errors are no values; their addresses are
/// gathered and refused together.
/// </summary>
internal sealed class CellReader(WorkbookPart book, TableLimits limits)
{
    private const int MostAddresses = 10;
    private static readonly SearchValues<char> Plain = SearchValues.Create("-.0123456789");
    private readonly IReadOnlyList<string> shared = SharedTexts.Of(book, limits);
    private readonly DateFormats dates = DateFormats.Of(book);
    private readonly List<string> formulas = [];
    private readonly List<string> errors = [];

    /// <summary>The text of the cell that the reader stands on.</summary>
    public string Read(XmlReader xml, string reference)
    {
        var type = xml.GetAttribute("t");
        var style = xml.GetAttribute("s");
        string? value = null;
        string? inline = null;
        if (!xml.IsEmptyElement)
        {
            var depth = xml.Depth;
            var more = xml.Read();
            while (more && xml.Depth > depth)
            {
                switch (xml.NodeType == XmlNodeType.Element ? xml.LocalName : "")
                {
                    case "v":
                        value = xml.ReadElementContentAsString();
                        break;
                    case "is":
                        inline = SharedTexts.ReadItem(xml);
                        break;
                    case "f":
                        Note(formulas, reference);
                        xml.Skip();
                        break;
                    default:
                        more = xml.Read();
                        break;
                }
            }
        }

        return type switch
        {
            "inlineStr" => inline ?? "",
            "s" => value is null ? "" : shared[int.Parse(value, NumberStyles.None, CultureInfo.InvariantCulture)],
            "str" => OfficeText.Unescape(value ?? ""),
            "b" => value is null ? "" : value.Trim() is "1" or "true" ? "true" : "false",
            "d" => value ?? "",
            "e" => Error(reference),
            _ => value is null ? "" : NumberOf(value, style),
        };
    }

    /// <summary>Refuses the file when a cell held a formula or an error.</summary>
    public void RefuseWhatIsNoValue()
    {
        if (formulas.Count > 0)
        {
            throw TableInput.Refused("table-cell-formula", formulas[0], string.Join(", ", formulas));
        }

        if (errors.Count > 0)
        {
            throw TableInput.Refused("table-cell-error", errors[0], string.Join(", ", errors));
        }
    }

    /// <summary>
    /// A number as its cell shows it: spreadsheets store 0.1 + 0.2 as 0.30000000000000004, but count with 15 digits.
    /// </summary>
    private string NumberOf(string value, string? style)
    {
        var text = value.Trim();
        if (text.Length == 0)
        {
            return "";
        }

        if (style is not null && dates.Contains(style))
        {
            return dates.TextOf(text);
        }

        if (text.AsSpan().IndexOfAnyExcept(Plain) < 0 && text.Count(char.IsAsciiDigit) <= 15)
        {
            return text;
        }

        var number = double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
        var rounded = number.ToString("G15", CultureInfo.InvariantCulture);
        return decimal.TryParse(rounded, NumberStyles.Float, CultureInfo.InvariantCulture, out var exact) ? exact.ToString(CultureInfo.InvariantCulture) : rounded;
    }

    private string Error(string reference)
    {
        Note(errors, reference);
        return "";
    }

    private static void Note(List<string> addresses, string reference)
    {
        if (addresses.Count < MostAddresses)
        {
            addresses.Add(reference);
        }
    }
}
