using System.Buffers;
using System.Text.Json;
using SampleTenant.OData;
using SampleTenant.Sources;

namespace SampleTenant.Http;

/// <summary>Turns a collection into one page with its next link.</summary>
internal static class PageWriter
{
    private const int DuplicatesAtMost = 3;

    public static GraphResponse Write(GraphRequest request, RowSource source)
    {
        var token = request.Token ?? new SkipToken(0, request.Now.UtcTicks, false);
        var context = request.RowContext();
        var rows = PooledBuffer.Rent();
        int count;
        long? next;
        if (request.Fault(FaultKind.EmptyPage) is not null && !token.AfterEmpty)
        {
            rows.Writer.Write("[]"u8);
            (count, next) = (0, token.Position);
        }
        else
        {
            (count, next) = WriteRows(request, source, context, token.Position, rows);
        }

        var nextLink = next is { } position ? ("@odata.nextLink", NextLink(request, new SkipToken(position, token.Snapshot, count == 0)))
            : source.IsDelta ? ("@odata.deltaLink", DeltaTokens.Link(request, context.Now))
            : ((string Name, string Address)?)null;
        var response = new GraphResponse(200) { Rows = count };
        response.Add(Head(request, source, context, nextLink, token.Position == 0));
        response.Add(rows);
        response.Body.Add("}"u8.ToArray());
        return response;
    }

    /// <summary>A single object, in the manner of a page of one row.</summary>
    public static GraphResponse WriteEntity(GraphRequest request, RowSource source, bool isSingleton)
    {
        var cursor = source.Open(request.RowContext(), request.Query, 0, out _);
        if (!cursor.MoveNext())
        {
            throw GraphException.NoSuchObject(request.Path.Split('/')[^1]);
        }

        using var rowWriter = new RowWriter(source, request.Query, null);
        using var row = PooledBuffer.Rent();
        using (var writer = new Utf8JsonWriter(row.Writer, RowJson.Options))
        {
            rowWriter.TryWrite(cursor, writer, request.Query);
        }

        var body = PooledBuffer.Rent();
        using (var writer = new Utf8JsonWriter(body.Writer, RowJson.Options))
        {
            writer.WriteStartObject();
            writer.WriteString("@odata.context"u8, $"{ContextRoot(request)}{source.Context}{Suffix(request)}{(isSingleton ? "" : "/$entity")}");
        }

        // The row's own opening brace becomes a comma.
        body.Writer.Write(row.Writer.WrittenCount > 2 ? ","u8 : ""u8);
        body.Writer.Write(row.Writer.WrittenSpan[1..]);
        var response = new GraphResponse(200) { Rows = 1 };
        response.Add(body);
        return response;
    }

    public static long Count(GraphRequest request, RowSource source, RowContext context)
    {
        var cursor = source.Open(context, request.Query, 0, out var rest);
        using var rowWriter = new RowWriter(source, request.Query with { Select = null, Expand = [] }, rest);
        long count = 0;
        while (cursor.MoveNext())
        {
            count += !rowWriter.LooksAtRows || rowWriter.TryWrite(cursor, null, request.Query) ? 1 : 0;
        }

        return count;
    }

    private static (int Count, long? Next) WriteRows(GraphRequest request, RowSource source, RowContext context, long from, PooledBuffer rows)
    {
        var top = Math.Min(request.Query.Top ?? source.DefaultPageSize, source.MaximalPageSize);
        var cursor = source.Open(context, request.Query, from, out var rest);
        using var rowWriter = new RowWriter(source, request.Query, rest);
        using var writer = new Utf8JsonWriter(rows.Writer, RowJson.Options);
        var positions = new long[DuplicatesAtMost];
        var count = 0;
        writer.WriteStartArray();
        while (cursor.MoveNext())
        {
            if (count == top)
            {
                if (!rowWriter.LooksAtRows || rowWriter.TryWrite(cursor, null, request.Query))
                {
                    writer.WriteEndArray();
                    var repeats = request.Fault(FaultKind.DuplicateRows) is not null && count > DuplicatesAtMost;
                    return (count, repeats ? positions[count % DuplicatesAtMost] : cursor.Position);
                }
            }
            else if (rowWriter.TryWrite(cursor, writer, request.Query))
            {
                positions[count++ % DuplicatesAtMost] = cursor.Position;
            }
        }

        writer.WriteEndArray();
        return (count, null);
    }

    private static PooledBuffer Head(GraphRequest request, RowSource source, RowContext context, (string Name, string Address)? link, bool isFirstPage)
    {
        var head = PooledBuffer.Rent();
        using (var writer = new Utf8JsonWriter(head.Writer, RowJson.Options))
        {
            writer.WriteStartObject();
            writer.WriteString("@odata.context"u8, $"{ContextRoot(request)}{source.Context}{Suffix(request)}");
            if (request.Query.Count && isFirstPage)
            {
                writer.WriteNumber("@odata.count"u8, Count(request, source, context));
            }

            if (link is { } known)
            {
                writer.WriteString(known.Name, known.Address);
            }

            writer.WritePropertyName("value"u8);
        }

        return head;
    }

    private static string NextLink(GraphRequest request, SkipToken token)
    {
        var host = request.Fault(FaultKind.ForeignNextLink) is null ? request.BaseAddress : "https://graph.elsewhere.example";
        var query = request.Query.Repeatable.Length == 0 ? "" : request.Query.Repeatable + "&";
        return $"{host}/{request.Version}/{request.Path}?{query}$skiptoken={token.Encode(request.Listing)}";
    }

    // The real service's address, whatever port this server listens on: rows and pages stay the same from run to run.
    private static string ContextRoot(GraphRequest request) => $"https://graph.microsoft.com/{request.Version}/$metadata#";

    private static string Suffix(GraphRequest request) =>
        request.Query.Select is { Count: > 0 } select ? $"({string.Join(',', select)})" : "";
}
