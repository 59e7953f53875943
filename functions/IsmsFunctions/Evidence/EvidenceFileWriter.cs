using System.Buffers;
using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Azure;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Isms.Evidence;

namespace IsmsFunctions.Evidence;

/// <summary>
/// Writes a large file of evidence as it comes: hashed, compressed with gzip, hashed again and sent in blocks, with bounded memory. The file
/// appears when <see cref="CommitAsync"/> succeeds, whole and once; without it nothing remains but uncommitted blocks, which the service discards.
/// </summary>
public sealed class EvidenceFileWriter : IAsyncDisposable
{
    // The compressor is fed buffers of one size, so that equal input gives equal output however it arrived.
    private const int InputLength = 65_536;
    private readonly EvidenceBlobs blobs;
    private readonly string folder;
    private readonly string path;
    private readonly string mediaType;
    private readonly BlockStream blocks;
    private readonly GZipStream gzip;
    private readonly IncrementalHash unpacked = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] input = ArrayPool<byte>.Shared.Rent(InputLength);
    private int filled;
    private bool disposed;

    internal EvidenceFileWriter(EvidenceBlobs blobs, BlockBlobClient blob, string folder, string path, string mediaType)
    {
        (this.blobs, this.folder, this.path, this.mediaType) = (blobs, folder, path, mediaType);
        blocks = new BlockStream(blob);
        gzip = new GZipStream(blocks, CompressionLevel.Fastest, leaveOpen: true);
    }

    /// <summary>Bytes written so far, before compression.</summary>
    public long UnpackedLength { get; private set; }

    /// <summary>Whether the commit found the file there already, from an earlier attempt.</summary>
    public bool WasThere { get; private set; }

    /// <summary>Appends bytes.</summary>
    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        UnpackedLength += bytes.Length;
        while (!bytes.IsEmpty)
        {
            var taken = Math.Min(bytes.Length, InputLength - filled);
            bytes[..taken].CopyTo(input.AsMemory(filled));
            filled += taken;
            bytes = bytes[taken..];
            if (filled == InputLength)
            {
                await FlushInputAsync(cancellationToken);
            }
        }
    }

    /// <summary>Makes the file appear with these facts. When an earlier attempt did so already, that file stays and is returned.</summary>
    /// <param name="facts">Notes stored beside the file: lower-case names, ASCII values, a few KiB in all.</param>
    /// <param name="cancellationToken">Cancels before the file appears.</param>
    public async Task<StoredFile> CommitAsync(IReadOnlyDictionary<string, string> facts, CancellationToken cancellationToken)
    {
        await FlushInputAsync(cancellationToken);
        await gzip.DisposeAsync();
        var all = new Dictionary<string, string>(facts)
        {
            [EvidenceBlobs.Sha256Fact] = blocks.Sha256(),
            [EvidenceBlobs.UnpackedSha256Fact] = Convert.ToHexStringLower(unpacked.GetHashAndReset()),
            [EvidenceBlobs.Crc32Fact] = blocks.Crc32(),
        };
        try
        {
            await blocks.CommitAsync(mediaType, all, cancellationToken);
            var file = new EvidenceFile(
                path, mediaType, blocks.Length, all[EvidenceBlobs.Sha256Fact], all[EvidenceBlobs.UnpackedSha256Fact], all[EvidenceBlobs.Crc32Fact]);
            var stored = new StoredFile(file, all);
            if (blocks.IsWhole)
            {
                blobs.Remember(folder, stored, blocks.Whole);
            }

            return stored;
        }
        catch (RequestFailedException e) when (EvidenceBlobs.IsThere(e))
        {
            WasThere = true;
            return (await blobs.FindAsync(folder, path, cancellationToken))!;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (disposed)
        {
            return;
        }

        disposed = true;
        blocks.Abandon();
        await gzip.DisposeAsync();
        await blocks.DisposeAsync();
        unpacked.Dispose();
        ArrayPool<byte>.Shared.Return(input);
    }

    private async ValueTask FlushInputAsync(CancellationToken cancellationToken)
    {
        unpacked.AppendData(input, 0, filled);
        await gzip.WriteAsync(input.AsMemory(0, filled), cancellationToken);
        filled = 0;
    }

    /// <summary>Collects what the compressor writes into blocks of one size and stages each as it is full.</summary>
    private sealed class BlockStream(BlockBlobClient blob) : Stream
    {
        private const int BlockLength = 1_048_576; // × 50,000 blocks: 48 GiB a file

        // The shared pool would keep one for each thread that a block was ever returned on.
        private static readonly ArrayPool<byte> Blocks = ArrayPool<byte>.Create(BlockLength, maxArraysPerBucket: 2);
        private readonly List<string> staged = [];
        private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        private readonly Crc32 crc = new();
        private readonly byte[] block = Blocks.Rent(BlockLength);
        private int filled;
        private long length;
        private bool abandoned;

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => length;

        public override long Position { get => length; set => throw new NotSupportedException(); }

        public string Crc32() => crc.ToString();

        public string Sha256() => Convert.ToHexStringLower(hash.GetHashAndReset());

        /// <summary>Whether the content fitted into one block.</summary>
        public bool IsWhole => staged.Count == 0;

        /// <summary>The content, when it fitted into one block.</summary>
        public ReadOnlySpan<byte> Whole => block.AsSpan(0, filled);

        /// <summary>What still comes is not wanted.</summary>
        public void Abandon() => abandoned = true;

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (abandoned)
            {
                return;
            }

            hash.AppendData(buffer.Span);
            crc.Append(buffer.Span);
            length += buffer.Length;
            while (!buffer.IsEmpty)
            {
                if (filled == BlockLength)
                {
                    await StageAsync(cancellationToken);
                }

                var taken = Math.Min(buffer.Length, BlockLength - filled);
                buffer[..taken].CopyTo(block.AsMemory(filled));
                filled += taken;
                buffer = buffer[taken..];
            }
        }

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public async Task CommitAsync(string mediaType, IDictionary<string, string> facts, CancellationToken cancellationToken)
        {
            var headers = new BlobHttpHeaders { ContentType = mediaType };
            if (staged.Count == 0)
            {
                using var whole = new MemoryStream(block, 0, filled, writable: false);
                var upload = new BlobUploadOptions { Conditions = EvidenceBlobs.IfAbsent, HttpHeaders = headers, Metadata = facts };
                await blob.UploadAsync(whole, upload, cancellationToken);
                return;
            }

            await StageAsync(cancellationToken);
            var commit = new CommitBlockListOptions { Conditions = EvidenceBlobs.IfAbsent, HttpHeaders = headers, Metadata = facts };
            await blob.CommitBlockListAsync(staged, commit, cancellationToken);
        }

        public override void Flush()
        {
            // Blocks are sent when they are full.
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("Blocks are sent asynchronously.");

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                hash.Dispose();
                Blocks.Return(block);
            }

            base.Dispose(disposing);
        }

        private async Task StageAsync(CancellationToken cancellationToken)
        {
            // The id is the block's number: a repetition after a crash replaces the block of the same number.
            var id = Convert.ToBase64String(Encoding.ASCII.GetBytes(staged.Count.ToString("00000000", CultureInfo.InvariantCulture)));
            using var content = new MemoryStream(block, 0, filled, writable: false);
            await blob.StageBlockAsync(id, content, cancellationToken: cancellationToken);
            staged.Add(id);
            filled = 0;
        }
    }
}
