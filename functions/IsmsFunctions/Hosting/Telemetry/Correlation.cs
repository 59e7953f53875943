using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace IsmsFunctions.Hosting.Telemetry;

/// <summary>
/// What a request, its answer and the telemetry of everything it did have in common: the id of its trace (https://www.w3.org/TR/trace-context), which Application
/// Insights calls the operation.
/// </summary>
public static class Correlation
{
    /// <summary>The header of answers that carries it.</summary>
    public const string Header = "X-Correlation-Id";

    private const string Item = "Isms.Correlation";

    /// <summary>Settles the id of a request and puts it into its answer.</summary>
    /// <returns>The id.</returns>
    public static string Attach(FunctionContext context, HttpContext http)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(http);
        var id = TraceOf(context.TraceContext.TraceParent) ?? TraceOf(http.Request.Headers.TraceParent) ?? context.InvocationId;
        http.Items[Item] = id;
        http.Response.Headers[Header] = id;
        return id;
    }

    /// <summary>The id of a request; null before it is settled.</summary>
    public static string? Of(HttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return request.HttpContext.Items[Item] as string;
    }

    private static string? TraceOf(string? parent) =>
        ActivityContext.TryParse(parent, null, out var trace) ? trace.TraceId.ToHexString() : null;
}
