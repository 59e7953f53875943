using System.IO.Compression;
using System.Security.Cryptography;
using IsmsFunctions.Evidence;
using Isms.Evidence;

namespace IsmsFunctions.Tests.Evidence;

public sealed class EvidenceFileWriterTests : IAsyncLifetime
{
    private static readonly Dictionary<string, string> Facts = new() { ["rows"] = "3" };
    private EvidenceBench bench = null!;
    private EvidenceRecording recording = null!;

    public async Task InitializeAsync()
    {
        bench = await EvidenceBench.StartAsync();
        recording = await bench.Store.BeginAsync("writer-test", "FY2026", EvidenceType.Operation, default);
        bench.ResetCounts();
    }

    public Task DisposeAsync()
    {
        bench.Dispose();
        return Task.CompletedTask;
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(100, 1)]
    [InlineData(2_800_000, 4)] // three blocks of random bytes, which gzip makes a little longer, and their list
    public async Task What_is_written_is_unpacked_again_with_the_hashes_stated(int length, int writes)
    {
        var content = Bytes(length);

        var file = await WriteAsync("rows.ndjson.gz", content, 10_000);

        Assert.Equal(writes, bench.Writes);
        using var stored = await ReadAsync("rows.ndjson.gz");
        Assert.Equal(file.File.Sha256, Convert.ToHexStringLower(SHA256.HashData(stored.ToArray())));
        Assert.Equal(file.File.Length, stored.Length);
        Assert.Equal(file.File.UnpackedSha256, Convert.ToHexStringLower(SHA256.HashData(content)));
        using var unpacked = new MemoryStream();
        await using var gzip = new GZipStream(stored, CompressionMode.Decompress);
        await gzip.CopyToAsync(unpacked);
        Assert.Equal(content, unpacked.ToArray());
        Assert.Equal("3", (await bench.Blobs.FindAsync(recording.Folder, "rows.ndjson.gz", default))!.Facts["rows"]);
    }

    [Fact]
    public async Task The_same_content_gives_the_same_bytes_however_it_arrives()
    {
        var text = System.Text.Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 60_000).Select(i => $"{{\"id\":{i},\"name\":\"佐藤\"}}\n")));

        var hashes = new List<string>();
        foreach (var piece in new[] { 1_777, 65_536, 1_000_000, text.Length })
        {
            hashes.Add((await WriteAsync($"rows-{piece}.gz", text, piece)).File.Sha256);
        }

        Assert.Single(hashes.Distinct());
    }

    [Fact]
    public async Task Nothing_appears_before_the_commit()
    {
        await using (var writer = bench.Store.CreateFile(recording, "rows.gz", "application/gzip"))
        {
            await writer.WriteAsync(Bytes(2_500_000), default);
        }

        Assert.Null(await bench.Blobs.FindAsync(recording.Folder, "rows.gz", default));
    }

    [Theory]
    [InlineData(10)]
    [InlineData(2_500_000)]
    public async Task A_file_that_stands_is_adopted_and_not_replaced(int length)
    {
        var first = await WriteAsync("rows.gz", Bytes(length, seed: 1), 10_000);
        var second = await WriteAsync("rows.gz", Bytes(length, seed: 2), 10_000);

        Assert.Equal(first.File, second.File);
        using var stored = await ReadAsync("rows.gz");
        Assert.Equal(first.File.Sha256, Convert.ToHexStringLower(SHA256.HashData(stored.ToArray())));
    }

    [Fact]
    public async Task Blocks_that_a_crash_left_behind_do_no_harm()
    {
        await using (var writer = bench.Store.CreateFile(recording, "rows.gz", "application/gzip"))
        {
            await writer.WriteAsync(Bytes(2_500_000, seed: 1), default);
        }

        var content = Bytes(2_400_000, seed: 2);
        var file = await WriteAsync("rows.gz", content, 50_000);

        using var stored = await ReadAsync("rows.gz");
        Assert.Equal(file.File.Sha256, Convert.ToHexStringLower(SHA256.HashData(stored.ToArray())));
    }

    private async Task<StoredFile> WriteAsync(string path, byte[] content, int piece)
    {
        await using var writer = bench.Store.CreateFile(recording, path, "application/gzip");
        foreach (var part in content.Chunk(piece))
        {
            await writer.WriteAsync(part, default);
        }

        return await writer.CommitAsync(Facts, default);
    }

    private async Task<MemoryStream> ReadAsync(string path)
    {
        var memory = new MemoryStream();
        await using var stream = await bench.Store.OpenAsync(recording, path, default);
        await stream!.CopyToAsync(memory);
        memory.Position = 0;
        return memory;
    }

    private static byte[] Bytes(int length, int seed = 7)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }
}
