using System.Globalization;
using System.Text;
using System.Text.Json;
using Isms.Documents;
using IsmsFunctions.Documents.Office;
using IsmsFunctions.Evidence;
using IsmsFunctions.Hosting;

namespace IsmsFunctions.Documents;

/// <summary>
/// The files of a record in the evidence store: in each language a page to read and print, and an office file for those who hand it in or work on with it; and the
/// data they were made from. Each file is a request to the storage, so a record has one office file a language: a workbook where tables are what it is about, a
/// Word document otherwise.
/// </summary>
public static class DocumentFiles
{
    private const int MostRowsOnPaper = 3_000;
    private static readonly string[] Cultures = ["ja-JP", "en-US"];

    /// <summary><c>{name}.ja.html</c>, <c>{name}.ja.docx</c> (or <c>.xlsx</c>), the same in English, and <c>{name}.json</c>.</summary>
    /// <param name="name">The file name without extension, such as <c>audit-plan</c>.</param>
    /// <param name="document">What is printed.</param>
    /// <param name="data">What it was made from, for machines.</param>
    public static IReadOnlyList<EvidenceContent> Of(string name, PrintedDocument document, object data)
    {
        ArgumentNullException.ThrowIfNull(document);
        return [.. EachCulture(c => Page(name, document, c)), .. EachCulture(c => document.IsTabular || IsLong(document) ? Workbook(name, document, c) : Word(name, document, c)), Data(name, data)];
    }

    /// <summary>The same with both kinds of office file: what is printed of a register is handed in as a document, and filtered as a table.</summary>
    public static IReadOnlyList<EvidenceContent> OfRegister(string name, PrintedDocument document, object data) =>
        [.. EachCulture(c => Page(name, document, c)), .. Office(name, document), Data(name, data)];

    /// <summary><c>{name}.ja.html</c> and so on: what stands beside a record's own document.</summary>
    public static IReadOnlyList<EvidenceContent> Annex(string name, PrintedDocument document) =>
        [.. EachCulture(c => Page(name, document, c)), .. EachCulture(c => Workbook(name, document, c))];

    /// <summary>
    /// <c>{name}.ja.docx</c>, <c>{name}.ja.xlsx</c> and so on. A document of very many rows comes as workbooks only; nobody pages through a thousand sheets of paper.
    /// </summary>
    /// <param name="name">The file name without extension.</param>
    /// <param name="document">What is printed.</param>
    public static IReadOnlyList<EvidenceContent> Office(string name, PrintedDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        var isLong = IsLong(document);
        return [.. Cultures.Select(CultureInfo.GetCultureInfo).SelectMany(c => isLong ? [Workbook(name, document, c)] : new[] { Word(name, document, c), Workbook(name, document, c) })];
    }

    /// <summary><c>{name}.ja.xlsx</c> and the same in English: what people look at beside records that machines made.</summary>
    public static IReadOnlyList<EvidenceContent> Workbooks(string name, PrintedDocument document) => [.. EachCulture(c => Workbook(name, document, c))];

    private static bool IsLong(PrintedDocument document) => document.Blocks.OfType<Table>().Sum(t => t.Rows.Count) > MostRowsOnPaper;

    private static IEnumerable<EvidenceContent> EachCulture(Func<CultureInfo, EvidenceContent> make) => Cultures.Select(CultureInfo.GetCultureInfo).Select(make);

    private static EvidenceContent Page(string name, PrintedDocument document, CultureInfo culture) =>
        new($"{name}.{culture.TwoLetterISOLanguageName}.html", "text/html; charset=utf-8", Encoding.UTF8.GetBytes(HtmlDocument.Render(document, culture)));

    private static EvidenceContent Word(string name, PrintedDocument document, CultureInfo culture) =>
        new($"{name}.{culture.TwoLetterISOLanguageName}.docx", WordDocument.MediaType, WordDocument.Render(document, culture));

    private static EvidenceContent Workbook(string name, PrintedDocument document, CultureInfo culture) =>
        new($"{name}.{culture.TwoLetterISOLanguageName}.xlsx", WorkbookDocument.MediaType, WorkbookDocument.Render(document, culture));

    private static EvidenceContent Data(string name, object data)
    {
        ArgumentNullException.ThrowIfNull(data);
        return new($"{name}.json", "application/json", JsonSerializer.SerializeToUtf8Bytes(data, data.GetType(), Json.Options));
    }
}
