using System.Security.Cryptography;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Isms.Evidence;
using IsmsFunctions.Hosting;

namespace IsmsFunctions.Evidence;

/// <summary>The files of evidence: created once, never overwritten, and removed by nothing but an approved disposal.</summary>
public sealed class EvidenceBlobs(StorageAccounts storage) : IDisposable
{
    /// <summary>The container.</summary>
    public const string ContainerName = "evidence";

    internal const string Sha256Fact = "sha256";
    internal const string UnpackedSha256Fact = "unpackedsha256";
    internal const string Crc32Fact = "crc32";

    internal static readonly BlobRequestConditions IfAbsent = new() { IfNoneMatch = ETag.All };

    private readonly RecentFiles recent = new();
    private readonly BlobContainerClient container = storage.Blobs.GetBlobContainerClient(ContainerName);

    /// <summary>Creates the container if it is not there.</summary>
    public Task PrepareAsync(CancellationToken cancellationToken) => container.CreateIfNotExistsAsync(cancellationToken: cancellationToken);

    /// <summary>Stores a file, or adopts the one that an earlier attempt stored under this path: the first one stays.</summary>
    public async Task<EvidenceFile> CreateAsync(string folder, EvidenceContent content, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(content);
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(content.Content.Span));
        var crc32 = Crc32.Hex(content.Content.Span);
        var options = new BlobUploadOptions
        {
            Conditions = IfAbsent,
            HttpHeaders = new BlobHttpHeaders { ContentType = content.MediaType },
            Metadata = new Dictionary<string, string> { [Sha256Fact] = sha256, [Crc32Fact] = crc32 },
        };
        try
        {
            using var stream = new MemoryStream(content.Content.ToArray(), writable: false);
            await Blob(folder, content.Path).UploadAsync(stream, options, cancellationToken);
            var file = new EvidenceFile(content.Path, content.MediaType, content.Content.Length, sha256, Crc32: crc32);
            recent.Remember(folder, new StoredFile(file, new Dictionary<string, string>(options.Metadata)), content.Content.Span);
            return file;
        }
        catch (RequestFailedException e) when (IsThere(e))
        {
            return (await FindAsync(folder, content.Path, cancellationToken))!.File;
        }
    }

    /// <summary>Opens a file for streamed writing; nothing is visible before it is committed.</summary>
    public EvidenceFileWriter Create(string folder, string path, string mediaType) => new(this, Blob(folder, path), folder, path, mediaType);

    /// <summary>A file that is there, or null.</summary>
    public async Task<StoredFile?> FindAsync(string folder, string path, CancellationToken cancellationToken)
    {
        try
        {
            var properties = (await Blob(folder, path).GetPropertiesAsync(cancellationToken: cancellationToken)).Value;
            return await DescribeAsync(
                folder, path, properties.ContentType, properties.ContentLength, new Dictionary<string, string>(properties.Metadata), cancellationToken);
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            return null;
        }
    }

    /// <summary>Opens a file for reading, from the storage as it is read; null when it is not there.</summary>
    public async Task<Stream?> OpenAsync(string folder, string path, CancellationToken cancellationToken) =>
        (await DownloadAsync(folder, path, cancellationToken))?.Content;

    /// <summary>Opens a part of a file for reading; null when it is not there.</summary>
    public async Task<Stream?> OpenAsync(string folder, string path, long from, long length, CancellationToken cancellationToken)
    {
        if (length == 0)
        {
            return await OpenAsync(folder, path, cancellationToken); // An empty file has no range.
        }

        try
        {
            var options = new BlobDownloadOptions { Range = new HttpRange(from, length) };
            return (await Blob(folder, path).DownloadStreamingAsync(options, cancellationToken)).Value.Content;
        }
        catch (RequestFailedException e) when (e.Status is 404 or 416)
        {
            return null;
        }
    }

    /// <summary>
    /// Opens a file for reading together with what is noted beside it; null when it is not there. For the app's own next step only: a file that this process
    /// has just written comes from memory.
    /// </summary>
    public async Task<OpenedFile?> OpenFileAsync(string folder, string path, CancellationToken cancellationToken)
    {
        if (recent.Open(folder, path) is { } known)
        {
            return known;
        }

        if (await DownloadAsync(folder, path, cancellationToken) is not { } download)
        {
            return null;
        }

        var (details, facts) = (download.Details, new Dictionary<string, string>(download.Details.Metadata));
        return new OpenedFile(await DescribeAsync(folder, path, details.ContentType, details.ContentLength, facts, cancellationToken), download.Content);
    }

    /// <summary>Stores the manifest, or returns the one that is there: the first one stays, with its time.</summary>
    public async Task<ReadOnlyMemory<byte>> CreateManifestAsync(string folder, byte[] manifest, CancellationToken cancellationToken)
    {
        var blob = Blob(folder, EvidencePaths.Manifest);
        var options = new BlobUploadOptions { Conditions = IfAbsent, HttpHeaders = new BlobHttpHeaders { ContentType = "application/json" } };
        try
        {
            using var stream = new MemoryStream(manifest, writable: false);
            await blob.UploadAsync(stream, options, cancellationToken);
            return manifest;
        }
        catch (RequestFailedException e) when (IsThere(e))
        {
            return await ReadManifestAsync(folder, cancellationToken);
        }
    }

    /// <summary>The bytes of a manifest.</summary>
    public async Task<ReadOnlyMemory<byte>> ReadManifestAsync(string folder, CancellationToken cancellationToken) =>
        (await Blob(folder, EvidencePaths.Manifest).DownloadContentAsync(cancellationToken)).Value.Content.ToMemory();

    /// <summary>The paths of the files that lie in a folder.</summary>
    public IAsyncEnumerable<string> ListAsync(string folder, CancellationToken cancellationToken) =>
        container.GetBlobsAsync(prefix: folder + "/", cancellationToken: cancellationToken).Select(blob => blob.Name[(folder.Length + 1)..]);

    /// <summary>Removes a file whose disposal was approved and is on record; one that is gone already is none the worse.</summary>
    public Task DisposeOfAsync(string folder, string path, CancellationToken cancellationToken) =>
        Blob(folder, path).DeleteIfExistsAsync(DeleteSnapshotsOption.IncludeSnapshots, cancellationToken: cancellationToken);

    /// <summary>The folders that hold files, in the order of their names.</summary>
    public async IAsyncEnumerable<string> ListFoldersAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        const int PartsOfFolder = 6; // year, type, three of the day, id
        var last = "";
        await foreach (var blob in container.GetBlobsAsync(cancellationToken: cancellationToken))
        {
            var folder = string.Join('/', blob.Name.Split('/').Take(PartsOfFolder));
            if (folder != last)
            {
                yield return last = folder;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => recent.Dispose();

    internal void Remember(string folder, StoredFile file, ReadOnlySpan<byte> content) => recent.Remember(folder, file, content);

    internal static bool IsThere(RequestFailedException e) => e.Status is 409 or 412;

    private async Task<BlobDownloadStreamingResult?> DownloadAsync(string folder, string path, CancellationToken cancellationToken)
    {
        try
        {
            return (await Blob(folder, path).DownloadStreamingAsync(cancellationToken: cancellationToken)).Value;
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            return null;
        }
    }

    private BlockBlobClient Blob(string folder, string path) => container.GetBlockBlobClient($"{folder}/{path}");

    private async Task<StoredFile> DescribeAsync(
        string folder, string path, string mediaType, long length, IReadOnlyDictionary<string, string> facts, CancellationToken cancellationToken)
    {
        var sha256 = facts.GetValueOrDefault(Sha256Fact) ?? await HashAsync(folder, path, cancellationToken);
        return new StoredFile(new EvidenceFile(path, mediaType, length, sha256, facts.GetValueOrDefault(UnpackedSha256Fact), facts.GetValueOrDefault(Crc32Fact)), facts);
    }

    private async Task<string> HashAsync(string folder, string path, CancellationToken cancellationToken)
    {
        await using var stream = await OpenAsync(folder, path, cancellationToken) ?? throw new FileNotFoundException($"{folder}/{path}");
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellationToken));
    }
}
