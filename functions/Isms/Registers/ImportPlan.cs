namespace Isms.Registers;

/// <summary>A table as text: what CSV and XLSX files are read into and written from.</summary>
/// <param name="Columns">Field names; <c>id</c> names the entry.</param>
/// <param name="Rows">The rows.</param>
public sealed record TableText(IReadOnlyList<string> Columns, IReadOnlyList<TableRow> Rows);

/// <summary>A row of a table.</summary>
/// <param name="Number">The line of the file or the row of the sheet, for errors.</param>
/// <param name="Cells">The cells, in the order of the columns.</param>
public sealed record TableRow(int Number, IReadOnlyList<string> Cells);

/// <summary>How an import treats what the file does not mention.</summary>
public enum ImportMode
{
    /// <summary>Rows add and change entries; all others stay.</summary>
    Merge,

    /// <summary>The file is the whole register: entries it does not mention are deleted.</summary>
    Replace,
}

/// <summary>What an import would do to one entry.</summary>
/// <param name="Id">The entry's id; for a new entry without one in the file, the id it will get.</param>
/// <param name="Row">The row it comes from; null for a deletion.</param>
/// <param name="Kind">What happens to it.</param>
/// <param name="BaseRevision">The revision the plan was made against; 0 for an entry that does not exist yet.</param>
/// <param name="Values">The values it will have.</param>
/// <param name="Fields">The values that differ.</param>
public sealed record PlannedChange(
    string Id, int? Row, RegisterChangeKind Kind, int BaseRevision, IReadOnlyDictionary<string, string> Values, IReadOnlyList<FieldChange> Fields);

/// <summary>What an import would do. It can be applied only without errors.</summary>
/// <param name="Changes">The changes, in the order of the file; deletions last.</param>
/// <param name="Errors">What is wrong, by row.</param>
/// <param name="Unchanged">How many rows say what the register says already.</param>
public sealed record ImportPlan(IReadOnlyList<PlannedChange> Changes, IReadOnlyList<FieldError> Errors, int Unchanged);
