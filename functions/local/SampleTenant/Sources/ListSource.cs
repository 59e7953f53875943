using System.Text.Json;
using SampleTenant.OData;

namespace SampleTenant.Sources;

/// <summary>A collection whose items are at hand, or can be had by number.</summary>
internal sealed class ListSource<T>(IReadOnlyList<T> items, Action<Utf8JsonWriter, T, RowContext> write) : RowSource
{
    public override IRowCursor Open(RowContext context, QueryOptions query, long position, out FilterNode? rest)
    {
        rest = query.Filter;
        return new Cursor(query.OrderBy is { } order ? Sorted(order, context) : items, write, context, position);
    }

    // Sorting looks at the rows as they would be sent; collections that are large have no order to offer in Graph either.
    private T[] Sorted((string Property, bool Descending) order, RowContext context)
    {
        if (items.Count > 50_000)
        {
            throw GraphException.BadRequest("The collection is too large to be sorted.");
        }

        var keys = items.Select(item => Key(item, order.Property, context)).ToArray();
        var numbers = Enumerable.Range(0, items.Count).OrderBy(i => keys[i], StringComparer.Ordinal);
        var sorted = numbers.Select(i => items[i]).ToArray();
        if (order.Descending)
        {
            Array.Reverse(sorted);
        }

        return sorted;
    }

    private string Key(T item, string property, RowContext context)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, RowJson.Options))
        {
            writer.WriteStartObject();
            write(writer, item, context);
            writer.WriteEndObject();
        }

        using var row = JsonDocument.Parse(stream.GetBuffer().AsMemory(0, (int)stream.Length));
        return row.RootElement.TryGetProperty(property, out var value) ? value.ToString() : throw GraphException.NoSuchProperty(property, Type);
    }

    private sealed class Cursor(IReadOnlyList<T> items, Action<Utf8JsonWriter, T, RowContext> write, RowContext context, long from) : IRowCursor
    {
        private int at = (int)Math.Min(from, int.MaxValue) - 1;

        public long Position => at;

        public bool MoveNext() => at < items.Count - 1 && ++at < items.Count;

        public void WriteProperties(Utf8JsonWriter writer) => write(writer, items[at], context);
    }
}
