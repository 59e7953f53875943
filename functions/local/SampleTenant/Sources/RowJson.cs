using System.Buffers.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace SampleTenant.Sources;

/// <summary>How rows are written: compact, UTF-8, Japanese as it is.</summary>
internal static class RowJson
{
    public static readonly JsonWriterOptions Options = new()
    {
        // The bytes go to API clients as application/json, never into a page: no need to escape for HTML.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    /// <summary>An instant as Graph writes it: whole seconds, or seven digits of a fraction where there is one.</summary>
    public static void WriteTime(this Utf8JsonWriter writer, ReadOnlySpan<byte> name, DateTimeOffset time)
    {
        Span<byte> text = stackalloc byte[32];
        Utf8Formatter.TryFormat(time.UtcDateTime, text, out var length, 'O');
        if (time.UtcTicks % TimeSpan.TicksPerSecond == 0)
        {
            text[19] = (byte)'Z';
            length = 20;
        }

        writer.WriteString(name, text[..length]);
    }

    public static void WriteTime(this Utf8JsonWriter writer, ReadOnlySpan<byte> name, DateTimeOffset? time)
    {
        if (time is { } known)
        {
            writer.WriteTime(name, known);
        }
        else
        {
            writer.WriteNull(name);
        }
    }

    public static void WriteTexts(this Utf8JsonWriter writer, ReadOnlySpan<byte> name, params ReadOnlySpan<string> values)
    {
        writer.WriteStartArray(name);
        foreach (var value in values)
        {
            writer.WriteStringValue(value);
        }

        writer.WriteEndArray();
    }

    public static void WriteEmptyArray(this Utf8JsonWriter writer, ReadOnlySpan<byte> name)
    {
        writer.WriteStartArray(name);
        writer.WriteEndArray();
    }
}
