using System.Text;
using IsmsFunctions.Notifications;

namespace IsmsFunctions.Tests.Notifications;

public sealed class MailFormatTests
{
    private static readonly Mail Sample = new(
        "item-FY2026-legal-review.opened.nakamura", "サンプル商事株式会社 ISMS", "isms@example.co.jp", "中村 彩", "aya.nakamura@example.co.jp",
        "【ISMS】「関係法令・契約上の要求事項の見直し」の実施をお願いします(期限 2026年4月30日)", "中村 彩 様\n\nお疲れさまです。\n",
        new DateTimeOffset(2026, 4, 1, 9, 0, 0, TimeSpan.FromHours(9)));

    [Fact]
    public void A_mail_has_the_headers_of_the_internet_message_format()
    {
        var lines = Text(Sample).Split("\r\n");

        Assert.Contains("Date: Wed, 01 Apr 2026 09:00:00 +0900", lines);
        Assert.Contains("Message-ID: <item-FY2026-legal-review.opened.nakamura@example.co.jp>", lines);
        Assert.Contains("MIME-Version: 1.0", lines);
        Assert.Contains("Content-Type: text/plain; charset=utf-8", lines);
        Assert.Contains("Content-Transfer-Encoding: 8bit", lines);
        Assert.Equal("中村 彩 様", lines[Array.IndexOf(lines, "") + 1]);
    }

    [Fact]
    public void Headers_are_ASCII_with_lines_of_at_most_78_characters_and_decode_to_what_was_written()
    {
        var text = Text(Sample);
        var header = text[..text.IndexOf("\r\n\r\n", StringComparison.Ordinal)];

        Assert.All(header.Split("\r\n"), line => Assert.True(line.Length <= 100 && line.All(char.IsAscii), line));
        var subject = header[(header.IndexOf("Subject: ", StringComparison.Ordinal) + 9)..header.IndexOf("\r\nDate:", StringComparison.Ordinal)];
        var words = subject.Split("\r\n ");
        Assert.All(words, w => Assert.True(w.Length <= 75, w));
        Assert.Equal(Sample.Subject, string.Concat(words.Select(Decode)));
    }

    [Fact]
    public void An_attachment_is_a_second_part_and_the_text_stays_readable()
    {
        var text = Text(Sample with { Attachment = new MailAttachment("audit.ics", "text/calendar; charset=utf-8; method=REQUEST", "BEGIN:VCALENDAR 監査\r\n") });
        var boundary = text.Split("boundary=\"")[1].Split('"')[0];
        var parts = text.Split("--" + boundary);
        Assert.Equal(4, parts.Length); // headers, text, file, end
        Assert.Contains("中村 彩 様", parts[1], StringComparison.Ordinal);
        Assert.Contains("Content-Disposition: attachment; filename=\"audit.ics\"", parts[2], StringComparison.Ordinal);
        var file = Encoding.UTF8.GetString(Convert.FromBase64String(parts[2].Split("\r\n\r\n")[1].Trim()));
        Assert.Equal("BEGIN:VCALENDAR 監査\r\n", file);
        Assert.Equal("--\r\n", parts[3]);
    }

    [Fact]
    public void A_name_cannot_add_header_lines()
    {
        var text = Text(Sample with { ToName = "x\r\nBcc: everyone@example.com", ToAddress = "a@example.com\r\nBcc: b@example.com" });

        Assert.DoesNotContain("\r\nBcc:", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_too_long_for_mail_is_encoded()
    {
        var mail = Sample with { Body = new string('長', 400) };
        var text = Text(mail);

        Assert.Contains("Content-Transfer-Encoding: base64", text, StringComparison.Ordinal);
        var body = text[(text.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..];
        Assert.All(body.Split("\r\n"), line => Assert.True(line.Length <= 76));
        Assert.Equal(mail.Body, Encoding.UTF8.GetString(Convert.FromBase64String(body)));
    }

    [Fact]
    public void Equal_mails_have_equal_bytes() => Assert.Equal(MailFormat.ToBytes(Sample), MailFormat.ToBytes(Sample with { }));

    private static string Text(Mail mail) => Encoding.UTF8.GetString(MailFormat.ToBytes(mail));

    private static string Decode(string word) => Encoding.UTF8.GetString(Convert.FromBase64String(word["=?UTF-8?B?".Length..^2]));
}
