using System.Globalization;
using SampleTenant.OData;

namespace SampleTenant.Http;

/// <summary>From HTTP to Graph requests and back.</summary>
internal sealed class TenantEndpoints(SampleTenantOptions options, TenantModel model)
{
    private readonly TenantClock clock = new(options.Clock, options.ClockFile);
    private readonly AccessTokens tokens = new(options, model.TenantId);
    private readonly FaultBook faults = new(options.Faults);
    private readonly RequestLedger ledger = new(model.Directory.Seed);
    private GraphService? service;

    private GraphService Service => service ??= new GraphService(options, model, ledger);

    public FaultBook Faults => faults;

    public RequestLedger Ledger => ledger;

    public Task HandleAsync(HttpContext http)
    {
        var path = http.Request.Path.Value ?? "/";
        return path switch
        {
            _ when path.StartsWith("/v1.0/", StringComparison.Ordinal) => GraphAsync(http, "v1.0", path["/v1.0/".Length..].Trim('/')),
            _ when path.StartsWith("/beta/", StringComparison.Ordinal) => GraphAsync(http, "beta", path["/beta/".Length..].Trim('/')),
            "/msi/token" => TokenEndpoints.ManagedIdentityAsync(http, options, tokens),
            _ when path.EndsWith("/oauth2/v2.0/token", StringComparison.Ordinal) => TokenEndpoints.ClientCredentialsAsync(http, tokens),
            _ when path.StartsWith("/_tenant/", StringComparison.Ordinal) => ControlEndpoints.HandleAsync(http, path["/_tenant/".Length..], this, clock.Now()),
            _ => NotFoundAsync(http),
        };
    }

    private async Task GraphAsync(HttpContext http, string version, string path)
    {
        var body = await ReadAsync(http);
        var request = Request(http, version, path, http.Request.Method, http.Request.QueryString.Value ?? "", body);
        using var response = Answer(http, request);
        http.Response.StatusCode = response.Status;
        http.Response.Headers["request-id"] = request.RequestId.ToString();
        http.Response.Headers["client-request-id"] = request.ClientRequestId ?? request.RequestId.ToString();
        http.Response.Headers.Date = request.Now.UtcDateTime.ToString("R", CultureInfo.InvariantCulture);
        foreach (var (name, value) in response.Headers)
        {
            http.Response.Headers[name] = value;
        }

        await BodySender.SendAsync(http, response, request, options.Clock);
    }

    private GraphResponse Answer(HttpContext http, GraphRequest request)
    {
        try
        {
            tokens.Check(http.Request.Headers.Authorization, request.BaseAddress);
            return request is { Path: "$batch", Method: "POST" } ? AnswerBatch(http, request) : Service.Answer(request);
        }
        catch (GraphException error)
        {
            return GraphErrors.Write(error, request.Now, request.RequestId, request.ClientRequestId);
        }
    }

    private GraphResponse AnswerBatch(HttpContext http, GraphRequest request)
    {
        if (request.Faults.Select(GraphErrors.Of).FirstOrDefault(error => error is not null) is { } fault)
        {
            throw fault;
        }

        ledger.Count($"/{request.Version}/$batch", StatusCodes.Status200OK, 0);
        return BatchEndpoint.Answer(request.Body, (method, url, body) => AnswerPart(http, request, method, url, body));
    }

    private GraphResponse AnswerPart(HttpContext http, GraphRequest batch, string method, string url, ReadOnlyMemory<byte> body)
    {
        var question = url.IndexOf('?', StringComparison.Ordinal);
        var path = Uri.UnescapeDataString(question < 0 ? url : url[..question]).Trim('/');
        return Service.Answer(Request(http, batch.Version, path, method, question < 0 ? "" : url[question..], body));
    }

    private GraphRequest Request(HttpContext http, string version, string path, string method, string queryString, ReadOnlyMemory<byte> body) => new()
    {
        Method = method,
        Version = version,
        Path = path,
        QueryString = queryString,
        Now = clock.Now(),
        BaseAddress = $"{http.Request.Scheme}://{http.Request.Host}",
        Body = body,
        RequestId = ledger.NextRequestId($"{method} {version}/{path}{queryString}", body.Span),
        ClientRequestId = http.Request.Headers["client-request-id"].FirstOrDefault(),
        Faults = faults.For(version, path, queryString.Contains("skiptoken=", StringComparison.OrdinalIgnoreCase)),
    };

    private static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpContext http)
    {
        if (HttpMethods.IsGet(http.Request.Method))
        {
            return default;
        }

        using var stream = new MemoryStream();
        await http.Request.Body.CopyToAsync(stream, http.RequestAborted);
        return stream.ToArray();
    }

    private static Task NotFoundAsync(HttpContext http)
    {
        http.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }
}
