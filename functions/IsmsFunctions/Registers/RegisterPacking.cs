using System.IO.Compression;
using System.Text.Json;
using IsmsFunctions.Hosting;

namespace IsmsFunctions.Registers;

/// <summary>JSON, compressed: values of registers repeat, and tens of thousands of entries are moved at once.</summary>
internal static class RegisterPacking
{
    public static byte[] Pack<T>(T value)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            JsonSerializer.Serialize(gzip, value, Json.Options);
        }

        return packed.ToArray();
    }

    public static T Unpack<T>(byte[] packed)
    {
        using var gzip = new GZipStream(new MemoryStream(packed, writable: false), CompressionMode.Decompress);
        return JsonSerializer.Deserialize<T>(gzip, Json.Options)!;
    }
}
