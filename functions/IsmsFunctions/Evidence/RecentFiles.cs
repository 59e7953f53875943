using Microsoft.Extensions.Caching.Memory;

namespace IsmsFunctions.Evidence;

/// <summary>
/// The small files that this process wrote last. A file of evidence never changes once it stands, and the next step of its collector usually reads it again:
/// from here it costs no request. Whoever proves something – a download, a verification – reads the storage instead.
/// </summary>
internal sealed class RecentFiles : IDisposable
{
    private const int Largest = 1_048_576;
    private const long Together = 33_554_432;
    private readonly MemoryCache files = new(new MemoryCacheOptions { SizeLimit = Together });

    /// <summary>Remembers a file, unless it is large.</summary>
    public void Remember(string folder, StoredFile file, ReadOnlySpan<byte> content)
    {
        if (content.Length <= Largest)
        {
            files.Set((folder, file.File.Path), (file, content.ToArray()), new MemoryCacheEntryOptions { Size = content.Length + 1_024 });
        }
    }

    /// <summary>Opens a file that is remembered; null for any other.</summary>
    public OpenedFile? Open(string folder, string path) =>
        files.TryGetValue((folder, path), out (StoredFile File, byte[] Content) found)
            ? new OpenedFile(found.File, new MemoryStream(found.Content, writable: false))
            : null;

    /// <inheritdoc/>
    public void Dispose() => files.Dispose();
}
