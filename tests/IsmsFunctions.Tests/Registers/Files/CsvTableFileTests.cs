using System.Text;
using Isms.Registers;
using IsmsFunctions.Documents.Office.Reading;
using IsmsFunctions.Registers.Files;

namespace IsmsFunctions.Tests.Registers.Files;

public sealed class CsvTableFileTests
{
    private static readonly CsvTableFile Csv = new();
    private static readonly RegisterDefinition Register = RandomTables.Everything;

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+81", "'+81")]
    [InlineData("-5", "'-5")]
    [InlineData("@x", "'@x")]
    [InlineData("\tx", "\"'\tx\"")]
    [InlineData("\rx", "\"'\rx\"")]
    [InlineData("＝１", "'＝１")]
    [InlineData("＋x", "'＋x")]
    [InlineData("－x", "'－x")]
    [InlineData("＠x", "'＠x")]
    [InlineData("'x", "''x")]
    [InlineData("'", "''")]
    [InlineData("a=b", "a=b")]
    [InlineData("a;b", "\"a;b\"")]
    [InlineData("a\"b", "\"a\"\"b\"")]
    [InlineData("0012", "0012")]
    public async Task No_cell_is_evaluated_by_a_spreadsheet(string text, string written)
    {
        var file = await Files.WriteAsync(Csv, Table(["id", "name"], ["E-0001", text]), Register);

        Assert.Equal([0xEF, 0xBB, 0xBF], file[..3]);
        Assert.Equal($"ID,name\r\nE-0001,{written}\r\n", Encoding.UTF8.GetString(file[3..]));
        Assert.Equal(text, (await Files.ReadAsync(Csv, file, Register)).Rows[0].Cells[1]);
    }

    [Fact]
    public async Task Negative_numbers_of_number_fields_stay_numbers()
    {
        var file = await Files.WriteAsync(Csv, Table(["id", "count", "amount", "notes"], ["E-0001", "-5", "-0.25", "-5"]), Register);
        Assert.EndsWith("E-0001,-5,-0.25,'-5\r\n", Encoding.UTF8.GetString(file), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Heads_and_choices_are_in_the_language_asked_for()
    {
        var risks = RegisterCatalogue.Find("assets")!;
        var choice = risks.Fields.First(f => f is { Type: FieldType.Choice, IsList: false });
        var table = Table(["id", choice.Name], ["A-0001", choice.Choices[0].Value]);
        Assert.Contains(choice.Title.Ja + "\r\nA-0001," + choice.Choices[0].Title.Ja, Encoding.UTF8.GetString(await Files.WriteAsync(Csv, table, risks)), StringComparison.Ordinal);
        Assert.Contains(choice.Title.En + "\r\nA-0001," + choice.Choices[0].Title.En, Encoding.UTF8.GetString(await Files.WriteAsync(Csv, table, risks, "en-US")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("utf-8", true)]
    [InlineData("utf-8", false)]
    [InlineData("utf-16", true)]
    [InlineData("utf-16", false)]
    [InlineData("utf-16BE", true)]
    [InlineData("utf-16BE", false)]
    [InlineData("shift_jis", false)]
    public async Task Every_encoding_that_spreadsheets_save_is_recognised(string name, bool hasMark)
    {
        var encoding = CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name);
        byte[] file = [.. hasMark ? encoding.GetPreamble() : [], .. encoding.GetBytes("ID,備考\r\nE-0001,①髙橋の表、ｶﾅ\r\n".Replace("①髙", "高", StringComparison.Ordinal))];
        Assert.Equal("高橋の表、ｶﾅ", (await Files.ReadAsync(Csv, file, Register)).Rows[0].Cells[1]);
    }

    [Fact]
    public async Task Bytes_that_are_no_text_are_refused()
    {
        var refusal = await Files.RefusalOfAsync(Csv, [(byte)'i', (byte)'d', (byte)',', 0x85, 0xFF, 0xFE, 0x0A], Register);
        Assert.Equal("table-encoding-unknown", refusal.Code);
    }

    [Theory]
    [InlineData(",")]
    [InlineData(";")]
    [InlineData("\t")]
    public async Task Commas_semicolons_and_tabs_separate(string separator)
    {
        var text = string.Join(separator, "ID", "備考", "数量", "日付") + "\n" + string.Join(separator, "E-0001", "\"a,b;c\td\"", "5", "2026/4/1") + "\n";
        var table = await Files.ReadAsync(Csv, Encoding.UTF8.GetBytes(text), Register);
        Assert.Equal(["id", "notes", "count", "day"], table.Columns);
        Assert.Equal(["E-0001", "a,b;c\td", "5", "2026/4/1"], table.Rows[0].Cells);
    }

    [Fact]
    public async Task Rows_are_counted_as_the_lines_of_the_file()
    {
        var table = await ReadAsync("id,notes\n\nE-0001,\"two\r\nlines\"\nE-0002,b\n,\n\nE-0003,c");
        Assert.Equal([3, 5, 8], table.Rows.Select(r => r.Number));
        Assert.Equal("two\r\nlines", table.Rows[0].Cells[1]);
    }

    [Theory]
    [InlineData("id,notes,count")]
    [InlineData("ID,備考,数量 *")]
    [InlineData("Id,NOTES,\"数\n量\"")]
    [InlineData("ＩＤ, 備考 ,ｃｏｕｎｔ")]
    public async Task Columns_are_found_by_name_or_title_however_they_are_typed(string header)
    {
        var table = await ReadAsync(header + "\nE-0001,a,5\n");
        Assert.Equal(["id", "notes", "count"], table.Columns);
    }

    [Fact]
    public async Task An_ambiguous_title_is_left_for_the_import_to_refuse()
    {
        // Two fields are called 名称, and one is called as another one is named.
        var table = await ReadAsync("id,名称,name,other\nE-0001,a,b,c\n");
        Assert.Equal(["id", "名称", "name", "other"], table.Columns);
    }

    [Fact]
    public async Task Unknown_columns_are_left_for_the_import_to_refuse() =>
        Assert.Equal(["id", "colour"], (await ReadAsync("id,colour\nE-0001,red\n")).Columns);

    [Theory]
    [InlineData("no,heading\n1,2\n", "table-header-missing")]
    [InlineData("", "table-header-missing")]
    [InlineData("\n \n", "table-header-missing")]
    [InlineData("id,notes,備考\nE-1,a,b\n", "table-column-twice")]
    [InlineData("id,notes\nE-1,say \"hi\"\n", "table-quote-astray")]
    [InlineData("id,notes\nE-1,\"open\nE-2,b\nE-3,c\n", "table-quote-astray")]
    [InlineData("id,notes\nE-1,a,b\n", "table-cell-without-head")]
    [InlineData("id,,notes\nE-1,x,b\n", "table-cell-without-head")]
    [InlineData("PK\u0003\u0004", "table-not-csv")]
    public async Task What_is_no_table_of_this_register_is_refused(string file, string code)
    {
        var refusal = await Files.RefusalOfAsync(Csv, Encoding.UTF8.GetBytes(file), Register);
        Assert.Equal(code, refusal.Code);
        Assert.Equal("file", refusal.Field);
    }

    [Fact]
    public async Task Refusals_name_the_line()
    {
        Assert.Contains("Line 3", (await Files.RefusalOfAsync(Csv, "id,notes\nE-1,a\nE-2,x\"y\n"u8.ToArray(), Register)).Title.En, StringComparison.Ordinal);
        Assert.Contains("Row 3", (await Files.RefusalOfAsync(Csv, "id,notes\nE-1,a\nE-2,b,c\n"u8.ToArray(), Register)).Title.En, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Empty_columns_without_a_head_do_no_harm() =>
        Assert.Equal(["E-1", "a"], (await ReadAsync("id,notes,,\nE-1,a,,\n")).Rows[0].Cells);

    [Theory]
    [InlineData("table-too-long")]
    [InlineData("table-cell-too-long")]
    [InlineData("table-too-large")]
    [InlineData("table-too-much-text")]
    [InlineData("table-too-wide")]
    public async Task What_is_too_much_is_refused(string code)
    {
        var file = "id,notes\nE-1,abcdefghij\nE-2,klmnopqrst\n"u8.ToArray();
        var limits = code switch
        {
            "table-too-long" => TableLimits.Default with { Rows = 1 },
            "table-cell-too-long" => TableLimits.Default with { CellCharacters = 9 },
            "table-too-large" => TableLimits.Default with { Bytes = file.Length - 1 },
            "table-too-much-text" => TableLimits.Default with { Characters = 25 },
            _ => TableLimits.Default with { Columns = 1 },
        };
        Assert.Equal(code, (await Files.RefusalOfAsync(Csv, file, Register, limits)).Code);
        Assert.Equal(2, (await Files.ReadAsync(Csv, file, Register, new TableLimits { Rows = 2, CellCharacters = 10, Bytes = file.Length, Characters = 26, Columns = 2 })).Rows.Count);
    }

    private static TableText Table(string[] columns, params string[][] rows) => new(columns, [.. rows.Select((r, i) => new TableRow(i + 2, r))]);

    private static Task<TableText> ReadAsync(string text) => Files.ReadAsync(Csv, Encoding.UTF8.GetBytes(text), Register);
}
