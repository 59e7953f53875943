using Isms.Registers;
using IsmsFunctions.Registers.Files;

namespace IsmsFunctions.Tests.Registers.Files;

public sealed class TableFileIdentityTests
{
    public static TheoryData<string, string, string> RegistersFormatsAndLanguages()
    {
        var data = new TheoryData<string, string, string>();
        foreach (var register in RegisterCatalogue.All.Select(d => d.Name).Append("everything"))
        {
            foreach (var format in TableFiles.All)
            {
                data.Add(register, format.Format, "ja-JP");
                data.Add(register, format.Format, "en-US");
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(RegistersFormatsAndLanguages))]
    public async Task What_is_exported_is_imported_unchanged(string name, string format, string culture)
    {
        var register = RegisterCatalogue.Find(name) ?? RandomTables.Everything;
        for (var seed = 1; seed <= 5; seed++)
        {
            var table = new RandomTables(seed).Of(register, rows: 25);
            var read = await Files.RoundTripAsync(TableFiles.Get(format), table, register, culture);

            Assert.Equal(table.Columns, read.Columns);
            Assert.Equal(table.Rows.Select(r => Canonical(register, table.Columns, r)), read.Rows.Select(r => Canonical(register, read.Columns, r)));
        }
    }

    [Theory]
    [MemberData(nameof(RegistersFormatsAndLanguages))]
    public async Task An_import_of_an_export_plans_no_change(string name, string format, string culture)
    {
        var register = RegisterCatalogue.Find(name) ?? RandomTables.Everything;
        var table = new RandomTables(99).Of(register, rows: 40);
        var entries = table.Rows.Select(r => new RegisterEntry
        {
            Id = r.Cells[0], Revision = 1, ChangedAt = DateTimeOffset.UnixEpoch, ChangedBy = "tester",
            Values = register.Fields.Select((f, i) => (f.Name, Value: r.Cells[i + 1])).Where(v => v.Value.Length > 0).ToDictionary(v => v.Name, v => v.Value),
        }).ToList();

        var exported = RegisterTables.ToTable(register, entries);
        var read = await Files.RoundTripAsync(TableFiles.Get(format), exported, register, culture);

        Assert.Equal(entries.Count, read.Rows.Count);
        foreach (var (row, entry) in read.Rows.Zip(entries))
        {
            var values = register.Fields.Select(f => (f.Name, Value: RegisterRules.Canonical(f, row.Cells[IndexOf(read, f.Name)], out _)))
                .Where(v => v.Value.Length > 0).ToDictionary(v => v.Name, v => v.Value);
            Assert.Empty(RegisterRules.Difference(entry.Values, values));
        }
    }

    [Fact]
    public async Task Texts_that_XML_cannot_hold_survive_a_workbook()
    {
        var all = string.Concat(Enumerable.Range(0, 0x20).Select(i => (char)i));
        string[] texts = [all, "\uD83D", "\uDE00x", "x\uD83D", "\uFFFE\uFFFF", "_x0041\u0001", "_x_x0041_", "\r\n", "_x000D_\r", "_X0041_", " ", "\n", "trailing ", "\u0001_"];
        var register = RandomTables.Everything;
        var table = new TableText(["id", "name"], [.. texts.Select((t, i) => new TableRow(i + 3, [$"E-{i:0000}", t]))]);

        var read = await Files.RoundTripAsync(new XlsxTableFile(), table, register, "ja-JP");

        Assert.Equal(texts, read.Rows.Select(r => r.Cells[1]));
    }

    [Fact]
    public async Task Random_characters_survive_a_workbook()
    {
        var random = new Random(4711);
        string[] pieces = ["_", "x", "0", "0041", "_x0041", "\u0000", "\r", "\n", "\uD800", "\uDC00", "\U0001F600", "A", "_x005F_"];
        var texts = Enumerable.Range(0, 2000).Select(_ => string.Concat(Enumerable.Range(0, random.Next(1, 9)).Select(_ => pieces[random.Next(pieces.Length)]))).ToList();
        var table = new TableText(["id", "name"], [.. texts.Select((t, i) => new TableRow(i + 3, [$"E-{i:0000}", t]))]);

        var read = await Files.RoundTripAsync(new XlsxTableFile(), table, RandomTables.Everything, "en-US");

        Assert.Equal(texts, read.Rows.Select(r => r.Cells[1]));
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("xlsx")]
    public async Task The_same_table_is_the_same_bytes(string format)
    {
        var table = new RandomTables(7).Of(RandomTables.Everything, 30);
        var (one, two) = (await Files.WriteAsync(TableFiles.Get(format), table, RandomTables.Everything), await Files.WriteAsync(TableFiles.Get(format), table, RandomTables.Everything));
        Assert.Equal(one, two);
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("xlsx")]
    public async Task A_register_without_entries_reads_back_as_one(string format)
    {
        var table = new RandomTables(7).Of(RandomTables.Everything, 0);
        var read = await Files.RoundTripAsync(TableFiles.Get(format), table, RandomTables.Everything, "ja-JP");
        Assert.Equal(table.Columns, read.Columns);
        Assert.Empty(read.Rows);
    }

    /// <summary>A row to the letter, but for choices: files show them by their titles, which the register's rules read.</summary>
    private static string Canonical(RegisterDefinition register, IReadOnlyList<string> columns, TableRow row) =>
        string.Join('\u0000', row.Cells.Select((c, i) => register.Find(columns[i]) is { Type: FieldType.Choice } field ? RegisterRules.Canonical(field, c, out _) : c));

    private static int IndexOf(TableText table, string column) => table.Columns.ToList().IndexOf(column);
}
