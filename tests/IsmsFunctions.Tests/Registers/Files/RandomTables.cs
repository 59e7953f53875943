using System.Globalization;
using System.Text;
using Isms.Registers;
using Isms.Text;

namespace IsmsFunctions.Tests.Registers.Files;

/// <summary>Tables of valid values that files find hard to keep, the same for the same seed.</summary>
internal sealed class RandomTables(int seed)
{
    private static readonly string[] Nasty =
    [
        "=1+1", "+81-3-0000-0000", "-", "-5", "@SUM(A1)", "'", "''", "'=x", "'quoted'", "＝１", "＋", "－x", "＠home", "|cmd", "%0A", "0012", "1e5", "1,234", "2026/4/1", "TRUE", "NULL",
        "a,b", "a;b", "a\tb", "\"", "\"\"", "say \"hi\"", "line\nbreak", "a\n\nb", "= \n=", "😀", "👨‍👩‍👧", "𠮷野家", "葛󠄀城", "_x0041_", "_x005F_", "_x00", "__x0000_", "&amp;", "<b>", "]]>",
        "sep=;", "ID", "id", "#N/A", "１２３", "ｶﾅ", "é", "\u00A0", "日本語 と 空白", "R-0001; R-0002",
    ];

    private readonly Random random = new(seed);

    /// <summary>A register with every type, and titles that collide.</summary>
    public static RegisterDefinition Everything { get; } = new()
    {
        Name = "everything",
        Title = new("なんでも台帳", "Everything: a/b [c]"),
        IdPrefix = "E",
        TitleField = "name",
        Layout = new() { DocumentNumber = "X-1", Columns = ["id", "name"] },
        Fields =
        [
            Field("name", FieldType.Text, "名称") with { IsRequired = true },
            Field("other", FieldType.Text, "名称"),
            Field("swapped", FieldType.Text, "name"),
            Field("formula", FieldType.Text, "=見出し"),
            Field("notes", FieldType.LongText, "備考"),
            Field("count", FieldType.Integer, "数量"),
            Field("amount", FieldType.Number, "金額"),
            Field("day", FieldType.Date, "日付"),
            Field("isUsed", FieldType.Boolean, "使用中"),
            Field("level", FieldType.Choice, "重要度") with { Choices = [new("high", new("高", "High")), new("low", new("低", "Low")), new("none", new("=なし", "=None"))] },
            Field("twins", FieldType.Choice, "区分") with { Choices = [new("a", new("同じ", "Same")), new("b", new("同じ", "Same")), new("c", new("a", "b"))] },
            Field("many", FieldType.Choice, "複数") with { IsList = true, Choices = [new("x", new("甲;乙", "X;Y")), new("y", new("丙", "Y")), new("z", new("丁", "Z"))] },
            Field("owner", FieldType.Person, "担当者"),
            Field("controls", FieldType.Control, "管理策") with { IsList = true },
            Field("risks", FieldType.Reference, "リスク") with { IsList = true, References = "risks" },
            Field("x-own", FieldType.Text, "独自項目"),
        ],
    };

    /// <summary>A table of a register.</summary>
    public TableText Of(RegisterDefinition register, int rows)
    {
        var lines = Enumerable.Range(0, rows).Select(i => new TableRow(i + 2, [$"{register.IdPrefix}-{i + 1:0000}", .. register.Fields.Select(ValueOf)]));
        return new TableText([RegisterTables.IdColumn, .. register.Fields.Select(f => f.Name)], [.. lines]);
    }

    private static FieldDefinition Field(string name, FieldType type, string title) => new() { Name = name, Type = type, Title = new LocalizedText(title, name == "swapped" ? "other" : title) };

    private string ValueOf(FieldDefinition field)
    {
        for (var attempt = 0; attempt < 20; attempt++)
        {
            if (!field.IsRequired && random.Next(5) == 0)
            {
                return "";
            }

            var raw = field.IsList ? string.Join(';', Enumerable.Range(0, random.Next(1, 4)).Select(_ => RawOf(field))) : RawOf(field);
            var value = RegisterRules.Canonical(field, raw, out var error);
            if (error is null)
            {
                return value;
            }
        }

        return "";
    }

    private string RawOf(FieldDefinition field) => field.Type switch
    {
        FieldType.Text => random.Next(2) == 0 ? Nasty[random.Next(Nasty.Length)] : Text(random.Next(1, 40)),
        FieldType.LongText => random.Next(10) == 0 ? Text(random.Next(1000, 19_000)) : Nasty[random.Next(Nasty.Length)] + "\n" + Text(random.Next(1, 200)),
        FieldType.Integer => random.Next((int)(field.Min ?? -5), (int)(field.Max ?? 1000) + 1).ToString(CultureInfo.InvariantCulture),
        FieldType.Number => random.Next(4) == 0
            ? "-12345678901234567.123456789"
            : (field.Min ?? random.Next(-1000, 1000) / 7m).ToString(CultureInfo.InvariantCulture),
        FieldType.Date => DateOnly.FromDayNumber(random.Next(new DateOnly(1900, 1, 1).DayNumber, new DateOnly(2100, 1, 1).DayNumber)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        FieldType.Boolean => random.Next(2) == 0 ? "true" : "false",
        FieldType.Choice => field.Choices[random.Next(field.Choices.Count)].Value,
        FieldType.Control => $"8.{random.Next(1, 35)}",
        FieldType.Clause => $"6.1.{random.Next(1, 4)}",
        _ => $"R-{random.Next(1, 9999):0000}",
    };

    private string Text(int length)
    {
        var text = new StringBuilder();
        while (text.Length < length)
        {
            _ = random.Next(8) switch
            {
                0 => text.Append((char)random.Next(' ', '~')),
                1 => text.Append(char.ConvertFromUtf32(random.Next(0x1F300, 0x1F6FF))),
                2 => text.Append((char)random.Next(0xFF01, 0xFF5E)),
                3 => text.Append("\n\t=,;\"'_x"[random.Next(9)]),
                4 => text.Append((char)random.Next(0xA0, 0x2FF)),
                _ => text.Append((char)random.Next(0x3041, 0x9FFF)),
            };
        }

        return text.ToString();
    }
}
