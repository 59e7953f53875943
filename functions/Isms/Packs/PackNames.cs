using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Isms.Evidence;

namespace Isms.Packs;

/// <summary>
/// The names of a pack's members: relative, inside their folder, and such that Windows, macOS and Linux unpack them alike – no reserved names, no two that differ in
/// case only, letters composed (NFC), short enough for Explorer.
/// </summary>
public static class PackNames
{
    /// <summary>The folder of evidence.</summary>
    public const string Evidence = "evidence/";

    private const int Longest = 210; // Explorer takes 259 characters, and the pack is unpacked somewhere.
    private const int ShortName = 48;

    private static readonly HashSet<string> Reserved = new(
        ["CON", "PRN", "AUX", "NUL", "CLOCK$", .. Enumerable.Range(0, 10).SelectMany(n => new[] { "COM" + n.ToString(CultureInfo.InvariantCulture), "LPT" + n.ToString(CultureInfo.InvariantCulture) })],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>The name of an item's manifest.</summary>
    public static string ManifestOf(EvidenceManifest item) => Checked($"{Evidence}{EvidencePaths.FolderOf(item)}/{EvidencePaths.Manifest}");

    /// <summary>The names of an item's files, in their order.</summary>
    /// <exception cref="InvalidDataException">The manifest is not one that the app writes: a name would lead out of the pack's folder.</exception>
    public static IReadOnlyList<string> FilesOf(EvidenceManifest item)
    {
        ArgumentNullException.ThrowIfNull(item);
        var folder = $"{Evidence}{EvidencePaths.FolderOf(item)}/";
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { folder + EvidencePaths.Manifest };
        var names = new List<string>(item.Files.Count);
        foreach (var file in item.Files)
        {
            var name = folder + string.Join('/', file.Path.Normalize(NormalizationForm.FormC).Split('/').Select(Unreserved));
            if (name.Length > Longest || !taken.Add(name))
            {
                name = Shortened(folder, file.Path);
                taken.Add(name);
            }

            names.Add(Checked(name));
        }

        return names;
    }

    /// <summary>Whether a name stays inside the folder that the pack is unpacked to, on any system.</summary>
    public static bool IsSafe(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.Length is > 0 and <= 300 && name.Split('/').All(IsSafeSegment);
    }

    private static bool IsSafeSegment(string segment) =>
        segment.Length > 0 && segment.Trim(' ', '.') == segment && segment == Unreserved(segment)
        && segment.All(c => !char.IsControl(c) && !char.IsSurrogate(c) && "\\:*?\"<>|".IndexOf(c, StringComparison.Ordinal) < 0);

    private static string Unreserved(string segment) => Reserved.Contains(segment.Split('.')[0].TrimEnd()) ? "_" + segment : segment;

    /// <summary>The tilde occurs in no file of evidence, so that this is nobody else's name.</summary>
    private static string Shortened(string folder, string path)
    {
        var last = Unreserved(path[(path.LastIndexOf('/') + 1)..].Normalize(NormalizationForm.FormC));
        var extension = Path.GetExtension(last) is { Length: > 0 and <= 12 } e ? e : "";
        var stem = last[..(last.Length - extension.Length)];
        var digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(path)).AsSpan(0, 4));
        return $"{folder}{stem[..Math.Min(stem.Length, ShortName)].TrimEnd(' ', '.')}~{digest}{extension}";
    }

    private static string Checked(string name) => IsSafe(name) ? name : throw new InvalidDataException($"'{name}' cannot be the name of a pack's member.");
}
