using System.Globalization;
using System.Text.Json.Serialization;

namespace Isms.Packs;

/// <summary>A member of a pack, as its plan has it: all that the zip's layout needs, and where the content comes from.</summary>
/// <param name="Name">Its name in the pack.</param>
/// <param name="Length">Its length.</param>
/// <param name="Sha256">Its SHA-256, lower-case hex.</param>
/// <param name="Crc32">Its CRC-32, lower-case hex.</param>
/// <param name="Blob">For a file of evidence: its blob; null for what was written when the pack was made.</param>
public sealed record PackMember(
    [property: JsonPropertyName("n")] string Name,
    [property: JsonPropertyName("l")] long Length,
    [property: JsonPropertyName("h")] string Sha256,
    [property: JsonPropertyName("c")] string Crc32,
    [property: JsonPropertyName("b")] string? Blob = null)
{
    /// <summary>What stands before its content in the zip.</summary>
    public byte[] Local(DateTimeOffset at) => ZipRecords.Local(Name, Length, Checksum, at);

    /// <summary>Its line in the zip's directory.</summary>
    /// <param name="offset">Where <see cref="Local"/> stands.</param>
    /// <param name="at">The time of all members.</param>
    public byte[] Central(long offset, DateTimeOffset at) => ZipRecords.Central(Name, Length, Checksum, offset, at);

    private uint Checksum => uint.Parse(Crc32, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
