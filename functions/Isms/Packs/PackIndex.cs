using System.Globalization;
using Isms.Evidence;
using Isms.Text;

namespace Isms.Packs;

/// <summary><c>index.csv</c>: a line for each file, for spreadsheets. Nothing in it is evaluated as a formula.</summary>
public static class PackIndex
{
    private static readonly string[] Columns =
    [
        "id", "fiscalYear", "type", "title_ja", "title_en", "clauses", "controls", "periodFrom", "periodTo", "completeness", "subject", "record", "createdAt", "createdBy",
        "ledgerIndex", "leafHash", "file", "mediaType", "length", "sha256", "path",
    ];

    /// <summary>The mark that tells spreadsheets the encoding, and the heads.</summary>
    public static string Head => "\uFEFF" + Line(Columns);

    /// <summary>The lines of an item.</summary>
    public static IEnumerable<string> LinesOf(PackedItem packed)
    {
        ArgumentNullException.ThrowIfNull(packed);
        var item = packed.Item;
        string[] common =
        [
            item.Id, item.FiscalYear, EvidencePaths.NameOf(item.Type), item.Title.Ja, item.Title.En, string.Join(' ', item.Clauses), string.Join(' ', item.Controls),
            Text(item.Period.From), Text(item.Period.To), item.Completeness.Status, item.Subject ?? "", item.Record ?? "", Text(item.CreatedAt), item.CreatedBy,
            packed.Index.ToString(CultureInfo.InvariantCulture), packed.LeafHash,
        ];
        var names = PackNames.FilesOf(item);
        for (var i = 0; i < item.Files.Count; i++)
        {
            var file = item.Files[i];
            yield return Line([.. common, file.Path, file.MediaType, file.Length.ToString(CultureInfo.InvariantCulture), file.Sha256, packed.DisposedBy is null ? names[i] : ""]);
        }
    }

    private static string Text(DateTimeOffset moment) => moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string Line(IEnumerable<string> cells) => string.Join(',', cells.Select(Cell)) + "\r\n";

    private static string Cell(string text)
    {
        var guarded = SpreadsheetText.Guard(text);
        return guarded.AsSpan().IndexOfAny(",\"\r\n") < 0 ? guarded : $"\"{guarded.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
