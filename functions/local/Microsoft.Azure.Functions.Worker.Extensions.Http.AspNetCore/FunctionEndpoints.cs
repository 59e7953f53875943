using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Azure.Functions.Worker.Local;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace Microsoft.Azure.Functions.Worker.Extensions.Http.AspNetCore;

/// <summary>The routes of the app's HTTP functions.</summary>
internal sealed partial class FunctionEndpoints(
    IFunctionCatalog catalog, IFunctionInvoker invoker, HostJson hostJson, IConfiguration settings, ILogger<FunctionEndpoints> logger)
{
    public void Map(IEndpointRouteBuilder endpoints)
    {
        foreach (var function in catalog.Functions)
        {
            if (function.Trigger is not HttpTriggerAttribute trigger || DisabledFunctions.Contains(settings, function.Name))
            {
                continue;
            }

            if (!function.TriggerParameter.ParameterType.IsAssignableFrom(typeof(HttpRequest)))
            {
                throw new InvalidOperationException(
                    $"The HTTP trigger parameter of the function '{function.Name}' is a {function.TriggerParameter.ParameterType.Name}; it must be an HttpRequest.");
            }

            var route = $"{hostJson.RoutePrefix}/{trigger.Route ?? function.Name}".Trim('/');
            Task Handle(HttpContext context) => InvokeAsync(function, context);
            var endpoint = trigger.Methods is { Length: > 0 } methods
                ? endpoints.MapMethods(route, methods, Handle)
                : endpoints.Map(route, Handle);
            endpoint.WithDisplayName(function.Name);
        }
    }

    private async Task InvokeAsync(LocalFunction function, HttpContext http)
    {
        try
        {
            await invoker.InvokeAsync(function, http.Request, http.Request.RouteValues, context => Attach(http, context), http.RequestAborted);
        }
        catch (Exception exception) when (!http.RequestAborted.IsCancellationRequested)
        {
            FunctionFailed(logger, function.Name, exception);
            if (http.Response.HasStarted)
            {
                throw;
            }

            http.Response.Clear();
            http.Response.StatusCode = StatusCodes.Status500InternalServerError;
        }
    }

    private static void Attach(HttpContext http, FunctionContext context)
    {
        context.Items[HttpProxyingMiddleware.HttpContextKey] = http;

        // Results take their services from the request; they are to be those of the invocation, which also disposes of them.
        http.Features.Set<IServiceProvidersFeature>(new InvocationServices { RequestServices = context.InstanceServices });
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Function '{Function}' failed.")]
    private static partial void FunctionFailed(ILogger logger, string function, Exception exception);

    private sealed class InvocationServices : IServiceProvidersFeature
    {
        public required IServiceProvider RequestServices { get; set; }
    }
}
