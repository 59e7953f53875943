using System.Collections.Concurrent;
using Isms.Rules;

namespace IsmsFunctions.Hosting.Identity;

/// <summary>
/// How often a minute one person may have the app do what is expensive: calls that read the whole ledger, write large files, or query the tenant. A token bucket each,
/// on the app's clock; every instance of the app counts for itself, so that no storage request is spent on counting.
/// </summary>
public sealed class CallBudget(TimeProvider clock)
{
    /// <summary>Function name → calls a minute. Whatever is not listed is not limited.</summary>
    public static readonly IReadOnlyDictionary<string, int> PerMinute = new Dictionary<string, int>
    {
        ["RunCollector"] = 20,
        ["CheckEvidenceNow"] = 6,
        ["MakePack"] = 12,
        ["DownloadPack"] = 120, // A download that is taken up again asks many times.
        ["UploadEvidence"] = 300,
        ["ImportRegister"] = 30,
        ["ExportRegister"] = 60,
        ["PrintRegister"] = 30,
        ["RecomputeRiskLevels"] = 12,
        ["RefreshRiskSuggestions"] = 12,
        ["MeasureKpis"] = 12,
    };

    private readonly ConcurrentDictionary<(string Function, string Person), Bucket> buckets = new();

    /// <summary>Takes one call out of the person's budget.</summary>
    /// <exception cref="RefusedException">It is spent; the refusal says when to ask again.</exception>
    public void Take(string function, string person)
    {
        if (!PerMinute.TryGetValue(function, out var perMinute))
        {
            return;
        }

        var (now, wait) = (clock.GetUtcNow(), TimeSpan.Zero);
        buckets.AddOrUpdate(
            (function, person),
            _ => new Bucket(perMinute, now).Take(perMinute, now, out wait),
            (_, bucket) => bucket.Take(perMinute, now, out wait));
        if (wait > TimeSpan.Zero)
        {
            var refusal = Refusal.Of(RefusalKind.TooMany, "too-many-calls", null, null, (int)Math.Ceiling(wait.TotalSeconds), perMinute);
            throw new RefusedException(refusal with { RetryAfter = wait });
        }
    }

    /// <summary>What is left, and when that was.</summary>
    private sealed record Bucket(double Left, DateTimeOffset At)
    {
        public Bucket Take(int perMinute, DateTimeOffset now, out TimeSpan wait)
        {
            var left = Math.Min(perMinute, Left + (Math.Max(0, (now - At).TotalMinutes) * perMinute));
            wait = left >= 1 ? TimeSpan.Zero : TimeSpan.FromMinutes((1 - left) / perMinute);
            return new Bucket(left >= 1 ? left - 1 : left, now);
        }
    }
}
