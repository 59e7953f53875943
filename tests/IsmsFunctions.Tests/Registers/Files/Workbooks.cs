using System.IO.Compression;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace IsmsFunctions.Tests.Registers.Files;

/// <summary>Workbooks as other programs write them.</summary>
internal static class Workbooks
{
    /// <summary>A workbook with one sheet of these cells, whose first row names fields.</summary>
    public static byte[] Of(IReadOnlyList<IReadOnlyList<Cell>> rows, Action<WorkbookPart>? change = null, string name = "Sheet1")
    {
        using var file = new MemoryStream();
        using (var document = SpreadsheetDocument.Create(file, SpreadsheetDocumentType.Workbook))
        {
            var book = document.AddWorkbookPart();
            var sheet = book.AddNewPart<WorksheetPart>("rId1");
            sheet.Worksheet = new Worksheet(new SheetData(rows.Select((cells, i) => new Row(cells.Select(c => c.CloneNode(true))) { RowIndex = (uint)i + 1 })));
            book.Workbook = new Workbook(new Sheets(new Sheet { Name = name, SheetId = 1, Id = "rId1" }));
            change?.Invoke(book);
        }

        return file.ToArray();
    }

    /// <summary>A cell with an inline text.</summary>
    public static Cell Text(string text) => new(new InlineString(new Text(text) { Space = SpaceProcessingModeValues.Preserve })) { DataType = CellValues.InlineString };

    /// <summary>A cell with a number.</summary>
    public static Cell Number(string value, uint? style = null) => new(new CellValue(value)) { StyleIndex = style };

    /// <summary>A cell of another type.</summary>
    public static Cell Of(CellValues type, string value) => new(new CellValue(value)) { DataType = type };

    /// <summary>A row of inline texts.</summary>
    public static IReadOnlyList<Cell> Texts(params string[] texts) => [.. texts.Select(Text)];

    /// <summary>Styles: 0 plain, 1 a built-in date, 2 a Japanese date of its own, 3 an amount with 円, 4 a date and time.</summary>
    public static void AddStyles(WorkbookPart book) => book.AddNewPart<WorkbookStylesPart>("rIdStyles").Stylesheet = new Stylesheet(
        new NumberingFormats(
            new NumberingFormat { NumberFormatId = 170, FormatCode = "[$-411]ggge\"年\"m\"月\"d\"日\";@" },
            new NumberingFormat { NumberFormatId = 171, FormatCode = "#,##0\"円 day\";[Red]-#,##0" }),
        new CellFormats(
            new CellFormat(), new CellFormat { NumberFormatId = 14 }, new CellFormat { NumberFormatId = 170 }, new CellFormat { NumberFormatId = 171 }, new CellFormat { NumberFormatId = 22 }));

    /// <summary>A zip file of these entries.</summary>
    public static byte[] Zip(params (string Path, byte[] Content)[] entries)
    {
        using var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create))
        {
            foreach (var (path, content) in entries)
            {
                using var entry = zip.CreateEntry(path, CompressionLevel.SmallestSize).Open();
                entry.Write(content);
            }
        }

        return file.ToArray();
    }
}
