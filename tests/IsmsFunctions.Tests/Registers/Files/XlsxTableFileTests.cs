using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using DocumentFormat.OpenXml.Validation;
using Isms.Registers;
using IsmsFunctions.Documents.Office.Reading;
using IsmsFunctions.Registers.Files;
using static IsmsFunctions.Tests.Registers.Files.Workbooks;

namespace IsmsFunctions.Tests.Registers.Files;

public sealed class XlsxTableFileTests
{
    private static readonly XlsxTableFile Xlsx = new();
    private static readonly RegisterDefinition Register = RandomTables.Everything;

    [Theory]
    [InlineData("ja-JP")]
    [InlineData("en-US")]
    public async Task Workbooks_are_valid_by_the_schema(string culture)
    {
        foreach (var register in RegisterCatalogue.All.Append(Register))
        {
            using var document = await WrittenAsync(register, new RandomTables(3).Of(register, 5), culture);
            Assert.Empty(new OpenXmlValidator(FileFormatVersions.Office2013).Validate(document).Select(e => $"{e.Path?.XPath}: {e.Description}"));
        }
    }

    [Fact]
    public async Task The_workbook_of_a_register_looks_as_approved() =>
        Approved.Matches("register.xlsx.txt", Approved.PartsOf(await Files.WriteAsync(Xlsx, new RandomTables(1).Of(Register, 4), Register)));

    [Fact]
    public async Task Texts_are_texts_numbers_are_numbers_and_nothing_is_a_formula()
    {
        string[] columns = ["id", "name", "count", "amount", "day", "isUsed", "level"];
        var table = new TableText(columns, [new TableRow(3, ["E-0001", "=1+1", "-5", "0.25", "2026-04-01", "true", "none"]), new TableRow(4, ["5.10", "0012", "", "12345678901234567.5", "1899-12-31", "", ""])]);
        using var document = await WrittenAsync(Register, table);
        var rows = CellsOf(document);

        Assert.Empty(document.WorkbookPart!.WorksheetParts.SelectMany(p => p.Worksheet.Descendants<CellFormula>()));
        Assert.Equal(["inlineStr:E-0001", "inlineStr:=1+1", "n:-5", "n:0.25", "n:46113", "b:1", "inlineStr:=なし"], rows[2]);
        Assert.Equal(["inlineStr:5.10", "inlineStr:0012", "", "inlineStr:12345678901234567.5", "inlineStr:1899-12-31", "", ""], rows[3]);
    }

    [Fact]
    public async Task People_see_titles_and_the_names_stay_hidden()
    {
        using var document = await WrittenAsync(Register, new TableText(["id", "name", "level"], []));
        var sheet = document.WorkbookPart!.WorksheetParts.First().Worksheet;
        var rows = sheet.Descendants<Row>().ToList();
        Assert.True(rows[0].Hidden!.Value);
        Assert.Equal(["inlineStr:id", "inlineStr:name", "inlineStr:level"], CellsOf(document)[0]);

        // "name" is the title of another field, so the field of that name keeps its name; it is required.
        Assert.Equal(["inlineStr:ID", "inlineStr:name *", "inlineStr:重要度"], CellsOf(document)[1]);
        Assert.Equal(2, sheet.Descendants<Pane>().Single().VerticalSplit!.Value);
        Assert.Equal("A2:C2", sheet.Descendants<AutoFilter>().Single().Reference!.Value);
    }

    [Fact]
    public async Task Choices_are_offered_by_their_titles()
    {
        using var document = await WrittenAsync(Register, new TableText(["id", "isUsed", "level"], []));
        var validations = document.WorkbookPart!.WorksheetParts.First().Worksheet.Descendants<DataValidation>().ToList();
        Assert.Equal(["B3:B1048576", "C3:C1048576"], validations.Select(v => v.SequenceOfReferences!.InnerText));
        Assert.Equal(["'choices'!$A$1:$A$2", "'choices'!$B$1:$B$3"], validations.Select(v => v.Formula1!.Text));
        var sheets = document.WorkbookPart.Workbook.Sheets!.Elements<Sheet>().ToList();
        Assert.Equal(["なんでも台帳", "このファイルについて", "choices"], sheets.Select(s => s.Name!.Value));
        Assert.Equal(SheetStateValues.Hidden, sheets[2].State!.Value);
        var options = ((WorksheetPart)document.WorkbookPart.GetPartById(sheets[2].Id!)).Worksheet.Descendants<Row>().Select(r => string.Join('|', r.Elements<Cell>().Select(c => c.InnerText)));
        Assert.Equal(["1|高", "0|低", "=なし"], options);
    }

    [Fact]
    public async Task The_file_explains_every_field()
    {
        var risks = RegisterCatalogue.Find("risks")!;
        using var document = await WrittenAsync(risks, new TableText(["id"], []));
        var about = document.WorkbookPart!.GetPartById(document.WorkbookPart.Workbook.Sheets!.Elements<Sheet>().ElementAt(1).Id!) as WorksheetPart;
        var text = about!.Worksheet.InnerText;
        Assert.All(risks.Fields, field => Assert.Contains(field.Title.Ja, text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Shared_and_rich_texts_are_read_without_their_furigana()
    {
        var file = Of(
            [Texts("id", "name", "notes"), [Text("E-1"), Of(CellValues.SharedString, "1"), Of(CellValues.SharedString, "0")]],
            book => book.AddNewPart<SharedStringTablePart>("rIdTexts").SharedStringTable = new SharedStringTable(
                new SharedStringItem(new Text("a_x000A_b_x005F_x0041_")),
                new SharedStringItem(
                    new Run(new Text("東京") { Space = SpaceProcessingModeValues.Preserve }), new Run(new RunProperties(new Bold()), new Text(" 支社") { Space = SpaceProcessingModeValues.Preserve }),
                    new PhoneticRun(new Text("トウキョウ")) { BaseTextStartIndex = 0, EndingBaseIndex = 2 })));
        Assert.Equal(["E-1", "東京 支社", "a\nb_x0041_"], await FirstRowAsync(file));
    }

    [Theory]
    [InlineData("46113", 1u, "2026-04-01")]
    [InlineData("46113", 2u, "2026-04-01")]
    [InlineData("46113.5", 4u, "2026-04-01 12:00:00")]
    [InlineData("59", 1u, "1900-02-28")]
    [InlineData("60", 1u, "60")]
    [InlineData("61", 1u, "1900-03-01")]
    [InlineData("2958465", 1u, "9999-12-31")]
    [InlineData("2958466", 1u, "2958466")]
    [InlineData("-1", 1u, "-1")]
    [InlineData("46113", 0u, "46113")]
    [InlineData("46113", 3u, "46113")]
    [InlineData("0.30000000000000004", 0u, "0.3")]
    [InlineData("1.5E-3", 0u, "0.0015")]
    [InlineData("1E+20", 0u, "100000000000000000000")]
    [InlineData("12345678901234500", 0u, "12345678901234500")]
    [InlineData("-7", 0u, "-7")]
    public async Task Numbers_and_days_are_read_as_their_cells_show_them(string value, uint style, string expected) =>
        Assert.Equal(expected, (await FirstRowAsync(Of([Texts("id", "name"), [Text("E-1"), Number(value, style)]], AddStyles)))[1]);

    [Fact]
    public async Task Days_of_workbooks_that_count_from_1904_are_read()
    {
        var file = Of([Texts("id", "name"), [Text("E-1"), Number("44651", 1)]], book =>
        {
            AddStyles(book);
            book.Workbook.InsertAt(new WorkbookProperties { Date1904 = true }, 0);
        });
        Assert.Equal("2026-04-01", (await FirstRowAsync(file))[1]);
    }

    [Fact]
    public async Task Booleans_and_days_of_the_strict_format_are_read()
    {
        var file = Of([Texts("id", "isUsed", "name", "day"), [Text("E-1"), Of(CellValues.Boolean, "1"), Of(CellValues.Boolean, "0"), Of(CellValues.Date, "2026-04-01")]]);
        Assert.Equal(["E-1", "true", "false", "2026-04-01"], await FirstRowAsync(file));
    }

    [Fact]
    public async Task Formulas_are_refused_with_their_addresses()
    {
        Cell Formula(string reference) => new(new CellFormula("HYPERLINK(\"http://x\")"), new CellValue("9")) { CellReference = reference, DataType = CellValues.String };
        var file = Of([Texts("id", "name"), [Formula("A2"), Formula("B2")], Texts("E-2", "x"), [Formula("A4")]]);
        var refusal = await Files.RefusalOfAsync(Xlsx, file, Register);
        Assert.Equal("table-cell-formula", refusal.Code);
        Assert.Equal("There are formulas in the file: A2, B2, A4.", refusal.Title.En);
    }

    [Fact]
    public async Task Errors_are_refused_with_their_addresses()
    {
        var file = Of([Texts("id", "name"), [Text("E-1"), new Cell(new CellValue("#N/A")) { DataType = CellValues.Error, CellReference = "B2" }]]);
        var refusal = await Files.RefusalOfAsync(Xlsx, file, Register);
        Assert.Equal(("table-cell-error", "B2"), (refusal.Code, refusal.Value));
    }

    [Fact]
    public async Task Rows_keep_the_numbers_of_the_sheet()
    {
        var file = Of([Texts("ID", "備考"), Texts("E-1", "a"), Texts("", " "), Texts("E-2", "b")], book =>
        {
            var rows = book.WorksheetParts.Single().Worksheet.Descendants<Row>().ToList();
            rows[3].RowIndex = 9;
        });
        var table = await Files.ReadAsync(Xlsx, file, Register);
        Assert.Equal(["id", "notes"], table.Columns);
        Assert.Equal([2, 9], table.Rows.Select(r => r.Number));
    }

    [Fact]
    public async Task Gaps_between_cells_keep_their_columns()
    {
        Cell At(string reference, string text)
        {
            var cell = Text(text);
            cell.CellReference = reference;
            return cell;
        }

        var file = Of([Texts("id", "name", "notes"), [At("A2", "E-1"), At("C2", "c")]]);
        Assert.Equal(["E-1", "", "c"], await FirstRowAsync(file));
    }

    [Fact]
    public async Task Reordered_columns_and_a_retitled_head_are_still_understood()
    {
        // As exported, with columns moved and a heading changed by hand; the hidden names tell.
        var file = Of([Texts("notes", "id", "name"), Texts("メモ", "ID", "名称 *"), Texts("n", "E-1", "a")]);
        var table = await Files.ReadAsync(Xlsx, file, Register);
        Assert.Equal(["notes", "id", "name"], table.Columns);
        Assert.Equal(["n", "E-1", "a"], Assert.Single(table.Rows).Cells);
    }

    [Fact]
    public async Task The_sheet_of_the_register_is_found_among_others()
    {
        var file = Of([Texts("something", "else")], book =>
        {
            var sheet = book.AddNewPart<WorksheetPart>("rId2");
            sheet.Worksheet = new Worksheet(new SheetData(new Row(Texts("id", "name")), new Row(Texts("E-1", "a"))));
            book.Workbook.Sheets!.Append(new Sheet { Name = "なんでも台帳", SheetId = 2, Id = "rId2" });
        });
        Assert.Equal(["E-1", "a"], await FirstRowAsync(file));
    }

    [Theory]
    [InlineData("zip")]
    [InlineData("text")]
    [InlineData("old")]
    [InlineData("empty")]
    [InlineData("cut")]
    [InlineData("doctype")]
    [InlineData("document")]
    public async Task What_is_no_workbook_is_refused(string what)
    {
        var good = Of([Texts("id", "name"), Texts("E-1", "a")]);
        var (file, code) = what switch
        {
            "zip" => (Zip(("a.txt", [1, 2, 3])), "table-workbook-broken"),
            "text" => ("id,name\n"u8.ToArray(), "table-not-xlsx"),
            "old" => ([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], "table-workbook-locked"),
            "empty" => (Array.Empty<byte>(), "table-not-xlsx"),
            "cut" => (good[..(good.Length / 2)], "table-workbook-broken"),
            "doctype" => (WithSheet(good, "<!DOCTYPE x [<!ENTITY a \"b\">]><worksheet><sheetData/></worksheet>"), "table-workbook-broken"),
            _ => (WithSheet(good, "<worksheet><sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>7</v></c></row></sheetData></worksheet>"), "table-workbook-broken"),
        };
        Assert.Equal(code, (await Files.RefusalOfAsync(Xlsx, file, Register)).Code);
    }

    [Fact]
    public async Task A_workbook_that_unpacks_to_far_more_is_refused_unread()
    {
        var bomb = Zip(("xl/worksheets/sheet1.xml", new byte[40_000_000]));
        Assert.True(bomb.Length < 100_000);
        Assert.Equal("table-unpacks-too-large", (await Files.RefusalOfAsync(Xlsx, bomb, Register, TableLimits.Default with { UnpackedBytes = 39_999_999 })).Code);
        Assert.Equal("table-unpacks-too-large", (await Files.RefusalOfAsync(Xlsx, Zip(("xl/styles.xml", new byte[17_000_000])), Register)).Code);
    }

    [Theory]
    [InlineData("table-too-long")]
    [InlineData("table-cell-too-long")]
    [InlineData("table-too-large")]
    [InlineData("table-too-much-text")]
    [InlineData("table-too-wide")]
    public async Task What_is_too_much_is_refused(string code)
    {
        var file = Of([Texts("id", "notes"), Texts("E-1", "abcdefghij"), Texts("E-2", "klmnopqrst")]);
        var limits = code switch
        {
            "table-too-long" => TableLimits.Default with { Rows = 1 },
            "table-cell-too-long" => TableLimits.Default with { CellCharacters = 9 },
            "table-too-large" => TableLimits.Default with { Bytes = file.Length - 1 },
            "table-too-much-text" => TableLimits.Default with { Characters = 25 },
            _ => TableLimits.Default with { Columns = 1 },
        };
        Assert.Equal(code, (await Files.RefusalOfAsync(Xlsx, file, Register, limits)).Code);
    }

    [Fact]
    public async Task A_value_longer_than_a_cell_is_not_written()
    {
        var table = new TableText(["id", "notes"], [new TableRow(3, ["E-1", new string('x', 32_768)])]);
        var refusal = await Assert.ThrowsAsync<Isms.Rules.RefusedException>(() => Files.WriteAsync(Xlsx, table, Register));
        Assert.Equal("table-cell-too-long", refusal.Refusal.Code);
    }

    private static byte[] WithSheet(byte[] workbook, string xml)
    {
        using var file = new MemoryStream();
        file.Write(workbook);
        using (var zip = new System.IO.Compression.ZipArchive(file, System.IO.Compression.ZipArchiveMode.Update, leaveOpen: true))
        {
            var name = zip.Entries.Single(e => e.FullName.Contains("worksheets/", StringComparison.Ordinal) && e.Name.EndsWith(".xml", StringComparison.Ordinal)).FullName;
            zip.GetEntry(name)!.Delete();
            using var writer = new StreamWriter(zip.CreateEntry(name).Open());
            writer.Write(xml);
        }

        return file.ToArray();
    }

    private static async Task<IReadOnlyList<string>> FirstRowAsync(byte[] file) => (await Files.ReadAsync(Xlsx, file, Register)).Rows[0].Cells;

    private static async Task<SpreadsheetDocument> WrittenAsync(RegisterDefinition register, TableText table, string culture = "ja-JP") =>
        SpreadsheetDocument.Open(new MemoryStream(await Files.WriteAsync(Xlsx, table, register, culture)), isEditable: false);

    private static List<List<string>> CellsOf(SpreadsheetDocument document)
    {
        var sheet = (WorksheetPart)document.WorkbookPart!.GetPartById(document.WorkbookPart.Workbook.Sheets!.Elements<Sheet>().First().Id!);
        return [.. sheet.Worksheet.Descendants<Row>().Select(r => r.Elements<Cell>().Select(c => c.HasChildren
            ? string.Create(CultureInfo.InvariantCulture, $"{(c.DataType is null ? "n" : c.DataType.InnerText)}:{c.InnerText}")
            : "").ToList())];
    }
}
