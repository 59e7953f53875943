using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace SampleTenant.Sources;

/// <summary>
/// Collections of a few rows that are described rather than written by hand: anonymous objects whose members are the properties, in order.
/// </summary>
internal static class SmallRows
{
    private static readonly JsonSerializerOptions Json = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new GraphTimes() },
        PropertyNamingPolicy = new GraphNames(),
    };

    public static ListSource<object> Of(string type, string context, IEnumerable<object> rows, int pageSize = 100) => new([.. rows], Write)
    {
        Type = $"microsoft.graph.{type}",
        Context = context,
        DefaultPageSize = pageSize,
        MaximalPageSize = pageSize,
    };

    public static void Write(Utf8JsonWriter writer, object row, RowContext context)
    {
        _ = context;
        foreach (var property in JsonSerializer.SerializeToElement(row, Json).EnumerateObject())
        {
            property.WriteTo(writer);
        }
    }

    // C# has no member names with an at sign or a dot.
    private sealed class GraphNames : JsonNamingPolicy
    {
        public override string ConvertName(string name) => name == "odataType" ? "@odata.type" : name;
    }

    private sealed class GraphTimes : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDateTimeOffset();

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options)
        {
            var format = value.UtcTicks % TimeSpan.TicksPerSecond == 0 ? "yyyy-MM-ddTHH:mm:ssZ" : "yyyy-MM-ddTHH:mm:ss.fffffffZ";
            writer.WriteStringValue(value.UtcDateTime.ToString(format, CultureInfo.InvariantCulture));
        }
    }
}
