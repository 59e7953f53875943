using Azure;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;
using IsmsFunctions.Testing;

namespace LocalRuntime.Tests.Tables;

public sealed class EntityLifecycleTests(AzuriteFixture azurite) : TableTests(azurite)
{
    [Fact]
    public async Task Added_entity_is_read_back_with_its_etag_and_timestamp()
    {
        var added = await Table.AddEntityAsync(new TableEntity("FY2026", "audit-01") { ["State"] = "Planned" });

        var read = await Table.GetEntityAsync<TableEntity>("FY2026", "audit-01");

        Assert.Equal(204, added.Status);
        Assert.Equal("Planned", read.Value.GetString("State"));
        Assert.Equal(added.Headers.ETag, read.Value.ETag);
        Assert.NotNull(read.Value.Timestamp);
        Assert.Equal(["PartitionKey", "RowKey", "State", "Timestamp", "odata.etag"], read.Value.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Adding_twice_fails_with_409()
    {
        await Table.AddEntityAsync(new TableEntity("p", "r"));

        var failure = await Assert.ThrowsAsync<RequestFailedException>(() => Table.AddEntityAsync(new TableEntity("p", "r")));

        Assert.Equal(409, failure.Status);
        Assert.True(failure.ErrorCode == TableErrorCode.EntityAlreadyExists);
    }

    [Fact]
    public async Task Reading_what_is_not_there_fails_with_404_or_has_no_value()
    {
        var failure = await Assert.ThrowsAsync<RequestFailedException>(() => Table.GetEntityAsync<TableEntity>("p", "none"));
        var missing = await Table.GetEntityIfExistsAsync<TableEntity>("p", "none");

        Assert.Equal(404, failure.Status);
        Assert.True(failure.ErrorCode == TableErrorCode.ResourceNotFound);
        Assert.False(missing.HasValue);
        Assert.Equal(404, missing.GetRawResponse().Status);
        Assert.Throws<InvalidOperationException>(() => missing.Value);
    }

    [Fact]
    public async Task Reading_from_a_table_that_is_not_there_fails_with_404()
    {
        var none = new TableClient(ConnectionString, UniqueName("none"));

        var query = await Assert.ThrowsAsync<RequestFailedException>(async () => await none.QueryAsync<TableEntity>().AsPages().GetAsyncEnumerator().MoveNextAsync());
        var addition = await Assert.ThrowsAsync<RequestFailedException>(() => none.AddEntityAsync(new TableEntity("p", "r")));

        Assert.Equal(404, query.Status);
        Assert.True(query.ErrorCode == TableErrorCode.TableNotFound);
        Assert.Equal(404, addition.Status);
    }

    [Fact]
    public async Task Update_with_an_outdated_etag_fails_with_412_and_changes_nothing()
    {
        await Table.AddEntityAsync(new TableEntity("p", "r") { ["N"] = 1 });
        TableEntity first = await Table.GetEntityAsync<TableEntity>("p", "r");
        TableEntity second = await Table.GetEntityAsync<TableEntity>("p", "r");
        first["N"] = 2;
        var updated = await Table.UpdateEntityAsync(first, first.ETag, TableUpdateMode.Replace);
        second["N"] = 3;

        var failure = await Assert.ThrowsAsync<RequestFailedException>(() => Table.UpdateEntityAsync(second, second.ETag));
        var deletion = await Assert.ThrowsAsync<RequestFailedException>(() => Table.DeleteEntityAsync("p", "r", second.ETag));

        Assert.Equal(412, failure.Status);
        Assert.True(failure.ErrorCode == TableErrorCode.UpdateConditionNotSatisfied);
        Assert.Equal(412, deletion.Status);
        TableEntity stored = await Table.GetEntityAsync<TableEntity>("p", "r");
        Assert.Equal(2, stored.GetInt32("N"));
        Assert.Equal(updated.Headers.ETag, stored.ETag);
    }

    [Fact]
    public async Task Update_under_any_etag_needs_an_entity()
    {
        var failure = await Assert.ThrowsAsync<RequestFailedException>(() => Table.UpdateEntityAsync(new TableEntity("p", "none"), ETag.All));

        Assert.Equal(404, failure.Status);
        await Assert.ThrowsAsync<ArgumentException>("ifMatch", () => Table.UpdateEntityAsync(new TableEntity("p", "none"), default));
    }

    [Theory]
    [InlineData(TableUpdateMode.Merge, "kept")]
    [InlineData(TableUpdateMode.Replace, null)]
    public async Task Merge_keeps_what_replace_removes(TableUpdateMode mode, string? expected)
    {
        await Table.UpsertEntityAsync(new TableEntity("p", "update") { ["A"] = "kept", ["B"] = 1 });
        await Table.UpsertEntityAsync(new TableEntity("p", "upsert") { ["A"] = "kept", ["B"] = 1 });

        await Table.UpdateEntityAsync(new TableEntity("p", "update") { ["B"] = 2 }, ETag.All, mode);
        await Table.UpsertEntityAsync(new TableEntity("p", "upsert") { ["B"] = 2 }, mode);

        foreach (var row in (string[])["update", "upsert"])
        {
            TableEntity stored = await Table.GetEntityAsync<TableEntity>("p", row);
            Assert.Equal(expected, stored.GetString("A"));
            Assert.Equal(2, stored.GetInt32("B"));
        }
    }

    [Fact]
    public async Task Null_leaves_a_property_as_it_is_when_merged()
    {
        await Table.AddEntityAsync(new TableEntity("p", "r") { ["A"] = "kept" });

        await Table.UpdateEntityAsync(new TableEntity("p", "r") { ["A"] = null }, ETag.All);

        TableEntity stored = await Table.GetEntityAsync<TableEntity>("p", "r");
        Assert.Equal("kept", stored.GetString("A"));
    }

    [Fact]
    public async Task Deleting_what_is_not_there_answers_404_without_failing()
    {
        await Table.AddEntityAsync(new TableEntity("p", "r"));

        Assert.Equal(204, (await Table.DeleteEntityAsync(new TableEntity("p", "r"))).Status);
        Assert.Equal(404, (await Table.DeleteEntityAsync("p", "r")).Status);
        Assert.Equal(404, (await new TableClient(ConnectionString, UniqueName("none")).DeleteAsync()).Status);
    }

    [Theory]
    [InlineData("部門-情報システム部", "是正処置 'その他'")]
    [InlineData("O'Brien", "it''s")]
    [InlineData("100%", "a+b&c=d e")]
    [InlineData("", "")]
    [InlineData("髙橋𠮷野家", "①～―")]
    [InlineData("(PartitionKey='x')", "{json}")]
    public async Task Keys_of_any_kind_address_their_entity(string partitionKey, string rowKey)
    {
        await Table.AddEntityAsync(new TableEntity(partitionKey, rowKey) { ["Text"] = "一" });
        await Table.UpdateEntityAsync(new TableEntity(partitionKey, rowKey) { ["Text"] = "二" }, ETag.All, TableUpdateMode.Replace);
        await Table.UpsertEntityAsync(new TableEntity(partitionKey, rowKey) { ["More"] = "三" });

        TableEntity read = await Table.GetEntityAsync<TableEntity>(partitionKey, rowKey);

        Assert.Equal((partitionKey, rowKey, "二", "三"), (read.PartitionKey, read.RowKey, read.GetString("Text"), read.GetString("More")));
        Assert.Equal(204, (await Table.DeleteEntityAsync(partitionKey, rowKey)).Status);
    }

    [Fact]
    public async Task Select_reads_only_the_named_properties()
    {
        await Table.AddEntityAsync(new TableEntity("p", "r") { ["A"] = "a", ["B"] = "b" });

        TableEntity read = await Table.GetEntityAsync<TableEntity>("p", "r", ["B", "RowKey"]);

        Assert.Equal(("r", "b"), (read.RowKey, read.GetString("B")));
        Assert.False(read.ContainsKey("A"));
    }

    [Fact]
    public void Blocking_calls_do_what_the_others_do()
    {
        Table.AddEntity(new TableEntity("p", "r") { ["N"] = 1 });
        Table.UpsertEntity(new TableEntity("p", "r") { ["M"] = 2 });
        var read = Table.GetEntity<TableEntity>("p", "r").Value;
        Table.UpdateEntity(new TableEntity("p", "r") { ["N"] = 3 }, read.ETag);

        Assert.Equal(3, Table.GetEntityIfExists<TableEntity>("p", "r").Value!.GetInt32("N"));
        Assert.Single(Table.Query<TableEntity>());
        Assert.Equal(204, Table.DeleteEntity("p", "r").Status);
        Assert.False(Table.GetEntityIfExists<TableEntity>("p", "r").HasValue);
    }

    [Fact]
    public async Task Entity_without_keys_is_refused_before_it_is_sent()
    {
        await Assert.ThrowsAsync<ArgumentNullException>(() => Table.AddEntityAsync(new TableEntity()));
        await Assert.ThrowsAsync<ArgumentNullException>(() => Table.UpsertEntityAsync<TableEntity>(null!));
    }
}
