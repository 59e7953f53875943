using System.Globalization;
using System.Text.Json;
using Isms.Text;

namespace Isms.Monitoring.Snapshots;

/// <summary>The first rows of a kind as people read them; how many there are in all is counted.</summary>
/// <param name="columns">The members shown.</param>
/// <param name="most">How many rows are kept.</param>
/// <param name="zone">The time zone in which moments are written.</param>
public sealed class RowTable(IReadOnlyList<string> columns, int most, TimeZoneInfo zone)
{
    private readonly List<IReadOnlyList<LocalizedText>> rows = [];

    /// <summary>The members shown.</summary>
    public IReadOnlyList<string> Columns => columns;

    /// <summary>The rows kept.</summary>
    public IReadOnlyList<IReadOnlyList<LocalizedText>> Rows => rows;

    /// <summary>How many rows there are.</summary>
    public long Count { get; private set; }

    /// <summary>Adds a row that is read only if it is kept.</summary>
    public void Add(ReadOnlyMemory<byte> row)
    {
        if (rows.Count >= most)
        {
            Count++;
            return;
        }

        using var document = JsonDocument.Parse(row);
        Add(document.RootElement);
    }

    /// <summary>Adds a row.</summary>
    public void Add(JsonElement row)
    {
        Count++;
        if (rows.Count < most)
        {
            rows.Add([.. columns.Select(c => CellOf(row, c))]);
        }
    }

    private LocalizedText CellOf(JsonElement row, string column) =>
        column.Split("[].") is [var list, var members]
            ? Same(string.Join(", ", JsonRow.List(row, list).Select(part => FirstOf(part, members)).Where(t => t.Length > 0)))
            : TextOf(JsonRow.At(row, column));

    private static string FirstOf(JsonElement part, string members) => members.Split('|').Select(m => JsonRow.Text(part, m)).FirstOrDefault(t => t.Length > 0) ?? "";

    private LocalizedText TextOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True => Texts.Get("value.yes"),
        JsonValueKind.False => Texts.Get("value.no"),
        JsonValueKind.String when value.TryGetDateTimeOffset(out var time) => Same(
            time.Year is > 1900 and < 9999 ? TimeZoneInfo.ConvertTime(time, zone).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) : ""),
        JsonValueKind.String => Same(value.GetString()!),
        JsonValueKind.Number => Same(value.GetRawText()),
        JsonValueKind.Array => Same(string.Join(", ", value.EnumerateArray().Select(e => e.ValueKind == JsonValueKind.String ? e.GetString() : e.GetRawText()))),
        _ => Same(""),
    };

    private static LocalizedText Same(string text) => new(text, text);
}
