using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using DocumentFormat.OpenXml.Wordprocessing;
using Isms.Documents;
using Isms.Registers;
using Isms.Text;
using IsmsFunctions.Documents;
using IsmsFunctions.Documents.Office;
using Column = Isms.Documents.Column;
using Paragraph = Isms.Documents.Paragraph;
using Table = Isms.Documents.Table;

namespace IsmsFunctions.Tests.Documents;

public sealed class OfficeDocumentTests
{
    private static readonly CultureInfo Japanese = CultureInfo.GetCultureInfo("ja-JP");
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-US");

    private static readonly PrintedDocument Document = new()
    {
        Title = new LocalizedText("内部監査計画書", "Internal audit plan"),
        Organization = new LocalizedText("サンプル商事 <東京>", "Sample & Co."),
        Number = "audit-FY2026-01-plan",
        Version = "1",
        Date = new DateOnly(2026, 7, 1),
        Approvals =
        [
            new Approval(new LocalizedText("作成", "Prepared"), new LocalizedText("中村 彩", "Aya Nakamura"), new DateOnly(2026, 7, 1)),
            new Approval(new LocalizedText("承認", "Approved"), null, null),
        ],
        Blocks =
        [
            new Heading(new LocalizedText("概要", "Outline")),
            new Paragraph(LocalizedText.Same("=1+1\nsecond line\twith a tab, \u0001 and \uD83D")),
            new Heading(new LocalizedText("細目", "Details"), 2),
            new Bullets([LocalizedText.Same("a & b"), LocalizedText.Same("c")]),
            new Facts([new Fact(new LocalizedText("目的", "Objective"), LocalizedText.Same("\"x\""))]),
            new Heading(new LocalizedText("一覧", "List")),
            new Table(
                [new Column(LocalizedText.Same("n"), 30), new Column(new LocalizedText("証跡", "Evidence"))],
                [[LocalizedText.Same("=HYPERLINK(1)"), LocalizedText.Same("item-1\nno link\nitem-2")], [LocalizedText.Same("</td>"), LocalizedText.Same("item-1")]])
            {
                Links = new Dictionary<string, Uri> { ["item-1"] = new("https://isms.example/api/evidence/item-1"), ["item-2"] = new("https://isms.example/api/evidence/item-2?a=1&b=2") },
            },
        ],
    };

    [Theory]
    [InlineData("ja-JP")]
    [InlineData("en-US")]
    public void Word_documents_look_as_approved(string culture) =>
        Approved.Matches($"document.{culture}.docx.txt", Approved.PartsOf(WordDocument.Render(Document, CultureInfo.GetCultureInfo(culture))));

    [Theory]
    [InlineData("ja-JP")]
    [InlineData("en-US")]
    public void Workbooks_look_as_approved(string culture) =>
        Approved.Matches($"document.{culture}.xlsx.txt", Approved.PartsOf(WorkbookDocument.Render(Document, CultureInfo.GetCultureInfo(culture))));

    [Fact]
    public void They_are_valid_by_the_schema()
    {
        foreach (var document in RegisterCatalogue.All.Select(d => SamplePapers.Of(d.Name)).Append(Document).Append(Document with { IsLandscape = true, Approvals = [] }))
        {
            using var word = WordprocessingDocument.Open(new MemoryStream(WordDocument.Render(document, Japanese)), false);
            Assert.Empty(new OpenXmlValidator(FileFormatVersions.Office2013).Validate(word).Select(e => $"{e.Path?.XPath}: {e.Description}"));
            using var book = SpreadsheetDocument.Open(new MemoryStream(WorkbookDocument.Render(document, Japanese)), false);
            Assert.Empty(new OpenXmlValidator(FileFormatVersions.Office2013).Validate(book).Select(e => $"{e.Path?.XPath}: {e.Description}"));
        }
    }

    [Fact]
    public void The_same_document_is_the_same_bytes()
    {
        Assert.Equal(WordDocument.Render(Document, Japanese), WordDocument.Render(Document, Japanese));
        Assert.Equal(WorkbookDocument.Render(Document, Japanese), WorkbookDocument.Render(Document, Japanese));
    }

    [Fact]
    public void Table_heads_repeat_on_every_page_and_pages_are_numbered()
    {
        using var word = WordprocessingDocument.Open(new MemoryStream(WordDocument.Render(Document, Japanese)), false);
        var main = word.MainDocumentPart!;
        Assert.Single(main.Document.Descendants<TableHeader>());
        Assert.Contains("PAGE", main.FooterParts.Single().Footer.InnerText, StringComparison.Ordinal);
        Assert.Contains("NUMPAGES", main.FooterParts.Single().Footer.InnerText, StringComparison.Ordinal);
        Assert.All(main.StyleDefinitionsPart!.Styles!.Descendants<RunFonts>(), f => Assert.Equal("Yu Gothic", f.EastAsia!.Value));
    }

    [Fact]
    public void Lines_that_name_evidence_lead_to_it()
    {
        using var word = WordprocessingDocument.Open(new MemoryStream(WordDocument.Render(Document, English)), false);
        var links = word.MainDocumentPart!.Document.Descendants<Hyperlink>()
            .Select(h => (h.InnerText, word.MainDocumentPart.HyperlinkRelationships.Single(r => r.Id == h.Id).Uri.OriginalString));
        Assert.Equal(
            [("item-1", "https://isms.example/api/evidence/item-1"), ("item-2", "https://isms.example/api/evidence/item-2?a=1&b=2"), ("item-1", "https://isms.example/api/evidence/item-1")],
            links);
        Assert.Contains("<a href=\"https://isms.example/api/evidence/item-2?a=1&amp;b=2\">item-2</a>", HtmlDocument.Render(Document, English), StringComparison.Ordinal);
    }

    [Fact]
    public void The_statement_of_applicability_lists_93_controls_in_order_with_links_to_evidence()
    {
        var paper = SamplePapers.Of("controls");
        var tables = paper.Blocks.OfType<Table>().Take(4).ToList();
        var numbers = tables.SelectMany(t => t.Rows).Select(r => r[0].Ja).ToList();
        Assert.Equal(Isms.Catalogues.Standard.Controls.Select(c => c.Id), numbers);
        Assert.Equal([37, 8, 14, 34], tables.Select(t => t.Rows.Count));
        Assert.All(tables.SelectMany(t => t.Rows), r => Assert.All(r.Take(4), cell => Assert.NotEmpty(cell.Ja)));

        using var word = WordprocessingDocument.Open(new MemoryStream(WordDocument.Render(paper, Japanese)), false);
        var links = word.MainDocumentPart!.Document.Descendants<Hyperlink>().Select(h => word.MainDocumentPart.HyperlinkRelationships.Single(r => r.Id == h.Id).Uri.AbsolutePath);
        Assert.Equal(
            ["/api/evidence/access-rights.202606300000-202607010000.0123456789ab", "/api/evidence/access-rights.manual.ba9876543210", "/api/evidence/sign-ins.202606300000-202607010000.0123456789ab"],
            links);
    }

    [Fact]
    public void A_statement_without_decisions_says_so_of_every_control()
    {
        var head = new Isms.Registers.Printing.PaperHead(SamplePapers.Organization, "1", new DateOnly(2026, 4, 1), "nobody");
        var paper = Isms.Registers.Printing.StatementPaper.Of(
            RegisterCatalogue.Find("controls")!, [], head, new Isms.Registers.Printing.PaperTexts(SamplePapers.Organization, (_, _) => null), _ => []);
        Assert.Equal(93, paper.Blocks.OfType<Table>().Take(4).SelectMany(t => t.Rows).Count(r => r[2].Ja == "未定"));
    }

    [Fact]
    public void Printed_registers_name_people_and_leave_sensitive_fields_out()
    {
        var assets = SamplePapers.Of("assets").Blocks.OfType<Table>().Single();
        var owner = assets.Columns.ToList().FindIndex(c => c.Name.Ja == "管理責任者");
        Assert.Contains(assets.Rows, r => SamplePapers.Organization.People.Any(p => p.Name.Ja == r[owner].Ja));

        var register = RegisterCatalogue.Find("assets")!;
        var secret = register with { Fields = [.. register.Fields.Select(f => f.Name == "owner" ? f with { IsSensitive = true } : f)] };
        var head = new Isms.Registers.Printing.PaperHead(SamplePapers.Organization, "1", new DateOnly(2026, 4, 1), "nobody");
        var texts = new Isms.Registers.Printing.PaperTexts(SamplePapers.Organization, (_, _) => null);
        var paper = Isms.Registers.Printing.RegisterPaper.Of(secret, SamplePapers.Entries("ja-JP")["assets"], head, texts, new Dictionary<string, Uri>());
        Assert.DoesNotContain(paper.Blocks.OfType<Table>().Single().Columns, c => c.Name.Ja == "管理責任者");
    }

    [Fact]
    public void A_document_of_very_many_rows_comes_as_workbooks_only()
    {
        var rows = Enumerable.Repeat<IReadOnlyList<LocalizedText>>([LocalizedText.Same("x")], 3_001).ToList();
        var document = Document with { Blocks = [new Table([new Column(LocalizedText.Same("n"))], rows)] };
        Assert.Equal(["r.ja.xlsx", "r.en.xlsx"], DocumentFiles.Office("r", document).Select(f => f.Path));
        Assert.Equal(["r.ja.docx", "r.ja.xlsx", "r.en.docx", "r.en.xlsx"], DocumentFiles.Office("r", Document).Select(f => f.Path));
    }
}
