using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Isms.Evidence;

/// <summary>Where evidence lies: <c>{FY}/{type}/{yyyy}/{MM}/{dd}/{id}/{path}</c>, so that a folder can be browsed without the index.</summary>
public static class EvidencePaths
{
    /// <summary>The manifest's name in an item's folder; no file of an item may be called so.</summary>
    public const string Manifest = "manifest.json";

    private const int LongestPath = 200;

    /// <summary>The folder of an item; the day is that of its creation in UTC.</summary>
    public static string FolderOf(EvidenceManifest item)
    {
        ArgumentNullException.ThrowIfNull(item);
        return FolderOf(item.FiscalYear, item.Type, item.CreatedAt, item.Id);
    }

    /// <inheritdoc cref="FolderOf(EvidenceManifest)"/>
    public static string FolderOf(string fiscalYear, EvidenceType type, DateTimeOffset createdAt, string id) =>
        string.Create(CultureInfo.InvariantCulture, $"{fiscalYear}/{NameOf(type)}/{createdAt.UtcDateTime:yyyy'/'MM'/'dd}/{id}");

    /// <summary>The name of a type in paths, manifests and queries, such as <c>management-review</c>.</summary>
    public static string NameOf(EvidenceType type) => JsonSerializer.SerializeToElement(type).GetString()!;

    /// <summary>The names of all types.</summary>
    public static IReadOnlyList<string> TypeNames { get; } = [.. Enum.GetValues<EvidenceType>().Select(NameOf)];

    /// <summary>The type of this name, or null.</summary>
    public static EvidenceType? TypeOf(string? name) =>
        Enum.GetValues<EvidenceType>().Select(t => (EvidenceType?)t).FirstOrDefault(t => NameOf(t!.Value) == name);

    /// <summary>
    /// Whether a file of an item may have this path: relative, forward slashes, no empty or dot segments, nothing that a file system or a zip reader
    /// refuses or interprets.
    /// </summary>
    public static bool IsFilePath(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return path.Length is > 0 and <= LongestPath && path != Manifest && path.Split('/').All(IsSegment);
    }

    /// <summary>
    /// A path for a file of this name as somebody gave it: its last segment, with what is not permitted replaced, and letters composed (NFC): some systems send が as か
    /// and a mark, which looks the same and is another name.
    /// </summary>
    public static string SafeName(string fileName)
    {
        ArgumentNullException.ThrowIfNull(fileName);
        var name = fileName[(fileName.LastIndexOfAny(['/', '\\']) + 1)..];
        name = string.Concat(name.Select(c => IsPermitted(c) ? c : '_')).Normalize(NormalizationForm.FormC).Trim(' ', '.');
        var extension = Path.GetExtension(name);
        if (name.Length > 120)
        {
            name = extension.Length is > 0 and <= 12 ? name[..(120 - extension.Length)] + extension : name[..120];
        }

        return name.Length == 0 || name == Manifest ? "file" + extension : name;
    }

    private static bool IsSegment(string segment) => segment.Length > 0 && segment.Trim(' ', '.') == segment && segment.All(IsPermitted);

    private static bool IsPermitted(char c) => !char.IsControl(c) && !char.IsSurrogate(c) && "\\/:*?\"<>|~#%".IndexOf(c, StringComparison.Ordinal) < 0
        && CharUnicodeInfo.GetUnicodeCategory(c) is not (UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}
