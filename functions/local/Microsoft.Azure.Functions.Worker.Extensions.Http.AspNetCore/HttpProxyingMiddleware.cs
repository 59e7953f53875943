using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Logging;

namespace Microsoft.Azure.Functions.Worker.Extensions.Http.AspNetCore;

/// <summary>
/// Sends what an HTTP function returned. It is part of the app's pipeline at the point where the app turned the integration on, so
/// middleware inside may still replace the result, and middleware outside finds the response already written.
/// </summary>
internal sealed partial class HttpProxyingMiddleware(ILogger<HttpProxyingMiddleware> logger) : IFunctionsWorkerMiddleware
{
    /// <summary>Where the request is found in the items of an invocation; the key is the original's.</summary>
    public const string HttpContextKey = "HttpRequestContext";

    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        await next(context);
        if (context.GetHttpContext() is not { } http)
        {
            return;
        }

        switch (context.GetInvocationResult().Value)
        {
            case IActionResult result:
                await result.ExecuteResultAsync(new ActionContext(http, http.GetRouteData(), new ActionDescriptor()));
                break;
            case IResult result:
                await result.ExecuteAsync(http);
                break;
            default:
                // Anything else is not written to the response, in the original neither.
                NoHttpResponse(logger, context.FunctionDefinition.Name, context.InvocationId);
                break;
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "No HTTP response returned from function '{Function}', invocation {InvocationId}.")]
    private static partial void NoHttpResponse(ILogger logger, string function, string invocationId);
}
