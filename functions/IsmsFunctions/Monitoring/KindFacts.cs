using System.Text.Json;
using Isms.Evidence;
using IsmsFunctions.Evidence;
using IsmsFunctions.Hosting;
using IsmsFunctions.Monitoring.Graph;

namespace IsmsFunctions.Monitoring;

/// <summary>
/// How pulling a kind of rows went. Stands in one write with the rows – in the last line of a file of sections, or beside a file of its own – so that whoever
/// composes the item, even after a crash, speaks of exactly these rows.
/// </summary>
/// <param name="Kind">The kind.</param>
/// <param name="Query">What was asked, and what came.</param>
/// <param name="GapReason">One of <see cref="Isms.Monitoring.GapReasons"/> when something is missing.</param>
/// <param name="GapDetail">What the service answered.</param>
public sealed record KindFacts(string Kind, GraphQuery Query, string? GapReason = null, string? GapDetail = null)
{
    private const string Fact = "kind";

    // Metadata holds 8 KiB, and a manifest is read by people: beyond this the first request ids are noted; the count of pages is always whole.
    private const int MostRequestIds = 60;
    private const int LongestDetail = 300;

    // Plain ASCII, as headers have to be.
    private static readonly JsonSerializerOptions Ascii = new(Json.Options) { Encoder = null };

    /// <summary>Where the pull goes on after these rows; null when they are all that there are to be.</summary>
    public string? Next { get; init; }

    /// <summary>Of a log: the time that has not been read to its end; where the pull has ended, the time that is missing.</summary>
    public IReadOnlyList<Period>? Open { get; init; }

    /// <summary>Of a log: slices of it that were given up so far.</summary>
    public IReadOnlyList<Period>? GivenUp { get; init; }

    /// <summary>Whether rows are missing.</summary>
    public bool HasGap => GapReason is not null;

    /// <summary>The facts of a pull.</summary>
    public static KindFacts Of(string kind, PullReport report, RowFile rows, (string Reason, string Detail)? gap)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(rows);
        var query = new GraphQuery(
            report.Query, [.. report.RequestIds.Where(id => id.Length > 0).Take(MostRequestIds)], report.Pages, rows.Rows, report.StartedAt, report.EndedAt)
        {
            Kind = kind,
            Requests = report.Requests,
            Late = NullIfNone(rows.Late),
            Revised = NullIfNone(rows.Revised),
            Repeated = NullIfNone(rows.Repeated),
        };
        return new KindFacts(kind, query, gap?.Reason, gap is var (_, detail) ? detail[..Math.Min(detail.Length, LongestDetail)] : null)
        {
            Open = report.Open is { Count: > 0 } ? report.Open : null,
            GivenUp = report.GivenUp.Count > 0 ? report.GivenUp : null,
        };
    }

    /// <summary>The pull that these are the facts of, to go on with.</summary>
    public PullReport ToReport() => new()
    {
        Query = Query.Query,
        RequestIds = Query.RequestIds,
        Pages = Query.Pages,
        Requests = Query.Requests ?? 0,
        Next = Next is null ? null : new Uri(Next),
        Open = Open,
        GivenUp = GivenUp ?? [],
        StartedAt = Query.StartedAt,
        EndedAt = Query.EndedAt,
    };

    /// <summary>The gap as evidence names it; null when there is none.</summary>
    /// <param name="what">What is missing.</param>
    /// <param name="period">The time it leaves open, for logs.</param>
    public Gap? GapOf(string what, Period? period) => GapReason is null ? null : new Gap(what, GapReason, GapDetail ?? "", period);

    /// <summary>The gaps of a log's window: each stretch of time that is missing, as far as it is known.</summary>
    /// <param name="what">What is missing.</param>
    /// <param name="window">The window.</param>
    public IEnumerable<Gap> GapsOf(string what, Period window)
    {
        ArgumentNullException.ThrowIfNull(window);
        if (GapOf(what, window) is not { } gap)
        {
            return [];
        }

        var inside = Joined(Open ?? [])
            .Select(p => new Period(p.From > window.From ? p.From : window.From, p.To < window.To ? p.To : window.To)).Where(p => p.From < p.To).ToList();
        return inside.Count == 0 ? [gap] : inside.Select(p => gap with { Period = p });
    }

    /// <summary>As metadata of a file of its own.</summary>
    public IReadOnlyDictionary<string, string> ToMetadata() => new Dictionary<string, string> { [Fact] = JsonSerializer.Serialize(this, Ascii) };

    /// <summary>From the metadata of a file of its own.</summary>
    public static KindFacts Of(StoredFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        return JsonSerializer.Deserialize<KindFacts>(file.Facts[Fact], Ascii)!;
    }

    private static List<Period> Joined(IEnumerable<Period> periods)
    {
        var joined = new List<Period>();
        foreach (var period in periods.OrderBy(p => p.From))
        {
            if (joined is [.., var last] && last.To >= period.From)
            {
                joined[^1] = last with { To = last.To > period.To ? last.To : period.To };
            }
            else
            {
                joined.Add(period);
            }
        }

        return joined;
    }

    private static long? NullIfNone(long count) => count == 0 ? null : count;
}
