using Isms.Evidence;

namespace IsmsFunctions.Evidence;

/// <summary>
/// An item whose recording has begun: its time and folder are settled and stored, so that whoever continues after a crash – even on another day –
/// continues in the same folder.
/// </summary>
/// <param name="Id">The item's id.</param>
/// <param name="CreatedAt">The time that the manifest states.</param>
/// <param name="Folder">The item's folder in the container.</param>
/// <param name="IsRecorded">Whether everything is in place already.</param>
public sealed record EvidenceRecording(string Id, DateTimeOffset CreatedAt, string Folder, bool IsRecorded);

/// <summary>A file that stands in an item's folder.</summary>
/// <param name="File">Its path, type, length and hashes.</param>
/// <param name="Facts">What its writer noted beside it, such as the number of rows.</param>
public sealed record StoredFile(EvidenceFile File, IReadOnlyDictionary<string, string> Facts);

/// <summary>A file that stands in an item's folder, opened: one request brings its content and what is noted beside it.</summary>
/// <param name="Stored">The file.</param>
/// <param name="Content">Its bytes, from the network as they are read.</param>
public sealed record OpenedFile(StoredFile Stored, Stream Content) : IAsyncDisposable
{
    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Content.DisposeAsync();
}
