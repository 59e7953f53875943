using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Isms.Evidence;
using Isms.Packs;
using IsmsFunctions.Packs;

namespace IsmsFunctions.Tests.Packs;

/// <summary>Packs beyond what zip was made for – a member and offsets above 4 GiB, more than 65,535 members – read by Python's zipfile, which shares nothing with what wrote them.</summary>
public sealed class PackZip64Tests
{
    private const long Large = 5_000_000_000;
    private const int Many = 66_000;
    private static readonly DateTimeOffset At = new(2026, 4, 1, 0, 0, 0, TimeSpan.Zero);

    private const string Reader = """
        import sys, zipfile
        z = zipfile.ZipFile(sys.argv[1])
        names = z.namelist()
        large, last = z.getinfo('evidence/large.bin'), z.getinfo('evidence/last.txt')
        with z.open(large) as f:
            f.read(10)
        print(len(names), large.file_size, last.header_offset > 2**32, z.read(last).decode(), z.read('evidence/00001.txt') == b'')
        """;

    [Fact]
    public async Task A_pack_above_four_gigabytes_and_65535_members_is_read_by_others()
    {
        var path = Path.GetTempFileName();
        try
        {
            var last = "the last of all"u8.ToArray();
            var members = new List<PlannedMember> { Planned("evidence/large.bin", Large, new string('0', 64), "00000000") };
            members.AddRange(Enumerable.Range(1, Many).Select(n => Planned(string.Create(CultureInfo.InvariantCulture, $"evidence/{n:00000}.txt"), 0, HashOf([]), Crc32.Hex([]))));
            members.Add(Planned("evidence/last.txt", last.Length, HashOf(last), Crc32.Hex(last)));
            var zip = new PackZip(
                _ => members.ToAsyncEnumerable(),
                (planned, _) => Task.FromResult<Stream?>(planned.Member.Length == Large ? new Zeros() : new MemoryStream(planned.Member.Length == 0 ? [] : last)),
                At);

            // As two broken downloads of a range each: of the large member only its beginning, then all that follows it. The file has a hole in between.
            var (count, length) = await zip.MeasureAsync(default);
            await using (var file = new FileStream(path, FileMode.Open))
            {
                file.SetLength(length);
                await zip.WriteAsync(file, 0, 100_000, default);
                var behind = members[0].Member.Local(At).Length + Large;
                file.Position = behind;
                await zip.WriteAsync(file, behind, length, default);
                Assert.Equal(length, file.Position);
            }

            Assert.Equal(Many + 2, count);
            using var python = Process.Start(new ProcessStartInfo("python3", ["-c", Reader, path]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var (output, errors) = (await python.StandardOutput.ReadToEndAsync(), await python.StandardError.ReadToEndAsync());
            Assert.Equal(("", $"{Many + 2} {Large} True the last of all True"), (errors, output.TrimEnd()));
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static PlannedMember Planned(string name, long length, string sha256, string crc32) => new(new PackMember(name, length, sha256, crc32, name), 1, 0);

    private static string HashOf(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));

    /// <summary>As many zeros as anybody reads.</summary>
    private sealed class Zeros : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            Array.Clear(buffer, offset, count);
            return count;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
