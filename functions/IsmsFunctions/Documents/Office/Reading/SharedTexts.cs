using System.Text;
using System.Xml;
using DocumentFormat.OpenXml.Packaging;

namespace IsmsFunctions.Documents.Office.Reading;

/// <summary>The texts that cells of a workbook share.</summary>
internal static class SharedTexts
{
    /// <summary>All of them, in the order in which cells count them.</summary>
    public static IReadOnlyList<string> Of(WorkbookPart book, TableLimits limits)
    {
        var texts = new List<string>();
        if (book.SharedStringTablePart is not { } part)
        {
            return texts;
        }

        using var content = part.GetStream();
        using var xml = XmlReader.Create(content, SheetReader.Settings);
        long characters = 0;
        var more = xml.Read();
        while (more)
        {
            if (xml is not { NodeType: XmlNodeType.Element, LocalName: "si" })
            {
                more = xml.Read();
                continue;
            }

            texts.Add(ReadItem(xml));
            characters += texts[^1].Length;
            if (characters > limits.Characters)
            {
                throw TableInput.Refused("table-too-much-text", null, limits.Characters / 1_000_000);
            }

            more = !xml.EOF;
        }

        return texts;
    }

    /// <summary>The text of the element that the reader stands on, and goes past it: its runs joined, without the readings (furigana) that stand beside them.</summary>
    public static string ReadItem(XmlReader xml)
    {
        if (xml.IsEmptyElement)
        {
            xml.Read();
            return "";
        }

        var depth = xml.Depth;
        string? first = null;
        StringBuilder? joined = null;
        var more = xml.Read();
        while (more && xml.Depth > depth)
        {
            switch (xml.NodeType == XmlNodeType.Element ? xml.LocalName : "")
            {
                case "t":
                    var text = xml.ReadElementContentAsString();
                    if (first is null)
                    {
                        first = text;
                    }
                    else
                    {
                        joined = (joined ?? new StringBuilder(first)).Append(text);
                    }

                    break;
                case "rPh":
                    xml.Skip();
                    break;
                default:
                    more = xml.Read();
                    break;
            }
        }

        xml.Read();
        return OfficeText.Unescape(joined?.ToString() ?? first ?? "");
    }
}
