using Isms.Text;

namespace Isms.Registers;

/// <summary>What a field of a register holds; it decides the canonical form of its values.</summary>
public enum FieldType
{
    /// <summary>A line of text.</summary>
    Text,

    /// <summary>Text of several lines.</summary>
    LongText,

    /// <summary>A whole number.</summary>
#pragma warning disable CA1720 // The name in definitions: what kind of number people write, not how a machine stores it.
    Integer,
#pragma warning restore CA1720

    /// <summary>A decimal number.</summary>
    Number,

    /// <summary>A calendar date.</summary>
    Date,

    /// <summary>Yes or no.</summary>
    Boolean,

    /// <summary>One of the field's choices.</summary>
    Choice,

    /// <summary>A person of the organisation's settings.</summary>
    Person,

    /// <summary>A department of the organisation's settings.</summary>
    Department,

    /// <summary>A site (place) of the organisation.</summary>
    Site,

    /// <summary>A control of Annex A.</summary>
    Control,

    /// <summary>A clause of the standard.</summary>
    Clause,

    /// <summary>An item of evidence.</summary>
    Evidence,

    /// <summary>An entry of another register.</summary>
    Reference,
}

/// <summary>One of the values a choice field can have.</summary>
/// <param name="Value">The canonical value.</param>
/// <param name="Title">How people read it.</param>
public sealed record FieldChoice(string Value, LocalizedText Title);

/// <summary>A field (column) of a register.</summary>
public sealed record FieldDefinition
{
    /// <summary>Its name in JSON and files: a letter, then letters and digits; an organisation's own fields begin with <c>x-</c>.</summary>
    public required string Name { get; init; }

    /// <summary>What people call it.</summary>
    public required LocalizedText Title { get; init; }

    /// <summary>What to write into it.</summary>
    public LocalizedText? Help { get; init; }

    /// <summary>What it holds.</summary>
    public required FieldType Type { get; init; }

    /// <summary>Whether it holds any number of ids instead of one.</summary>
    public bool IsList { get; init; }

    /// <summary>Whether every entry must have a value.</summary>
    public bool IsRequired { get; init; }

    /// <summary>Whether no two entries may have the same value.</summary>
    public bool IsUnique { get; init; }

    /// <summary>Whether it is left out of packs, mails and logs, and masked for roles that may not see it.</summary>
    public bool IsSensitive { get; init; }

    /// <summary>Whether rules of the app set it: exported, and accepted back only unchanged.</summary>
    public bool IsComputed { get; init; }

    /// <summary>The most characters of a text; null means the most of its type.</summary>
    public int? MaxLength { get; init; }

    /// <summary>The least number.</summary>
    public decimal? Min { get; init; }

    /// <summary>The greatest number.</summary>
    public decimal? Max { get; init; }

    /// <summary>The values of a choice.</summary>
    public IReadOnlyList<FieldChoice> Choices { get; init; } = [];

    /// <summary>The register that a reference points into.</summary>
    public string? References { get; init; }

    /// <summary>Its column's width on paper, in millimetres.</summary>
    public int? Width { get; init; }

    /// <summary>Whether the printed register shows it.</summary>
    public bool IsPrinted { get; init; } = true;
}
