using System.Text.Json;
using Azure.Data.Tables.Models;

namespace Azure.Data.Tables.Protocol;

/// <summary>The JSON that creates and lists tables.</summary>
internal static class TableNameJson
{
    public static ReadOnlyMemory<byte> Write(string table) =>
        JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, string> { ["TableName"] = table });

    public static List<TableItem> ReadMany(Response response)
    {
        using var document = JsonDocument.Parse(response.Content.ToMemory());
        return [.. document.RootElement.GetProperty("value").EnumerateArray().Select(item => new TableItem(item.GetProperty("TableName").GetString()))];
    }
}
