using System.IO.Compression;

namespace IsmsFunctions.Documents.Office.Reading;

/// <summary>Looks at a workbook from outside before it is opened: what is no workbook, or would unpack to more than it should, is refused.</summary>
internal static class WorkbookLimits
{
    private const int MostParts = 2_000;

    /// <summary>Parts other than sheets and shared texts are read into memory whole.</summary>
    private const long LargestSmallPart = 16L * 1024 * 1024;

    public static void Check(Stream file, TableLimits limits)
    {
        Span<byte> start = stackalloc byte[4];
        var read = file.ReadAtLeast(start, 4, throwOnEndOfStream: false);
        file.Position = 0;
        if (read == 4 && start is [0xD0, 0xCF, 0x11, 0xE0])
        {
            // The container of old workbooks (.xls), and of new ones with a password.
            throw TableInput.Refused("table-workbook-locked", null);
        }

        if (read < 4 || start is not [(byte)'P', (byte)'K', 3, 4])
        {
            throw TableInput.Refused("table-not-xlsx", null);
        }

        try
        {
            // The lengths can be trusted: unpacking stops where the directory says a part ends.
            using var archive = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
            if (archive.Entries.Count > MostParts || archive.Entries.Sum(e => e.Length) > limits.UnpackedBytes || archive.Entries.Any(e => IsSmallPart(e) && e.Length > LargestSmallPart))
            {
                throw TableInput.Refused("table-unpacks-too-large", null, limits.UnpackedBytes / (1024 * 1024));
            }
        }
        catch (InvalidDataException)
        {
            throw TableInput.Refused("table-workbook-broken", null);
        }

        file.Position = 0;
    }

    private static bool IsSmallPart(ZipArchiveEntry entry) =>
        !entry.FullName.Contains("sheet", StringComparison.OrdinalIgnoreCase) && !entry.FullName.EndsWith("sharedStrings.xml", StringComparison.OrdinalIgnoreCase)
        && (entry.FullName.EndsWith(".xml", StringComparison.OrdinalIgnoreCase) || entry.FullName.EndsWith(".rels", StringComparison.OrdinalIgnoreCase));
}
