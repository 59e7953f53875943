using System.Text.Json;
using Isms.Monitoring;
using Microsoft.Extensions.Options;

namespace IsmsFunctions.Monitoring.Graph;

/// <summary>Pulls a collection, page by page, to its end.</summary>
public sealed class GraphPull(GraphHttp http, GraphRequests requests, IOptions<GraphOptions> options, TimeProvider clock)
{
    private const int MostRestarts = 3;
    private const int MostCutPages = 6;

    /// <summary>
    /// Reads every page into the sink. Rows may come more than once – a cut page is read again, an expired skip token starts the collection again – so the sink
    /// tells repetitions by their id.
    /// </summary>
    public async Task<PullReport> PullAsync(GraphCollection collection, IRowSink sink, Patience patience, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(collection);
        var first = new Uri(http.BaseAddress, collection.Query);
        var ids = new List<string>();
        var report = new PullReport { Query = collection.Query, StartedAt = clock.GetUtcNow() };
        GraphException? failure = null;
        try
        {
            await ReadAllAsync(collection, first, sink, ids, patience, cancellationToken);
        }
        catch (GraphException e)
        {
            failure = e;
        }

        return report with { RequestIds = ids, Pages = ids.Count, EndedAt = clock.GetUtcNow(), Failure = failure };
    }

    private async Task ReadAllAsync(
        GraphCollection collection, Uri first, IRowSink sink, List<string> ids, Patience patience, CancellationToken cancellationToken)
    {
        var (next, restarts, cuts) = (first, 0, 0);
        while (true)
        {
            Uri? following;
            try
            {
                following = await ReadPageAsync(collection, next, sink, ids, patience, cancellationToken);
                cuts = 0;
            }
            catch (GraphException e) when (e.IsBadRequest && next != first && restarts < MostRestarts)
            {
                // The skip token is no longer valid. What has been read stays; the sink recognises it when it comes again.
                restarts++;
                next = first;
                continue;
            }
            catch (Exception e) when (IsCut(e, cancellationToken) && ++cuts < MostCutPages)
            {
                if (!await patience.TryWaitAsync(null, cuts, cancellationToken))
                {
                    throw new GraphException(GapReasons.ServiceError, $"page cut off ({e.GetType().Name})");
                }

                continue;
            }
            catch (Exception e) when (IsCut(e, cancellationToken))
            {
                throw new GraphException(GapReasons.ServiceError, $"page cut off ({e.GetType().Name})");
            }

            if (following is null)
            {
                return;
            }

            next = following != next ? following : throw new GraphException(GapReasons.ServiceError, "next page is the same page");
        }
    }

    private async Task<Uri?> ReadPageAsync(
        GraphCollection collection, Uri address, IRowSink sink, List<string> ids, Patience patience, CancellationToken cancellationToken)
    {
        using var response = await requests.SendAsync(
            () => GraphRequests.Get(address, collection.IsBeta), collection.Scope, patience, cancellationToken);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(options.Value.AttemptTimeout);
        await using var body = await response.Content.ReadAsStreamAsync(limit.Token);
        var nextLink = await GraphPageReader.ReadAsync(body, sink, limit.Token);
        ids.Add(response.Headers.TryGetValues("request-id", out var values) ? values.First() : "");
        return nextLink is null ? null : Own(nextLink);
    }

    /// <summary>A next link is followed on our own Graph only: the token goes with it.</summary>
    private Uri Own(string nextLink) =>
        Uri.TryCreate(nextLink, UriKind.Absolute, out var address) && http.IsOwn(address)
            ? address
            : throw new GraphException(GapReasons.ServiceError, "next link leads to another host");

    private static bool IsCut(Exception e, CancellationToken cancellationToken) =>
        e is JsonException or IOException or HttpRequestException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested);
}
