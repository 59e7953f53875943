using System.Globalization;
using LocalRuntime;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Microsoft.Azure.Functions.Worker.Local;

/// <summary>Lets a rehearsal run the virtual clock ahead.</summary>
internal sealed class ClockEndpoints(VirtualTimeProvider clock, WorkTracker tracker) : IEndpointContributor
{
    private int running;

    public void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/admin/clock", () => Results.Ok(new { now = clock.GetUtcNow(), idle = tracker.IsIdle, work = tracker.Runnable }));
        endpoints.MapPost("/admin/clock/run", RunAsync);
    }

    private async Task<IResult> RunAsync(string? until, CancellationToken cancellationToken)
    {
        if (!DateTimeOffset.TryParse(until, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant))
        {
            return Results.Problem("Give the instant to run to: ?until=2026-04-01T00:00:00Z", statusCode: StatusCodes.Status400BadRequest);
        }

        if (Interlocked.Exchange(ref running, 1) == 1)
        {
            return Results.Problem("The clock is running already.", statusCode: StatusCodes.Status409Conflict);
        }

        try
        {
            var fired = await InNoContextAsync(() => clock.RunUntilAsync(instant, cancellationToken));
            return Results.Ok(new { now = clock.GetUtcNow(), fired });
        }
        finally
        {
            Volatile.Write(ref running, 0);
        }
    }

    /// <summary>What timers start must not inherit this request: its HttpContext, its trace.</summary>
    private static Task<int> InNoContextAsync(Func<Task<int>> run)
    {
        using (ExecutionContext.SuppressFlow())
        {
            return Task.Run(run);
        }
    }
}
