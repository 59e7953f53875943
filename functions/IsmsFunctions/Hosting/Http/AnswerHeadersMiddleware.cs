using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;

namespace IsmsFunctions.Hosting.Http;

/// <summary>
/// Gives every answer the headers that keep a browser from doing more with it than show it (OWASP Secure Headers Project), where the function has not set its own.
/// No answer may be read by another site: there is no CORS header anywhere.
/// </summary>
public sealed class AnswerHeadersMiddleware : IFunctionsWorkerMiddleware
{
    private static readonly (string Name, string Value)[] Defaults =
    [
        ("X-Content-Type-Options", "nosniff"),
        ("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"),
        ("Referrer-Policy", "no-referrer"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
        ("Cache-Control", "no-store"),
    ];

    /// <inheritdoc/>
    public Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(next);
        if (context.GetHttpContext() is { } http)
        {
            http.Response.OnStarting(() =>
            {
                AddMissing(http);
                return Task.CompletedTask;
            });
        }

        return next(context);
    }

    private static void AddMissing(HttpContext http)
    {
        var headers = http.Response.Headers;
        foreach (var (name, value) in Defaults)
        {
            headers.TryAdd(name, value);
        }

        if (http.Request.IsHttps)
        {
            headers.TryAdd("Strict-Transport-Security", "max-age=31536000");
        }
    }
}
