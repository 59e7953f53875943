using System.Text;
using Isms.Rules;
using Isms.Schemas;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace IsmsFunctions.Organizations;

/// <summary>The schemas of the settings over HTTP, for editors.</summary>
public sealed class SchemaHttp
{
    private const string Suffix = ".schema.json";

    /// <summary>Answers a schema: <c>isms.schema.json</c> or <c>plan-catalogue.schema.json</c>.</summary>
    [Function(nameof(GetSettingsSchema))]
    public IResult GetSettingsSchema([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/schemas/{file}")] HttpRequest request, string file)
    {
        ArgumentNullException.ThrowIfNull(file);
        var name = file.EndsWith(Suffix, StringComparison.Ordinal) ? file[..^Suffix.Length] : "";
        return SettingsSchemas.Find(name) is { } schema
            ? Results.Text(schema, "application/schema+json", Encoding.UTF8)
            : throw new RefusedException(Refusal.Of(RefusalKind.NotFound, "unknown-schema", "file", file, file, string.Join(", ", SettingsSchemas.Names.Select(n => n + Suffix))));
    }
}
