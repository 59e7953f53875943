using SampleTenant.OData;

namespace SampleTenant.Http;

/// <summary>The documented limits of Graph, as sliding windows on the tenant's clock.</summary>
internal sealed class Throttle(SampleTenantOptions options)
{
    private static readonly TimeSpan TenSeconds = TimeSpan.FromSeconds(10);
    private readonly Window reports = new(5 * options.ThrottlingScale, TenSeconds);
    private readonly Window protection = new(1 * options.ThrottlingScale, TimeSpan.FromSeconds(1));
    private readonly Window activity = new(10 * options.ThrottlingScale, TimeSpan.FromMinutes(1));
    private readonly Window directory = new((options.Users < 50 ? 3500 : options.Users <= 500 ? 5000 : 8000) * options.ThrottlingScale, TenSeconds);

    /// <exception cref="GraphException">429 where a limit is exceeded.</exception>
    public void Admit(GraphRequest request)
    {
        if (options.Throttling == ThrottlingMode.Off)
        {
            return;
        }

        var path = request.Path;
        if (StartsWith(path, "auditLogs/") || StartsWith(path, "reports/"))
        {
            reports.Take(1, request.Now, tellsWhen: true);
        }
        else if (StartsWith(path, "identityProtection/") || StartsWith(path, "identity/conditionalAccess/"))
        {
            protection.Take(1, request.Now, tellsWhen: false);
        }
        else
        {
            if (request.Query.Select?.Contains("signInActivity", StringComparer.OrdinalIgnoreCase) == true)
            {
                activity.Take(1, request.Now, tellsWhen: true);
            }

            directory.Take(ResourceUnits(path, request.Query), request.Now, tellsWhen: true);
        }
    }

    private static double ResourceUnits(string path, QueryOptions query)
    {
        var units = path.EndsWith("/transitiveMembers", StringComparison.OrdinalIgnoreCase) ? 5
            : path.EndsWith("/members", StringComparison.OrdinalIgnoreCase) || StartsWith(path, "subscribedSkus") ? 3
            : StartsWith(path, "users") ? 2
            : 1;
        units += (query.Select is null ? 0 : -1) + (query.Expand.Count > 0 ? 1 : 0) + (query.Top < 20 ? -1 : 0);
        return Math.Max(1, units);
    }

    private static bool StartsWith(string path, string prefix) => path.StartsWith(prefix, StringComparison.OrdinalIgnoreCase);

    private sealed class Window(double limit, TimeSpan length)
    {
        private readonly Lock gate = new();
        private readonly Queue<(DateTimeOffset At, double Units)> taken = new();
        private double sum;

        public void Take(double units, DateTimeOffset now, bool tellsWhen)
        {
            lock (gate)
            {
                while (taken.TryPeek(out var oldest) && (oldest.At <= now - length || oldest.At > now))
                {
                    taken.Dequeue();
                    sum -= oldest.Units;
                }

                if (sum + units > limit && taken.Count > 0)
                {
                    throw GraphErrors.TooManyRequests(tellsWhen ? taken.Peek().At + length - now : null);
                }

                taken.Enqueue((now, units));
                sum += units;
            }
        }
    }
}
