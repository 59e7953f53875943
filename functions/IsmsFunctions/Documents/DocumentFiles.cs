using System.Globalization;
using System.Text;
using System.Text.Json;
using Isms.Documents;
using IsmsFunctions.Documents.Office;
using IsmsFunctions.Evidence;
using IsmsFunctions.Hosting;

namespace IsmsFunctions.Documents;

/// <summary>The files of a record in the evidence store: a page to read and print in each language, and the data they were made from.</summary>
public static class DocumentFiles
{
    private const int MostRowsOnPaper = 3_000;
    private static readonly string[] Cultures = ["ja-JP", "en-US"];

    /// <summary><c>{name}.ja.html</c>, <c>{name}.en.html</c> and <c>{name}.json</c>.</summary>
    /// <param name="name">The file name without extension, such as <c>audit-plan</c>.</param>
    /// <param name="document">What is printed.</param>
    /// <param name="data">What it was made from, for machines.</param>
    public static IReadOnlyList<EvidenceContent> Of(string name, PrintedDocument document, object data)
    {
        ArgumentNullException.ThrowIfNull(data);
        var pages = Cultures.Select(CultureInfo.GetCultureInfo).Select(culture => new EvidenceContent(
            $"{name}.{culture.TwoLetterISOLanguageName}.html", "text/html; charset=utf-8", Encoding.UTF8.GetBytes(HtmlDocument.Render(document, culture))));
        var json = new EvidenceContent($"{name}.json", "application/json", JsonSerializer.SerializeToUtf8Bytes(data, data.GetType(), Json.Options));
        return [.. pages, json];
    }

    /// <summary>
    /// <c>{name}.ja.docx</c> and so on: the document for those who hand it in or work on with it. A document of very many rows comes as workbooks only; nobody
    /// pages through a thousand sheets of paper.
    /// </summary>
    /// <param name="name">The file name without extension.</param>
    /// <param name="document">What is printed.</param>
    public static IReadOnlyList<EvidenceContent> Office(string name, PrintedDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        var isLong = document.Blocks.OfType<Table>().Sum(t => t.Rows.Count) > MostRowsOnPaper;
        return [.. Cultures.Select(CultureInfo.GetCultureInfo).SelectMany(culture => isLong ? [Workbook(culture)] : new[] { Word(culture), Workbook(culture) })];

        EvidenceContent Word(CultureInfo culture) => new($"{name}.{culture.TwoLetterISOLanguageName}.docx", WordDocument.MediaType, WordDocument.Render(document, culture));
        EvidenceContent Workbook(CultureInfo culture) => new($"{name}.{culture.TwoLetterISOLanguageName}.xlsx", WorkbookDocument.MediaType, WorkbookDocument.Render(document, culture));
    }
}
