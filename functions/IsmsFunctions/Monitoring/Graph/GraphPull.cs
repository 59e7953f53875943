using System.Text.Json;
using Isms.Monitoring;
using Microsoft.Extensions.Options;

namespace IsmsFunctions.Monitoring.Graph;

/// <summary>Hears of each page that has been read to its end.</summary>
public interface IPageWatch
{
    /// <summary>A page has been read; what was taken of it may be stored together with where it goes on.</summary>
    /// <param name="soFar">The pull up to here.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>What to go on with: usually the same; with <see cref="PullReport.Next"/> null the pull ends here.</returns>
    ValueTask<PullReport> PageEndedAsync(PullReport soFar, CancellationToken cancellationToken);

    /// <summary>The pull begins again from its first page, since the service no longer knows where it stood: every row so far will come again.</summary>
    ValueTask RestartingAsync(PullReport soFar, CancellationToken cancellationToken);
}

/// <summary>Pulls a collection, page by page, to its end.</summary>
public sealed class GraphPull(GraphHttp http, GraphRequests requests, IOptions<GraphOptions> options, TimeProvider clock)
{
    private const int MostRestarts = 3;
    private const int MostCutPages = 6;
    private const int MostRequestIds = 60;

    /// <summary>
    /// Reads every page into the sink. Rows may come more than once – a cut page is read again, an expired skip token starts the collection again – so the sink
    /// tells repetitions by their id.
    /// </summary>
    public Task<PullReport> PullAsync(GraphCollection collection, IRowSink sink, Patience patience, CancellationToken cancellationToken) =>
        PullAsync(collection, sink, null, null, patience, cancellationToken);

    /// <summary>Goes on with a pull, and tells of each page that has been read.</summary>
    /// <param name="collection">What is asked.</param>
    /// <param name="sink">Takes the rows.</param>
    /// <param name="watch">Hears of pages.</param>
    /// <param name="before">Where an earlier attempt stopped; null to begin.</param>
    /// <param name="patience">How long to wait in all.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<PullReport> PullAsync(
        GraphCollection collection, IRowSink sink, IPageWatch? watch, PullReport? before, Patience patience, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(collection);
        var report = before ?? new PullReport { Query = collection.Query, StartedAt = clock.GetUtcNow() };
        var sent = 0;
        try
        {
            var first = new Uri(http.BaseAddress, collection.Query);
            var (next, restarts, cuts) = (report.Next ?? first, 0, 0);
            while (true)
            {
                try
                {
                    var (following, id) = await ReadPageAsync(collection, next, sink, patience, () => sent++, cancellationToken);
                    if (following == next)
                    {
                        throw new GraphException(GapReasons.ServiceError, "next page is the same page");
                    }

                    report = report with
                    {
                        Pages = report.Pages + 1,
                        RequestIds = report.RequestIds.Count < MostRequestIds ? [.. report.RequestIds, .. id] : report.RequestIds,
                        Requests = report.Requests + sent,
                        Next = following,
                        EndedAt = clock.GetUtcNow(),
                    };
                    (cuts, sent) = (0, 0);
                }
                catch (GraphException e) when (e.IsBadRequest && next != first && restarts < MostRestarts)
                {
                    // The skip token is no longer valid. What has been read stays; the sink recognises it when it comes again.
                    restarts++;
                    next = first;
                    if (watch is not null)
                    {
                        await watch.RestartingAsync(report, cancellationToken);
                    }

                    continue;
                }
                catch (Exception e) when (IsCut(e, cancellationToken))
                {
                    var failure = new GraphException(GapReasons.ServiceError, $"page cut off ({e.GetType().Name})");
                    if (++cuts >= MostCutPages || !await patience.TryWaitAsync(null, cuts, cancellationToken))
                    {
                        throw failure;
                    }

                    continue;
                }

                if (watch is not null)
                {
                    report = await watch.PageEndedAsync(report, cancellationToken);
                }

                if (report.Next is not { } further)
                {
                    break;
                }

                next = further;
            }
        }
        catch (GraphException e)
        {
            report = report with { Failure = e };
        }

        return report with { Requests = report.Requests + sent, EndedAt = clock.GetUtcNow() };
    }

    private async Task<(Uri? Next, string[] RequestId)> ReadPageAsync(
        GraphCollection collection, Uri address, IRowSink sink, Patience patience, Action sending, CancellationToken cancellationToken)
    {
        using var response = await requests.SendAsync(
            () =>
            {
                sending();
                return GraphRequests.Get(address, collection.IsBeta);
            },
            collection.Scope, patience, cancellationToken);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(options.Value.AttemptTimeout);
        await using var body = await response.Content.ReadAsStreamAsync(limit.Token);
        var nextLink = collection.IsSingle
            ? await GraphPageReader.ReadSingleAsync(body, sink, limit.Token)
            : await GraphPageReader.ReadAsync(body, sink, limit.Token);
        string[] id = response.Headers.TryGetValues("request-id", out var values) ? [values.First()] : [];
        return (nextLink is null ? null : Own(nextLink), id);
    }

    /// <summary>A next link is followed on our own Graph only: the token goes with it.</summary>
    private Uri Own(string nextLink) =>
        Uri.TryCreate(nextLink, UriKind.Absolute, out var address) && http.IsOwn(address)
            ? address
            : throw new GraphException(GapReasons.ServiceError, "next link leads to another host");

    private static bool IsCut(Exception e, CancellationToken cancellationToken) =>
        e is JsonException or IOException or HttpRequestException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested);
}
