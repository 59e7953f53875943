using System.Security.Cryptography;
using Isms.Evidence;
using Isms.Packs;
using Isms.Sealing;

namespace IsmsFunctions.Packs;

/// <summary>A member is not as it was recorded: what is being sent stops here.</summary>
public sealed class TamperedMemberException(TamperFault fault) : Exception($"{fault.Kind}: {fault.Where}")
{
    /// <summary>What is wrong.</summary>
    public TamperFault Fault { get; } = fault;
}

/// <summary>
/// Writes a pack, or a part of it, as a zip file. Each member is hashed on its way; its last bytes leave only when they are found to be what was recorded, so that
/// whoever gets a whole member gets the right one. Memory does not grow with the pack.
/// </summary>
/// <param name="members">The members, in order; asked for twice, for the content and for the directory at the end.</param>
/// <param name="open">Opens a member's content; null when it is gone.</param>
/// <param name="at">The time of all members.</param>
public sealed class PackZip(
    Func<CancellationToken, IAsyncEnumerable<PlannedMember>> members, Func<PlannedMember, CancellationToken, Task<Stream?>> open, DateTimeOffset at)
{
    private const int ChunkLength = 131_072;
    private const int LargestInMemory = 262_144;
    private const int Ahead = 8;

    /// <summary>The length of the whole file.</summary>
    public async Task<(long Count, long Length)> MeasureAsync(CancellationToken cancellationToken)
    {
        var (count, offset, directory) = (0L, 0L, 0L);
        await foreach (var planned in members(cancellationToken))
        {
            directory += planned.Member.Central(offset, at).Length;
            offset += planned.Member.Local(at).Length + planned.Member.Length;
            count++;
        }

        return (count, offset + directory + ZipRecords.End(count, offset, directory).Length);
    }

    /// <summary>Writes the bytes from <paramref name="from"/> to <paramref name="to"/> (exclusive) of the file.</summary>
    /// <exception cref="TamperedMemberException">A member is not as it was recorded.</exception>
    public async Task WriteAsync(Stream target, long from, long to, CancellationToken cancellationToken)
    {
        var window = new Window(target, from, to);
        var (count, waiting) = (0L, new Queue<(PlannedMember Member, Task<byte[]?> Content)>());
        await foreach (var planned in members(cancellationToken))
        {
            count++;
            waiting.Enqueue((planned, IsReadAhead(planned, window, waiting) ? ReadAheadAsync(planned, cancellationToken) : Task.FromResult<byte[]?>(null)));
            if (waiting.Count > Ahead)
            {
                await WriteNextAsync(waiting, window, cancellationToken);
            }

            if (window.IsOver)
            {
                break;
            }
        }

        while (waiting.Count > 0)
        {
            await WriteNextAsync(waiting, window, cancellationToken);
        }

        if (!window.IsOver)
        {
            await WriteDirectoryAsync(window, count, cancellationToken);
        }
    }

    private static bool IsReadAhead(PlannedMember planned, Window window, Queue<(PlannedMember Member, Task<byte[]?> Content)> waiting)
    {
        // Where it will stand is known only roughly before those in the queue are written; reading one too many does no harm.
        var end = window.Position + waiting.Sum(w => w.Member.Member.Length + 600) + planned.Member.Length + 600;
        return planned.Member.Length <= LargestInMemory && end > window.From;
    }

    private async Task WriteNextAsync(Queue<(PlannedMember Member, Task<byte[]?> Content)> waiting, Window window, CancellationToken cancellationToken)
    {
        var (planned, reading) = waiting.Dequeue();
        var content = await reading;
        await window.WriteAsync(planned.Member.Local(at), cancellationToken);
        if (content is not null)
        {
            await window.WriteAsync(content, cancellationToken);
        }
        else if (window.Position + planned.Member.Length <= window.From || window.IsOver)
        {
            window.Skip(planned.Member.Length);
        }
        else
        {
            await StreamAsync(planned, window, cancellationToken);
        }
    }

    /// <summary>Hashing takes longer than anything else here, and members do not wait for each other: each on a processor that is free, also where opening is quick.</summary>
    private Task<byte[]?> ReadAheadAsync(PlannedMember planned, CancellationToken cancellationToken) => Task.Run(() => ReadAsync(planned, cancellationToken), cancellationToken);

    private async Task<byte[]?> ReadAsync(PlannedMember planned, CancellationToken cancellationToken)
    {
        await using var stream = await OpenAsync(planned, cancellationToken);
        var content = new byte[planned.Member.Length];
        var read = await stream.ReadAtLeastAsync(content, content.Length, throwOnEndOfStream: false, cancellationToken);
        var isLonger = await stream.ReadAsync(new byte[1], cancellationToken) > 0;
        Check(planned, read == content.Length && !isLonger, Convert.ToHexStringLower(SHA256.HashData(content)), Crc32.Hex(content));
        return content;
    }

    private async Task StreamAsync(PlannedMember planned, Window window, CancellationToken cancellationToken)
    {
        await using var stream = await OpenAsync(planned, cancellationToken);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var crc = new Crc32();
        var (kept, next) = (new byte[ChunkLength], new byte[ChunkLength]);
        var (held, total) = (0, 0L);
        int read;
        while ((read = await stream.ReadAtLeastAsync(next, ChunkLength, throwOnEndOfStream: false, cancellationToken)) > 0)
        {
            hash.AppendData(next, 0, read);
            crc.Append(next.AsSpan(0, read));
            total += read;
            Check(planned, total <= planned.Member.Length, null, null);
            await window.WriteAsync(kept.AsMemory(0, held), cancellationToken);
            if (window.IsOver)
            {
                return; // The rest is asked for another time, and the member checked as a whole then.
            }

            (kept, next, held) = (next, kept, read);
        }

        Check(planned, total == planned.Member.Length, Convert.ToHexStringLower(hash.GetHashAndReset()), crc.ToString());
        await window.WriteAsync(kept.AsMemory(0, held), cancellationToken);
    }

    private async Task<Stream> OpenAsync(PlannedMember planned, CancellationToken cancellationToken) =>
        await open(planned, cancellationToken)
            ?? throw new TamperedMemberException(new TamperFault(TamperKind.FileMissing, WhereOf(planned.Member), planned.Member.Sha256));

    private static void Check(PlannedMember planned, bool isAsLong, string? sha256, string? crc32)
    {
        var member = planned.Member;
        if (!isAsLong || (sha256 is not null && (sha256 != member.Sha256 || crc32 != member.Crc32)))
        {
            throw new TamperedMemberException(new TamperFault(TamperKind.FileDiffers, WhereOf(member), member.Sha256, isAsLong ? sha256 : null));
        }
    }

    /// <summary>The item and the path, as the regular check names them: <c>{item}/{path}</c>.</summary>
    private static string WhereOf(PackMember member) => member.Blob is { } blob ? string.Join('/', blob.Split('/').Skip(5)) : member.Name;

    private async Task WriteDirectoryAsync(Window window, long count, CancellationToken cancellationToken)
    {
        var (start, offset) = (window.Position, 0L);
        await foreach (var planned in members(cancellationToken))
        {
            await window.WriteAsync(planned.Member.Central(offset, at), cancellationToken);
            offset += planned.Member.Local(at).Length + planned.Member.Length;
            if (window.IsOver)
            {
                return;
            }
        }

        await window.WriteAsync(ZipRecords.End(count, start, window.Position - start), cancellationToken);
        await window.FlushAsync(cancellationToken);
    }

    /// <summary>Lets through what lies in the range, in portions worth sending.</summary>
    private sealed class Window(Stream target, long from, long to)
    {
        private readonly byte[] buffer = new byte[ChunkLength];
        private int filled;

        public long From => from;

        public long Position { get; private set; }

        public bool IsOver => Position >= to;

        public void Skip(long length) => Position += length;

        public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
        {
            var start = (int)Math.Clamp(from - Position, 0, bytes.Length);
            var end = (int)Math.Clamp(to - Position, start, bytes.Length);
            Position += bytes.Length;
            var part = bytes[start..end];
            if (filled + part.Length > buffer.Length)
            {
                await FlushAsync(cancellationToken);
            }

            if (part.Length > buffer.Length / 2)
            {
                await FlushAsync(cancellationToken);
                await target.WriteAsync(part, cancellationToken);
            }
            else
            {
                part.CopyTo(buffer.AsMemory(filled));
                filled += part.Length;
            }

            if (IsOver)
            {
                await FlushAsync(cancellationToken);
            }
        }

        public async ValueTask FlushAsync(CancellationToken cancellationToken)
        {
            await target.WriteAsync(buffer.AsMemory(0, filled), cancellationToken);
            filled = 0;
        }
    }
}
