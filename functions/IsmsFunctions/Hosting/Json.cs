using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;

namespace IsmsFunctions.Hosting;

/// <summary>How the app writes and reads JSON: camel case, enums by name, Japanese readable rather than escaped, unknown members refused at the edge.</summary>
public static class Json
{
    /// <summary>For state rows, evidence and answers.</summary>
    public static JsonSerializerOptions Options { get; } = Create(JsonUnmappedMemberHandling.Skip, everyMemberRequired: false);

    /// <summary>For request bodies: a misspelt member is an error, not a silently ignored wish.</summary>
    public static JsonSerializerOptions Strict { get; } = Create(JsonUnmappedMemberHandling.Disallow, everyMemberRequired: true);

    private static JsonSerializerOptions Create(JsonUnmappedMemberHandling unmapped, bool everyMemberRequired)
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            UnmappedMemberHandling = unmapped,
            // Not for what the app itself wrote: it leaves nulls out, and rows of earlier releases lack the members added since.
            RespectRequiredConstructorParameters = everyMemberRequired,
            NumberHandling = JsonNumberHandling.Strict,
        };
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
