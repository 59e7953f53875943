using System.Text;
using System.Text.Unicode;
using IsmsFunctions.Documents.Office.Reading;

namespace IsmsFunctions.Registers.Files;

/// <summary>Finds out how the text of a file is encoded: Japanese spreadsheets save CSV in Shift_JIS, in UTF-8 with a mark, or as UTF-16.</summary>
internal static class TableEncoding
{
    private const int ShiftJis = 932;

    /// <summary>The text of the file in UTF-8, without a mark.</summary>
    public static ReadOnlyMemory<byte> ToUtf8(ReadOnlyMemory<byte> file)
    {
        try
        {
            return file.Span switch
            {
                [0xEF, 0xBB, 0xBF, ..] when Utf8.IsValid(file.Span) => file[3..],
                [0xFF, 0xFE, ..] => Recode(Encoding.Unicode, file.Span[2..]),
                [0xFE, 0xFF, ..] => Recode(Encoding.BigEndianUnicode, file.Span[2..]),
                [not 0, 0, ..] => Recode(Encoding.Unicode, file.Span),
                [0, not 0, ..] => Recode(Encoding.BigEndianUnicode, file.Span),
                _ when Utf8.IsValid(file.Span) => file,
                _ => Recode(CodePagesEncodingProvider.Instance.GetEncoding(ShiftJis)!, file.Span),
            };
        }
        catch (DecoderFallbackException)
        {
            throw TableInput.Refused("table-encoding-unknown", null);
        }
    }

    private static byte[] Recode(Encoding encoding, ReadOnlySpan<byte> text) => Encoding.UTF8.GetBytes(Strict(encoding).GetString(text));

    /// <summary>Bytes that mean nothing must not become question marks in a register.</summary>
    private static Encoding Strict(Encoding encoding)
    {
        var strict = (Encoding)encoding.Clone();
        strict.DecoderFallback = DecoderFallback.ExceptionFallback;
        return strict;
    }
}
