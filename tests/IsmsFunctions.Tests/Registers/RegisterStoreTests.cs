using System.Globalization;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Isms.Registers;
using Isms.Rules;
using IsmsFunctions.Hosting;
using IsmsFunctions.Registers;
using IsmsFunctions.Tests.Evidence;

namespace IsmsFunctions.Tests.Registers;

public sealed class RegisterStoreTests : IAsyncLifetime
{
    private RegisterBench bench = null!;

    public async Task InitializeAsync() => bench = await RegisterBench.StartAsync();

    public Task DisposeAsync()
    {
        bench.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task Sixteen_writers_in_as_many_processes_lose_no_update()
    {
        const int Writers = 16, Updates = 3;
        await bench.Process().CreateAsync(("notes", "0"));

        await Task.WhenAll(Enumerable.Range(0, Writers).Select(async _ =>
        {
            var process = bench.Process();
            for (var done = 0; done < Updates;)
            {
                var entry = (await process.Store.ReadAsync(default)).Find("assets", "A-0001")!;
                var next = (int.Parse(entry["notes"], CultureInfo.InvariantCulture) + 1).ToString(CultureInfo.InvariantCulture);
                try
                {
                    await process.ChangeAsync("A-0001", entry.Revision, ("notes", next));
                    done++;
                }
                catch (RefusedException e) when (e.Refusal.Code == RegisterDecisions.Outdated)
                {
                    // Somebody was faster; what they wrote is read and counted on.
                }
            }
        }));

        var process = bench.Process();
        var counted = (await process.Store.ReadAsync(default)).Find("assets", "A-0001")!;
        Assert.Equal((Writers * Updates).ToString(CultureInfo.InvariantCulture), counted["notes"]);
        Assert.Equal((Writers * Updates) + 1, counted.Revision);
        var history = await process.Store.HistoryAsync("assets", "A-0001", default);
        Assert.Equal(Enumerable.Range(1, counted.Revision).Reverse(), history.Select(h => h.Revision));
    }

    [Fact]
    public async Task Entries_created_at_once_get_an_id_each()
    {
        var created = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => bench.Process().CreateAsync(("name", $"asset {i}"))));

        Assert.Equal(Enumerable.Range(1, 12).Select(i => $"A-{i:0000}"), created.Select(e => e.Id).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Of_a_reference_and_a_deletion_at_once_one_loses()
    {
        for (var round = 0; round < 8; round++)
        {
            var asset = await bench.Process().CreateAsync(("name", $"asset {round}"));
            var (one, other) = (bench.Process(), bench.Process());
            await Task.WhenAll(one.Store.ReadAsync(default), other.Store.ReadAsync(default));

            var refer = TryAsync(() => one.ReferAsync(asset.Id));
            var delete = TryAsync(() => other.DeleteAsync("assets", asset.Id));
            var outcomes = await Task.WhenAll(refer, delete);

            Assert.Single(outcomes, o => o);
            var book = await bench.Process().Store.ReadAsync(default);
            var referrers = book.Entries("risks").Where(r => !r.IsDeleted && r["assets"] == asset.Id);
            Assert.Equal(book.Find("assets", asset.Id)!.IsDeleted, !referrers.Any());
        }
    }

    [Fact]
    public async Task The_registers_are_seen_as_of_any_moment()
    {
        var process = bench.Process();
        var moments = new List<DateTimeOffset>();
        for (var i = 0; i < 6; i++)
        {
            await process.CreateAsync(("name", $"asset {i}"));
            moments.Add(bench.Storage.Clock.Now);
            bench.Storage.Clock.Now += TimeSpan.FromDays(1);
        }

        for (var i = 0; i < moments.Count; i++)
        {
            Assert.Equal(i + 1, (await bench.Process().Store.ReadAsOfAsync(moments[i], default)).Entries("assets").Count);
            Assert.Equal(i, (await process.Store.ReadAsOfAsync(moments[i].AddTicks(-1), default)).Entries("assets").Count);
        }
    }

    [Fact]
    public async Task A_clock_that_is_behind_does_not_change_the_past()
    {
        await bench.Process().CreateAsync(("name", "first"));
        var first = bench.Storage.Clock.Now;
        bench.Storage.Clock.Now -= TimeSpan.FromMinutes(5);
        await bench.Process().CreateAsync(("name", "second"));

        Assert.Equal(first, (await bench.Process().Store.ReadAsync(default)).Find("assets", "A-0002")!.CreatedAt);
    }

    [Theory]
    [InlineData(8_000)]
    [InlineData(600)]
    public async Task A_change_of_any_size_is_read_back(int entries)
    {
        // Hardly to be compressed: the first fills a blob, the second several properties of a row.
        var random = new Random(entries);
        var table = RegisterProcess.Table(entries);
        var texts = table.Rows.Select(_ => Convert.ToHexStringLower(RandomBytes(random, 100))).ToList();
        var proposals = texts.Select(t => new ProposedChange("assets", null, RegisterChangeKind.Created, RegisterProcess.Values(("notes", t)))).ToList();
        await bench.Process().Editor.ApplyAsync(proposals, RegisterProcess.Author(), null, default);

        var book = await bench.Process().Store.ReadAsync(default);
        Assert.Equal(texts, book.Entries("assets").Select(e => e["notes"]));
        Assert.Equal(1, book.Version);
        var history = await bench.Process().Store.HistoryAsync("assets", "A-0500", default);
        Assert.Equal(texts[499], Assert.Single(history).Fields.Single(f => f.Field == "notes").After);
    }

    [Fact]
    public async Task A_kept_book_and_the_commits_after_it_make_the_registers()
    {
        var process = bench.Process();
        await process.CreateAsync(("name", "before"));
        var before = bench.Storage.Clock.Now;
        bench.Storage.Clock.Now += TimeSpan.FromDays(1);
        var (import, _) = await process.Imports.PreviewAsync(RegisterProcess.Assets, RegisterProcess.Table(2_500), ImportMode.Merge, new HashSet<string>(), "sato", null, default);
        await process.Imports.ApplyAsync("assets", import.Id, "sato", default);
        await process.ChangeAsync("A-0002", 1, ("name", "after"));

        bench.Storage.ResetCounts();
        var fresh = bench.Process();
        var book = await fresh.Store.ReadAsync(default);

        Assert.Equal(3, bench.Storage.Requests); // list of kept books, the book, the commits since
        Assert.Equal(2_501, book.Entries("assets").Count);
        Assert.Equal("after", book.Find("assets", "A-0002")!["name"]);
        Assert.Single((await fresh.Store.ReadAsOfAsync(before, default)).Entries("assets"));
        Assert.Equal([RegisterChange.Edit, "import:" + import.Id], (await fresh.Store.HistoryAsync("assets", "A-0002", default)).Select(h => h.Origin));
    }

    [Fact]
    public async Task A_commit_whose_answer_got_lost_and_that_is_sent_again_is_one_commit()
    {
        var options = new TableClientOptions();
        options.AddPolicy(new SendsCommitsTwice(), HttpPipelinePosition.PerCall);
        var connection = bench.Storage.ConnectionString;
        var process = bench.Process(new StorageAccounts(new TableServiceClient(connection, options), new BlobServiceClient(connection)));

        await process.CreateAsync(("name", "once"));
        await process.CreateAsync(("name", "twice"));

        Assert.Equal(["once", "twice"], (await bench.Process().Store.ReadAsync(default)).Entries("assets").Select(e => e["name"]));
    }

    [Fact]
    public async Task The_same_key_commits_once_in_whatever_process()
    {
        var proposal = new ProposedChange("assets", null, RegisterChangeKind.Created, RegisterProcess.Values());
        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => bench.Process().Editor.ApplyAsync([proposal], RegisterProcess.Author("key"), null, default)));

        Assert.Single((await bench.Process().Store.ReadAsync(default)).Entries("assets"));
    }

    private static byte[] RandomBytes(Random random, int count)
    {
        var bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }

    private static async Task<bool> TryAsync(Func<Task> act)
    {
        try
        {
            await act();
            return true;
        }
        catch (RefusedException)
        {
            return false;
        }
    }

    /// <summary>What the storage client does when the answer to a request gets lost on the way.</summary>
    private sealed class SendsCommitsTwice : HttpPipelinePolicy
    {
        public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) => throw new NotSupportedException();

        public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
        {
            await ProcessNextAsync(message, pipeline);
            if (message.Request.Method == RequestMethod.Post && message.Request.Uri.Path.Contains(RegisterLog.TableName, StringComparison.Ordinal))
            {
                await ProcessNextAsync(message, pipeline);
            }
        }
    }
}
