using System.Globalization;
using Isms.Registers;
using Isms.Text;
using IsmsFunctions.Documents.Office;
using IsmsFunctions.Documents.Office.Reading;

namespace IsmsFunctions.Registers.Files;

/// <summary>
/// A register as a workbook that people edit in a spreadsheet: a sheet of entries, whose first row (hidden) names the fields, so that nothing depends on what
/// the titles are called; a sheet that explains the fields; and a hidden one with the choices.
/// </summary>
internal sealed class RegisterWorkbook(TableText table, RegisterDefinition register, CultureInfo culture)
{
    /// <summary>Rows above the first entry: the names, and the titles.</summary>
    private const int HeadRows = 2;
    private const int LastRow = 1_048_576;
    private static readonly DateOnly FirstExactDay = new(1900, 3, 1);
    private static readonly DateOnly Day0 = new(1899, 12, 30);
    private readonly TableHeads heads = new(register);
    private readonly List<FieldDefinition?> fields = [.. table.Columns.Select(register.Find)];
    private readonly List<CellText> texts = [.. table.Columns.Select(c => new CellText(register.Find(c), culture))];

    public Workbook Build()
    {
        var entries = SheetNames.Unused(register.Title.In(culture), []);
        var about = SheetNames.Unused(Texts.Get("register-file.about").In(culture), [entries]);
        var choices = SheetNames.Unused("choices", [entries, about]);
        var lists = fields.Select((f, i) => (Field: f, Column: i)).Where(f => f.Field is { Type: FieldType.Choice or FieldType.Boolean, IsList: false }).ToList();
        List<Sheet> sheets = [Entries(entries, [.. lists.Select((l, n) => ChoiceOf(l.Field!, l.Column, n, choices))]), AboutSheet.Of(about, register, culture)];
        if (lists.Count > 0)
        {
            sheets.Add(new Sheet { Name = choices, Widths = [.. lists.Select(_ => 24.0)], Rows = ChoiceRows([.. lists.Select(l => OptionsOf(l.Field!))]), IsHidden = true });
        }

        return new Workbook(sheets, new OfficeProperties(register.Title.In(culture), "IsmsFunctions", culture.Name));
    }

    private Sheet Entries(string name, IReadOnlyList<SheetChoice> choices)
    {
        var last = SheetNames.ColumnOf(table.Columns.Count - 1) + (table.Rows.Count + HeadRows).ToString(CultureInfo.InvariantCulture);
        return new Sheet
        {
            Name = name,
            Widths = [.. fields.Select(WidthOf)],
            ColumnStyles = [.. fields.Select(StyleOf)],
            Rows = Rows(),
            FrozenRows = HeadRows,
            FrozenColumns = 1,
            Filter = $"A{HeadRows}:{last}",
            Choices = choices,
            Print = new SheetPrint { IsLandscape = true, RepeatedRows = $"${HeadRows}:${HeadRows}", Foot = register.Title.In(culture) },
        };
    }

    private IEnumerable<SheetRow> Rows()
    {
        yield return new SheetRow([.. table.Columns.Select(c => new SheetCell(c, CellStyle.Muted))], IsHidden: true);
        yield return new SheetRow([.. table.Columns.Select(c => new SheetCell(heads.MarkedHeadOf(c, register, culture), CellStyle.Head))]);
        foreach (var row in table.Rows)
        {
            yield return new SheetRow([.. row.Cells.Select((value, i) => CellOf(value, i, row.Number))]);
        }
    }

    private SheetCell CellOf(string value, int column, int row)
    {
        if (value.Length > TableLimits.Default.CellCharacters)
        {
            // A spreadsheet would call the whole file damaged.
            throw TableInput.Refused("table-cell-too-long", null, row, table.Columns[column], TableLimits.Default.CellCharacters);
        }

        var style = StyleOf(fields[column]);
        return style switch
        {
            CellStyle.Date when TryDay(value, out var serial) => new(serial, style, CellKind.Number),
            CellStyle.Integer or CellStyle.Number when texts[column].IsExactNumber(value) => new(value, style, CellKind.Number),
            CellStyle.Boolean when value is "true" or "false" => new(value == "true" ? "1" : "0", style, CellKind.Boolean),
            CellStyle.Text => new(texts[column].Shown(value), style),
            _ => new(value, value.Length == 0 ? style : CellStyle.Text),
        };
    }

    /// <summary>The number of a day; before March 1900 spreadsheets disagree about it, since one of them knows a 29 February that never was.</summary>
    private static bool TryDay(string value, out string serial)
    {
        var isDay = DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day >= FirstExactDay;
        serial = (day.DayNumber - Day0.DayNumber).ToString(CultureInfo.InvariantCulture);
        return isDay;
    }

    private SheetChoice ChoiceOf(FieldDefinition field, int column, int list, string sheet)
    {
        var (cells, source) = (SheetNames.ColumnOf(column), SheetNames.ColumnOf(list));
        return new SheetChoice(
            $"{cells}{HeadRows + 1}:{cells}{LastRow}",
            string.Create(CultureInfo.InvariantCulture, $"{SheetNames.Quoted(sheet)}!${source}$1:${source}${OptionsOf(field).Count}"), field.IsRequired);
    }

    private List<SheetCell> OptionsOf(FieldDefinition field)
    {
        var shown = new CellText(field, culture);
        return field.Type == FieldType.Boolean
            ? [new("1", CellStyle.Boolean, CellKind.Boolean), new("0", CellStyle.Boolean, CellKind.Boolean)]
            : [.. field.Choices.Select(c => new SheetCell(shown.Shown(c.Value)))];
    }

    private static IEnumerable<SheetRow> ChoiceRows(IReadOnlyList<List<SheetCell>> lists) =>
        Enumerable.Range(0, lists.Max(l => l.Count)).Select(row => new SheetRow([.. lists.Select(l => row < l.Count ? l[row] : new SheetCell("", CellStyle.Plain))]));

    private static CellStyle StyleOf(FieldDefinition? field) => field is null or { IsList: true } ? CellStyle.Text : field.Type switch
    {
        FieldType.Date => CellStyle.Date,
        FieldType.Integer => CellStyle.Integer,
        FieldType.Number => CellStyle.Number,
        FieldType.Boolean => CellStyle.Boolean,
        _ => CellStyle.Text,
    };

    private double WidthOf(FieldDefinition? field, int column) => Math.Max(
        ColumnWidths.ColumnsOf(heads.MarkedHeadOf(table.Columns[column], register, culture)) + 4,
        field switch
        {
            null => 10,
            { Type: FieldType.LongText } => 48,
            { Type: FieldType.Text } => 28,
            { IsList: true } => 22,
            { Type: FieldType.Choice } => 14,
            { Type: FieldType.Evidence } => 32,
            _ => 12,
        });
}
