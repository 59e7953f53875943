namespace SampleTenant.OData;

/// <summary>An answer in Graph's error format.</summary>
internal sealed class GraphException(int status, string code, string message) : Exception(message)
{
    public int Status => status;

    public string Code => code;

    public TimeSpan? RetryAfter { get; init; }

    public static GraphException BadRequest(string message) => new(400, "BadRequest", message);

    public static GraphException NoSuchProperty(string property, string type) =>
        new(400, "BadRequest", $"Could not find a property named '{property}' on type '{type}'.");

    public static GraphException NoSuchSegment(string segment) =>
        new(400, "BadRequest", $"Resource not found for the segment '{segment}'.");

    public static GraphException NoSuchObject(string id) => new(
        404,
        "Request_ResourceNotFound",
        $"Resource '{id}' does not exist or one of its queried reference-property objects are not present.");
}
