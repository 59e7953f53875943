using System.Text.Json;

namespace Isms.Monitoring.Snapshots;

/// <summary>
/// What of a kind of rows is compared between snapshots: either a few members, for rows of which there are many, or all of them but those that change by
/// themselves, for settings, where every change is worth telling.
/// </summary>
/// <param name="NameMember">The member that holds the row's name.</param>
/// <param name="Only">The members compared; null for all.</param>
/// <param name="Except">Members that change by themselves, such as the time of the last change.</param>
public sealed record RowTracking(string NameMember, IReadOnlyList<string>? Only = null, IReadOnlyList<string>? Except = null)
{
    private const int LongestValue = 300;

    /// <summary>Members by which the parts of a list are told apart, in the order they are tried.</summary>
    private static readonly string[] Keys = ["id", "keyId", "skuId", "name"];

    /// <summary>A row as it is compared.</summary>
    public TrackedRow Of(JsonElement row)
    {
        var parent = row.TryGetProperty("parent", out var above) && row.TryGetProperty("row", out var own) ? above.GetString() + "/" : "";
        var content = parent.Length > 0 ? row.GetProperty("row") : row;
        var values = new List<KeyValuePair<string, string>>();
        if (Only is null)
        {
            Flatten(content, "", values);
        }
        else
        {
            foreach (var member in Only)
            {
                values.Add(new(member, TextOf(JsonRow.At(content, member))));
            }
        }

        return new TrackedRow(parent + JsonRow.Text(content, "id"), JsonRow.Text(content, NameMember), values);
    }

    private void Flatten(JsonElement element, string path, List<KeyValuePair<string, string>> values)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in element.EnumerateObject().Where(m => !IsLeftOut(m.Name)))
                {
                    Flatten(member.Value, path.Length == 0 ? member.Name : $"{path}.{member.Name}", values);
                }

                break;
            case JsonValueKind.Array when element.EnumerateArray().Any(e => e.ValueKind == JsonValueKind.Object):
                var index = 0;
                foreach (var part in element.EnumerateArray())
                {
                    Flatten(part, $"{path}[{KeyOf(part) ?? index.ToString(System.Globalization.CultureInfo.InvariantCulture)}]", values);
                    index++;
                }

                break;
            default:
                values.Add(new(path, TextOf(element)));
                break;
        }
    }

    /// <summary>The service's annotations say how a thing was read and not what it is.</summary>
    private bool IsLeftOut(string member) => member.Contains('@', StringComparison.Ordinal) || Except?.Contains(member) == true;

    private static string? KeyOf(JsonElement part) =>
        part.ValueKind != JsonValueKind.Object ? null : Keys.Select(k => JsonRow.Text(part, k)).FirstOrDefault(k => k.Length > 0);

    private static string TextOf(JsonElement element)
    {
        var text = element.ValueKind switch
        {
            JsonValueKind.Undefined or JsonValueKind.Null => "",
            JsonValueKind.String => element.GetString()!,
            JsonValueKind.Array => string.Join(", ", element.EnumerateArray().Select(e => KeyOf(e) ?? TextOf(e)).Order(StringComparer.Ordinal)),
            _ => element.GetRawText(),
        };
        return text.Length <= LongestValue ? text : text[..(LongestValue - 1)] + "…";
    }
}

/// <summary>A row as it is compared.</summary>
/// <param name="Id">Its id, after its parent's.</param>
/// <param name="Name">Its name.</param>
/// <param name="Values">What is compared of it.</param>
public sealed record TrackedRow(string Id, string Name, IReadOnlyList<KeyValuePair<string, string>> Values);
