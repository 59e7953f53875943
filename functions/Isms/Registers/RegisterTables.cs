namespace Isms.Registers;

/// <summary>Registers as tables of text, for files.</summary>
public static class RegisterTables
{
    /// <summary>The column that names an entry.</summary>
    public const string IdColumn = "id";

    /// <summary>The entries that are not deleted, in the order of their ids.</summary>
    public static TableText ToTable(RegisterDefinition definition, IEnumerable<RegisterEntry> entries)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(entries);
        var rows = entries
            .Where(e => !e.IsDeleted)
            .OrderBy(e => e.Id, Comparer<string>.Create(RegisterRules.CompareIds))
            .Select((e, i) => new TableRow(i + 2, [e.Id, .. definition.Fields.Select(f => e[f.Name])]));
        return new TableText([IdColumn, .. definition.Fields.Select(f => f.Name)], [.. rows]);
    }
}
