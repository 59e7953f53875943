using System.IO.Compression;
using System.Text;
using Isms.Packs;
using IsmsFunctions.Tests.Hosting;

namespace IsmsFunctions.Tests.Packs;

/// <summary>Two thousand seeded ways to tamper with a pack, at every place of its structure; each must be found, and the message must say where.</summary>
public sealed class PackMutationTests
{
    private const int Seed = 20_260_401;
    private const int OnTree = 1_300;
    private const int OnZip = 900;

    [Fact]
    public async Task Every_mutation_of_a_pack_is_found_and_located()
    {
        byte[] zip;
        await using (var app = await RunningApp.StartAsync())
        {
            await PackTests.RecordAsync(app, 4);
            (await app.PostAsync("secretariat", "ledger/heads")).Expect(200);
            await PackTests.RecordAsync(app, 5, from: 4);
            (await app.PostAsync("secretariat", "ledger/heads")).Expect(200);
            await PackTests.RecordAsync(app, 4, from: 9);
            zip = await PackTests.DownloadAsync(app, await PackTests.MakeAsync(app, new { fiscalYear = "FY2026" }));
        }

        var members = Members(zip);
        Assert.Empty(PackCheck.CheckZip(zip));
        Assert.Empty(PackCheck.Check(members));

        var random = new Random(Seed);
        var names = members.Keys.Order(StringComparer.Ordinal).ToList();
        for (var i = 0; i < OnTree; i++)
        {
            // Each member in turn, so that every place of the structure is hit by every kind of change.
            var (name, other) = (names[i % names.Count], names[random.Next(names.Count)]);
            var (mutated, what, places) = MutateTree(members, name, other, (i / names.Count) % 8, random);
            Located(PackCheck.Check(mutated), $"{what} {name}", places);
        }

        for (var i = 0; i < OnZip; i++)
        {
            var (mutated, what) = MutateZip(zip, i % 6, random);
            Located(PackCheck.CheckZip(mutated), what, []);
        }
    }

    [Fact]
    public async Task A_pack_that_was_forged_as_a_whole_is_told_by_its_key()
    {
        byte[] first, second;
        await using (var app = await RunningApp.StartAsync())
        {
            await PackTests.RecordAsync(app, 2);
            first = await PackTests.DownloadAsync(app, await PackTests.MakeAsync(app, new { fiscalYear = "FY2026" }));
        }

        await using (var forger = await RunningApp.StartAsync())
        {
            await PackTests.RecordAsync(forger, 3);
            second = await PackTests.DownloadAsync(forger, await PackTests.MakeAsync(forger, new { fiscalYear = "FY2026" }));
        }

        var keyId = KeyIdOf(Members(first));
        Assert.Empty(PackCheck.CheckZip(first, keyId));
        Assert.Empty(PackCheck.CheckZip(second));
        Assert.Equal(PackFiles.PublicKey, PackCheck.CheckZip(second, keyId)[0].Where);
    }

    private static (Dictionary<string, ReadOnlyMemory<byte>> Members, string What, string[] Places) MutateTree(
        Dictionary<string, ReadOnlyMemory<byte>> members, string name, string other, int kind, Random random)
    {
        var mutated = new Dictionary<string, ReadOnlyMemory<byte>>(members, StringComparer.Ordinal);
        var content = members[name].ToArray();
        switch (kind)
        {
            case 0 when content.Length > 0:
                content[random.Next(content.Length)] ^= (byte)(1 << random.Next(8));
                mutated[name] = content;
                return (mutated, "flipped a bit of", [name]);
            case 1 when content.Length > 0:
                mutated[name] = content.AsMemory(0, random.Next(content.Length));
                return (mutated, "cut", [name]);
            case 2:
                mutated[name] = Inserted(content, random);
                return (mutated, "put a byte into", [name]);
            case 3:
                mutated.Remove(name);
                return (mutated, "removed", [name]);
            case 4:
                var added = $"{name[..(name.LastIndexOf('/') + 1)]}added-{random.Next(1_000)}.txt";
                mutated[added] = new byte[random.Next(40)];
                return (mutated, "added a file beside", [added]);
            case 5 when Lines(content).Length > 2:
                mutated[name] = Encoding.UTF8.GetBytes(string.Join('\n', Swapped(Lines(content), random)));
                return (mutated, "reordered lines of", mutated[name].Span.SequenceEqual(content) ? [] : [name]);
            case 6 when !members[other].Span.SequenceEqual(content):
                (mutated[name], mutated[other]) = (mutated[other], mutated[name]);
                return (mutated, $"swapped with {other}", [name, other]);
            default:
                mutated.Remove(name);
                mutated[name + ".renamed"] = content;
                return (mutated, "renamed", [name]);
        }
    }

    private static (byte[] Zip, string What) MutateZip(byte[] zip, int kind, Random random)
    {
        var (at, length) = (random.Next(zip.Length), random.Next(1, 60));
        switch (kind)
        {
            case 0:
                var flipped = zip.ToArray();
                flipped[at] ^= (byte)(1 << random.Next(8));
                return (flipped, $"flipped a bit at {at}");
            case 1:
                return (zip[..at], $"cut at {at}");
            case 2:
                return (Inserted(zip, random), "put a byte in");
            case 3:
                return ([.. zip[..at], .. zip[Math.Min(at + length, zip.Length)..]], $"removed {length} bytes at {at}");
            case 4:
                // The directory at the end, which unpacking programs trust.
                var directory = zip.ToArray();
                directory[zip.Length - 1 - random.Next(2_000)] ^= (byte)(1 << random.Next(8));
                return (directory, "flipped a bit of the directory");
            default:
                return ([.. zip, .. new byte[length]], $"appended {length} bytes");
        }
    }

    private static byte[] Inserted(byte[] content, Random random)
    {
        var at = random.Next(content.Length + 1);
        return [.. content[..at], (byte)random.Next(256), .. content[at..]];
    }

    private static string[] Lines(byte[] content) => Encoding.UTF8.GetString(content).Split('\n');

    private static string[] Swapped(string[] lines, Random random)
    {
        var (a, b) = (random.Next(lines.Length - 1), random.Next(lines.Length - 1));
        (lines[a], lines[b]) = (lines[b], lines[a]);
        return lines;
    }

    private static void Located(IReadOnlyList<PackFault> faults, string what, string[] places)
    {
        if (what.StartsWith("reordered", StringComparison.Ordinal) && places.Length == 0)
        {
            return; // The two lines were the same one.
        }

        Assert.True(faults.Count > 0, $"{what}: not found.");
        Assert.True(places.Length == 0 || places.Any(place => faults.Any(f => Names(f, place))), $"{what}: found, but as {string.Join("; ", faults)}");
        Assert.All(faults, f => Assert.NotEmpty(f.Where));
    }

    /// <summary>The list and its signature vouch for each other: a change of one is told with the name of the other.</summary>
    private static bool Names(PackFault fault, string place) =>
        fault.Where == place || (place is PackFiles.Signature or PackFiles.PublicKey && fault.What.Contains(place, StringComparison.Ordinal));

    private static Dictionary<string, ReadOnlyMemory<byte>> Members(byte[] zip)
    {
        using var archive = new ZipArchive(new MemoryStream(zip), ZipArchiveMode.Read);
        return archive.Entries.ToDictionary(e => e.FullName, ReadOnlyMemory<byte> (e) =>
        {
            using var stream = e.Open();
            using var content = new MemoryStream();
            stream.CopyTo(content);
            return content.ToArray();
        });
    }

    private static string KeyIdOf(Dictionary<string, ReadOnlyMemory<byte>> members)
    {
        using var key = System.Security.Cryptography.ECDsa.Create();
        key.ImportFromPem(Encoding.ASCII.GetString(members[PackFiles.PublicKey].Span));
        return Isms.Sealing.SealingKey.IdOf(key.ExportSubjectPublicKeyInfo());
    }
}
