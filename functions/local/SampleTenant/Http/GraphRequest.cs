using SampleTenant.OData;
using SampleTenant.Sources;

namespace SampleTenant.Http;

/// <summary>A request to Graph, by itself or as a part of a batch.</summary>
internal sealed record GraphRequest
{
    public required string Method { get; init; }

    /// <summary><c>v1.0</c> or <c>beta</c>.</summary>
    public required string Version { get; init; }

    /// <summary>The path after the version, without slashes at its ends, decoded.</summary>
    public required string Path { get; init; }

    public required string QueryString { get; init; }

    public required DateTimeOffset Now { get; init; }

    /// <summary>Scheme, host and port that links have to begin with.</summary>
    public required string BaseAddress { get; init; }

    public required ReadOnlyMemory<byte> Body { get; init; }

    public required Guid RequestId { get; init; }

    public string? ClientRequestId { get; init; }

    public required IReadOnlyList<FaultRule> Faults { get; init; }

    public QueryOptions Query { get; init; } = new();

    /// <summary>The moment whose state is shown: the present, or that of the first page of a listing.</summary>
    public DateTimeOffset AsOf => Token is { } token ? new DateTimeOffset(token.Snapshot, TimeSpan.Zero) : Now;

    /// <summary>Where a listing goes on.</summary>
    public SkipToken? Token { get; init; }

    /// <summary>What a skip token belongs to.</summary>
    public string Listing => $"{Version}/{Path}?{Query.Repeatable}";

    public bool IsBeta => Version == "beta";

    public FaultRule? Fault(FaultKind kind) => Faults.FirstOrDefault(fault => fault.Kind == kind);

    public RowContext RowContext() => new(AsOf, IsBeta, Query.Expand);
}

/// <summary>What a route has to say, before it is written.</summary>
internal abstract record GraphAnswer
{
    public sealed record Collection(RowSource Source) : GraphAnswer;

    /// <param name="Source">A source of one row.</param>
    public sealed record Entity(RowSource Source) : GraphAnswer
    {
        /// <summary>Whether the path itself names the object, so that its context ends without <c>$entity</c>.</summary>
        public bool IsSingleton { get; init; }
    }

    public sealed record Count(RowSource Source) : GraphAnswer;

    public sealed record Accepted : GraphAnswer;
}

/// <summary>An answer ready to be sent. The body's parts belong to pooled buffers until the response is disposed.</summary>
internal sealed class GraphResponse(int status) : IDisposable
{
    private readonly List<PooledBuffer> buffers = [];

    public int Status => status;

    public Dictionary<string, string> Headers { get; } = new(StringComparer.OrdinalIgnoreCase);

    public List<ReadOnlyMemory<byte>> Body { get; } = [];

    public string ContentType { get; init; } = "application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8";

    public int Rows { get; init; }

    public void Add(PooledBuffer buffer)
    {
        buffers.Add(buffer);
        Body.Add(buffer.Writer.WrittenMemory);
    }

    public void Dispose()
    {
        foreach (var buffer in buffers)
        {
            buffer.Dispose();
        }

        buffers.Clear();
        Body.Clear();
    }
}
