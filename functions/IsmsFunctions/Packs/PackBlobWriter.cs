using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Azure.Storage.Blobs.Specialized;
using Isms.Evidence;
using Isms.Packs;

namespace IsmsFunctions.Packs;

/// <summary>Writes one of a pack's own files of any length with bounded memory, and knows its length and hashes at the end. What is small is one request.</summary>
public sealed class PackBlobWriter(BlockBlobClient blob) : IAsyncDisposable
{
    private const int BlockLength = 4 * 1_048_576;
    private readonly List<string> staged = [];
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly Crc32 crc = new();
    private readonly MemoryStream block = new();
    private long length;

    /// <summary>Appends text as UTF-8.</summary>
    public ValueTask WriteAsync(string text, CancellationToken cancellationToken) => WriteAsync(Encoding.UTF8.GetBytes(text), cancellationToken);

    /// <summary>Appends bytes.</summary>
    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        hash.AppendData(bytes.Span);
        crc.Append(bytes.Span);
        length += bytes.Length;
        while (!bytes.IsEmpty)
        {
            if (block.Length == BlockLength)
            {
                await StageAsync(cancellationToken);
            }

            var taken = (int)Math.Min(bytes.Length, BlockLength - block.Length);
            block.Write(bytes[..taken].Span);
            bytes = bytes[taken..];
        }
    }

    /// <summary>Makes the file appear and describes it as a member of the pack.</summary>
    public async Task<PackMember> CompleteAsync(CancellationToken cancellationToken, string name = "")
    {
        if (staged.Count == 0)
        {
            block.Position = 0;
            await blob.UploadAsync(block, cancellationToken: cancellationToken);
        }
        else
        {
            await StageAsync(cancellationToken);
            await blob.CommitBlockListAsync(staged, cancellationToken: cancellationToken);
        }

        return new PackMember(name, length, Convert.ToHexStringLower(hash.GetHashAndReset()), crc.ToString());
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        hash.Dispose();
        await block.DisposeAsync();
    }

    private async Task StageAsync(CancellationToken cancellationToken)
    {
        var id = Convert.ToBase64String(Encoding.ASCII.GetBytes(staged.Count.ToString("00000000", CultureInfo.InvariantCulture)));
        block.Position = 0;
        await blob.StageBlockAsync(id, block, cancellationToken: cancellationToken);
        staged.Add(id);
        block.SetLength(0);
    }
}
