using System.Text.Json;
using SampleTenant.OData;
using SampleTenant.Sources;

namespace SampleTenant.Http;

/// <summary>
/// Writes rows as the query wants them. A row that has to be filtered or trimmed is written aside first and looked at as JSON: one
/// evaluator for every collection; all others go straight into the page.
/// </summary>
internal sealed class RowWriter : IDisposable
{
    private readonly RowSource source;
    private readonly FilterNode? filter;
    private readonly HashSet<string>? selected;
    private readonly PooledBuffer aside = PooledBuffer.Rent();
    private readonly Utf8JsonWriter asideWriter;
    private bool checkedNames;

    public RowWriter(RowSource source, QueryOptions query, FilterNode? rest)
    {
        this.source = source;
        filter = rest;
        if (query.Select is { Count: > 0 } select)
        {
            selected = new HashSet<string>(select, StringComparer.OrdinalIgnoreCase);
        }
        else if (source.DefaultProperties is { } usual)
        {
            selected = new HashSet<string>(usual, StringComparer.OrdinalIgnoreCase);
        }

        foreach (var relation in query.Expand)
        {
            if (!source.Expandable.Contains(relation))
            {
                throw GraphException.NoSuchProperty(relation, source.Type);
            }

            selected?.Add(relation);
        }

        // Graph sends the key along with sign-in activity and with changes, asked for or not.
        if (source.IsDelta || selected?.Contains("signInActivity") == true)
        {
            selected?.Add("id");
        }

        asideWriter = new Utf8JsonWriter(aside.Writer, RowJson.Options);
    }

    /// <summary>Whether rows must be looked at before it is known that they are part of the answer.</summary>
    public bool LooksAtRows => filter is not null;

    /// <summary>Writes the row if it satisfies the filter.</summary>
    /// <param name="row">The row.</param>
    /// <param name="writer">Where to; null to find out only.</param>
    /// <param name="query">For names in the query, which the first row tells right from wrong.</param>
    public bool TryWrite(IRowCursor row, Utf8JsonWriter? writer, QueryOptions query)
    {
        if (filter is null && selected is null && checkedNames)
        {
            if (writer is not null)
            {
                writer.WriteStartObject();
                row.WriteProperties(writer);
                writer.WriteEndObject();
            }

            return true;
        }

        return TryWriteAside(row, writer, query);
    }

    private bool TryWriteAside(IRowCursor row, Utf8JsonWriter? writer, QueryOptions query)
    {
        aside.Writer.ResetWrittenCount();
        asideWriter.Reset(aside.Writer);
        asideWriter.WriteStartObject();
        row.WriteProperties(asideWriter);
        asideWriter.WriteEndObject();
        asideWriter.Flush();
        if (filter is null && checkedNames && writer is not null)
        {
            Project(aside.Writer.WrittenSpan, writer);
            return true;
        }

        using var document = JsonDocument.Parse(aside.Writer.WrittenMemory);
        CheckNames(document.RootElement, query);
        if (filter is not null && !FilterEvaluator.Matches(filter, document.RootElement))
        {
            return false;
        }

        if (writer is null)
        {
            return true;
        }

        if (selected is null)
        {
            writer.WriteRawValue(aside.Writer.WrittenSpan, skipInputValidation: true);
        }
        else
        {
            Project(aside.Writer.WrittenSpan, writer);
        }

        return true;
    }

    // Copies the selected properties as they stand; annotations such as @odata.type come along unasked.
    private void Project(ReadOnlySpan<byte> row, Utf8JsonWriter writer)
    {
        var names = selected!.GetAlternateLookup<ReadOnlySpan<char>>();
        Span<char> name = stackalloc char[128];
        var reader = new Utf8JsonReader(row);
        reader.Read();
        writer.WriteStartObject();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var length = reader.CopyString(name);
            reader.Read();
            var from = (int)reader.TokenStartIndex;
            reader.Skip();
            if (name[0] == '@' || names.Contains(name[..length]))
            {
                writer.WritePropertyName(name[..length]);
                writer.WriteRawValue(row[from..(int)reader.BytesConsumed], skipInputValidation: true);
            }
        }

        writer.WriteEndObject();
    }

    private void CheckNames(JsonElement row, QueryOptions query)
    {
        // A removed object has nothing but its id to show.
        if (checkedNames || row.TryGetProperty("@removed", out _))
        {
            return;
        }

        checkedNames = true;
        var names = (query.Select ?? []).Concat((query.Filter?.Paths() ?? []).Select(path => path.Segments.Count > 0 ? path.Segments[0] : ""));
        foreach (var name in names.Where(name => name.Length > 0 && name != "*" && !HasProperty(row, name) && !source.Expandable.Contains(name)))
        {
            throw GraphException.NoSuchProperty(name, source.Type);
        }
    }

    private static bool HasProperty(JsonElement row, string name) =>
        row.TryGetProperty(name, out _) || row.EnumerateObject().Any(property => property.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    public void Dispose()
    {
        asideWriter.Dispose();
        aside.Dispose();
    }
}
