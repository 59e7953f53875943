using System.Text.Json;
using Isms.Evidence;
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
    private const int MostHalvings = 4;
    private const int MostRequestIds = 60;
    private static readonly TimeSpan ShortestSlice = TimeSpan.FromMinutes(15);

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
        var report = before ?? new PullReport { Query = collection.Query, StartedAt = clock.GetUtcNow(), Open = collection.Times is { } times ? [times.Whole] : null };
        var sent = 0;
        GraphException? failure = null;
        try
        {
            var (next, restarts, halvings, cuts) = (report.Next ?? FirstOf(collection, report), 0, 0, 0);
            while (true)
            {
                GraphException? trouble = null;
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
                    report = following is null ? WithoutFirst(collection, report) : report;
                    (cuts, sent) = (0, 0);
                }
                catch (GraphException e) when (e.IsBadRequest && next != FirstOf(collection, report) && restarts < MostRestarts)
                {
                    // The skip token is no longer valid. What has been read stays; the sink recognises it when it comes again.
                    restarts++;
                    trouble = e;
                }
                catch (GraphException e) when (e.IsTooMuch && report.Open is not null)
                {
                    trouble = failure = e;
                }
                catch (Exception e) when (IsCut(e, cancellationToken))
                {
                    if (++cuts < MostCutPages && await patience.TryWaitAsync(null, cuts, cancellationToken))
                    {
                        continue;
                    }

                    var cut = new GraphException(GapReasons.ServiceError, $"page cut off ({e.GetType().Name})") { IsTooMuch = true };
                    (trouble, failure, cuts) = report.Open is null ? throw cut : (cut, cut, 0);
                }

                if (trouble is not null)
                {
                    report = report with { Next = next };
                    if (watch is not null)
                    {
                        await watch.RestartingAsync(report, cancellationToken);
                    }

                    // What was too much, or took too long, is asked for in halves; what is too much even then is left, and the rest is read.
                    var halved = halvings < MostHalvings && report.GivenUp.Count == 0 ? Halved(report) : report;
                    halvings++;
                    report = ReferenceEquals(halved, report) && trouble.IsTooMuch
                        ? WithoutFirst(collection, report with { GivenUp = [.. report.GivenUp, report.Open![0]] })
                        : halved with { Next = FirstOf(collection, halved) };
                }
                else if (watch is not null)
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

        return Ended(collection, report, failure) with { Requests = report.Requests + sent, EndedAt = clock.GetUtcNow() };
    }

    /// <summary>The first page of what is to be read next.</summary>
    private Uri FirstOf(GraphCollection collection, PullReport report) =>
        new(http.BaseAddress, (report.Open is [var slice, ..] ? collection.Times!.Of(slice) : collection).Query);

    /// <summary>The slice that was read is done, or given up.</summary>
    private PullReport WithoutFirst(GraphCollection collection, PullReport report)
    {
        if (report.Open is not { Count: > 1 })
        {
            return report with { Open = report.Open is null ? null : [], Next = null };
        }

        var rest = report with { Open = [.. report.Open.Skip(1)] };
        return rest with { Next = FirstOf(collection, rest) };
    }

    /// <summary>The latest first, as the service answers: the rows keep its order.</summary>
    private static PullReport Halved(PullReport report)
    {
        if (report.Open is not [var slice, ..] || slice.To - slice.From < 2 * ShortestSlice)
        {
            return report;
        }

        var half = slice.From + ((slice.To - slice.From) / 2);
        var middle = half.AddTicks(-(half.UtcTicks % TimeSpan.TicksPerSecond));
        return report with { Open = [new Period(middle, slice.To), new Period(slice.From, middle), .. report.Open.Skip(1)] };
    }

    /// <summary>What was given up is open again, for whoever asks once more, and is what is missing until then.</summary>
    private PullReport Ended(GraphCollection collection, PullReport report, GraphException? failure)
    {
        if (report.GivenUp.Count == 0 || (report.Failure is null && report.Open is { Count: > 0 }))
        {
            return report; // Read to its end, or interrupted by who watches.
        }

        var open = report with { Open = [.. report.GivenUp.Concat(report.Open ?? []).OrderBy(p => p.From)], GivenUp = [] };
        return open with
        {
            Failure = report.Failure ?? failure ?? new GraphException(GapReasons.ServiceError, "not answered before"),
            Next = FirstOf(collection, open),
        };
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
