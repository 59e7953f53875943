using System.Text.Json;

namespace Isms.Monitoring.Snapshots;

/// <summary>Looks into a row without trusting it: what is absent or of another type is empty.</summary>
internal static class JsonRow
{
    /// <summary>The text of a member.</summary>
    public static string Text(JsonElement row, string member) => At(row, member) is { ValueKind: JsonValueKind.String } value ? value.GetString()! : "";

    /// <summary>Whether a member is true.</summary>
    public static bool IsTrue(JsonElement row, string member) => At(row, member).ValueKind == JsonValueKind.True;

    /// <summary>Whether a member is false, and not absent.</summary>
    public static bool IsFalse(JsonElement row, string member) => At(row, member).ValueKind == JsonValueKind.False;

    /// <summary>The number of a member; null when there is none.</summary>
    public static decimal? Number(JsonElement row, string member) =>
        At(row, member) is { ValueKind: JsonValueKind.Number } value && value.TryGetDecimal(out var number) ? number : null;

    /// <summary>The time of a member; null when absent, unreadable or before anything real (Graph writes the year 1 for "never").</summary>
    public static DateTimeOffset? Time(JsonElement row, string member) =>
        At(row, member) is { ValueKind: JsonValueKind.String } value && value.TryGetDateTimeOffset(out var time) && time.Year is > 1900 and < 9999 ? time : null;

    /// <summary>The parts of a list.</summary>
    public static IEnumerable<JsonElement> List(JsonElement row, string member) =>
        At(row, member) is { ValueKind: JsonValueKind.Array } value ? value.EnumerateArray() : [];

    /// <summary>The texts of a list.</summary>
    public static IEnumerable<string> Texts(JsonElement row, string member) =>
        List(row, member).Where(e => e.ValueKind == JsonValueKind.String).Select(e => e.GetString()!);

    /// <summary>The value at a path such as <c>conditions.users</c>.</summary>
    public static JsonElement At(JsonElement row, string path)
    {
        var value = row;
        foreach (var name in path.Split('.'))
        {
            if (value.ValueKind != JsonValueKind.Object || !value.TryGetProperty(name, out value))
            {
                return default;
            }
        }

        return value;
    }

    /// <summary>The row below a parent.</summary>
    public static JsonElement Below(JsonElement row) => At(row, "row");

    /// <summary>The parent's id.</summary>
    public static string Parent(JsonElement row) => Text(row, "parent");

    /// <summary>The later of two times.</summary>
    public static DateTimeOffset? Later(DateTimeOffset? a, DateTimeOffset? b) => a is null || b > a ? b : a;
}
