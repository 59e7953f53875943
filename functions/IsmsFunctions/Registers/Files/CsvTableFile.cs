using System.Globalization;
using CsvHelper;
using Isms.Registers;
using Isms.Text;
using IsmsFunctions.Documents.Office.Reading;

namespace IsmsFunctions.Registers.Files;

/// <summary>
/// Comma-separated text (RFC 4180) as spreadsheets in Japan open it: UTF-8 with a byte order mark, and nothing in it is taken for a formula. It also reads
/// what they save: Shift_JIS and UTF-16, separated by semicolons or tabs.
/// </summary>
public sealed class CsvTableFile : ITableFile
{
    private static readonly char[] Separators = [',', ';', '\t'];
    private static readonly CsvWriterOptions Writing = new() { WriteByteOrderMark = true, Quoting = CsvQuoting.WhenNeededOrWhitespace, ValidateFieldCount = false };
    private static readonly CsvReaderOptions Reading = new()
    {
        HasHeader = false,
        TrackLineNumbers = true,
        PoolStrings = true,
        MalformedData = CsvMalformedDataHandling.Throw,
        IncludeValuesInExceptions = false,
    };

    /// <inheritdoc/>
    public string Format => "csv";

    /// <inheritdoc/>
    public string MediaType => "text/csv; charset=utf-8";

    /// <inheritdoc/>
    public async Task WriteAsync(TableText table, RegisterDefinition register, CultureInfo culture, Stream target, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(register);
        var heads = new TableHeads(register);
        var texts = table.Columns.Select(c => new CellText(register.Find(c), culture)).ToList();
        await using var csv = CsvWriter.Create(target, Writing, leaveOpen: true);
        foreach (var column in table.Columns)
        {
            Write(csv, SpreadsheetText.Guard(heads.HeadOf(column, register, culture)));
        }

        await csv.EndRecordAsync(cancellationToken);
        foreach (var row in table.Rows)
        {
            for (var i = 0; i < row.Cells.Count; i++)
            {
                Write(csv, texts[i].IsNumber(row.Cells[i]) ? row.Cells[i] : SpreadsheetText.Guard(texts[i].Shown(row.Cells[i])));
            }

            await csv.EndRecordAsync(cancellationToken);
        }
    }

    /// <inheritdoc/>
    public async Task<TableText> ReadAsync(Stream source, RegisterDefinition register, TableLimits limits, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(register);
        ArgumentNullException.ThrowIfNull(limits);
        using var file = await TableInput.TakeAsync(source, limits, cancellationToken);
        var bytes = file.GetBuffer().AsMemory(0, (int)file.Length);
        if (bytes.Span is [(byte)'P', (byte)'K', 3, 4, ..])
        {
            throw TableInput.Refused("table-not-csv", null);
        }

        return Read(TableEncoding.ToUtf8(bytes), register, limits, cancellationToken);
    }

    /// <summary>A spreadsheet whose list separator is another one must not find it in the middle of a text.</summary>
    private static void Write(CsvWriter csv, string text)
    {
        if (text.AsSpan().IndexOfAny(';', '\t') < 0)
        {
            csv.WriteField(text);
        }
        else
        {
            csv.WriteField(text, CsvQuoting.Always);
        }
    }

    private static TableText Read(ReadOnlyMemory<byte> text, RegisterDefinition register, TableLimits limits, CancellationToken cancellationToken)
    {
        var table = new TableReading(register, limits);
        var cells = new List<string>();
        try
        {
            using var csv = CsvReader.Create(text, Reading with { Separator = SeparatorOf(text, register) });
            while (csv.Read())
            {
                cancellationToken.ThrowIfCancellationRequested();
                cells.Clear();
                for (var i = 0; i < csv.FieldCount; i++)
                {
                    cells.Add(SpreadsheetText.Unguard(csv.GetString(i)));
                }

                table.Add((int)csv.LineNumber, cells);
            }
        }
        catch (CsvFormatException e)
        {
            // Also a quote that is never closed: it would swallow all the rows after it.
            throw TableInput.Refused("table-quote-astray", null, e.LineNumber);
        }

        return table.Finish();
    }

    /// <summary>The separator with which the first line names the most fields of the register.</summary>
    private static char SeparatorOf(ReadOnlyMemory<byte> text, RegisterDefinition register)
    {
        var heads = new TableHeads(register);
        return Separators.MaxBy(separator =>
        {
            using var csv = CsvReader.Create(text, Reading with { Separator = separator, MalformedData = CsvMalformedDataHandling.Recover });
            return csv.Read() ? Enumerable.Range(0, csv.FieldCount).Count(i => heads.ColumnOf(SpreadsheetText.Unguard(csv.GetString(i))) is not null) : 0;
        });
    }
}
