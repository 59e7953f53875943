using System.Net;
using System.Text;
using System.Text.Json;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;

namespace LocalRuntime.Tests.Tables;

/// <summary>What goes over the wire, where the emulator does not look closely.</summary>
public sealed class RequestShapeTests : IDisposable
{
    private static readonly Uri Endpoint = new("https://isms.table.core.windows.net/");

    private readonly Recorder service = new();

    public void Dispose() => service.Dispose();

    [Fact]
    public async Task Identity_asks_for_the_storage_scope_and_sends_the_token()
    {
        var identity = new Identity();
        var table = new TableClient(Endpoint, "evidence", identity, Options());

        await table.AddEntityAsync(new TableEntity("p", "r"));
        await table.AddEntityAsync(new TableEntity("p", "s"));

        Assert.Equal(["https://storage.azure.com/.default"], identity.Scopes);
        Assert.All(service.Requests, request => Assert.Equal("Bearer token-1", request.Headers["Authorization"]));
        Assert.Equal("isms", table.AccountName);
    }

    [Fact]
    public async Task Identity_is_not_sent_without_tls()
    {
        var table = new TableClient(new Uri("http://isms.table.core.windows.net/"), "evidence", new Identity(), Options());

        await Assert.ThrowsAsync<InvalidOperationException>(() => table.AddEntityAsync(new TableEntity("p", "r")));
        Assert.Empty(service.Requests);
    }

    [Fact]
    public async Task Shared_key_signs_date_and_resource()
    {
        var table = new TableClient(Endpoint, "evidence", new TableSharedKeyCredential("isms", "a2V5"), Options());

        await table.GetEntityIfExistsAsync<TableEntity>("監査", "it's");

        var request = Assert.Single(service.Requests);
        Assert.Equal("/evidence(PartitionKey='%E7%9B%A3%E6%9F%BB',RowKey='it%27%27s')", request.Path);
        var toSign = $"{request.Headers["x-ms-date"]}\n/isms{request.Path}";
        var signature = Convert.ToBase64String(System.Security.Cryptography.HMACSHA256.HashData("key"u8, Encoding.UTF8.GetBytes(toSign)));
        Assert.Equal($"SharedKeyLite isms:{signature}", request.Headers["Authorization"]);
    }

    [Fact]
    public async Task Entity_is_sent_as_annotated_json_and_its_echo_declined()
    {
        var table = new TableClient(Endpoint, "evidence", new TableSharedKeyCredential("isms", "a2V5"), Options());

        await table.AddEntityAsync(new TableEntity("p", "r") { ["L"] = 5L, ["At"] = DateTimeOffset.UnixEpoch, Timestamp = DateTimeOffset.UnixEpoch, ETag = new ETag("x") });

        var request = Assert.Single(service.Requests);
        Assert.Equal(("POST", "return-no-content", "2020-12-06", "3.0"), (request.Method, request.Headers["Prefer"], request.Headers["x-ms-version"], request.Headers["DataServiceVersion"]));
        using var body = JsonDocument.Parse(request.Body);
        var properties = body.RootElement.EnumerateObject().ToDictionary(property => property.Name, property => property.Value.ToString());
        Assert.Equal(
            new Dictionary<string, string>
            {
                ["PartitionKey"] = "p",
                ["RowKey"] = "r",
                ["L@odata.type"] = "Edm.Int64",
                ["L"] = "5",
                ["At@odata.type"] = "Edm.DateTime",
                ["At"] = "1970-01-01T00:00:00.0000000Z",
            },
            properties);
    }

    [Fact]
    public async Task Update_carries_its_precondition_and_upsert_none()
    {
        var table = new TableClient(Endpoint, "evidence", new TableSharedKeyCredential("isms", "a2V5"), Options());
        var entity = new TableEntity("p", "r");

        await table.UpdateEntityAsync(entity, new ETag("W/\"1\""), TableUpdateMode.Replace);
        await table.UpdateEntityAsync(entity, ETag.All);
        await table.UpsertEntityAsync(entity, TableUpdateMode.Replace);
        await table.DeleteEntityAsync("p", "r");

        Assert.Equal(
            [("PUT", "W/\"1\""), ("PATCH", "*"), ("PUT", null), ("DELETE", "*")],
            service.Requests.Select(request => (request.Method, request.Headers.GetValueOrDefault("If-Match"))));
    }

    [Fact]
    public async Task Query_carries_filter_page_size_and_selection_encoded()
    {
        var table = new TableClient(Endpoint, "evidence", new TableSharedKeyCredential("isms", "a2V5"), Options());
        service.Answer = _ => Json(HttpStatusCode.OK, """{"value":[]}""");

        await foreach (var _ in table.QueryAsync<TableEntity>("Owner eq '佐藤 & ''鈴木'''", 50, ["A", "B"]))
        {
        }

        var query = Assert.Single(service.Requests).Query;
        Assert.Contains("$top=50", query, StringComparison.Ordinal);
        Assert.Contains("$select=A%2CB", query, StringComparison.Ordinal);
        Assert.Contains("$filter=Owner%20eq%20%27%E4%BD%90%E8%97%A4%20%26%20%27%27%E9%88%B4%E6%9C%A8%27%27%27", query, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_without_a_row_key_in_its_continuation_is_continued_by_partition()
    {
        var table = new TableClient(Endpoint, "evidence", new TableSharedKeyCredential("isms", "a2V5"), Options());
        service.Answer = request =>
        {
            var response = Json(HttpStatusCode.OK, """{"value":[]}""");
            if (!request.Query.Contains("NextPartitionKey", StringComparison.Ordinal))
                response.Headers.Add("x-ms-continuation-NextPartitionKey", "1!8!cA--");
            return response;
        };

        await foreach (var _ in table.QueryAsync<TableEntity>())
        {
        }

        Assert.Equal(2, service.Requests.Count);
        Assert.Contains("NextPartitionKey=1%218%21cA--", service.Requests[1].Query, StringComparison.Ordinal);
        Assert.DoesNotContain("NextRowKey", service.Requests[1].Query, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unavailable_service_is_tried_again()
    {
        var options = Options();
        (options.Retry.MaxRetries, options.Retry.Delay) = (2, TimeSpan.Zero);
        var table = new TableClient(Endpoint, "evidence", new TableSharedKeyCredential("isms", "a2V5"), options);
        service.Answer = _ => Json(service.Requests.Count < 3 ? HttpStatusCode.ServiceUnavailable : HttpStatusCode.NoContent, "");

        await table.AddEntityAsync(new TableEntity("p", "r"));

        Assert.Equal(3, service.Requests.Count);
    }

    [Fact]
    public async Task Error_of_the_service_becomes_status_code_and_message()
    {
        var table = new TableClient(Endpoint, "evidence", new TableSharedKeyCredential("isms", "a2V5"), Options());
        service.Answer = _ => Json(HttpStatusCode.BadRequest, """{"odata.error":{"code":"PropertyNameInvalid","message":{"lang":"en-US","value":"The property name is invalid."}}}""");

        var failure = await Assert.ThrowsAsync<RequestFailedException>(() => table.AddEntityAsync(new TableEntity("p", "r")));

        Assert.Equal((400, "PropertyNameInvalid"), (failure.Status, failure.ErrorCode));
        Assert.StartsWith("The property name is invalid.", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answer_of_the_real_service_to_a_transaction_is_understood()
    {
        var table = new TableClient(Endpoint, "evidence", new TableSharedKeyCredential("isms", "a2V5"), Options());
        service.Answer = _ => Multipart(
            "HTTP/1.1 204 No Content\r\nX-Content-Type-Options: nosniff\r\nPreference-Applied: return-no-content\r\nDataServiceVersion: 3.0;\r\nETag: W/\"datetime'2026-04-01'\"\r\n\r\n");

        var result = await table.SubmitTransactionAsync([new(TableTransactionActionType.Add, new TableEntity("p", "r"))]);

        var response = Assert.Single(result.Value);
        Assert.Equal(204, response.Status);
        Assert.Equal(new ETag("W/\"datetime'2026-04-01'\""), response.Headers.ETag);
    }

    [Fact]
    public async Task Failure_of_the_real_service_names_the_action()
    {
        var table = new TableClient(Endpoint, "evidence", new TableSharedKeyCredential("isms", "a2V5"), Options());
        service.Answer = _ => Multipart(
            "HTTP/1.1 400 Bad Request\r\nX-Content-Type-Options: nosniff\r\nContent-Type: application/json;odata=minimalmetadata;streaming=true;charset=utf-8\r\n\r\n"
            + """{"odata.error":{"code":"CommandsInBatchActOnDifferentPartitions","message":{"lang":"en-US","value":"1:All commands in a batch must operate on same entity group.\nRequestId:x\nTime:y"}}}"""
            + "\r\n");

        var failure = await Assert.ThrowsAsync<TableTransactionFailedException>(() => table.SubmitTransactionAsync(
            [new(TableTransactionActionType.Add, new TableEntity("p", "r")), new(TableTransactionActionType.Add, new TableEntity("q", "r"))]));

        Assert.Equal((400, "CommandsInBatchActOnDifferentPartitions", 1), (failure.Status, failure.ErrorCode, failure.FailedTransactionActionIndex));
    }

    private static HttpResponseMessage Json(HttpStatusCode status, string content) =>
        new(status) { Content = new StringContent(content, Encoding.UTF8, "application/json") };

    private static HttpResponseMessage Multipart(string part)
    {
        const string Start = "--batchresponse_1\r\nContent-Type: multipart/mixed; boundary=changesetresponse_2\r\n\r\n--changesetresponse_2\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\n";
        var response = new HttpResponseMessage(HttpStatusCode.Accepted) { Content = new StringContent(Start + part + "\r\n--changesetresponse_2--\r\n--batchresponse_1--\r\n") };
        response.Content.Headers.ContentType = System.Net.Http.Headers.MediaTypeHeaderValue.Parse("multipart/mixed; boundary=batchresponse_1");
        return response;
    }

    private TableClientOptions Options() => new() { Transport = new HttpClientTransport(service), Retry = { MaxRetries = 0 } };

    private sealed record Sent(string Method, string Path, string Query, IReadOnlyDictionary<string, string> Headers, string Body);

    private sealed class Recorder : HttpMessageHandler
    {
        public List<Sent> Requests { get; } = [];

        public Func<Sent, HttpResponseMessage> Answer { get; set; } = _ => new HttpResponseMessage(HttpStatusCode.NoContent) { Content = new ByteArrayContent([]) };

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var headers = request.Headers.ToDictionary(header => header.Key, header => string.Join(", ", header.Value));
            var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
            var sent = new Sent(request.Method.Method, request.RequestUri!.AbsolutePath, request.RequestUri.Query, headers, body);
            Requests.Add(sent);
            return sent.Method == "GET" && !sent.Path.EndsWith("()", StringComparison.Ordinal) ? new HttpResponseMessage(HttpStatusCode.NotFound) { Content = new ByteArrayContent([]) } : Answer(sent);
        }
    }

    private sealed class Identity : TokenCredential
    {
        public List<string> Scopes { get; } = [];

        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken)
        {
            Scopes.AddRange(requestContext.Scopes);
            return new AccessToken($"token-{Scopes.Count}", DateTimeOffset.MaxValue);
        }

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            ValueTask.FromResult(GetToken(requestContext, cancellationToken));
    }
}
