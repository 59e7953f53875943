using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables.Entities;

namespace Azure.Data.Tables.Protocol;

/// <summary>
/// The requests of the table service's REST API. Every method comes once, for callers that wait and callers that block:
/// without <c>async</c> the returned task is complete.
/// </summary>
internal sealed class TableService
{
    private const string MinimalMetadata = "application/json;odata=minimalmetadata";
    private const string StorageScope = "https://storage.azure.com/.default";

    private static readonly ResponseClassifier Default = new();
    private static readonly ResponseClassifier MissingIsFine = new StatusCodeClassifier([200, 204, 404]);
    private static readonly ResponseClassifier ExistingIsFine = new StatusCodeClassifier([201, 204, 409]);

    private readonly HttpPipeline pipeline;
    private readonly string root;
    private readonly string version;

    private TableService(Uri endpoint, HttpPipelinePolicy authorization, TableClientOptions? options, string? accountName)
    {
        options ??= new TableClientOptions();
        Endpoint = endpoint;
        AccountName = accountName ?? AccountNameOf(endpoint);
        root = endpoint.AbsoluteUri.TrimEnd('/') + "/";
        version = options.VersionString;
        var build = new HttpPipelineOptions(options) { ResponseClassifier = Default, RequestFailedDetailsParser = TableErrorDetailsParser.Instance };
        build.PerRetryPolicies.Add(authorization);
        pipeline = HttpPipelineBuilder.Build(build);
    }

    public Uri Endpoint { get; }

    public string AccountName { get; }

    public static TableService Connect(string connectionString, TableClientOptions? options)
    {
        var (endpoint, credential) = TableConnectionString.Parse(connectionString);
        return Connect(endpoint, credential, options);
    }

    public static TableService Connect(Uri endpoint, TableSharedKeyCredential credential, TableClientOptions? options)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        ArgumentNullException.ThrowIfNull(credential);
        return new(endpoint, new SharedKeyLitePolicy(credential), options, credential.AccountName);
    }

    public static TableService Connect(Uri endpoint, TokenCredential credential, TableClientOptions? options)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        ArgumentNullException.ThrowIfNull(credential);
        return new(endpoint, new BearerTokenAuthenticationPolicy(credential, StorageScope), options, accountName: null);
    }

    public Uri UriOf(string table) => new(root + table);

    public async ValueTask<Response> CreateTableAsync(string table, bool mayExist, bool async, CancellationToken cancellation)
    {
        using var message = Message(RequestMethod.Post, "Tables?$format=application%2Fjson%3Bodata%3Dminimalmetadata");
        message.Request.Content = Json(TableNameJson.Write(table));
        message.Request.Headers.SetValue("Content-Type", "application/json;odata=nometadata");
        if (!mayExist)
            return await SendAsync(message, async, cancellation);

        message.Request.Headers.SetValue("Prefer", "return-no-content");
        message.ResponseClassifier = ExistingIsFine;
        var response = await SendAsync(message, async, cancellation);
        if (response.Status == 409 && new RequestFailedException(response) is { } failure && failure.ErrorCode == "TableBeingDeleted")
            throw failure;
        return response;
    }

    public async ValueTask<Response> DeleteTableAsync(string table, bool async, CancellationToken cancellation)
    {
        using var message = Message(RequestMethod.Delete, $"Tables('{table}')");
        message.ResponseClassifier = MissingIsFine;
        return await SendAsync(message, async, cancellation);
    }

    public async ValueTask<Response> InsertAsync(string table, ITableEntity entity, bool async, CancellationToken cancellation)
    {
        using var message = Message(RequestMethod.Post, table + "?$format=application%2Fjson%3Bodata%3Dminimalmetadata");
        message.Request.Headers.SetValue("Prefer", "return-no-content");
        message.Request.Headers.SetValue("Content-Type", "application/json;odata=nometadata");
        message.Request.Content = Json(EntityWriter.Write(entity));
        return await SendAsync(message, async, cancellation);
    }

    /// <summary>Updates the entity of this version; inserts or updates without one.</summary>
    public async ValueTask<Response> UpdateAsync(string table, ITableEntity entity, TableUpdateMode mode, string? ifMatch, bool async, CancellationToken cancellation)
    {
        using var message = Message(MethodOf(mode), EntityPath(table, entity.PartitionKey, entity.RowKey));
        if (ifMatch is not null)
            message.Request.Headers.SetValue("If-Match", ifMatch);
        message.Request.Headers.SetValue("Content-Type", "application/json");
        message.Request.Content = Json(EntityWriter.Write(entity));
        return await SendAsync(message, async, cancellation);
    }

    public async ValueTask<Response> DeleteAsync(string table, string partitionKey, string rowKey, string ifMatch, bool async, CancellationToken cancellation)
    {
        using var message = Message(RequestMethod.Delete, EntityPath(table, partitionKey, rowKey));
        message.Request.Headers.SetValue("If-Match", ifMatch);
        message.ResponseClassifier = MissingIsFine;
        return await SendAsync(message, async, cancellation);
    }

    public async ValueTask<Response> GetAsync(
        string table, string partitionKey, string rowKey, string? select, bool mayBeMissing, bool async, CancellationToken cancellation)
    {
        using var message = Message(RequestMethod.Get, EntityPath(table, partitionKey, rowKey) + new TableQuery(null, select).ToQueryString());
        if (mayBeMissing)
            message.ResponseClassifier = MissingIsFine;
        return await SendAsync(message, async, cancellation);
    }

    /// <summary>One page of the entities of a table, or of the tables if <paramref name="collection"/> is <c>Tables</c>.</summary>
    public async ValueTask<Response> QueryAsync(string collection, TableQuery query, int? top, TableContinuation continuation, bool async, CancellationToken cancellation)
    {
        using var message = Message(RequestMethod.Get, collection + query.ToQueryString(top, continuation));
        return await SendAsync(message, async, cancellation);
    }

    public async ValueTask<Response> BatchAsync(TransactionBody body, bool async, CancellationToken cancellation)
    {
        using var message = Message(RequestMethod.Post, "$batch");
        message.Request.Headers.SetValue("Content-Type", body.ContentType);
        message.Request.Content = Json(body.Content);
        return await SendAsync(message, async, cancellation);
    }

    public string EntityUri(string table, ITableEntity entity) => root + EntityPath(table, entity.PartitionKey, entity.RowKey);

    public static string MethodName(TableUpdateMode mode) => MethodOf(mode).Method;

    private static RequestMethod MethodOf(TableUpdateMode mode) => mode switch
    {
        TableUpdateMode.Merge => RequestMethod.Patch,
        TableUpdateMode.Replace => RequestMethod.Put,
        _ => throw new ArgumentException($"Unexpected value for {nameof(mode)}: {mode}"),
    };

    private static string EntityPath(string table, string partitionKey, string rowKey) =>
        $"{table}(PartitionKey='{EscapeKey(partitionKey)}',RowKey='{EscapeKey(rowKey)}')";

    private static string EscapeKey(string key) => Uri.EscapeDataString(key.Replace("'", "''", StringComparison.Ordinal));

    private static RequestContent Json(ReadOnlyMemory<byte> content) => RequestContent.Create(content);

    private static string AccountNameOf(Uri endpoint) => endpoint.IsLoopback || endpoint.HostNameType == UriHostNameType.IPv4
        ? endpoint.AbsolutePath.Trim('/')
        : endpoint.Host.Split('.')[0];

    private HttpMessage Message(RequestMethod method, string pathAndQuery)
    {
        var message = pipeline.CreateMessage();
        message.Request.Method = method;
        message.Request.Uri.Reset(new Uri(root + pathAndQuery));
        message.Request.Headers.SetValue("x-ms-version", version);
        message.Request.Headers.SetValue("DataServiceVersion", "3.0");
        message.Request.Headers.SetValue("Accept", MinimalMetadata);
        return message;
    }

    private async ValueTask<Response> SendAsync(HttpMessage message, bool async, CancellationToken cancellation)
    {
        if (async)
            await pipeline.SendAsync(message, cancellation).ConfigureAwait(false);
        else
            pipeline.Send(message, cancellation);
        return message.Response.IsError ? throw new RequestFailedException(message.Response) : message.Response;
    }
}
