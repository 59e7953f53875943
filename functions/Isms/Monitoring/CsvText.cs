using System.Text;
using Isms.Text;

namespace Isms.Monitoring;

/// <summary>Comma-separated text (RFC 4180) that a spreadsheet opens safely: UTF-8 with a byte order mark, nothing taken for a formula.</summary>
public sealed class CsvText
{
    private readonly StringBuilder text = new();

    /// <summary>Appends a line.</summary>
    public CsvText Line(params ReadOnlySpan<string?> fields)
    {
        for (var i = 0; i < fields.Length; i++)
        {
            if (i > 0)
            {
                text.Append(',');
            }

            text.Append(Field(fields[i] ?? ""));
        }

        text.Append("\r\n");
        return this;
    }

    /// <summary>The bytes of the file.</summary>
    public byte[] ToBytes() => [.. Encoding.UTF8.GetPreamble(), .. Encoding.UTF8.GetBytes(text.ToString())];

    private static string Field(string value)
    {
        // A display name such as "=HYPERLINK(…)" is somebody else's input.
        var safe = SpreadsheetText.Guard(value);
        return safe.AsSpan().IndexOfAny("\",\r\n") < 0 ? safe : $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
