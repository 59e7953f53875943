using System.Collections.Concurrent;
using SampleTenant.Directory;
using SampleTenant.Logs;

namespace SampleTenant.Http;

/// <summary>Counts what was asked and served, and gives each request an id that is the same in every run.</summary>
internal sealed class RequestLedger(ulong seed)
{
    private readonly ConcurrentDictionary<ulong, ulong> asked = new();
    private readonly ConcurrentDictionary<string, PathCount> paths = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentQueue<SentMail> mail = new();

    public IReadOnlyCollection<SentMail> Mail => mail;

    public IReadOnlyDictionary<string, PathCount> Paths => paths;

    /// <summary>From the seed, the request and how often it was made; not from a clock or a random number.</summary>
    public Guid NextRequestId(string pathAndQuery, ReadOnlySpan<byte> body)
    {
        var hash = seed;
        foreach (var c in pathAndQuery)
        {
            hash = Noise.Next(hash ^ c);
        }

        // Two batches at the same time differ in nothing but their bodies.
        foreach (var b in body)
        {
            hash = Noise.Next(hash ^ b);
        }

        var number = asked.AddOrUpdate(hash, 1, (_, count) => count + 1);
        return SignInIds.FromBits(Noise.Bits(seed, Topic.Request, hash ^ number));
    }

    public void Count(string path, int status, int rows)
    {
        var count = paths.GetOrAdd(path, _ => new PathCount());
        lock (count)
        {
            count.Requests++;
            count.Rows += rows;
            count.Throttled += status == 429 ? 1 : 0;
            count.Failed += status >= 400 ? 1 : 0;
        }
    }

    public void Add(SentMail sent) => mail.Enqueue(sent);

    public void Clear()
    {
        paths.Clear();
        mail.Clear();
    }
}

/// <summary>What one path has seen.</summary>
internal sealed class PathCount
{
    public long Requests { get; set; }

    public long Rows { get; set; }

    public long Throttled { get; set; }

    public long Failed { get; set; }
}

/// <summary>A message handed in by <c>sendMail</c>.</summary>
internal sealed record SentMail(string From, DateTimeOffset At, string RequestId, System.Text.Json.JsonElement Message);
