using System.Text.Json;

namespace SampleTenant.OData;

/// <summary>Tells whether a row, as it would be sent, satisfies a filter. Texts compare without case, as in Graph.</summary>
internal static class FilterEvaluator
{
    public static bool Matches(FilterNode node, JsonElement row) => node switch
    {
        FilterNode.And and => Matches(and.Left, row) && Matches(and.Right, row),
        FilterNode.Or or => Matches(or.Left, row) || Matches(or.Right, row),
        FilterNode.Not not => !Matches(not.Operand, row),
        FilterNode.Compare compare => Holds(compare.Operator, Resolve(row, compare.Path), compare.Value),
        FilterNode.In list => list.Values.Any(value => Holds("eq", Resolve(row, list.Path), value)),
        FilterNode.Text text => HoldsText(text, Resolve(row, text.Path)),
        FilterNode.Any any => HoldsAny(any, Resolve(row, any.Path)),
        _ => false,
    };

    private static JsonElement? Resolve(JsonElement row, FilterPath path)
    {
        var element = row;
        foreach (var segment in path.Segments)
        {
            if (segment == "$count" && element.ValueKind == JsonValueKind.Array)
            {
                return JsonSerializer.SerializeToElement(element.GetArrayLength());
            }

            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(segment, out element))
            {
                return null;
            }
        }

        return element;
    }

    private static bool HoldsAny(FilterNode.Any any, JsonElement? value) =>
        value is { ValueKind: JsonValueKind.Array } array
        && array.EnumerateArray().Any(item => any.Condition is null || Matches(any.Condition, item));

    private static bool HoldsText(FilterNode.Text node, JsonElement? value)
    {
        if (value is not { ValueKind: JsonValueKind.String } element)
        {
            return false;
        }

        var text = element.GetString()!;
        return node.Function switch
        {
            "startswith" => text.StartsWith(node.Value, StringComparison.OrdinalIgnoreCase),
            "endswith" => text.EndsWith(node.Value, StringComparison.OrdinalIgnoreCase),
            _ => text.Contains(node.Value, StringComparison.OrdinalIgnoreCase),
        };
    }

    private static bool Holds(string comparison, JsonElement? value, FilterLiteral literal)
    {
        var isNull = value is null or { ValueKind: JsonValueKind.Null };
        if (isNull || literal.IsNull)
        {
            return comparison switch
            {
                "eq" => isNull == literal.IsNull,
                "ne" => isNull != literal.IsNull,
                _ => false,
            };
        }

        if (Order(value!.Value, literal) is not { } order)
        {
            return comparison == "ne";
        }

        return comparison switch
        {
            "eq" => order == 0,
            "ne" => order != 0,
            "gt" => order > 0,
            "ge" => order >= 0,
            "lt" => order < 0,
            _ => order <= 0,
        };
    }

    private static int? Order(JsonElement value, FilterLiteral literal) => value.ValueKind switch
    {
        JsonValueKind.String when literal.Time is { } time => FilterParser.Instant(value.GetString()!)?.CompareTo(time),
        JsonValueKind.String when literal.Text is { } text => string.Compare(value.GetString(), text, StringComparison.OrdinalIgnoreCase),
        JsonValueKind.Number when literal.Number is { } number => value.GetDouble().CompareTo(number),
        JsonValueKind.True or JsonValueKind.False when literal.Truth is { } truth => value.GetBoolean().CompareTo(truth),
        _ => null,
    };
}
