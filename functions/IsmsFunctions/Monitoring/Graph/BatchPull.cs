using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Isms.Monitoring;

namespace IsmsFunctions.Monitoring.Graph;

/// <summary>Pulls the collection below each of many parents, twenty a request (<c>$batch</c>). Every part is throttled, and repeated, by itself.</summary>
public sealed class BatchPull(GraphHttp http, GraphRequests requests, GraphPull pull, TimeProvider clock)
{
    private const int PartsPerBatch = 20;

    /// <summary>Reads the collection of every parent into the sink, each row as <c>{"parent":…,"row":…}</c>.</summary>
    /// <param name="parents">The parents' ids.</param>
    /// <param name="pathFormat">The collection's path and query, {0} for the parent (for a parent that is below another, {0} and {1} for both), without version.</param>
    /// <param name="sink">Takes the rows.</param>
    /// <param name="patience">How long to wait in all.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<PullReport> PullAsync(
        IReadOnlyList<string> parents, string pathFormat, IRowSink sink, Patience patience, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(parents);
        var report = new PullReport { Query = "/v1.0" + string.Format(CultureInfo.InvariantCulture, pathFormat, "{id}", "{id}"), StartedAt = clock.GetUtcNow() };
        var ids = new List<string>();
        GraphException? failure = null;
        try
        {
            foreach (var chunk in parents.Chunk(PartsPerBatch))
            {
                await PullChunkAsync(chunk, pathFormat, sink, ids, patience, cancellationToken);
            }
        }
        catch (GraphException e)
        {
            failure = e;
        }

        return report with { RequestIds = ids, Pages = ids.Count, Requests = ids.Count, EndedAt = clock.GetUtcNow(), Failure = failure };
    }

    private async Task PullChunkAsync(
        string[] chunk, string pathFormat, IRowSink sink, List<string> ids, Patience patience, CancellationToken cancellationToken)
    {
        List<string> open = [.. chunk];
        for (var failures = 1; open.Count > 0; failures++)
        {
            var (again, wait) = await SendAsync(open, pathFormat, sink, ids, patience, cancellationToken);
            if (again.Count > 0 && !await patience.TryWaitAsync(wait, failures, cancellationToken))
            {
                throw new GraphException(GapReasons.ThrottledOut, "429 in $batch") { RetryAfter = wait };
            }

            open = again;
        }
    }

    /// <summary>Sends a batch; returns the parents to ask for again, and how long they are to be left alone.</summary>
    private async Task<(List<string> Again, TimeSpan? Wait)> SendAsync(
        List<string> parents, string pathFormat, IRowSink sink, List<string> ids, Patience patience, CancellationToken cancellationToken)
    {
        var body = Body(parents, pathFormat);
        using var response = await requests.SendAsync(() => Post(body), PacingScope.Directory, patience, cancellationToken);
        using var document = await ReadAsync(response, cancellationToken);
        ids.Add(response.Headers.TryGetValues("request-id", out var values) ? values.First() : "");
        var again = new List<string>();
        TimeSpan? wait = null;
        // The order of the answers is not that of the questions; evidence keeps to the latter.
        var answers = document.RootElement.GetProperty("responses").EnumerateArray().ToDictionary(r => int.Parse(r.GetProperty("id").GetString()!, CultureInfo.InvariantCulture));
        for (var i = 0; i < parents.Count; i++)
        {
            var answer = answers.TryGetValue(i, out var found) ? found : throw new GraphException(GapReasons.ServiceError, "part missing from $batch answer");
            switch ((HttpStatusCode)answer.GetProperty("status").GetInt32())
            {
                case HttpStatusCode.OK:
                    await TakeAsync(parents[i], answer.GetProperty("body"), sink, ids, patience, cancellationToken);
                    break;
                case HttpStatusCode.NotFound:
                    break; // Deleted since its parent was listed.
                case HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError or HttpStatusCode.FailedDependency:
                    again.Add(parents[i]);
                    wait = Longer(wait, RetryAfterOf(answer));
                    break;
                case var status:
                    var (code, message) = answer.TryGetProperty("body", out var error) ? GraphRequests.ErrorIn(error) : (null, null);
                    throw GraphRequests.Judge(status, code, message, null).Failure;
            }
        }

        return (again, wait);
    }

    private async Task TakeAsync(
        string parent, JsonElement page, IRowSink sink, List<string> ids, Patience patience, CancellationToken cancellationToken)
    {
        foreach (var row in page.GetProperty("value").EnumerateArray())
        {
            sink.Add(Below(parent, Encoding.UTF8.GetBytes(row.GetRawText())));
        }

        await sink.FlushAsync(cancellationToken);
        if (page.TryGetProperty("@odata.nextLink", out var link) && Uri.TryCreate(link.GetString(), UriKind.Absolute, out var next))
        {
            if (!http.IsOwn(next))
            {
                throw new GraphException(GapReasons.ServiceError, "next link leads to another host");
            }

            var path = next.PathAndQuery["/v1.0".Length..];
            var rest = await pull.PullAsync(new GraphCollection("v1.0", path, PacingScope.Directory), new Child(parent, sink), patience, cancellationToken);
            ids.AddRange(rest.RequestIds);
            if (rest.Failure is { } failure)
            {
                throw failure;
            }
        }
    }

    private HttpRequestMessage Post(byte[] body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(http.BaseAddress, "/v1.0/$batch")) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new("application/json");
        GraphRequests.Mark(request);
        return request;
    }

    private static async Task<JsonDocument> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            return await JsonDocument.ParseAsync(await response.Content.ReadAsStreamAsync(cancellationToken), cancellationToken: cancellationToken);
        }
        catch (Exception e) when (e is JsonException or IOException or HttpRequestException)
        {
            throw new GraphException(GapReasons.ServiceError, $"$batch answer cut off ({e.GetType().Name})");
        }
    }

    private static byte[] Body(List<string> parents, string pathFormat) => JsonSerializer.SerializeToUtf8Bytes(new
    {
        requests = parents.Select((parent, i) => new
        {
            id = i.ToString(CultureInfo.InvariantCulture),
            method = "GET",
            url = string.Format(CultureInfo.InvariantCulture, pathFormat, parent.Split('/')),
        }),
    });

    private static byte[] Below(string parent, ReadOnlySpan<byte> row) =>
        [.. "{\"parent\":"u8, .. JsonSerializer.SerializeToUtf8Bytes(parent), .. ",\"row\":"u8, .. row, .. "}"u8];

    private static TimeSpan? RetryAfterOf(JsonElement answer) =>
        answer.TryGetProperty("headers", out var headers) && headers.TryGetProperty("Retry-After", out var value)
            && int.TryParse(value.ValueKind == JsonValueKind.String ? value.GetString() : value.GetRawText(), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
                ? TimeSpan.FromSeconds(seconds)
                : null;

    private static TimeSpan? Longer(TimeSpan? a, TimeSpan? b) => a is null || b > a ? b : a;

    private sealed class Child(string parent, IRowSink sink) : IRowSink
    {
        public void Add(ReadOnlySpan<byte> row) => sink.Add(Below(parent, row));

        public ValueTask FlushAsync(CancellationToken cancellationToken) => sink.FlushAsync(cancellationToken);
    }
}
