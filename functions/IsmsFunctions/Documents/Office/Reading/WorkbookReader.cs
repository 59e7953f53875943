using System.Xml;
using DocumentFormat.OpenXml.Packaging;

namespace IsmsFunctions.Documents.Office.Reading;

/// <summary>Reads a sheet of a workbook (XLSX) that people made or changed, row by row.</summary>
internal static class WorkbookReader
{
    /// <summary>Hands each row of a sheet over; formulas and error values are refused with their addresses.</summary>
    /// <param name="source">The file.</param>
    /// <param name="sheets">What the sheet is called; where none is called so, it is the first that people see.</param>
    /// <param name="limits">What is too much.</param>
    /// <param name="take">Takes a row: its number, and its cells as texts; the list is used again for the next row.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="Isms.Rules.RefusedException">It is no workbook, too large, or holds what is no value.</exception>
    public static async Task ReadAsync(
        Stream source, IReadOnlyCollection<string> sheets, TableLimits limits, Action<int, IReadOnlyList<string>> take, CancellationToken cancellationToken)
    {
        using var file = await TableInput.TakeAsync(source, limits, cancellationToken);
        WorkbookLimits.Check(file, limits);
        try
        {
            Read(file, sheets, limits, take, cancellationToken);
        }
        catch (Exception e) when (e is OpenXmlPackageException or FileFormatException or InvalidDataException or XmlException or FormatException or OverflowException
            or KeyNotFoundException or UriFormatException or IOException or ArgumentException or NullReferenceException or InvalidOperationException)
        {
            // What strangers made can be broken in every way; none of them is a fault of the app.
            throw TableInput.Refused("table-workbook-broken", null);
        }
    }

    private static void Read(
        Stream file, IReadOnlyCollection<string> sheets, TableLimits limits, Action<int, IReadOnlyList<string>> take, CancellationToken cancellationToken)
    {
        using var document = SpreadsheetDocument.Open(file, isEditable: false);
        var book = document.WorkbookPart ?? throw new InvalidDataException("The package holds no workbook.");
        var sheet = WorkbookSheets.Choose(book, sheets) ?? throw TableInput.Refused("table-workbook-empty", null);
        var cells = new CellReader(book, limits);
        using var content = sheet.GetStream();
        foreach (var row in new SheetReader(cells, limits).Read(content))
        {
            cancellationToken.ThrowIfCancellationRequested();
            take(row.Number, row.Cells);
        }

        cells.RefuseWhatIsNoValue();
    }
}
