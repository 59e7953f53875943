using System.Globalization;
using Isms.Documents;

namespace IsmsFunctions.Documents.Office;

/// <summary>How wide the columns of a printed table are: as the document says, and by their content where it leaves that open.</summary>
internal static class ColumnWidths
{
    private const int Narrowest = 6;
    private const int Widest = 44;

    // A date and most words, an id, or at least a short id: what many columns have room for.
    private static readonly int[] Unbroken = [11, 8, 6];
    private static readonly char[] Breaks = [' ', '\n', '\t'];

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

    /// <summary>The widths of the columns, so that ids, dates and short words stay in one piece as long as there is room for all of them.</summary>
    /// <param name="table">The table.</param>
    /// <param name="culture">The language.</param>
    /// <param name="total">The width of all columns.</param>
    /// <param name="letter">The width of a letter; an East Asian character takes two.</param>
    /// <param name="margins">What a cell needs besides its text.</param>
    public static IReadOnlyList<double> Of(Table table, CultureInfo culture, double total, double letter, double margins)
    {
        var widths = SharesOf(table, culture).Select(s => s * total).ToList();
        var pieces = table.Columns.Select((_, i) => LongestPiece(table, i, culture)).ToList();
        foreach (var unbroken in Unbroken)
        {
            var least = pieces.Select(p => (Math.Min(p, unbroken) * letter) + margins).ToList();
            var missing = widths.Select((w, i) => Math.Max(0, least[i] - w)).Sum();
            var spare = widths.Select((w, i) => Math.Max(0, w - least[i])).Sum();
            if (missing <= spare)
            {
                return missing <= 0 ? widths : [.. widths.Select((w, i) => w < least[i] ? least[i] : w - ((w - least[i]) * missing / spare))];
            }
        }

        return widths;
    }

    /// <summary>The columns that the longest line of a text takes when it is set in a typewriter face: an East Asian character takes two.</summary>
    public static int ColumnsOf(string text) => text.Length == 0 ? 0 : text.Split('\n').Max(line => line.Sum(c => IsWide(c) ? 2 : 1));

    /// <summary>The longest run of letters and digits of a column that a line break would tear; Japanese text breaks anywhere.</summary>
    private static int LongestPiece(Table table, int column, CultureInfo culture) => table.Rows
        .Select(r => r[column].In(culture)).Append(table.Columns[column].Name.In(culture))
        .SelectMany(text => text.Split(Breaks)).Where(piece => !piece.Any(IsWide)).Append("--").Max(piece => piece.Length);

    private static double WeightOf(Table table, int column, CultureInfo culture) => table.Rows
        .Select(r => r[column]).Append(table.Columns[column].Name)
        .Max(text => Math.Clamp(ColumnsOf(text.In(culture)), Narrowest, Widest));

    private static bool IsWide(char c) => c is >= '\u1100' and not (>= '\uFF61' and <= '\uFF9F') and not (>= '\u2000' and <= '\u206F') and not (>= '\uDC00' and <= '\uDFFF');
}
