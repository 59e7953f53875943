using Microsoft.Extensions.Options;

namespace IsmsFunctions.Monitoring.Graph;

/// <summary>The request budgets that Graph documents, each kept by a limiter of its own.</summary>
public enum PacingScope
{
    /// <summary>Sign-ins, directory audits and identity reports: 5 requests in 10 seconds.</summary>
    AuditLogs,

    /// <summary>Users with <c>signInActivity</c>: 10 requests in a minute.</summary>
    SignInActivity,

    /// <summary>Directory objects: resource units, of which we take well under half.</summary>
    Directory,

    /// <summary>Identity protection and conditional access: a request a second for the tenant, all apps together; refusals do not say how long.</summary>
    Protection,
}

/// <summary>Spends the request budgets without exceeding them: asking more often would only bring refusals that count as well.</summary>
public sealed class Pacing
{
    // The service counts arrivals, we count departures: a little more distance covers the difference.
    private static readonly TimeSpan Margin = TimeSpan.FromMilliseconds(250);
    private readonly Dictionary<PacingScope, SlidingWindow> windows;

    /// <summary>Starts with full budgets.</summary>
    public Pacing(IOptions<GraphOptions> options, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(options);
        var scale = options.Value.PacingScale;
        windows = new()
        {
            [PacingScope.AuditLogs] = new SlidingWindow(Math.Max(1, (int)(5 * scale)), TimeSpan.FromSeconds(10) + Margin, clock),
            [PacingScope.SignInActivity] = new SlidingWindow(Math.Max(1, (int)(10 * scale)), TimeSpan.FromSeconds(60) + Margin, clock),
            [PacingScope.Protection] = new SlidingWindow(Math.Max(1, (int)scale), TimeSpan.FromSeconds(1) + Margin, clock),
            [PacingScope.Directory] = new SlidingWindow(Math.Max(1, (int)(200 * scale)), TimeSpan.FromSeconds(10) + Margin, clock),
        };
    }

    /// <summary>Waits until a request of this scope may go, and counts it.</summary>
    public Task WaitAsync(PacingScope scope, CancellationToken cancellationToken) => windows[scope].WaitAsync(cancellationToken);

    /// <summary>At most so many permits in any stretch of time of this length.</summary>
    internal sealed class SlidingWindow(int permits, TimeSpan length, TimeProvider clock)
    {
        private readonly Lock gate = new();
        private readonly DateTimeOffset[] granted = new DateTimeOffset[permits];
        private int next;

        public Task WaitAsync(CancellationToken cancellationToken)
        {
            TimeSpan wait;
            lock (gate)
            {
                var now = clock.GetUtcNow();
                var free = granted[next] == default ? now : granted[next] + length;
                granted[next] = free > now ? free : now;
                wait = granted[next] - now;
                next = (next + 1) % permits;
            }

            return wait > TimeSpan.Zero ? Task.Delay(wait, clock, cancellationToken) : Task.CompletedTask;
        }
    }
}
