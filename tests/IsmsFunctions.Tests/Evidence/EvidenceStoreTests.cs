using System.Security.Cryptography;
using System.Text;
using Isms.Evidence;
using Isms.Rules;
using IsmsFunctions.Evidence;

namespace IsmsFunctions.Tests.Evidence;

public sealed class EvidenceStoreTests : IAsyncLifetime
{
    private EvidenceBench bench = null!;

    public async Task InitializeAsync() => bench = await EvidenceBench.StartAsync();

    public Task DisposeAsync()
    {
        bench.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task A_recorded_item_states_the_hash_of_every_file_and_stands_in_the_ledger()
    {
        var item = await RecordAsync("submitted", EvidenceBench.File("b.txt", "二つ目"), EvidenceBench.File("a/first.txt", "one"));

        Assert.Equal(["a/first.txt", "b.txt"], item.Files.Select(f => f.Path));
        foreach (var file in item.Files)
        {
            using var content = new MemoryStream();
            await using var stream = await bench.Store.OpenAsync(item, file.Path, default);
            await stream!.CopyToAsync(content);
            Assert.Equal(file.Sha256, Convert.ToHexStringLower(SHA256.HashData(content.ToArray())));
            Assert.Equal(file.Length, content.Length);
        }

        var proof = await bench.Ledger.ProveAsync(item.Id, default);
        var manifest = await bench.Blobs.ReadManifestAsync(EvidencePaths.FolderOf(item), default);
        Assert.Equal(Convert.ToHexStringLower(MerkleTree.LeafHash(manifest.Span)), proof!.LeafHash);
        Assert.True(MerkleTree.Includes(
            Convert.FromHexString(proof.Head.Root), proof.Head.Size, MerkleTree.LeafHash(manifest.Span), proof.Index, [.. proof.Path.Select(Convert.FromHexString)]));
    }

    [Fact]
    public async Task The_stored_manifest_is_its_own_canonical_form()
    {
        var item = await RecordAsync("submitted", EvidenceBench.File("a.txt", "one"));
        var manifest = await bench.Blobs.ReadManifestAsync(EvidencePaths.FolderOf(item), default);
        Assert.Equal(Encoding.UTF8.GetString(CanonicalJson.Of(manifest)), Encoding.UTF8.GetString(manifest.Span));
    }

    [Fact]
    public async Task The_folder_is_named_by_year_type_day_and_id()
    {
        var item = await bench.Store.RecordAsync(EvidenceBench.Draft("x", type: EvidenceType.ManagementReview), [EvidenceBench.File("a.txt", "1")], default);
        Assert.Equal($"FY2026/management-review/2026/06/30/{item.Id}", EvidencePaths.FolderOf(item));
        Assert.NotNull(await bench.Blobs.FindAsync(EvidencePaths.FolderOf(item), "a.txt", default));
    }

    [Fact]
    public async Task Recording_the_same_id_again_returns_the_first_and_writes_nothing()
    {
        var first = await RecordAsync("submitted", EvidenceBench.File("a.txt", "one"));
        bench.Clock.Now = bench.Clock.Now.AddDays(3);
        bench.ResetCounts();

        var second = await RecordAsync("submitted", EvidenceBench.File("a.txt", "something else"));

        Assert.Equal(Text(first), Text(second));
        Assert.Equal(1, bench.Writes); // the intent row, which is refused
        Assert.Equal(1, (await bench.Ledger.HeadAsync(default)).Size);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_crash_between_any_two_writes_is_healed_by_repeating_even_on_another_day(bool answerIsLost)
    {
        bench.AnswerIsLost = answerIsLost;
        await RecordAsync("before", EvidenceBench.File("a.txt", "one"));
        bench.ResetCounts();
        await RecordAsync("undisturbed", EvidenceBench.File("a.txt", "one"), EvidenceBench.File("b.txt", "two"));
        var writes = bench.Writes;
        Assert.Equal(6, writes); // intent, two files, manifest, ledger, index

        for (var failing = 1; failing <= writes; failing++)
        {
            var started = bench.Clock.Now;
            var step = $"crash-{failing}";
            var size = (await bench.Ledger.HeadAsync(default)).Size;
            bench.ResetCounts();
            bench.FailingWrite = failing;
            await Assert.ThrowsAnyAsync<Exception>(() => RecordAsync(step, EvidenceBench.File("a.txt", "one"), EvidenceBench.File("b.txt", "two")));
            bench.ResetCounts();
            bench.Restart();
            if (!answerIsLost || failing < writes)
            {
                Assert.Null(await bench.Store.FindAsync(EvidenceBench.Draft(step).Id, default));
            }

            bench.Clock.Now = started.AddHours(15);
            var item = await RecordAsync(step, EvidenceBench.File("a.txt", "one"), EvidenceBench.File("b.txt", "two"));

            // Where not even the intent was stored, nothing began on the first day.
            Assert.Equal(failing == 1 && !answerIsLost ? started.AddHours(15) : started, item.CreatedAt);
            Assert.Equal(["a.txt", "b.txt"], item.Files.Select(f => f.Path));
            Assert.Equal(size + 1, (await bench.Ledger.HeadAsync(default)).Size);
            Assert.Equal(item.Id, (await bench.Store.FindAsync(item.Id, default))!.Id);
            Assert.Single(await ListAsync(new EvidenceQuery(Subject: item.Subject, FiscalYear: "FY2026")), i => i.Id == item.Id);
        }

        await AssertLedgerIsSoundAsync();
    }

    [Fact]
    public async Task Writers_in_parallel_all_get_their_place_in_the_ledger()
    {
        using var other = new Ledger(bench.Storage, bench.Clock);
        var blobs = bench.Blobs;
        var second = new EvidenceStore(blobs, new EvidenceIndex(bench.Storage, blobs, bench.Clock), other);

        await Task.WhenAll(Enumerable.Range(0, 24).Select(i =>
            (i % 2 == 0 ? bench.Store : second).RecordAsync(EvidenceBench.Draft($"step-{i}"), [EvidenceBench.File("a.txt", $"{i}")], default)));

        Assert.Equal(24, (await bench.Ledger.HeadAsync(default)).Size);
        await AssertLedgerIsSoundAsync();
    }

    [Fact]
    public async Task The_same_item_recorded_in_parallel_is_one_item()
    {
        var items = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => RecordAsync("same", EvidenceBench.File("a.txt", "1"))));
        Assert.Single(items.Select(Text).Distinct());
        Assert.Equal(1, (await bench.Ledger.HeadAsync(default)).Size);
    }

    [Fact]
    public async Task A_manifest_that_was_rewritten_contradicts_the_ledger()
    {
        var item = await RecordAsync("x", EvidenceBench.File("a.txt", "1"));
        await Assert.ThrowsAsync<InvalidDataException>(() => bench.Ledger.AppendAsync(item.Id, MerkleTree.LeafHash("forged"u8), default));
    }

    [Fact]
    public async Task Items_are_found_by_everything_an_auditor_asks_for()
    {
        var a = await RecordWithAsync("a", d => d with { Clauses = ["9.2"], Controls = ["5.18", "8.2"], Record = "audit-report", Subject = "audit-FY2026-01", Type = EvidenceType.Audit });
        var b = await RecordWithAsync("b", d => d with { Clauses = ["9.2", "10.2"], Controls = [], Record = null, Subject = null });
        var c = await RecordWithAsync("c", d => d with { FiscalYear = "FY2027", Clauses = ["9.2"], Controls = ["5.18"], Period = new Period(bench.Clock.Now, bench.Clock.Now) });

        Assert.Equal([a, b, c], await IdsAsync(new EvidenceQuery()));
        Assert.Equal([a, b], await IdsAsync(new EvidenceQuery(FiscalYear: "FY2026")));
        Assert.Equal([a, b, c], await IdsAsync(new EvidenceQuery(Clause: "9.2")));
        Assert.Equal([b], await IdsAsync(new EvidenceQuery(Clause: "10.2")));
        Assert.Equal([a, c], await IdsAsync(new EvidenceQuery(Control: "5.18")));
        Assert.Equal([a], await IdsAsync(new EvidenceQuery(Control: "5.18", Clause: "9.2", FiscalYear: "FY2026")));
        Assert.Equal([a], await IdsAsync(new EvidenceQuery(Type: EvidenceType.Audit)));
        Assert.Equal([a], await IdsAsync(new EvidenceQuery(Subject: "audit-FY2026-01")));
        Assert.Equal([a], await IdsAsync(new EvidenceQuery(Record: "audit-report")));
        Assert.Equal([a], await IdsAsync(new EvidenceQuery(Record: "audit-report", Subject: "audit-FY2026-01")));
        Assert.Equal([c], await IdsAsync(new EvidenceQuery(Control: "5.18", From: new DateTimeOffset(2026, 6, 1, 0, 0, 0, TimeSpan.Zero), FiscalYear: "FY2027")));
        Assert.Empty(await IdsAsync(new EvidenceQuery(Clause: "9")));
    }

    [Fact]
    public async Task A_period_is_found_by_any_moment_it_shares_with_the_question()
    {
        var june = await RecordAsync("june", EvidenceBench.File("a.txt", "1"));
        var (from, to) = (june.Period.From, june.Period.To);

        Assert.Single(await IdsAsync(new EvidenceQuery(From: from, To: to)));
        Assert.Single(await IdsAsync(new EvidenceQuery(From: to.AddTicks(-1))));
        Assert.Empty(await IdsAsync(new EvidenceQuery(From: to)));
        Assert.Single(await IdsAsync(new EvidenceQuery(To: from.AddTicks(1))));
        Assert.Empty(await IdsAsync(new EvidenceQuery(To: from)));
    }

    [Fact]
    public async Task Pages_follow_each_other_without_a_gap_or_a_repetition_also_while_items_are_added()
    {
        var ids = new List<string>();
        for (var i = 0; i < 7; i++)
        {
            ids.Add((await RecordAsync($"page-{i}", EvidenceBench.File("a.txt", "1"))).Id);
            bench.Clock.Now = bench.Clock.Now.AddSeconds(1);
        }

        var read = new List<string>();
        string? token = null;
        do
        {
            var page = await bench.Store.ListAsync(new EvidenceQuery(FiscalYear: "FY2026"), 3, token, default);
            read.AddRange(page.Items.Select(i => i.Id));
            token = page.ContinuationToken;
            if (read.Count == 3)
            {
                ids.Add((await RecordAsync("page-late", EvidenceBench.File("a.txt", "1"))).Id);
            }
        }
        while (token is not null);

        Assert.Equal(ids, read);
    }

    [Theory]
    [InlineData("x")]
    [InlineData("%%%")]
    [InlineData("MDAwMDAwMDAwMDAwMDAwMDAwMH4uLi8uLg")]
    [InlineData("JyBvciBQYXJ0aXRpb25LZXkgZXEgJ2V2aWRlbmNlJyBvciAn")]
    public async Task A_token_of_ones_own_making_is_refused(string token)
    {
        var refused = await Assert.ThrowsAsync<RefusedException>(() => bench.Store.ListAsync(new EvidenceQuery(), 10, token, default));
        Assert.Equal("continuationToken", refused.Refusal.Field);
    }

    [Fact]
    public async Task A_manifest_too_large_for_a_table_row_is_listed_all_the_same()
    {
        var ids = Enumerable.Range(0, 4000).Select(i => $"request-{i:00000000000000000000}").ToArray();
        var query = new GraphQuery("/v1.0/auditLogs/signIns", ids, 4000, 1, bench.Clock.Now, bench.Clock.Now);
        var id = await RecordWithAsync("large", d => d with { Source = new EvidenceSource { Graph = new GraphSource("sign-ins", [query]) } });

        Assert.Equal(4000, (await bench.Store.FindAsync(id, default))!.Source.Graph!.Requests[0].RequestIds.Count);
        Assert.Equal([id], await IdsAsync(new EvidenceQuery(Record: "backup-record")));
    }

    [Theory]
    [InlineData("../a.txt")]
    [InlineData("manifest.json")]
    [InlineData("/a.txt")]
    [InlineData("a//b")]
    [InlineData("a\\b")]
    [InlineData("")]
    public async Task A_path_that_leads_out_of_the_folder_is_not_written(string path)
    {
        await Assert.ThrowsAsync<ArgumentException>(() => RecordAsync("bad", EvidenceBench.File(path, "1")));
    }

    private Task<EvidenceManifest> RecordAsync(string step, params EvidenceContent[] files) => bench.Store.RecordAsync(EvidenceBench.Draft(step), files, default);

    private async Task<string> RecordWithAsync(string step, Func<EvidenceDraft, EvidenceDraft> change)
    {
        bench.Clock.Now = bench.Clock.Now.AddSeconds(1);
        return (await bench.Store.RecordAsync(change(EvidenceBench.Draft(step)), [EvidenceBench.File("a.txt", step)], default)).Id;
    }

    private async Task<IReadOnlyList<EvidenceManifest>> ListAsync(EvidenceQuery query) => (await bench.Store.ListAsync(query, 100, null, default)).Items;

    private async Task<string[]> IdsAsync(EvidenceQuery query) => [.. (await ListAsync(query)).Select(i => i.Id)];

    private async Task AssertLedgerIsSoundAsync()
    {
        var head = await bench.Ledger.HeadAsync(default);
        var leaves = await bench.Ledger.ReadLeavesAsync(head.Size, default);
        Assert.Equal(head.Root, Convert.ToHexStringLower(MerkleTree.Root(leaves)));
        Assert.Equal(leaves.Length, leaves.Select(Convert.ToHexStringLower).Distinct().Count());
    }

    private static string Text(EvidenceManifest item) => Encoding.UTF8.GetString(CanonicalJson.Serialize(item, IsmsFunctions.Hosting.Json.Options));
}
