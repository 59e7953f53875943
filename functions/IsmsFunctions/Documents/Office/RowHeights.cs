namespace IsmsFunctions.Documents.Office;

/// <summary>
/// How high rows must be for their wrapped texts. Spreadsheets would find out themselves, but not all of them do when a file is opened. Heights are in points.
/// </summary>
internal static class RowHeights
{
    private const double Line = 16.5;
    private const double TitleLine = 26;
    private const double Highest = 409;

    /// <summary>The height of a row; null where one line is enough.</summary>
    public static double? Of(SheetRow row, IReadOnlyList<double> widths)
    {
        var lines = 1;
        for (var i = 0; i < row.Cells.Count && i < widths.Count; i++)
        {
            var cell = row.Cells[i];
            if (cell.Style is CellStyle.Title)
            {
                return TitleLine;
            }

            // Most cells are short; no need to count what cannot wrap.
            if (CellStyles.Wraps(cell.Style) && (cell.Text.Length * 2 > widths[i] - 1 || cell.Text.Contains('\n', StringComparison.Ordinal)))
            {
                lines = Math.Max(lines, LinesOf(cell.Text, Math.Max(widths[i] - 1, 1)));
            }
        }

        return lines == 1 ? null : Math.Min((lines * Line) + 2, Highest);
    }

    private static int LinesOf(string text, double width) => text.Split('\n').Sum(line => Math.Max(1, (int)Math.Ceiling(ColumnWidths.ColumnsOf(line) / width)));
}
