using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json;
using Isms.Evidence;
using Isms.Packs;
using IsmsFunctions.Packs;

namespace Benchmarks;

/// <summary>Writes a pack of the files of a folder, hashing and checking each as the app does, from disk to disk: what <c>zip -0</c> does with the same files.</summary>
internal static class PackBench
{
    private const long MemberLength = 67_108_864;

    /// <summary>Writes a pack of so many gigabytes of synthetic content to nowhere: what is measured is memory.</summary>
    public static async Task RunLargeAsync(int gigabytes)
    {
        var block = new byte[1_048_576];
        new Random(1).NextBytes(block);
        var (hash, crc) = (IncrementalHash.CreateHash(HashAlgorithmName.SHA256), new Crc32());
        for (var written = 0L; written < MemberLength; written += block.Length)
        {
            hash.AppendData(block);
            crc.Append(block);
        }

        var (sha256, crc32) = (Convert.ToHexStringLower(hash.GetHashAndReset()), crc.ToString());
        var plan = Enumerable.Range(0, (int)(gigabytes * 1_073_741_824L / MemberLength))
            .Select(n => new PlannedMember(new PackMember($"{PackNames.Evidence}{n:00000}.bin", MemberLength, sha256, crc32, $"{n}"), 1, 0));
        var zip = new PackZip(_ => plan.ToAsyncEnumerable(), (_, _) => Task.FromResult<Stream?>(new Repeated(block, MemberLength)), new DateTimeOffset(2026, 4, 1, 0, 0, 0, TimeSpan.Zero));
        var (count, length) = await zip.MeasureAsync(default);
        var watch = Stopwatch.StartNew();
        await zip.WriteAsync(Stream.Null, 0, length, default);
        Print(count, length, watch.Elapsed);
    }

    public static async Task RunAsync(string folder, string target)
    {
        var plan = new List<PlannedMember>();
        foreach (var path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var content = await File.ReadAllBytesAsync(path);
            var name = PackNames.Evidence + Path.GetRelativePath(folder, path);
            plan.Add(new PlannedMember(new PackMember(name, content.Length, Convert.ToHexStringLower(SHA256.HashData(content)), Crc32.Hex(content), path), 1, 0));
        }

        var zip = new PackZip(
            _ => plan.ToAsyncEnumerable(),
            (planned, _) => Task.FromResult<Stream?>(new FileStream(planned.Member.Blob!, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0)),
            new DateTimeOffset(2026, 4, 1, 0, 0, 0, TimeSpan.Zero));
        await zip.WriteAsync(Stream.Null, 0, 10_000_000, default); // loads the code
        var (count, length) = await zip.MeasureAsync(default);
        var watch = Stopwatch.StartNew();
        await using (var file = File.Create(target))
        {
            await zip.WriteAsync(file, 0, length, default);
        }

        Print(count, length, watch.Elapsed);
    }

    private static void Print(long count, long length, TimeSpan taken) => Console.WriteLine(JsonSerializer.Serialize(new
    {
        members = count,
        bytes = length,
        seconds = Math.Round(taken.TotalSeconds, 3),
        peakMemoryMb = ProcessMemory.PeakMb,
    }));

    /// <summary>A block again and again, up to a length.</summary>
    private sealed class Repeated(byte[] block, long length) : Stream
    {
        private long position;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => length;

        public override long Position { get => position; set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var start = (int)(position % block.Length);
            var read = (int)Math.Min(Math.Min(count, block.Length - start), length - position);
            block.AsSpan(start, read).CopyTo(buffer.AsSpan(offset));
            position += read;
            return read;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
