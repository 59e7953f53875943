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
            (planned, _) => Task.FromResult<Stream?>(new FileStream(planned.Member.Blob!, FileMode.Open, FileAccess.Read, FileShare.Read, 131_072)),
            new DateTimeOffset(2026, 4, 1, 0, 0, 0, TimeSpan.Zero));
        await zip.WriteAsync(Stream.Null, 0, 10_000_000, default); // loads the code
        var (count, length) = await zip.MeasureAsync(default);
        var watch = Stopwatch.StartNew();
        await using (var file = File.Create(target))
        {
            await zip.WriteAsync(file, 0, length, default);
        }

        Console.WriteLine(JsonSerializer.Serialize(new
        {
            members = count,
            bytes = length,
            seconds = Math.Round(watch.Elapsed.TotalSeconds, 3),
            peakMemoryMb = Process.GetCurrentProcess().PeakWorkingSet64 / 1_048_576,
        }));
    }
}
