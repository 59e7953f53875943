using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;

namespace IsmsFunctions.Documents.Office;

/// <summary>Texts as Office files hold them: XML cannot carry every character that a text may have.</summary>
internal static partial class OfficeText
{
    private const char Unknown = '\uFFFD';
    private static readonly SearchValues<char> Suspicious = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Where(c => c is not ('\t' or '\n')).Select(c => (char)c), '_', .. Enumerable.Range(0xD800, 0x800).Select(c => (char)c), '\uFFFE', '\uFFFF']);

    /// <summary>For cells: what XML cannot hold becomes <c>_xHHHH_</c> (ST_Xstring), and so does an underscore that could be read as the start of one.</summary>
    public static string Escape(string text)
    {
        if (text.AsSpan().IndexOfAny(Suspicious) < 0)
        {
            return text;
        }

        var escaped = new StringBuilder(text.Length + 16);
        for (var i = 0; i < text.Length; i++)
        {
            if (i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1]))
            {
                escaped.Append(text, i++, 2);
            }
            else if (text[i] == '\r' || !XmlConvert.IsXmlChar(text[i]) || (text[i] == '_' && LooksEscaped().IsMatch(text.AsSpan(i))))
            {
                escaped.Append(CultureInfo.InvariantCulture, $"_x{(int)text[i]:X4}_");
            }
            else
            {
                escaped.Append(text[i]);
            }
        }

        return escaped.ToString();
    }

    /// <summary>The text of what <see cref="Escape"/> or a spreadsheet wrote.</summary>
    public static string Unescape(string text) => text.Contains("_x", StringComparison.Ordinal)
        ? Escaped().Replace(text, m => ((char)int.Parse(m.ValueSpan[2..6], NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToString())
        : text;

    /// <summary>For print: what XML cannot hold is shown as the replacement character.</summary>
    public static string Printable(string text)
    {
        if (text.AsSpan().IndexOfAny(Suspicious) < 0)
        {
            return text;
        }

        var printable = text.ToCharArray();
        for (var i = 0; i < printable.Length; i++)
        {
            if (i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1]))
            {
                i++;
            }
            else if (!XmlConvert.IsXmlChar(printable[i]))
            {
                printable[i] = Unknown;
            }
        }

        return new string(printable).Replace("\r", "", StringComparison.Ordinal);
    }

    [GeneratedRegex(@"\A_x[0-9A-Fa-f]{4}")]
    private static partial Regex LooksEscaped();

    [GeneratedRegex("_x[0-9A-Fa-f]{4}_")]
    private static partial Regex Escaped();
}
