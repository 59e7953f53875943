using System.Globalization;
using System.Text;
using Isms.Documents;
using Isms.Text;
using IsmsFunctions.Documents;

namespace IsmsFunctions.Tests.Documents;

public sealed class HtmlDocumentTests
{
    private static readonly PrintedDocument Document = new()
    {
        Title = new LocalizedText("内部監査計画書", "Internal audit plan"),
        Organization = new LocalizedText("<サンプル商事>", "<Sample> & Co."),
        Number = "audit-FY2026-01-plan",
        Version = "1",
        Date = new DateOnly(2026, 7, 1),
        Approvals = [new Approval(new LocalizedText("承認", "Approved"), null, null)],
        Blocks =
        [
            new Heading(new LocalizedText("概要", "Outline")),
            new Paragraph(LocalizedText.Same("<script>alert(1)</script>\nsecond line")),
            new Bullets([LocalizedText.Same("a & b")]),
            new Facts([new Fact(new LocalizedText("目的", "Objective"), LocalizedText.Same("\"x\""))]),
            new Table([new Column(LocalizedText.Same("n"), 30)], [[LocalizedText.Same("</td>")]]),
        ],
    };

    [Fact]
    public void Each_language_gets_its_texts_and_dates()
    {
        var (ja, en) = (Render("ja-JP"), Render("en-US"));
        Assert.Contains("<html lang=\"ja\">", ja, StringComparison.Ordinal);
        Assert.Contains("<h1>内部監査計画書</h1>", ja, StringComparison.Ordinal);
        Assert.Contains("2026年7月1日", ja, StringComparison.Ordinal);
        Assert.Contains("<html lang=\"en\">", en, StringComparison.Ordinal);
        Assert.Contains("1 July 2026", en, StringComparison.Ordinal);
    }

    [Fact]
    public void Whatever_people_typed_is_encoded()
    {
        var html = Render("en-US");
        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;alert(1)&lt;/script&gt;<br>second line", html, StringComparison.Ordinal);
        Assert.Contains("<td>&lt;/td&gt;</td>", html, StringComparison.Ordinal);
        Assert.Contains("&lt;Sample&gt; &amp; Co.", html, StringComparison.Ordinal);
    }

    [Fact]
    public void A_page_refers_to_nothing_outside_itself()
    {
        var html = Render("ja-JP");
        Assert.All(new[] { "http:", "https:", "src=", "href=", "url(", "@import" }, reference => Assert.DoesNotContain(reference, html, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void A_record_has_a_page_and_an_office_file_in_each_language_and_its_data()
    {
        var files = DocumentFiles.Of("audit-plan", Document, new { id = "audit-FY2026-01", name = "計画" });
        Assert.Equal(["audit-plan.ja.html", "audit-plan.en.html", "audit-plan.ja.docx", "audit-plan.en.docx", "audit-plan.json"], files.Select(f => f.Path));
        Assert.Equal("{\"id\":\"audit-FY2026-01\",\"name\":\"計画\"}", Encoding.UTF8.GetString(files[4].Content.Span));
        var tables = DocumentFiles.Of("audit-checklist", Document with { IsTabular = true }, new { });
        Assert.Equal(["audit-checklist.ja.xlsx", "audit-checklist.en.xlsx"], tables.Select(f => f.Path).Where(p => p.EndsWith(".xlsx", StringComparison.Ordinal)));
        Assert.Equal(5, tables.Count);
    }

    private static string Render(string culture) => HtmlDocument.Render(Document, CultureInfo.GetCultureInfo(culture));
}
