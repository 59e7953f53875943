using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Isms.Evidence;

/// <summary>
/// The JSON Canonicalization Scheme (RFC 8785): one and only one sequence of bytes for a JSON value, so that anybody can recompute a hash of it.
/// </summary>
public static class CanonicalJson
{
    private static readonly JsonDocumentOptions Reading = new() { AllowDuplicateProperties = false, MaxDepth = 64 };

    /// <summary>The canonical form of a value, as <see cref="JsonSerializer"/> writes it with these options.</summary>
    public static byte[] Serialize<T>(T value, JsonSerializerOptions options) => Of(JsonSerializer.SerializeToUtf8Bytes(value, options));

    /// <summary>The canonical form of a JSON text.</summary>
    /// <exception cref="JsonException">
    /// The text is not JSON, or not I-JSON (RFC 7493), which the scheme demands: a member occurs twice, a string has half a surrogate pair, or a number is
    /// beyond double precision's range.
    /// </exception>
    public static byte[] Of(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, Reading);
            var output = new ArrayBufferWriter<byte>(json.Length + 16);
            Write(document.RootElement, output);
            return output.WrittenSpan.ToArray();
        }
        catch (InvalidOperationException e)
        {
            throw new JsonException("A string holds half a surrogate pair.", e);
        }
    }

    /// <summary>A number as ECMAScript's <c>Number.prototype.toString</c> writes it (RFC 8785, 3.2.2.3).</summary>
    /// <exception cref="JsonException">It is not finite.</exception>
    internal static string Number(double value)
    {
        if (!double.IsFinite(value))
        {
            throw new JsonException("A number is beyond the range of double precision.");
        }

        if (value == 0)
        {
            return "0"; // minus zero included
        }

        var (digits, point) = ShortestDigits(Math.Abs(value));
        var sign = value < 0 ? "-" : "";
        return sign + point switch
        {
            > 0 and <= 21 when point >= digits.Length => digits.PadRight(point, '0'),
            > 0 and <= 21 => $"{digits[..point]}.{digits[point..]}",
            > -6 and <= 0 => $"0.{new string('0', -point)}{digits}",
            _ => Exponential(digits, point - 1),
        };
    }

    private static string Exponential(string digits, int exponent)
    {
        var fraction = digits.Length == 1 ? "" : "." + digits[1..];
        return string.Create(CultureInfo.InvariantCulture, $"{digits[0]}{fraction}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent)}");
    }

    /// <summary>The fewest digits that read back as the same number, and where the decimal point stands relative to their start.</summary>
    private static (string Digits, int Point) ShortestDigits(double value)
    {
        var text = value.ToString("R", CultureInfo.InvariantCulture);
        var e = text.IndexOf('E', StringComparison.Ordinal);
        var exponent = e < 0 ? 0 : int.Parse(text.AsSpan(e + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var mantissa = e < 0 ? text : text[..e];
        var dot = mantissa.IndexOf('.', StringComparison.Ordinal);
        var whole = dot < 0 ? mantissa : mantissa[..dot];
        var all = dot < 0 ? mantissa : whole + mantissa[(dot + 1)..];
        var leading = all.Length - all.TrimStart('0').Length;
        return (all.Trim('0'), whole.Length - leading + exponent);
    }

    private static void Write(JsonElement value, ArrayBufferWriter<byte> output)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                WriteObject(value, output);
                break;
            case JsonValueKind.Array:
                WriteArray(value, output);
                break;
            case JsonValueKind.String:
                WriteString(value.GetString()!, output);
                break;
            case JsonValueKind.Number:
                Ascii(output, Number(value.GetDouble()));
                break;
            default:
                Ascii(output, value.GetRawText()); // true, false, null
                break;
        }
    }

    private static void WriteObject(JsonElement value, ArrayBufferWriter<byte> output)
    {
        Ascii(output, "{");
        var first = true;
        // RFC 8785, 3.2.3: by UTF-16 code units, which is what ordinal comparison of .NET strings does.
        foreach (var member in value.EnumerateObject().OrderBy(m => m.Name, StringComparer.Ordinal))
        {
            if (!first)
            {
                Ascii(output, ",");
            }

            first = false;
            WriteString(member.Name, output);
            Ascii(output, ":");
            Write(member.Value, output);
        }

        Ascii(output, "}");
    }

    private static void WriteArray(JsonElement value, ArrayBufferWriter<byte> output)
    {
        Ascii(output, "[");
        var first = true;
        foreach (var item in value.EnumerateArray())
        {
            if (!first)
            {
                Ascii(output, ",");
            }

            first = false;
            Write(item, output);
        }

        Ascii(output, "]");
    }

    private static void WriteString(string text, ArrayBufferWriter<byte> output)
    {
        var escaped = new StringBuilder(text.Length + 2).Append('"');
        foreach (var c in text)
        {
            _ = c switch
            {
                '"' => escaped.Append("\\\""),
                '\\' => escaped.Append("\\\\"),
                '\b' => escaped.Append("\\b"),
                '\f' => escaped.Append("\\f"),
                '\n' => escaped.Append("\\n"),
                '\r' => escaped.Append("\\r"),
                '\t' => escaped.Append("\\t"),
                < ' ' => escaped.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => escaped.Append(c),
            };
        }

        Encoding.UTF8.GetBytes(escaped.Append('"').ToString(), output);
    }

    private static void Ascii(ArrayBufferWriter<byte> output, string text) => Encoding.UTF8.GetBytes(text, output);
}
