using System.Globalization;
using System.Text;

namespace Azure.Data.Tables.Protocol;

/// <summary>What to read: the filter, and the properties (all if null).</summary>
internal readonly record struct TableQuery(string? Filter, string? Select)
{
    public static string? Join(IEnumerable<string>? select) => select is null ? null : string.Join(',', select);

    public string ToQueryString(int? top = null, TableContinuation continuation = default)
    {
        var query = new StringBuilder("?$format=application%2Fjson%3Bodata%3Dminimalmetadata");
        Append(query, "$top", top?.ToString(CultureInfo.InvariantCulture));
        Append(query, "$select", Select);
        Append(query, "$filter", Filter);
        continuation.AppendTo(query);
        return query.ToString();
    }

    internal static void Append(StringBuilder query, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
            query.Append('&').Append(name).Append('=').Append(Uri.EscapeDataString(value));
    }
}
