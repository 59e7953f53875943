using System.Globalization;
using Isms.Documents;

namespace IsmsFunctions.Documents.Office;

/// <summary>How wide the columns of a printed table are: as the document says, and by their content where it leaves that open.</summary>
internal static class ColumnWidths
{
    private const int Narrowest = 6;
    private const int Widest = 44;

    /// <summary>The shares of the columns; they add up to 1.</summary>
    public static IReadOnlyList<double> SharesOf(Table table, CultureInfo culture)
    {
        var given = table.Columns.Sum(c => c.Width);
        var weights = table.Columns.Select((c, i) => c.Width > 0 ? 0 : WeightOf(table, i, culture)).ToList();
        var (open, rest) = (weights.Sum(), Math.Max(100 - given, 0));
        if (open > 0 && rest < 5)
        {
            rest = 5 * weights.Count(w => w > 0);
        }

        var widths = table.Columns.Select((c, i) => c.Width > 0 ? c.Width : weights[i] / open * rest).ToList();
        var total = widths.Sum();
        return [.. widths.Select(w => w / total)];
    }

    /// <summary>The columns that the longest line of a text takes when it is set in a typewriter face: an East Asian character takes two.</summary>
    public static int ColumnsOf(string text) => text.Length == 0 ? 0 : text.Split('\n').Max(line => line.Sum(c => IsWide(c) ? 2 : 1));

    private static double WeightOf(Table table, int column, CultureInfo culture) => table.Rows
        .Select(r => r[column]).Append(table.Columns[column].Name)
        .Max(text => Math.Clamp(ColumnsOf(text.In(culture)), Narrowest, Widest));

    private static bool IsWide(char c) => c is >= '\u1100' and not (>= '\uFF61' and <= '\uFF9F') and not (>= '\u2000' and <= '\u206F') and not (>= '\uDC00' and <= '\uDFFF');
}
