using System.Text;

namespace Azure.Data.Tables.Protocol;

/// <summary>
/// Where the next page starts. The token of a page of entities is both keys with a blank between; a page may end between
/// partitions and then has no row key.
/// </summary>
internal readonly record struct TableContinuation(string? PartitionKey, string? RowKey, string? TableName)
{
    private const string Header = "x-ms-continuation-";

    public static TableContinuation OfEntities(string? token)
    {
        if (token is null || token.Length <= 1)
            return default;
        var parts = token.Split(' ', 2);
        return new(parts[0], parts.Length > 1 && parts[1].Length > 0 ? parts[1] : null, null);
    }

    public static TableContinuation OfTables(string? token) => new(null, null, token);

    /// <summary>The token of the page after this response; null after the last.</summary>
    public static string? EntityToken(Response response)
    {
        var partitionKey = Next(response, "NextPartitionKey");
        var rowKey = Next(response, "NextRowKey");
        return partitionKey is null && rowKey is null ? null : $"{partitionKey} {rowKey}";
    }

    /// <inheritdoc cref="EntityToken" />
    public static string? TableToken(Response response) => Next(response, "NextTableName");

    public void AppendTo(StringBuilder query)
    {
        TableQuery.Append(query, "NextPartitionKey", PartitionKey);
        TableQuery.Append(query, "NextRowKey", RowKey);
        TableQuery.Append(query, "NextTableName", TableName);
    }

    private static string? Next(Response response, string name) => response.Headers.TryGetValue(Header + name, out var value) ? value : null;
}
