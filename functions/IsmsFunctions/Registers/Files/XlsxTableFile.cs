using System.Globalization;
using Isms.Registers;
using IsmsFunctions.Documents.Office;
using IsmsFunctions.Documents.Office.Reading;

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
        string[] titles = [SheetNames.Unused(register.Title.Ja, []), SheetNames.Unused(register.Title.En, [])];
        var reading = new TableReading(register, limits);
        await WorkbookReader.ReadAsync(source, titles, limits, reading.Add, cancellationToken);
        return reading.Finish();
    }
}
