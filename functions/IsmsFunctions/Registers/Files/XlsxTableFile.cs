using System.Globalization;
using System.Xml;
using DocumentFormat.OpenXml.Packaging;
using Isms.Registers;
using IsmsFunctions.Documents.Office;

namespace IsmsFunctions.Registers.Files;

/// <summary>Workbooks (XLSX): texts stay texts, numbers and dates are numbers and dates, and a formula is never written nor read.</summary>
public sealed class XlsxTableFile : ITableFile
{
    /// <inheritdoc/>
    public string Format => "xlsx";

    /// <inheritdoc/>
    public string MediaType => WorkbookFile.MediaType;

    /// <inheritdoc/>
    public Task WriteAsync(TableText table, RegisterDefinition register, CultureInfo culture, Stream target, CancellationToken cancellationToken) =>
        WorkbookFile.WriteAsync(new RegisterWorkbook(table, register, culture).Build(), target, cancellationToken);

    /// <inheritdoc/>
    public async Task<TableText> ReadAsync(Stream source, RegisterDefinition register, TableLimits limits, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(register);
        ArgumentNullException.ThrowIfNull(limits);
        using var file = await TableFiles.TakeAsync(source, limits, cancellationToken);
        WorkbookLimits.Check(file, limits);
        try
        {
            return Read(file, register, limits, cancellationToken);
        }
        catch (Exception e) when (e is OpenXmlPackageException or FileFormatException or InvalidDataException or XmlException or FormatException or OverflowException
            or KeyNotFoundException or UriFormatException or IOException or ArgumentException or NullReferenceException or InvalidOperationException)
        {
            // What strangers made can be broken in every way; none of them is a fault of the app.
            throw TableFiles.Refused("table-workbook-broken", null);
        }
    }

    private static TableText Read(Stream file, RegisterDefinition register, TableLimits limits, CancellationToken cancellationToken)
    {
        using var document = SpreadsheetDocument.Open(file, isEditable: false);
        var book = document.WorkbookPart ?? throw new InvalidDataException("The package holds no workbook.");
        string[] titles = [SheetNames.Unused(register.Title.Ja, []), SheetNames.Unused(register.Title.En, [])];
        var sheet = WorkbookSheets.Choose(book, titles) ?? throw TableFiles.Refused("table-workbook-empty", null);
        var cells = new CellReader(book, limits);
        var reading = new TableReading(register, limits);
        using var content = sheet.GetStream();
        foreach (var row in new SheetReader(cells, limits).Read(content))
        {
            cancellationToken.ThrowIfCancellationRequested();
            reading.Add(row.Number, row.Cells);
        }

        cells.RefuseWhatIsNoValue();
        return reading.Finish();
    }
}
