using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Azure.Functions.Worker.Local;

namespace Microsoft.Azure.Functions.Worker.Extensions.Timer.Listener;

/// <summary>Runs a timer function on request, as the Functions host does.</summary>
internal sealed class AdminFunctionEndpoints(TimerListener timers) : IEndpointContributor
{
    public void Map(IEndpointRouteBuilder endpoints) => endpoints.MapPost("/admin/functions/{name}", (string name) => Run(name));

    private IResult Run(string name)
    {
        if (timers.Find(name) is not { } timer)
        {
            return Results.NotFound();
        }

        timer.RunNow();
        return Results.Accepted();
    }
}
