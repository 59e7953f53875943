using System.Globalization;

namespace SampleTenant.OData;

/// <summary>The OData options of a request.</summary>
internal sealed record QueryOptions
{
    public int? Top { get; init; }

    public IReadOnlyList<string>? Select { get; init; }

    public IReadOnlyList<string> Expand { get; init; } = [];

    public FilterNode? Filter { get; init; }

    public bool Count { get; init; }

    public (string Property, bool Descending)? OrderBy { get; init; }

    public string? SkipToken { get; init; }

    public string? DeltaToken { get; init; }

    /// <summary>The query string without its skip token, to be repeated in the next link.</summary>
    public string Repeatable { get; init; } = "";

    /// <summary>The same without its delta token, to be repeated in the delta link.</summary>
    public string RepeatableDelta => string.Join('&', Repeatable.Split('&').Where(part => !part.Contains("deltatoken=", StringComparison.OrdinalIgnoreCase)));

    /// <exception cref="GraphException">400 where an option is unknown or malformed.</exception>
    public static QueryOptions Parse(string queryString)
    {
        var options = new QueryOptions();
        var repeatable = new List<string>();
        foreach (var part in queryString.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            var name = Decode(equals < 0 ? part : part[..equals]);
            var value = equals < 0 ? "" : Decode(part[(equals + 1)..]);
            options = options.With(name, value);
            if (name != "$skiptoken")
            {
                repeatable.Add(part);
            }
        }

        return options with { Repeatable = string.Join('&', repeatable) };
    }

    private QueryOptions With(string name, string value) => name switch
    {
        "$top" => this with { Top = PositiveNumber(value) },
        "$select" => this with { Select = value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) },
        "$expand" => this with { Expand = [.. Split(value).Select(item => item.Split('(')[0].Trim())] },
        "$filter" => this with { Filter = FilterParser.Parse(value) },
        "$count" => this with { Count = value.Equals("true", StringComparison.OrdinalIgnoreCase) },
        "$orderby" => this with { OrderBy = Order(value) },
        "$skiptoken" => this with { SkipToken = value },
        "$deltatoken" => this with { DeltaToken = value },
        "$format" => this,
        _ when name.StartsWith('$') => throw GraphException.BadRequest($"The query parameter '{name}' is not supported."),
        _ => this,
    };

    private static int PositiveNumber(string value) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            ? number
            : throw GraphException.BadRequest($"Invalid value '{value}' for $top query option found. The $top query option requires a positive integer value.");

    private static (string, bool) Order(string value) => value.Split(' ', StringSplitOptions.RemoveEmptyEntries) switch
    {
        [var property] => (property, false),
        [var property, "asc"] => (property, false),
        [var property, "desc"] => (property, true),
        _ => throw GraphException.BadRequest("Only one $orderby expression is supported."),
    };

    // Commas inside parentheses belong to the expanded entity's own options.
    private static IEnumerable<string> Split(string value)
    {
        var depth = 0;
        var from = 0;
        for (var i = 0; i <= value.Length; i++)
        {
            if (i == value.Length || (value[i] == ',' && depth == 0))
            {
                yield return value[from..i];
                from = i + 1;
            }
            else
            {
                depth += value[i] == '(' ? 1 : value[i] == ')' ? -1 : 0;
            }
        }
    }

    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}
