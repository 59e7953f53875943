using System.IO.Compression;
using Isms.Rules;
using Microsoft.Extensions.Options;

namespace IsmsFunctions.Evidence;

/// <summary>
/// What people may upload, wherever they do: documents, pictures, recordings, mails. A file must be what its name says by its first bytes; its media type follows from
/// that, not from what the sender claims. Programs, pages and macros are refused always; archives and data are taken where <see cref="UploadOptions.Kinds"/> names them.
/// </summary>
public sealed class UploadKinds(IOptions<UploadOptions> options)
{
    private const string OfficeXml = "application/vnd.openxmlformats-officedocument.";

    private static readonly Dictionary<string, (string MediaType, Func<ReadOnlyMemory<byte>, bool> Looks)> Kinds = new(StringComparer.OrdinalIgnoreCase)
    {
        [".pdf"] = ("application/pdf", c => Starts(c, "%PDF-"u8)),
        [".png"] = ("image/png", c => Starts(c, [0x89, 0x50, 0x4E, 0x47])),
        [".jpg"] = ("image/jpeg", c => Starts(c, [0xFF, 0xD8, 0xFF])),
        [".jpeg"] = ("image/jpeg", c => Starts(c, [0xFF, 0xD8, 0xFF])),
        [".gif"] = ("image/gif", c => Starts(c, "GIF8"u8)),
        [".webp"] = ("image/webp", c => Starts(c, "RIFF"u8) && Starts(c, "WEBP"u8, at: 8)),
        [".heic"] = ("image/heic", c => Starts(c, "ftyp"u8, at: 4)),
        [".mp4"] = ("video/mp4", c => Starts(c, "ftyp"u8, at: 4)),
        [".m4a"] = ("audio/mp4", c => Starts(c, "ftyp"u8, at: 4)),
        [".mp3"] = ("audio/mpeg", c => Starts(c, "ID3"u8) || Starts(c, [0xFF, 0xFB])),
        [".wav"] = ("audio/wav", c => Starts(c, "RIFF"u8) && Starts(c, "WAVE"u8, at: 8)),
        [".docx"] = (OfficeXml + "wordprocessingml.document", IsOfficeWithoutMacros),
        [".xlsx"] = (OfficeXml + "spreadsheetml.sheet", IsOfficeWithoutMacros),
        [".pptx"] = (OfficeXml + "presentationml.presentation", IsOfficeWithoutMacros),
        [".msg"] = ("application/vnd.ms-outlook", c => Starts(c, [0xD0, 0xCF, 0x11, 0xE0])),
        [".eml"] = ("message/rfc822", IsText),
        [".txt"] = ("text/plain", IsText),
        [".log"] = ("text/plain", IsText),
        [".csv"] = ("text/csv", IsText),
        [".zip"] = ("application/zip", c => Starts(c, [0x50, 0x4B, 0x03, 0x04])),
        [".json"] = ("application/json", IsText),
    };

    /// <summary>The kinds that are taken unless the settings say otherwise.</summary>
    private static readonly IReadOnlyList<string> Usual = [.. Kinds.Keys.Except([".zip", ".json"])];

    private readonly IReadOnlyList<string> taken = KindsOf(options.Value.Kinds) ?? Usual;

    /// <summary>Whether a setting names kinds that there are: what is not known here cannot be told from a program by its first bytes.</summary>
    public static bool AreKnown(string? setting) => KindsOf(setting)?.All(Kinds.ContainsKey) ?? true;

    /// <summary>The file with the media type of its kind.</summary>
    /// <exception cref="RefusedException">It is of no kind that is taken, or not what its name says.</exception>
    public EvidenceContent Checked(EvidenceContent file)
    {
        ArgumentNullException.ThrowIfNull(file);
        var extension = Path.GetExtension(file.Path).ToLowerInvariant();
        return !taken.Contains(extension) || !Kinds.TryGetValue(extension, out var kind)
            ? throw EvidenceInput.Invalid("upload-kind-not-taken", "file", file.Path, file.Path, string.Join(", ", taken))
            : kind.Looks(file.Content)
                ? file with { MediaType = kind.MediaType }
                : throw EvidenceInput.Invalid("upload-not-what-it-says", "file", file.Path, file.Path, extension);
    }

    private static string[]? KindsOf(string? setting) => string.IsNullOrWhiteSpace(setting)
        ? null
        : [.. setting.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(kind => "." + kind.TrimStart('.').ToLowerInvariant())];

    private static bool Starts(ReadOnlyMemory<byte> content, ReadOnlySpan<byte> start, int at = 0) => content.Length >= at && content.Span[at..].StartsWith(start);

    /// <summary>Text has no zero bytes, unless it is UTF-16, which begins with its mark.</summary>
    private static bool IsText(ReadOnlyMemory<byte> content) =>
        Starts(content, [0xFF, 0xFE]) || Starts(content, [0xFE, 0xFF]) || content.Span[..Math.Min(content.Length, 8_192)].IndexOf((byte)0) < 0;

    private static bool IsOfficeWithoutMacros(ReadOnlyMemory<byte> content)
    {
        if (!Starts(content, [0x50, 0x4B, 0x03, 0x04]))
        {
            return false;
        }

        try
        {
            using var archive = new ZipArchive(new MemoryStream(content.ToArray()), ZipArchiveMode.Read);
            return archive.GetEntry("[Content_Types].xml") is not null && !archive.Entries.Any(e => e.FullName.EndsWith("vbaProject.bin", StringComparison.OrdinalIgnoreCase));
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }
}
