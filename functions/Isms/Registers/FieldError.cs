using Isms.Text;

namespace Isms.Registers;

/// <summary>What is wrong with a value, and what to do about it.</summary>
/// <param name="Id">The entry's id, where it has one.</param>
/// <param name="Row">The line of a file or the row of a sheet, in an import.</param>
/// <param name="Field">The field's name.</param>
/// <param name="Value">The value as it was given; empty where it is sensitive.</param>
/// <param name="Code">A stable, machine-readable name in kebab case.</param>
/// <param name="Title">What is wrong.</param>
/// <param name="Remedy">What to do about it.</param>
public sealed record FieldError(string? Id, int? Row, string Field, string Value, string Code, LocalizedText Title, LocalizedText Remedy)
{
    /// <summary>An error whose texts are <c>{code}.title</c> and <c>{code}.remedy</c> of <see cref="Texts"/>, both given the same arguments.</summary>
    public static FieldError Of(string code, string field, string value, params ReadOnlySpan<object?> arguments) =>
        new(null, null, field, value, code, Texts.Get(code + ".title", arguments), Texts.Get(code + ".remedy", arguments));
}
