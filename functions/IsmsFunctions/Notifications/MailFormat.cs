using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace IsmsFunctions.Notifications;

/// <summary>Writes mails in the Internet Message Format (RFC 5322, RFC 2045–2047), in UTF-8.</summary>
public static class MailFormat
{
    // RFC 2047 section 2: an encoded word has at most 75 characters; "=?UTF-8?B?" and "?=" take 12, base64 turns 45 bytes into 60.
    private const int EncodedWordBytes = 45;

    // RFC 5322 section 2.1.1: a line has at most 998 octets.
    private const int LineLimit = 998;

    /// <summary>The bytes of a mail. Equal mails have equal bytes.</summary>
    public static byte[] ToBytes(Mail mail)
    {
        ArgumentNullException.ThrowIfNull(mail);
        var lines = mail.Body.ReplaceLineEndings("\n").Split('\n');
        var plain = lines.All(l => Encoding.UTF8.GetByteCount(l) <= LineLimit);
        var text = new StringBuilder()
            .Append("From: ").Append(Address(mail.FromName, mail.FromAddress)).Append("\r\n")
            .Append("To: ").Append(Address(mail.ToName, mail.ToAddress)).Append("\r\n")
            .Append("Subject: ").Append(Encode(mail.Subject)).Append("\r\n")
            .Append("Date: ").Append(DateOf(mail.Date)).Append("\r\n")
            .Append("Message-ID: <").Append(mail.Id).Append('@').Append(DomainOf(mail.FromAddress)).Append(">\r\n")
            .Append("Auto-Submitted: auto-generated\r\n")
            .Append("MIME-Version: 1.0\r\n");
        if (mail.Attachment is null)
        {
            AppendBody(text, lines, plain);
        }
        else
        {
            // RFC 2046 section 5.1.1. The boundary stands in no part: a body line cannot hold it, since it is made of the body; the file is base64.
            var boundary = "isms-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(mail.Body)))[..32];
            text.Append("Content-Type: multipart/mixed; boundary=\"").Append(boundary).Append("\"\r\n\r\n--").Append(boundary).Append("\r\n");
            AppendBody(text, lines, plain);
            text.Append("\r\n--").Append(boundary).Append("\r\n");
            AppendFile(text, mail.Attachment);
            text.Append("\r\n--").Append(boundary).Append("--\r\n");
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static void AppendBody(StringBuilder text, string[] lines, bool plain) => text
        .Append("Content-Type: text/plain; charset=utf-8\r\n")
        .Append("Content-Transfer-Encoding: ").Append(plain ? "8bit" : "base64").Append("\r\n\r\n")
        .Append(plain
            ? string.Join("\r\n", lines)
            : Convert.ToBase64String(Encoding.UTF8.GetBytes(string.Join("\r\n", lines)), Base64FormattingOptions.InsertLineBreaks));

    private static void AppendFile(StringBuilder text, MailAttachment file) => text
        .Append("Content-Type: ").Append(OneLine(file.MediaType)).Append("; name=\"").Append(file.Name).Append("\"\r\n")
        .Append("Content-Disposition: attachment; filename=\"").Append(file.Name).Append("\"\r\n")
        .Append("Content-Transfer-Encoding: base64\r\n\r\n")
        .Append(Convert.ToBase64String(Encoding.UTF8.GetBytes(file.Content), Base64FormattingOptions.InsertLineBreaks));

    private static string Address(string name, string address) => $"{Encode(name)} <{OneLine(address)}>";

    /// <summary>ASCII words as they are, anything else as encoded words, folded between characters.</summary>
    private static string Encode(string text)
    {
        text = OneLine(text);
        if (text.All(c => char.IsAsciiLetterOrDigit(c) || c is ' ' or '-' or '_') && text.Length <= EncodedWordBytes)
        {
            return text;
        }

        var words = new List<string>();
        var word = new StringBuilder();
        var bytes = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (bytes + rune.Utf8SequenceLength > EncodedWordBytes)
            {
                words.Add(Word(word));
                word.Clear();
                bytes = 0;
            }

            word.Append(rune.ToString());
            bytes += rune.Utf8SequenceLength;
        }

        words.Add(Word(word));
        return string.Join("\r\n ", words);
    }

    private static string Word(StringBuilder text) => $"=?UTF-8?B?{Convert.ToBase64String(Encoding.UTF8.GetBytes(text.ToString()))}?=";

    /// <summary>A name out of the settings must not be able to add header lines.</summary>
    private static string OneLine(string text) => string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c));

    private static string DateOf(DateTimeOffset date)
    {
        var offset = date.Offset.ToString("hhmm", CultureInfo.InvariantCulture);
        return date.ToString("ddd, dd MMM yyyy HH:mm:ss ", CultureInfo.InvariantCulture) + (date.Offset < TimeSpan.Zero ? "-" : "+") + offset;
    }

    private static string DomainOf(string address) => OneLine(address[(address.LastIndexOf('@') + 1)..]);
}
