using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using IsmsFunctions.Tests.Hosting;

namespace IsmsFunctions.Tests.Audits;

/// <summary>A checklist's workbook, as an auditor has it open.</summary>
internal sealed class ChecklistBook
{
    private ChecklistBook(byte[] bytes) => Bytes = bytes;

    public byte[] Bytes { get; private set; }

    public static async Task<ChecklistBook> DownloadAsync(RunningApp app, string persona, string path, string language = "ja")
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "api/" + path);
        request.Headers.Add("X-Isms-Persona", persona);
        request.Headers.AcceptLanguage.Add(new StringWithQualityHeaderValue(language));
        using var response = await app.Http.SendAsync(request);
        Assert.Equal(200, (int)response.StatusCode);
        return new ChecklistBook(await response.Content.ReadAsByteArrayAsync());
    }

    public static async Task<(int Status, JsonNode Json)> UploadAsync(RunningApp app, string persona, string path, byte[] bytes)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/" + path) { Content = new ByteArrayContent(bytes) };
        request.Headers.Add("X-Isms-Persona", persona);
        request.Headers.AcceptLanguage.Add(new StringWithQualityHeaderValue("ja"));
        using var response = await app.Http.SendAsync(request);
        return ((int)response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync())!);
    }

    /// <summary>The texts of the questions' sheet: rows by number, cells by column letter.</summary>
    public IReadOnlyDictionary<uint, IReadOnlyDictionary<string, string>> Read()
    {
        using var book = SpreadsheetDocument.Open(new MemoryStream(Bytes), false);
        return Sheet(book).Descendants<Row>().ToDictionary(r => r.RowIndex!.Value, r => (IReadOnlyDictionary<string, string>)r.Elements<Cell>()
            .ToDictionary(c => c.CellReference!.Value!.TrimEnd([.. "0123456789"]), c => c.InnerText));
    }

    /// <summary>The row of a question.</summary>
    public uint RowOf(string question) => Read().First(r => r.Value.GetValueOrDefault("C") == question).Key;

    /// <summary>Writes into cells, by the column's name in the hidden first row.</summary>
    public void Write(string question, params (string Column, string Text)[] cells)
    {
        var (row, names) = (RowOf(question), Read()[1].ToDictionary(c => c.Value, c => c.Key));
        Change(sheet =>
        {
            foreach (var (column, text) in cells)
            {
                var reference = names[column] + row.ToString(CultureInfo.InvariantCulture);
                var cell = sheet.Descendants<Cell>().Single(c => c.CellReference == reference);
                cell.RemoveAllChildren();
                cell.DataType = CellValues.InlineString;
                cell.Append(new InlineString(new Text(text) { Space = SpaceProcessingModeValues.Preserve }));
            }
        });
    }

    public void Change(Action<Worksheet> change)
    {
        using var file = new MemoryStream();
        file.Write(Bytes);
        using (var book = SpreadsheetDocument.Open(file, true))
        {
            change(Sheet(book));
        }

        Bytes = file.ToArray();
    }

    private static Worksheet Sheet(SpreadsheetDocument book) =>
        ((WorksheetPart)book.WorkbookPart!.GetPartById(book.WorkbookPart.Workbook.Descendants<Sheet>().First().Id!.Value!)).Worksheet;
}
