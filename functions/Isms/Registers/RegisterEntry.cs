namespace Isms.Registers;

/// <summary>A row of a register. Values are canonical text by field name; a field without a value is absent.</summary>
public sealed record RegisterEntry
{
    /// <summary>Its id, such as <c>A-0001</c>.</summary>
    public required string Id { get; init; }

    /// <summary>How often it has been written: 1 when created.</summary>
    public required int Revision { get; init; }

    /// <summary>The values by field name.</summary>
    public required IReadOnlyDictionary<string, string> Values { get; init; }

    /// <summary>Whether it has been deleted; it keeps its values and history and can be restored.</summary>
    public bool IsDeleted { get; init; }

    /// <summary>Whether it is starter content that nobody has made the organisation's own by editing it.</summary>
    public bool IsSample { get; init; }

    /// <summary>When it was last written.</summary>
    public required DateTimeOffset ChangedAt { get; init; }

    /// <summary>The person who last wrote it.</summary>
    public required string ChangedBy { get; init; }

    /// <summary>When it was created.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>The person who created it.</summary>
    public string CreatedBy { get; init; } = "";

    /// <summary>The commit that last wrote it; its history goes back from there.</summary>
    public long Commit { get; init; }

    /// <summary>The value of a field; empty when it has none.</summary>
    public string this[string field] => Values.GetValueOrDefault(field, "");
}

/// <summary>What happened to an entry.</summary>
public enum RegisterChangeKind
{
    /// <summary>It was created.</summary>
    Created,

    /// <summary>Values of it changed.</summary>
    Changed,

    /// <summary>It was deleted.</summary>
    Deleted,

    /// <summary>Its deletion was taken back.</summary>
    Restored,
}

/// <summary>A field's value before and after; empty means none.</summary>
/// <param name="Field">The field's name.</param>
/// <param name="Before">The canonical value before.</param>
/// <param name="After">The canonical value after.</param>
public sealed record FieldChange(string Field, string Before, string After);

/// <summary>One line of an entry's history.</summary>
/// <param name="Id">The entry's id.</param>
/// <param name="Revision">The entry's revision after the change.</param>
/// <param name="Kind">What happened.</param>
/// <param name="At">When.</param>
/// <param name="By">The person who did it.</param>
/// <param name="Origin">How: <c>edit</c>, <c>import:{id}</c>, <c>sample</c> or <c>rule</c>.</param>
/// <param name="Fields">The values that differ.</param>
public sealed record RegisterChange(
    string Id, int Revision, RegisterChangeKind Kind, DateTimeOffset At, string By, string Origin, IReadOnlyList<FieldChange> Fields)
{
    /// <summary>Made by hand over HTTP.</summary>
    public const string Edit = "edit";

    /// <summary>Starter content.</summary>
    public const string Sample = "sample";

    /// <summary>Made by a rule of the app.</summary>
    public const string Rule = "rule";

    /// <summary>Made by an import.</summary>
    public static string OfImport(string id) => "import:" + id;
}
