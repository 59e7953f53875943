using System.Globalization;
using System.Security.Cryptography;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Isms.Registers;
using IsmsFunctions.Hosting;

namespace IsmsFunctions.Registers;

/// <summary>What of the registers is too large for table rows: the changes of large imports, their plans, and books as of some commit.</summary>
public sealed class RegisterBlobs(StorageAccounts storage)
{
    /// <summary>The container.</summary>
    public const string ContainerName = "registers";

    private const string Changes = "changes/";
    private const string Books = "books/";
    private const string Plans = "plans/";
    private readonly BlobContainerClient container = storage.Blobs.GetBlobContainerClient(ContainerName);

    /// <summary>Creates the container if it is not there.</summary>
    public Task PrepareAsync(CancellationToken cancellationToken) => container.CreateIfNotExistsAsync(cancellationToken: cancellationToken);

    /// <summary>Stores the changes of a commit under the hash of their bytes, which is returned.</summary>
    public async Task<string> AddChangesAsync(byte[] packed, CancellationToken cancellationToken)
    {
        var name = Convert.ToHexStringLower(SHA256.HashData(packed));
        await AddAsync($"{Changes}{name}.json.gz", packed, cancellationToken);
        return name;
    }

    /// <summary>The changes of a commit.</summary>
    public Task<byte[]> ReadChangesAsync(string name, CancellationToken cancellationToken) => ReadAsync($"{Changes}{name}.json.gz", cancellationToken);

    /// <summary>Stores the plan of an import; the first one of an id stays.</summary>
    public Task AddPlanAsync(string id, ImportPlan plan, CancellationToken cancellationToken) =>
        AddAsync($"{Plans}{id}.json.gz", RegisterPacking.Pack(plan), cancellationToken);

    /// <summary>The plan of an import.</summary>
    public async Task<ImportPlan> ReadPlanAsync(string id, CancellationToken cancellationToken) =>
        RegisterPacking.Unpack<ImportPlan>(await ReadAsync($"{Plans}{id}.json.gz", cancellationToken));

    /// <summary>Keeps a book, so that it need not be made of all commits again.</summary>
    public Task AddBookAsync(RegisterBook book, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(book);
        var image = new BookImage(
            book.Version, book.At.UtcTicks, book.Registers.ToDictionary(r => r, r => (IReadOnlyList<RegisterEntry>)[.. book.Entries(r)]), [.. book.Keys]);
        return AddAsync(NameOf(book.Version, book.At), RegisterPacking.Pack(image), cancellationToken);
    }

    /// <summary>The newest kept book of a moment; the empty one when none is kept.</summary>
    public async Task<RegisterBook> FindBookAsync(DateTimeOffset at, CancellationToken cancellationToken)
    {
        string? newest = null;
        await foreach (var blob in container.GetBlobsAsync(prefix: Books, cancellationToken: cancellationToken))
        {
            if (TicksIn(blob.Name) <= at.UtcTicks && string.CompareOrdinal(blob.Name, newest) > 0)
            {
                newest = blob.Name;
            }
        }

        if (newest is null)
        {
            return RegisterBook.Empty;
        }

        var image = RegisterPacking.Unpack<BookImage>(await ReadAsync(newest, cancellationToken));
        return RegisterBook.Restore(image.Version, new DateTimeOffset(image.AtTicks, TimeSpan.Zero), image.Entries, image.Keys);
    }

    private static string NameOf(long version, DateTimeOffset at) =>
        string.Create(CultureInfo.InvariantCulture, $"{Books}{version:D12}-{at.UtcTicks:D19}.json.gz");

    private static long TicksIn(string name) => long.Parse(name.AsSpan(Books.Length + 13, 19), NumberStyles.None, CultureInfo.InvariantCulture);

    private async Task AddAsync(string name, byte[] content, CancellationToken cancellationToken)
    {
        try
        {
            var options = new BlobUploadOptions { Conditions = new BlobRequestConditions { IfNoneMatch = ETag.All } };
            await container.GetBlobClient(name).UploadAsync(BinaryData.FromBytes(content), options, cancellationToken);
        }
        catch (RequestFailedException e) when (e.Status is 409 or 412)
        {
            // There already: names say what is inside.
        }
    }

    private async Task<byte[]> ReadAsync(string name, CancellationToken cancellationToken) =>
        (await container.GetBlobClient(name).DownloadContentAsync(cancellationToken)).Value.Content.ToArray();

    private sealed record BookImage(
        long Version, long AtTicks, IReadOnlyDictionary<string, IReadOnlyList<RegisterEntry>> Entries, IReadOnlyList<AppliedKey> Keys);
}
