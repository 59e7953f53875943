using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace Azure.Data.Tables.Entities;

/// <summary>
/// Writes entities as OData JSON. Types that JSON has no literal for carry an annotation; null properties are left out, as
/// the service has no null.
/// </summary>
internal static class EntityWriter
{
    private const string RoundTripUtc = "yyyy-MM-ddTHH:mm:ss.fffffffZ";

    public static ReadOnlyMemory<byte> Write(ITableEntity entity)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        Write(entity, buffer);
        return buffer.WrittenMemory;
    }

    public static void Write(ITableEntity entity, IBufferWriter<byte> buffer)
    {
        // The default encoder leaves ASCII only, which keeps line separators in texts out of the bodies of transactions.
        using var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { SkipValidation = true });
        json.WriteStartObject();
        switch (entity)
        {
            case TableEntity table:
                WriteAll(json, table.Properties, areEnumsAllowed: false);
                break;
            case IDictionary<string, object?> dictionary:
                WriteAll(json, dictionary, areEnumsAllowed: false);
                break;
            default:
                WriteAll(json, EntityType.Of(entity.GetType()).Read(entity), areEnumsAllowed: true);
                break;
        }
        json.WriteEndObject();
    }

    private static void WriteAll(Utf8JsonWriter json, IEnumerable<KeyValuePair<string, object?>> properties, bool areEnumsAllowed)
    {
        foreach (var (name, value) in properties)
        {
            if (value is null || name is EntityProperties.Timestamp or EntityProperties.ODataETag or EntityProperties.ODataMetadata)
                continue;
            if (value is Enum && !areEnumsAllowed)
                throw new NotSupportedException("Enum values are only supported for custom model types implementing ITableEntity.");
            WriteProperty(json, name, value);
        }
    }

    private static void WriteProperty(Utf8JsonWriter json, string name, object value)
    {
        switch (value)
        {
            case string text: json.WriteString(name, text); break;
            case Enum member: json.WriteString(name, member.ToString()); break;
            case bool flag: json.WriteBoolean(name, flag); break;
            case int number: json.WriteNumber(name, number); break;
            case short or ushort or byte or sbyte: json.WriteNumber(name, Convert.ToInt32(value, CultureInfo.InvariantCulture)); break;
            case long number: WriteAnnotated(json, name, "Edm.Int64", number.ToString(CultureInfo.InvariantCulture)); break;
            case ulong number: WriteAnnotated(json, name, "Edm.Int64", number.ToString(CultureInfo.InvariantCulture)); break;
            case double number: WriteDouble(json, name, number); break;
            case Guid guid: WriteAnnotated(json, name, "Edm.Guid", guid.ToString()); break;
            case DateTimeOffset moment: WriteAnnotated(json, name, "Edm.DateTime", Utc(moment)); break;
            case DateTime moment: WriteAnnotated(json, name, "Edm.DateTime", Utc(moment)); break;
            case byte[] bytes: WriteBinary(json, name, bytes); break;
            case BinaryData bytes: WriteBinary(json, name, bytes); break;
            default:
                throw new NotSupportedException($"Property '{name}' is of type {value.GetType()}, which an entity cannot hold.");
        }
    }

    private static void WriteAnnotated(Utf8JsonWriter json, string name, string type, string value)
    {
        json.WriteString(name + EntityProperties.TypeAnnotation, type);
        json.WriteString(name, value);
    }

    private static void WriteBinary(Utf8JsonWriter json, string name, BinaryData bytes) => WriteBinary(json, name, bytes.ToMemory().Span);

    private static void WriteBinary(Utf8JsonWriter json, string name, ReadOnlySpan<byte> bytes)
    {
        json.WriteString(name + EntityProperties.TypeAnnotation, "Edm.Binary");
        json.WriteBase64String(name, bytes);
    }

    private static void WriteDouble(Utf8JsonWriter json, string name, double number)
    {
        json.WriteString(name + EntityProperties.TypeAnnotation, "Edm.Double");
        if (double.IsFinite(number))
            json.WriteNumber(name, number);
        else
            json.WriteString(name, number.ToString(CultureInfo.InvariantCulture));
    }

    private static string Utc(DateTimeOffset moment) => moment.UtcDateTime.ToString(RoundTripUtc, CultureInfo.InvariantCulture);

    private static string Utc(DateTime moment) => moment.Kind == DateTimeKind.Utc
        ? moment.ToString(RoundTripUtc, CultureInfo.InvariantCulture)
        : throw new NotSupportedException($"DateTime {moment} has a Kind of {moment.Kind}; the Azure SDK requires it to be UTC.");
}
