using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace IsmsFunctions.Documents.Office.Reading;

/// <summary>Chooses the sheet of a workbook that holds the table.</summary>
internal static class WorkbookSheets
{
    /// <summary>The sheet of one of these names, else the first that people see; null when there is none.</summary>
    public static WorksheetPart? Choose(WorkbookPart book, IReadOnlyCollection<string> names)
    {
        var visible = book.Workbook.Sheets?.Elements<DocumentFormat.OpenXml.Spreadsheet.Sheet>()
            .Where(s => s.Id?.Value is not null && (s.State is null || s.State.Value == SheetStateValues.Visible)).ToList() ?? [];
        var sheet = visible.FirstOrDefault(s => names.Contains(s.Name?.Value, StringComparer.OrdinalIgnoreCase)) ?? visible.FirstOrDefault();
        return sheet is null ? null : book.GetPartById(sheet.Id!.Value!) as WorksheetPart;
    }
}
