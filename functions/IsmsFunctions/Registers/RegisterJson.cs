using System.Globalization;
using System.Text.Json;
using Isms.Registers;
using Isms.Rules;

namespace IsmsFunctions.Registers;

/// <summary>Values as JSON of their fields' types, and back.</summary>
internal static class RegisterJson
{
    /// <summary>A canonical value as JSON writes it.</summary>
    public static object Typed(FieldDefinition field, string value) => field switch
    {
        { IsList: true } => RegisterRules.Items(value),
        { Type: FieldType.Integer or FieldType.Number } => decimal.Parse(value, CultureInfo.InvariantCulture),
        { Type: FieldType.Boolean } => value == "true",
        _ => value,
    };

    /// <summary>Values of a body as text; null takes a value away.</summary>
    /// <exception cref="RefusedException">A value is an object, or a list within a list.</exception>
    public static IReadOnlyDictionary<string, string> Texts(IReadOnlyDictionary<string, JsonElement> values) =>
        values.ToDictionary(v => v.Key, v => Text(v.Key, v.Value), StringComparer.Ordinal);

    private static string Text(string field, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => string.Join("; ", value.EnumerateArray().Select(item => Item(field, item))),
        _ => Item(field, value),
    };

    private static string Item(string field, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Number => value.GetRawText(),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        JsonValueKind.Null => "",
        _ => throw new RefusedException(Refusal.Of(RefusalKind.InvalidInput, "register-value-not-plain", "values." + field, null, field)),
    };
}
