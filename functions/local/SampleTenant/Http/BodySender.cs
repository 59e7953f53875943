using System.IO.Compression;

namespace SampleTenant.Http;

/// <summary>Sends a body: compressed where the client takes it, broken or slow where a fault says so.</summary>
internal static class BodySender
{
    private const int Drops = 10;

    public static async Task SendAsync(HttpContext http, GraphResponse response, GraphRequest request, TimeProvider clock)
    {
        if (response.Body.Count == 0)
        {
            return;
        }

        http.Response.ContentType = response.ContentType;
        http.Response.Headers.Vary = "Accept-Encoding";
        if (request.Fault(FaultKind.CutBody) is not null && response.Status == 200)
        {
            await CutAsync(http, response);
        }
        else if (request.Fault(FaultKind.SlowBody) is { } slow && response.Status == 200)
        {
            await DripAsync(http, response, TimeSpan.FromSeconds(slow.DelaySeconds / Drops), clock);
        }
        else if (AcceptsGzip(http))
        {
            http.Response.Headers.ContentEncoding = "gzip";
            await using var gzip = new GZipStream(http.Response.Body, CompressionLevel.Fastest, leaveOpen: true);
            await WriteAsync(gzip, response, http.RequestAborted);
        }
        else
        {
            http.Response.ContentLength = response.Body.Sum(part => (long)part.Length);
            await WriteAsync(http.Response.Body, response, http.RequestAborted);
        }
    }

    private static bool AcceptsGzip(HttpContext http) =>
        http.Request.Headers.AcceptEncoding.ToString().Contains("gzip", StringComparison.OrdinalIgnoreCase);

    private static async Task WriteAsync(Stream stream, GraphResponse response, CancellationToken cancellationToken)
    {
        foreach (var part in response.Body)
        {
            await stream.WriteAsync(part, cancellationToken);
        }
    }

    private static async Task CutAsync(HttpContext http, GraphResponse response)
    {
        var whole = response.Body.SelectMany(part => part.ToArray()).ToArray();
        await http.Response.Body.WriteAsync(whole.AsMemory(0, whole.Length / 2));
        await http.Response.Body.FlushAsync();
        http.Abort();
    }

    private static async Task DripAsync(HttpContext http, GraphResponse response, TimeSpan pause, TimeProvider clock)
    {
        var whole = response.Body.SelectMany(part => part.ToArray()).ToArray();
        var drop = Math.Max(1, (whole.Length + Drops - 1) / Drops);
        for (var at = 0; at < whole.Length; at += drop)
        {
            await http.Response.Body.WriteAsync(whole.AsMemory(at, Math.Min(drop, whole.Length - at)), http.RequestAborted);
            await http.Response.Body.FlushAsync(http.RequestAborted);
            await Task.Delay(pause, clock, http.RequestAborted);
        }
    }
}
