using LocalRuntime;
using Microsoft.AspNetCore.Http;

namespace Microsoft.Azure.Functions.Worker.Extensions.Http.AspNetCore;

/// <summary>Keeps a virtual clock from moving while a request is served; not while one is served that runs the clock.</summary>
internal sealed class RequestWork(RequestDelegate next, WorkTracker tracker)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (context.Request.Path.StartsWithSegments("/admin", StringComparison.OrdinalIgnoreCase))
        {
            await next(context);
            return;
        }

        using (tracker.Begin($"{context.Request.Method} {context.Request.Path}"))
        {
            await next(context);
        }
    }
}
