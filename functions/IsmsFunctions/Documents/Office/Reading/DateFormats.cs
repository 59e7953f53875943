using System.Globalization;
using System.Text.RegularExpressions;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace IsmsFunctions.Documents.Office.Reading;

/// <summary>Which styles of a workbook show numbers as days, and which days they mean.</summary>
internal sealed partial class DateFormats
{
    private static readonly DateTime Of1900 = new(1899, 12, 30);
    private static readonly DateTime Of1904 = new(1904, 1, 1);
    private readonly HashSet<string> styles;
    private readonly bool is1904;

    private DateFormats(HashSet<string> styles, bool is1904) => (this.styles, this.is1904) = (styles, is1904);

    public static DateFormats Of(WorkbookPart book)
    {
        var sheet = book.WorkbookStylesPart?.Stylesheet;
        var formats = (sheet?.NumberingFormats?.Elements<NumberingFormat>() ?? [])
            .Where(f => f.NumberFormatId is not null).GroupBy(f => f.NumberFormatId!.Value).ToDictionary(g => g.Key, g => g.First().FormatCode?.Value ?? "");
        var cells = sheet?.CellFormats?.Elements<CellFormat>() ?? [];
        var styles = cells.Select((f, i) => (Format: f.NumberFormatId?.Value ?? 0, Style: i.ToString(CultureInfo.InvariantCulture)))
            .Where(c => formats.TryGetValue(c.Format, out var code) ? IsDate(code) : IsBuiltInDate(c.Format))
            .Select(c => c.Style).ToHashSet(StringComparer.Ordinal);
        return new DateFormats(styles, book.Workbook.WorkbookProperties?.Date1904?.Value ?? false);
    }

    /// <summary>Whether a cell of this style shows a day.</summary>
    public bool Contains(string style) => styles.Contains(style);

    /// <summary>The day, with the time where the number has one; the number itself where it means no day.</summary>
    public string TextOf(string number)
    {
        var serial = double.Parse(number, NumberStyles.Float, CultureInfo.InvariantCulture);

        // The calendar of 1900 counts a 29 February that never was: the days before it are one off, and the day itself is none.
        if (!is1904 && serial is >= 1 and < 60)
        {
            serial++;
        }
        else if (!is1904 && serial is >= 60 and < 61)
        {
            return number;
        }

        if (serial is < 0 or >= 2_958_466)
        {
            return number;
        }

        var moment = (is1904 ? Of1904 : Of1900).AddSeconds(Math.Round(serial * 86_400));
        return moment.ToString(moment.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
    }

    /// <summary>ISO/IEC 29500-1, 18.8.30: the built-in formats with a day in them, those of Japanese workbooks included.</summary>
    private static bool IsBuiltInDate(uint format) => format is (>= 14 and <= 17) or 22 or (>= 27 and <= 31) or 36 or (>= 50 and <= 54) or 57 or 58;

    /// <summary>A format that writes a year or a day, outside quotes and brackets.</summary>
    private static bool IsDate(string code) => YearOrDay().IsMatch(Quoted().Replace(code, ""));

    [GeneratedRegex(@"""[^""]*""|\[[^\]]*\]|\\.|_.|\*.")]
    private static partial Regex Quoted();

    [GeneratedRegex("[ydg]", RegexOptions.IgnoreCase)]
    private static partial Regex YearOrDay();
}
