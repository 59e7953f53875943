using Azure.Data.Tables;
using IsmsFunctions.Testing;

namespace LocalRuntime.Tests.Tables;

public sealed class QueryTests(AzuriteFixture azurite) : TableTests(azurite)
{
    [Fact]
    public async Task More_than_a_page_of_entities_is_read_to_the_end_in_key_order()
    {
        await AddAsync(1_250);

        var rows = new List<string>();
        var pages = new List<int>();
        await foreach (var page in Table.QueryAsync<TableEntity>().AsPages())
        {
            pages.Add(page.Values.Count);
            rows.AddRange(page.Values.Select(entity => entity.RowKey));
        }

        Assert.Equal([1_000, 250], pages);
        Assert.Equal(Enumerable.Range(0, 1_250).Select(Row), rows);
    }

    [Fact]
    public async Task Page_continues_where_its_token_says()
    {
        await AddAsync(7);
        var query = Table.QueryAsync<TableEntity>("PartitionKey eq 'p'", maxPerPage: 3);
        var first = await FirstAsync(query.AsPages());

        var second = await FirstAsync(query.AsPages(first.ContinuationToken, pageSizeHint: 2));
        var last = await FirstAsync(query.AsPages(second.ContinuationToken));

        Assert.Equal([Row(0), Row(1), Row(2)], first.Values.Select(entity => entity.RowKey));
        Assert.Equal([Row(3), Row(4)], second.Values.Select(entity => entity.RowKey));
        Assert.Equal([Row(5), Row(6)], last.Values.Select(entity => entity.RowKey));
        Assert.Null(last.ContinuationToken);
    }

    [Fact]
    public async Task Page_size_does_not_limit_the_whole()
    {
        await AddAsync(5);

        Assert.Equal(5, Table.Query<TableEntity>(maxPerPage: 2).Count());
        Assert.Equal(5, await Table.QueryAsync<TableEntity>(maxPerPage: 2).CountAsync());
    }

    [Fact]
    public async Task Filters_hold_quotes_and_japanese_text()
    {
        await Table.AddEntityAsync(new TableEntity("監査", "1") { ["Owner"] = "O'Brien", ["Note"] = "100% 完了 & 'OK' + α" });
        await Table.AddEntityAsync(new TableEntity("監査", "2") { ["Owner"] = "佐藤" });
        var note = "100% 完了 & 'OK' + α";

        Assert.Equal(["1"], Rows(TableClient.CreateQueryFilter($"PartitionKey eq {"監査"} and Owner eq {"O'Brien"}")));
        Assert.Equal(["1"], Rows(TableClient.CreateQueryFilter<TableEntity>(entity => entity.GetString("Note") == note)));
        Assert.Equal(["2"], Rows("Owner eq '佐藤'"));
        Assert.Equal(["2"], Table.Query<TableEntity>(entity => entity.PartitionKey == "監査" && entity.RowKey != "1").Select(entity => entity.RowKey));
    }

    [Fact]
    public async Task Filters_compare_every_type()
    {
        var (guid, moment) = (new Guid("66cf3753-1cc9-44c4-b857-4546f744901b"), new DateTimeOffset(2026, 4, 1, 0, 0, 0, TimeSpan.FromHours(9)));
        await Table.AddEntityAsync(new TableEntity("p", "small") { ["I"] = 1, ["L"] = 1L, ["D"] = 0.5, ["B"] = false, ["T"] = moment.AddTicks(-1) });
        await Table.AddEntityAsync(new TableEntity("p", "large")
        {
            ["I"] = 2,
            ["L"] = 5_000_000_000,
            ["D"] = 1.0,
            ["B"] = true,
            ["T"] = moment,
            ["G"] = guid,
            ["X"] = new byte[] { 1, 255 },
        });

        string[] filters =
        [
            TableClient.CreateQueryFilter($"I gt {1}"),
            TableClient.CreateQueryFilter($"L ge {5_000_000_000}"),
            TableClient.CreateQueryFilter($"D ge {1.0}"),
            TableClient.CreateQueryFilter($"B eq {true}"),
            TableClient.CreateQueryFilter($"T ge {moment}"),
            TableClient.CreateQueryFilter($"G eq {guid}"),
            TableClient.CreateQueryFilter<TableEntity>(entity => entity.GetBinary("X") == new byte[] { 1, 255 }),
            TableClient.CreateQueryFilter<TableEntity>(entity => !(entity.GetDateTimeOffset("T") < moment)),
        ];

        Assert.All(filters, filter => Assert.Equal(["large"], Rows(filter)));
    }

    [Fact]
    public async Task Select_limits_the_properties_read()
    {
        await Table.AddEntityAsync(new TableEntity("p", "r") { ["A"] = "a", ["B"] = "b" });

        var read = Assert.Single(Table.Query<TableEntity>(select: ["RowKey", "B"]));

        Assert.Equal(("r", "b"), (read.RowKey, read.GetString("B")));
        Assert.False(read.ContainsKey("A"));
        Assert.False(read.ContainsKey("PartitionKey"));
    }

    [Fact]
    public async Task Cancelled_enumeration_stops()
    {
        await AddAsync(3);
        using var cancellation = new CancellationTokenSource();
        var seen = 0;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var page in Table.QueryAsync<TableEntity>(maxPerPage: 1, cancellationToken: cancellation.Token).AsPages())
            {
                seen += page.Values.Count;
                await cancellation.CancelAsync();
            }
        });

        Assert.Equal(1, seen);
    }

    private static string Row(int number) => $"{number:D6}";

    private static async Task<T> FirstAsync<T>(IAsyncEnumerable<T> items)
    {
        await foreach (var item in items)
            return item;
        throw new InvalidOperationException("Nothing there.");
    }

    private IEnumerable<string> Rows(string filter) => Table.Query<TableEntity>(filter).Select(entity => entity.RowKey);

    private async Task AddAsync(int count)
    {
        foreach (var chunk in Enumerable.Range(0, count).Chunk(100))
            await Table.SubmitTransactionAsync(chunk.Select(number => new TableTransactionAction(TableTransactionActionType.Add, new TableEntity("p", Row(number)))));
    }
}
