using System.Diagnostics;
using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Azure.Storage.Blobs;
using Isms.Evidence;
using Isms.Text;
using IsmsFunctions.Evidence;
using IsmsFunctions.Testing;
using IsmsFunctions.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace IsmsFunctions.Tests.Packs;

public sealed class PackTests
{
    [Fact]
    public async Task A_pack_verifies_with_sha256sum_and_openssl_alone_and_with_the_script()
    {
        await using var app = await RunningApp.StartAsync();
        await RecordAsync(app, 7);
        (await app.PostAsync("secretariat", "ledger/heads")).Expect(200);
        await RecordAsync(app, 5, from: 7);
        var pack = await MakeAsync(app, new { fiscalYear = "FY2026" });
        using var folder = new UnpackedPack(await DownloadAsync(app, pack));

        Assert.Equal((0, ""), await folder.RunAsync("sha256sum", "--quiet", "--strict", "--check", "SHA256SUMS"));
        Assert.Equal((0, "Verified OK\n"), await folder.RunAsync("openssl", "dgst", "-sha256", "-verify", "public-key.pem", "-signature", "SHA256SUMS.sig", "SHA256SUMS"));
        var (exit, output) = await folder.RunAsync("bash", Path.Combine(Repository.Root, "scripts", "verify-pack.sh"), folder.Root);
        Assert.True(exit == 0, output);
        Assert.Contains("12", output, StringComparison.Ordinal);
        Assert.Equal(12, Directory.EnumerateFiles(folder.Root, "manifest.json", SearchOption.AllDirectories).Count());
        Assert.Contains("Note 3", await File.ReadAllTextAsync(Path.Combine(folder.Root, "README.html")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_script_names_what_was_changed_added_removed_or_reordered()
    {
        await using var app = await RunningApp.StartAsync();
        await RecordAsync(app, 3);
        var pack = await MakeAsync(app, new { fiscalYear = "FY2026" });
        var bytes = await DownloadAsync(app, pack);
        var note = Path.Combine("evidence", EvidencePaths.FolderOf((await ItemsAsync(app))[1]), "note.txt");

        await Tampered(root => File.WriteAllText(Path.Combine(root, note), "forged"), "note.txt");
        await Tampered(root => File.Delete(Path.Combine(root, note)), "note.txt");
        await Tampered(root => File.WriteAllText(Path.Combine(root, "registers-2.txt"), "slipped in"), "registers-2.txt");
        await Tampered(root => Rewrite(root, "SHA256SUMS", text => string.Join('\n', text.TrimEnd('\n').Split('\n').Reverse()) + "\n"), "SHA256SUMS");
        await Tampered(root => File.Move(Path.Combine(root, note), Path.Combine(root, note + ".txt")), "note.txt");
        await Tampered(root => File.Delete(Path.Combine(root, "SHA256SUMS.sig")), "SHA256SUMS.sig");

        async Task Tampered(Action<string> tamper, string named)
        {
            using var folder = new UnpackedPack(bytes);
            tamper(folder.Root);
            var (exit, output) = await folder.RunAsync("bash", Path.Combine(Repository.Root, "scripts", "verify-pack.sh"), folder.Root);
            Assert.Equal(1, exit);
            Assert.Contains(named, output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_same_state_is_the_same_pack_and_the_same_bytes_and_a_broken_download_goes_on()
    {
        await using var app = await RunningApp.StartAsync();
        await RecordAsync(app, 4);
        var pack = await MakeAsync(app, new { clause = "9.1" });
        var whole = await DownloadAsync(app, pack);

        Assert.Equal(pack, await MakeAsync(app, new { clause = "9.1" }));
        Assert.Equal(whole, await DownloadAsync(app, pack));
        for (var at = 0; at < whole.Length; at += Math.Max(1, whole.Length / 17))
        {
            using var part = await GetAsync(app, "secretariat", pack, new RangeHeaderValue(at, Math.Min(at + 700, whole.Length - 1)));
            Assert.Equal(HttpStatusCode.PartialContent, part.StatusCode);
            Assert.Equal(whole[at..Math.Min(at + 701, whole.Length)], await part.Content.ReadAsByteArrayAsync());
        }

        using var tail = await GetAsync(app, "secretariat", pack, new RangeHeaderValue(null, 100));
        Assert.Equal(whole[^100..], await tail.Content.ReadAsByteArrayAsync());
        using var beyond = await GetAsync(app, "secretariat", pack, new RangeHeaderValue(whole.Length, null));
        Assert.Equal(HttpStatusCode.RequestedRangeNotSatisfiable, beyond.StatusCode);
        Assert.Equal(whole.Length, beyond.Content.Headers.ContentRange!.Length);

        await RecordAsync(app, 1, from: 4);
        Assert.NotEqual(pack, await MakeAsync(app, new { clause = "9.1" }));
    }

    [Fact]
    public async Task A_file_that_is_not_as_it_was_recorded_is_not_shipped_and_raises_the_alarm()
    {
        await using var app = await RunningApp.StartAsync();
        var items = await RecordAsync(app, 3);
        var pack = await MakeAsync(app, new { fiscalYear = "FY2026" });
        await new BlobContainerClient(app.Storage, EvidenceBlobs.ContainerName).GetBlobClient(EvidencePaths.FolderOf(items[1]) + "/note.txt")
            .UploadAsync(BinaryData.FromString("nope 1"), overwrite: true);

        await Assert.ThrowsAnyAsync<Exception>(() => DownloadAsync(app, pack));
        await app.SettleAsync();

        Assert.Single((await app.GetAsync("secretariat", "incidents")).Expect(200).Json["items"]!.AsArray());
    }

    [Fact]
    public async Task A_manifest_that_is_not_the_one_in_the_ledger_ends_the_pack()
    {
        await using var app = await RunningApp.StartAsync();
        var items = await RecordAsync(app, 2);
        var index = new Azure.Data.Tables.TableServiceClient(app.Storage).GetTableClient(EvidenceIndex.TableName);
        await foreach (var row in index.QueryAsync<Azure.Data.Tables.TableEntity>($"Id eq '{items[1].Id}'"))
        {
            if (row.GetBinary("Manifest") is { } manifest)
            {
                row["Manifest"] = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(manifest).Replace("Note 1", "Note X", StringComparison.Ordinal));
                await index.UpdateEntityAsync(row, Azure.ETag.All, Azure.Data.Tables.TableUpdateMode.Replace);
            }
        }

        await new BlobContainerClient(app.Storage, EvidenceBlobs.ContainerName).GetBlobClient(EvidencePaths.FolderOf(items[1]) + "/manifest.json").DeleteAsync();
        var id = (string)(await app.PostAsync("secretariat", "packs", new { fiscalYear = "FY2026" })).Expect(202).Json["id"]!;
        await app.SettleAsync();

        Assert.Equal("failed", (string?)(await app.GetAsync("secretariat", "packs/" + id)).Expect(200).Json["status"]);
        Assert.Equal("pack-failed", (await app.GetAsync("secretariat", $"packs/{id}/download")).Expect(409).Code);
        Assert.Single((await app.GetAsync("secretariat", "incidents")).Expect(200).Json["items"]!.AsArray());
    }

    [Theory]
    [InlineData("{}", "pack-scope-missing", 400)]
    [InlineData("{\"clause\":\"99\"}", "clause-unknown", 400)]
    [InlineData("{\"fiscalYear\":\"FY2031\"}", "pack-empty", 422)]
    [InlineData("{\"from\":\"2026-05-02\",\"to\":\"2026-05-01\"}", "period-reversed", 400)]
    public async Task What_cannot_be_packed_is_refused(string body, string code, int status)
    {
        await using var app = await RunningApp.StartAsync();
        await RecordAsync(app, 1);

        Assert.Equal(code, (await app.PostAsync("secretariat", "packs", body)).Expect(status).Code);
        (await app.GetAsync("secretariat", "packs/pack-00000000-0")).Expect(404);
        (await app.PostAsync("externalAuditor", "packs", body)).Expect(403);
    }

    internal static async Task<string> MakeAsync(RunningApp app, object scope)
    {
        var id = (string)(await app.PostAsync("secretariat", "packs", scope)).Expect(202).Json["id"]!;
        await app.SettleAsync();
        Assert.Equal("ready", (string?)(await app.GetAsync("secretariat", "packs/" + id)).Expect(200).Json["status"]);
        return id;
    }

    internal static async Task<byte[]> DownloadAsync(RunningApp app, string pack)
    {
        using var response = await GetAsync(app, "secretariat", pack, null);
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadAsByteArrayAsync();
    }

    internal static async Task<List<EvidenceManifest>> RecordAsync(RunningApp app, int count, int from = 0)
    {
        var store = app.Services.GetRequiredService<IEvidenceStore>();
        var items = new List<EvidenceManifest>();
        foreach (var number in Enumerable.Range(from, count))
        {
            var draft = new EvidenceDraft
            {
                Id = EvidenceIds.OfStep($"note-{number}", "note"),
                FiscalYear = "FY2026",
                Type = EvidenceType.Operation,
                Title = new LocalizedText($"記録 {number}", $"Note {number}"),
                Clauses = ["9.1"],
                Controls = number % 2 == 0 ? ["8.13"] : ["5.18"],
                Period = new Period(app.Now, app.Now),
                Source = new EvidenceSource { Workflow = new WorkflowSource($"note-{number}", "note", "system") },
                CreatedBy = "system",
            };
            EvidenceContent[] files = [new("note.txt", "text/plain", Encoding.UTF8.GetBytes($"note {number}")), new("議事録.csv", "text/csv", new byte[number * 1_000])];
            items.Add(await store.RecordAsync(draft, files, default));
        }

        return items;
    }

    private static async Task<HttpResponseMessage> GetAsync(RunningApp app, string persona, string pack, RangeHeaderValue? range)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"api/packs/{pack}/download");
        request.Headers.Add("X-Isms-Persona", persona);
        request.Headers.Range = range;
        return await app.Http.SendAsync(request);
    }

    private static async Task<IReadOnlyList<EvidenceManifest>> ItemsAsync(RunningApp app) =>
        (await app.Services.GetRequiredService<IEvidenceStore>().ListAsync(new EvidenceQuery(), 100, null, default)).Items;

    private static void Rewrite(string root, string file, Func<string, string> change) =>
        File.WriteAllText(Path.Combine(root, file), change(File.ReadAllText(Path.Combine(root, file))));
}

/// <summary>A pack, unpacked into a folder of its own.</summary>
internal sealed class UnpackedPack : IDisposable
{
    public UnpackedPack(byte[] zip)
    {
        using var archive = new ZipArchive(new MemoryStream(zip), ZipArchiveMode.Read);
        archive.ExtractToDirectory(Root);
    }

    public string Root { get; } = Directory.CreateTempSubdirectory("isms-pack-").FullName;

    public async Task<(int Exit, string Output)> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = Root, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await errors);
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
