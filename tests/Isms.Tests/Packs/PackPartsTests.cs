using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Isms.Evidence;
using Isms.Packs;
using Isms.Text;

namespace Isms.Tests.Packs;

public sealed class PackPartsTests
{
    private static readonly DateTimeOffset At = new(2026, 7, 1, 9, 30, 20, TimeSpan.Zero);

    [Theory]
    [InlineData("", "00000000")]
    [InlineData("123456789", "cbf43926")]
    [InlineData("The quick brown fox jumps over the lazy dog", "414fa339")]
    public void The_checksum_is_the_one_of_zip_files(string text, string crc32) => Assert.Equal(crc32, Crc32.Hex(Encoding.ASCII.GetBytes(text)));

    [Fact]
    public void The_checksum_does_not_depend_on_how_the_bytes_arrive()
    {
        var bytes = Enumerable.Range(0, 1_000).Select(i => (byte)(i * 7)).ToArray();
        for (var part = 1; part < 40; part++)
        {
            var crc = new Crc32();
            for (var i = 0; i < bytes.Length; i += part)
            {
                crc.Append(bytes.AsSpan(i, Math.Min(part, bytes.Length - i)));
            }

            Assert.Equal(Crc32.Hex(bytes), crc.ToString());
        }
    }

    [Fact]
    public void Proofs_of_all_nodes_are_those_of_the_tree_for_sizes_up_to_130()
    {
        for (var size = 0; size <= 130; size++)
        {
            var leaves = Enumerable.Range(0, size).Select(i => SHA256.HashData([(byte)i])).ToArray();
            var levels = new MerkleLevels(leaves);
            Assert.Equal(MerkleTree.Root(leaves), levels.Root);
            for (var i = 0; i < size; i++)
            {
                Assert.Equal(MerkleTree.InclusionProof(leaves, i), levels.InclusionProof(i));
            }

            for (var earlier = 0; earlier <= size; earlier++)
            {
                Assert.Equal(MerkleTree.ConsistencyProof(leaves, earlier), levels.ConsistencyProof(earlier));
            }
        }
    }

    [Fact]
    public void The_records_make_a_zip_file_that_others_read()
    {
        var members = new (string Name, byte[] Content)[] { ("VERIFY.txt", "a"u8.ToArray()), ("evidence/規程.txt", Encoding.UTF8.GetBytes("中身")), ("empty", []) };
        using var zip = new MemoryStream();
        var directory = new List<byte>();
        foreach (var (name, content) in members)
        {
            var member = MemberOf(name, content);
            directory.AddRange(member.Central(zip.Length, At));
            zip.Write(member.Local(At));
            zip.Write(content);
        }

        var start = zip.Length;
        zip.Write([.. directory]);
        zip.Write(ZipRecords.End(members.Length, start, directory.Count));
        zip.Position = 0;
        using var archive = new ZipArchive(zip, ZipArchiveMode.Read);

        Assert.Equal(members.Select(m => m.Name), archive.Entries.Select(e => e.FullName));
        Assert.All(archive.Entries.Zip(members), pair =>
        {
            using var reader = new MemoryStream();
            using var content = pair.First.Open();
            content.CopyTo(reader);
            Assert.Equal(pair.Second.Content, reader.ToArray());
            Assert.Equal(At.UtcDateTime, pair.First.LastWriteTime.DateTime);
        });
    }

    [Fact]
    public void Members_and_offsets_beyond_four_gigabytes_stand_in_the_fields_made_for_them()
    {
        const long Huge = 5_000_000_000;
        var local = ZipRecords.Local("a", Huge, 1, At);
        var central = ZipRecords.Central("b", 3, 1, Huge, At);
        var end = ZipRecords.End(70_000, Huge, 100);

        Assert.Equal(30 + 1 + 20, local.Length);
        Assert.Equal(Huge, BitConverter.ToInt64(local.AsSpan(35)));
        Assert.Equal(Huge, BitConverter.ToInt64(local.AsSpan(43)));
        Assert.Equal(46 + 1 + 12, central.Length);
        Assert.Equal(uint.MaxValue, BitConverter.ToUInt32(central.AsSpan(42)));
        Assert.Equal(Huge, BitConverter.ToInt64(central.AsSpan(51)));
        Assert.Equal(56 + 20 + 22, end.Length);
        Assert.Equal(70_000, BitConverter.ToInt64(end.AsSpan(32)));
        Assert.Equal(Huge + 100, BitConverter.ToInt64(end.AsSpan(64)));
        Assert.Equal(ushort.MaxValue, BitConverter.ToUInt16(end.AsSpan(86)));
    }

    [Fact]
    public void Names_are_such_that_every_system_unpacks_them_alike()
    {
        var item = Item("CON.txt", "Report.PDF", "report.pdf", new string('a', 190) + ".txt", "sub/nul", "カ\u3099.txt");
        var names = PackNames.FilesOf(item);

        Assert.All(names, name => Assert.True(PackNames.IsSafe(name), name));
        Assert.All(names, name => Assert.True(name.Length <= 210, name));
        Assert.Equal(names.Count, names.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.EndsWith("/_CON.txt", names[0], StringComparison.Ordinal);
        Assert.EndsWith("/Report.PDF", names[1], StringComparison.Ordinal);
        Assert.Contains("/report~", names[2], StringComparison.Ordinal);
        Assert.EndsWith("/sub/_nul", names[4], StringComparison.Ordinal);
        Assert.EndsWith("/ガ.txt", names[5], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../etc/passwd")]
    [InlineData("/etc/passwd")]
    [InlineData("C:/windows")]
    [InlineData("a\\b")]
    [InlineData("a//b")]
    [InlineData("a/./b")]
    [InlineData("a/aux.txt")]
    [InlineData("a /b")]
    [InlineData("")]
    public void A_name_that_leads_elsewhere_is_not_safe(string name) => Assert.False(PackNames.IsSafe(name));

    [Fact]
    public void A_manifest_that_would_lead_out_of_the_folder_is_refused() =>
        Assert.Throws<InvalidDataException>(() => PackNames.FilesOf(Item("a.txt") with { FiscalYear = ".." }));

    [Fact]
    public void The_page_encodes_what_people_wrote_and_links_no_page_that_was_uploaded()
    {
        var page = new PackPage(new PackHead(new LocalizedText("社", "Co"), new PackScope("FY2026"), At, 1, "00", "k", At, []));
        var item = Item("&amp;.txt", "evil.html") with { Title = new LocalizedText("<script>alert(1)</script>", "\"><img src=x>") };
        var html = page.Begin() + page.Row(new PackedItem(item, 0, "00")) + page.End();

        Assert.DoesNotContain("<script>alert", html, StringComparison.Ordinal);
        Assert.Contains("&amp;amp;.txt", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", html, StringComparison.Ordinal);
        Assert.DoesNotContain("href=\"evidence/FY2026/operation/2026/07/01/x/evil.html\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain("http://", html, StringComparison.Ordinal);
        Assert.DoesNotContain("https://", html, StringComparison.Ordinal);
        var script = html[(html.IndexOf("<script>", StringComparison.Ordinal) + 8)..html.IndexOf("</script>", StringComparison.Ordinal)];
        Assert.Contains("script-src 'sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(script))), html, StringComparison.Ordinal);
    }

    [Fact]
    public void The_table_holds_no_formula()
    {
        var line = PackIndex.LinesOf(new PackedItem(Item("=1+1.txt") with { Title = new LocalizedText("=cmd|' /C calc'!A0", "a,\"b\"") }, 4, "00")).Single();
        Assert.Contains(",'=cmd|' /C calc'!A0,\"a,\"\"b\"\"\",", line, StringComparison.Ordinal);
        Assert.Contains(",'=1+1.txt,", line, StringComparison.Ordinal);
    }

    private static PackMember MemberOf(string name, byte[] content) => new(name, content.Length, Convert.ToHexStringLower(SHA256.HashData(content)), Crc32.Hex(content));

    private static EvidenceManifest Item(params string[] paths) => new()
    {
        Id = "x",
        FiscalYear = "FY2026",
        Type = EvidenceType.Operation,
        Title = LocalizedText.Same("x"),
        Period = new Period(At, At),
        Source = new EvidenceSource { Upload = new UploadSource("ito", "x") },
        Completeness = Completeness.Complete,
        Files = [.. paths.Select(p => new EvidenceFile(p, "text/plain", 1, new string('0', 64)))],
        CreatedAt = At,
        CreatedBy = "ito",
        Producer = "test",
    };
}
