using Isms.Text;

namespace Isms.Registers;

/// <summary>How a register is printed.</summary>
public sealed record PrintedLayout
{
    /// <summary>The number the document is filed under.</summary>
    public required string DocumentNumber { get; init; }

    /// <summary>Whether the sheet lies on its side.</summary>
    public bool IsLandscape { get; init; }

    /// <summary>The names of the fields shown, in order; <c>id</c> is the entry's id.</summary>
    public required IReadOnlyList<string> Columns { get; init; }

    /// <summary>The names of the fields that entries are ordered by before their id.</summary>
    public IReadOnlyList<string> OrderBy { get; init; } = [];
}

/// <summary>A register of the management system: its fields and how it is printed.</summary>
public sealed record RegisterDefinition
{
    /// <summary>Its name in routes, files and storage.</summary>
    public required string Name { get; init; }

    /// <summary>What people call it.</summary>
    public required LocalizedText Title { get; init; }

    /// <summary>What its entries' ids begin with: <c>A</c> makes A-0001.</summary>
    public required string IdPrefix { get; init; }

    /// <summary>The field that says in words which entry it is.</summary>
    public required string TitleField { get; init; }

    /// <summary>The field that says which department an entry belongs to; its lead may edit the entry. Null: leads only read.</summary>
    public string? DepartmentField { get; init; }

    /// <summary>Its fields, in the order of files and forms.</summary>
    public required IReadOnlyList<FieldDefinition> Fields { get; init; }

    /// <summary>How it is printed.</summary>
    public required PrintedLayout Layout { get; init; }

    /// <summary>The clauses it answers.</summary>
    public IReadOnlyList<string> Clauses { get; init; } = [];

    /// <summary>The controls it answers.</summary>
    public IReadOnlyList<string> Controls { get; init; } = [];

    /// <summary>The record it is evidence of when printed, as the plan catalogue names it.</summary>
    public string? RecordType { get; init; }

    /// <summary>Whether the ids are the control numbers 5.1 … 8.34 instead of being handed out.</summary>
    public bool HasFixedIds { get; init; }

    /// <summary>The field of this name, or null.</summary>
    public FieldDefinition? Find(string name) => Fields.FirstOrDefault(f => f.Name == name);
}
