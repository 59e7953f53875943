using System.Globalization;
using System.Text;
using System.Text.Json;
using Isms.Documents;
using IsmsFunctions.Evidence;
using IsmsFunctions.Hosting;

namespace IsmsFunctions.Documents;

/// <summary>The files of a record in the evidence store: a page to read and print in each language, and the data they were made from.</summary>
public static class DocumentFiles
{
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
}
