using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace IsmsFunctions.Hosting.OpenApi;

/// <summary>The description of this API, for people and programs that call it.</summary>
public sealed class OpenApiHttp
{
    /// <summary>Answers the description: OpenAPI 3.1, as JSON.</summary>
    [Function(nameof(GetOpenApi))]
    public IResult GetOpenApi([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/openapi.json")] HttpRequest request) =>
        Results.Stream(typeof(OpenApiHttp).Assembly.GetManifestResourceStream("openapi.json")!, "application/json");
}
