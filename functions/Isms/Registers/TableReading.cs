using System.Text;
using System.Text.RegularExpressions;

namespace Isms.Registers;

/// <summary>Reads a table as proposals for a register, and notes what is wrong by row.</summary>
internal sealed partial class TableReading(RegisterBook book, RegisterDefinition definition, IReadOnlySet<string> hidden)
{
    private readonly List<FieldError> errors = [];
    private readonly List<ProposedChange> proposals = [];
    private readonly HashSet<string> mentioned = new(StringComparer.Ordinal);
    private readonly Dictionary<int, Dictionary<string, string>> computedCells = [];
    private FieldDefinition?[] fields = [];
    private int idColumn;

    /// <summary>Whether the columns make no sense, so that no row could be read.</summary>
    public bool IsUnreadable { get; private set; }

    public IReadOnlyList<FieldError> Errors => errors;

    public IReadOnlyList<ProposedChange> Proposals => proposals;

    /// <summary>The ids that the table mentions, in rows with errors as well.</summary>
    public IReadOnlySet<string> MentionedIds => mentioned;

    public void Read(TableText table)
    {
        ReadColumns(table.Columns);
        IsUnreadable = errors.Count > 0;
        if (IsUnreadable)
        {
            return;
        }

        foreach (var row in table.Rows.Where(r => r.Cells.Any(c => !string.IsNullOrWhiteSpace(c))))
        {
            ReadRow(row);
        }
    }

    /// <summary>Cells of computed fields may say what the register says, or what its rules will compute; nothing else.</summary>
    public IEnumerable<FieldError> ComputedCellsThatDiffer(IReadOnlyList<CommittedChange> changes)
    {
        if (computedCells.Count == 0)
        {
            yield break;
        }

        var created = new Queue<CommittedChange>(changes.Where(c => c.Kind == RegisterChangeKind.Created));
        var byId = changes.ToDictionary(c => c.Id, StringComparer.Ordinal);
        foreach (var proposal in proposals)
        {
            var change = proposal.Kind == RegisterChangeKind.Created ? created.Dequeue() : byId.GetValueOrDefault(proposal.Id!);
            var before = proposal.Id is { } id ? book.Find(definition.Name, id) : null;
            foreach (var (name, cell) in computedCells.GetValueOrDefault(proposal.Row ?? 0) ?? [])
            {
                var after = change?.Fields.FirstOrDefault(f => f.Field == name)?.After ?? before?[name] ?? "";
                if (cell != after && cell != (before?[name] ?? ""))
                {
                    yield return FieldError.Of("computed-field-changed", name, cell, definition.Find(name)!.Title, after.Length == 0 ? "–" : after) with
                    {
                        Id = change?.Id ?? proposal.Id,
                        Row = proposal.Row,
                    };
                }
            }
        }
    }

    private void ReadColumns(IReadOnlyList<string> columns)
    {
        idColumn = columns.ToList().IndexOf(RegisterTables.IdColumn);
        fields = [.. columns.Select(definition.Find)];
        for (var i = 0; i < columns.Count; i++)
        {
            var name = columns[i];
            if (i != idColumn && fields[i] is null)
            {
                errors.Add(FieldError.Of("column-unknown", name, "", name.Length == 0 ? $"({i + 1})" : name, string.Join(", ", definition.Fields.Select(f => f.Name))));
            }
            else if (columns.Take(i).Contains(name))
            {
                errors.Add(FieldError.Of("column-twice", name, "", name));
            }
            else if (hidden.Contains(name))
            {
                errors.Add(FieldError.Of("field-not-visible", name, "", fields[i]!.Title));
            }
        }
    }

    private void ReadRow(TableRow row)
    {
        var id = idColumn < 0 || idColumn >= row.Cells.Count ? "" : IdIn(row.Cells[idColumn]);
        var before = id.Length == 0 ? null : book.Find(definition.Name, id);
        if (id.Length > 0 && !mentioned.Add(id))
        {
            errors.Add(FieldError.Of("row-twice", RegisterTables.IdColumn, id, id) with { Id = id, Row = row.Number });
            return;
        }

        var values = before is null ? new Dictionary<string, string>(StringComparer.Ordinal) : RegisterDecisions.Known(definition, before.Values);
        if (ReadCells(row, id, values))
        {
            var kind = before is null ? RegisterChangeKind.Created : before.IsDeleted ? RegisterChangeKind.Restored : RegisterChangeKind.Changed;
            proposals.Add(new ProposedChange(definition.Name, id.Length == 0 ? null : id, kind, values, before?.Revision, row.Number));
        }
    }

    private bool ReadCells(TableRow row, string id, Dictionary<string, string> values)
    {
        var isReadable = true;
        for (var i = 0; i < row.Cells.Count; i++)
        {
            if (i >= fields.Length)
            {
                isReadable &= string.IsNullOrWhiteSpace(row.Cells[i]) || Fail(FieldError.Of("cell-without-column", "", row.Cells[i], i + 1));
            }
            else if (fields[i] is { } field)
            {
                var value = RegisterRules.Canonical(field, row.Cells[i], out var error);
                isReadable &= error is null || Fail(error);
                Take(field, value);
            }
        }

        return isReadable;

        bool Fail(FieldError error)
        {
            errors.Add(error with { Id = id.Length == 0 ? null : id, Row = row.Number });
            return false;
        }

        void Take(FieldDefinition field, string value)
        {
            if (field.IsComputed && value.Length > 0)
            {
                (computedCells.TryGetValue(row.Number, out var cells) ? cells : computedCells[row.Number] = [])[field.Name] = value;
            }
            else if (!field.IsComputed)
            {
                values[field.Name] = value;
            }
        }
    }

    private string IdIn(string cell)
    {
        var id = IsText(cell) ? cell.Normalize(NormalizationForm.FormKC).Trim() : cell.Trim();
        return definition.HasFixedIds ? ControlPrefix().Replace(id, "") : id;
    }

    /// <summary>Half of a surrogate pair cannot be normalised; it is no id either, which is said later.</summary>
    private static bool IsText(string cell)
    {
        foreach (var rune in cell.AsSpan().EnumerateRunes())
        {
            if (rune == Rune.ReplacementChar)
            {
                return false;
            }
        }

        return true;
    }

    [GeneratedRegex(@"^[Aa]\.")]
    private static partial Regex ControlPrefix();
}
