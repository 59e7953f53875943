using Isms.Text;

namespace Isms.Registers;

/// <summary>A statement of applicability of 2013 as the table that people keep it in.</summary>
public static class StatementFile2013
{
    // In this order: where a file numbers its controls in a column of their own, 「管理策」 is their name.
    private static readonly string[] ControlColumns = ["id", "管理策番号", "番号", "項番", "control", "number", "no", "no.", "管理策"];
    private static readonly string[] ApplicableColumns = ["applicable", "applicability", "included", "適用", "適用の有無", "適用有無", "適用可否", "採否", "適用/除外"];
    private static readonly string[] JustificationColumns = ["justification", "reason", "理由", "適用理由", "除外理由", "適用・除外の理由", "適用・除外理由", "適用及び除外の理由", "採否の理由"];
    private static readonly string[] StateColumns = ["implementation", "state", "status", "実施状況", "実施状態", "実施", "導入状況", "状況", "対応状況"];

    /// <summary>The columns that are understood, as the definition by which files are read; it is no register of its own.</summary>
    public static RegisterDefinition Definition { get; } = new()
    {
        Name = "statement-2013",
        Title = Texts.Get("migration-file"),
        IdPrefix = "X",
        TitleField = "control",
        Fields = [.. ControlColumns.Concat(ApplicableColumns).Concat(JustificationColumns).Concat(StateColumns)
            .Select(name => new FieldDefinition { Name = name, Title = LocalizedText.Same(name), Type = FieldType.LongText })],
        Layout = new PrintedLayout { DocumentNumber = "", Columns = [] },
    };

    /// <summary>Reads the rows of a table; its columns are found by the names that are usual in Japanese and English.</summary>
    /// <param name="table">The table.</param>
    /// <param name="errors">What cannot be read, by row.</param>
    public static IReadOnlyList<StatementRow2013> Read(TableText table, out IReadOnlyList<FieldError> errors)
    {
        ArgumentNullException.ThrowIfNull(table);
        var (control, applicable) = (IndexOf(table, ControlColumns), IndexOf(table, ApplicableColumns));
        if (control < 0 || applicable < 0)
        {
            errors = [FieldError.Of("migration-columns-missing", control < 0 ? RegisterTables.IdColumn : ControlFields.Applicable, string.Join(", ", table.Columns.Take(20)))];
            return [];
        }

        var (justifications, state) = (IndexesOf(table, JustificationColumns), IndexOf(table, StateColumns));
        var found = new List<FieldError>();
        var rows = table.Rows.Where(r => Cell(r, control).Length > 0).Select(r => Read(r, control, applicable, justifications, state, found)).ToArray();
        errors = found;
        return rows;
    }

    private static StatementRow2013 Read(TableRow row, int control, int applicable, int[] justifications, int state, List<FieldError> errors)
    {
        var applies = StatementTexts.ReadApplicable(Cell(row, applicable), out var understood);
        if (!understood)
        {
            errors.Add(Error("migration-applicable-unclear", ControlFields.Applicable, Cell(row, applicable), row));
        }

        var implementation = StatementTexts.ReadImplementation(Cell(row, state), out understood);
        if (!understood)
        {
            errors.Add(Error("migration-state-unclear", ControlFields.Implementation, Cell(row, state), row));
        }

        // Many statements keep the reason for including and the one for excluding in two columns; only one of them is filled in.
        var justification = string.Join("\n", justifications.Select(i => Cell(row, i)).Where(t => t.Length > 0).Distinct(StringComparer.Ordinal));
        return new StatementRow2013(row.Number, Cell(row, control), applies, justification, implementation);
    }

    private static FieldError Error(string code, string field, string value, TableRow row) => FieldError.Of(code, field, value, value) with { Row = row.Number };

    private static string Cell(TableRow row, int index) => index >= 0 && index < row.Cells.Count ? row.Cells[index].Trim() : "";

    private static int IndexOf(TableText table, string[] names) => IndexesOf(table, names) is [var first, ..] ? first : -1;

    private static int[] IndexesOf(TableText table, string[] names) =>
        [.. from name in names
            from column in table.Columns.Index()
            where string.Equals(column.Item.Trim(), name, StringComparison.OrdinalIgnoreCase)
            select column.Index];
}
