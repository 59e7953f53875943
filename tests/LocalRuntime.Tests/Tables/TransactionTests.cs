using Azure;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;
using IsmsFunctions.Testing;

namespace LocalRuntime.Tests.Tables;

public sealed class TransactionTests(AzuriteFixture azurite) : TableTests(azurite)
{
    [Fact]
    public async Task Every_kind_of_action_takes_effect_and_answers_in_order()
    {
        foreach (var row in (string[])["merge", "replace", "delete", "upsert-merge", "upsert-replace"])
            await Table.AddEntityAsync(new TableEntity("監査", row) { ["Old"] = 1 });

        var result = await Table.SubmitTransactionAsync(
        [
            Action(TableTransactionActionType.Add, "add"),
            Action(TableTransactionActionType.UpdateMerge, "merge", ETag.All),
            Action(TableTransactionActionType.UpdateReplace, "replace", ETag.All),
            Action(TableTransactionActionType.Delete, "delete"),
            Action(TableTransactionActionType.UpsertMerge, "upsert-merge"),
            Action(TableTransactionActionType.UpsertReplace, "upsert-replace"),
            Action(TableTransactionActionType.UpsertMerge, "upsert-add"),
        ]);

        Assert.Equal(202, result.GetRawResponse().Status);
        Assert.All(result.Value, response => Assert.Equal(204, response.Status));
        var stored = Table.Query<TableEntity>().ToDictionary(entity => entity.RowKey);
        Assert.Equal(["add", "merge", "replace", "upsert-add", "upsert-merge", "upsert-replace"], stored.Keys.Order(StringComparer.Ordinal));
        Assert.All(stored.Values, entity => Assert.Equal("新しい値", entity.GetString("New")));
        Assert.Equal(["merge", "upsert-merge"], stored.Values.Where(entity => entity.ContainsKey("Old")).Select(entity => entity.RowKey).Order(StringComparer.Ordinal));
        Assert.Equal(stored["merge"].ETag, result.Value[1].Headers.ETag);
    }

    [Fact]
    public async Task Failed_action_leaves_nothing_of_the_others_and_is_named()
    {
        await Table.AddEntityAsync(new TableEntity("監査", "exists") { ["Old"] = 1 });
        await Table.AddEntityAsync(new TableEntity("監査", "deleted") { ["Old"] = 1 });

        var failure = await Assert.ThrowsAsync<TableTransactionFailedException>(() => Table.SubmitTransactionAsync(
        [
            Action(TableTransactionActionType.Add, "first"),
            Action(TableTransactionActionType.Delete, "deleted"),
            Action(TableTransactionActionType.Add, "exists"),
            Action(TableTransactionActionType.UpsertMerge, "last"),
        ]));

        Assert.Equal(409, failure.Status);
        Assert.True(failure.ErrorCode == TableErrorCode.EntityAlreadyExists);
        Assert.Equal(2, failure.FailedTransactionActionIndex);
        Assert.Equal(["deleted", "exists"], Table.Query<TableEntity>().Select(entity => entity.RowKey));
        Assert.All(Table.Query<TableEntity>(), entity => Assert.False(entity.ContainsKey("New")));
    }

    [Fact]
    public async Task Outdated_etag_fails_the_transaction_with_412()
    {
        await Table.AddEntityAsync(new TableEntity("監査", "r"));
        var outdated = Table.GetEntity<TableEntity>("監査", "r").Value.ETag;
        await Table.UpsertEntityAsync(new TableEntity("監査", "r") { ["N"] = 1 });

        foreach (var type in (TableTransactionActionType[])[TableTransactionActionType.UpdateMerge, TableTransactionActionType.UpdateReplace, TableTransactionActionType.Delete])
        {
            var failure = await Assert.ThrowsAsync<TableTransactionFailedException>(() => Table.SubmitTransactionAsync(
                [Action(TableTransactionActionType.UpsertMerge, "other"), Action(type, "r", outdated)]));

            Assert.Equal(412, failure.Status);
            Assert.True(failure.ErrorCode == TableErrorCode.UpdateConditionNotSatisfied);
            Assert.Equal(1, failure.FailedTransactionActionIndex);
        }

        Assert.Equal(1, Assert.Single(Table.Query<TableEntity>()).GetInt32("N"));
    }

    [Fact]
    public async Task Current_etag_lets_the_transaction_pass()
    {
        var added = await Table.AddEntityAsync(new TableEntity("監査", "r"));

        var result = await Table.SubmitTransactionAsync([Action(TableTransactionActionType.UpdateReplace, "r", added.Headers.ETag!.Value)]);

        TableEntity stored = await Table.GetEntityAsync<TableEntity>("監査", "r");
        Assert.Equal(stored.ETag, Assert.Single(result.Value).Headers.ETag);
    }

    [Fact]
    public async Task Missing_entity_fails_an_update_and_a_delete_with_404()
    {
        foreach (var type in (TableTransactionActionType[])[TableTransactionActionType.UpdateMerge, TableTransactionActionType.Delete])
        {
            var failure = await Assert.ThrowsAsync<TableTransactionFailedException>(() => Table.SubmitTransactionAsync(
                [Action(TableTransactionActionType.Add, "other"), Action(type, "none", ETag.All)]));

            Assert.Equal(404, failure.Status);
        }

        Assert.Empty(Table.Query<TableEntity>());
    }

    [Fact]
    public async Task Hundred_actions_pass_and_one_more_does_not()
    {
        var actions = Enumerable.Range(0, 101).Select(i => Action(TableTransactionActionType.Add, $"{i:D3}")).ToList();

        await Assert.ThrowsAnyAsync<RequestFailedException>(() => Table.SubmitTransactionAsync(actions));
        Assert.Empty(Table.Query<TableEntity>());

        var result = await Table.SubmitTransactionAsync(actions.Take(100));
        Assert.Equal(100, result.Value.Count);
        Assert.Equal(100, Table.Query<TableEntity>().Count());
    }

    [Fact]
    public async Task Same_entity_twice_fails_the_transaction()
    {
        var failure = await Assert.ThrowsAnyAsync<RequestFailedException>(() => Table.SubmitTransactionAsync(
            [Action(TableTransactionActionType.Add, "r"), Action(TableTransactionActionType.UpsertMerge, "r")]));

        Assert.Equal(400, failure.Status);
        Assert.Empty(Table.Query<TableEntity>());
    }

    [Fact]
    public async Task Text_that_looks_like_the_protocol_is_only_text()
    {
        var text = "--changeset_x\r\nDELETE http://example.jp/ HTTP/1.1\r\n\r\n{\"a\":1}\u2028\u2029PATCH";
        await Table.SubmitTransactionAsync(
        [
            new(TableTransactionActionType.Add, new TableEntity("監査", "POST 'HTTP-1.1'") { ["Text"] = text }),
            new(TableTransactionActionType.Add, new TableEntity("監査", "b") { ["Text"] = text }),
        ]);

        Assert.All(Table.Query<TableEntity>(), entity => Assert.Equal(text, entity.GetString("Text")));
        Assert.Equal(["POST 'HTTP-1.1'", "b"], Table.Query<TableEntity>().Select(entity => entity.RowKey));
    }

    [Fact]
    public async Task Update_without_an_etag_adds_what_is_not_there()
    {
        await Table.SubmitTransactionAsync([Action(TableTransactionActionType.UpdateMerge, "a"), Action(TableTransactionActionType.UpdateReplace, "b")]);

        Assert.Equal(["a", "b"], Table.Query<TableEntity>().Select(entity => entity.RowKey));
    }

    [Fact]
    public async Task Of_transactions_that_update_the_same_version_one_wins_whole()
    {
        var version = (await Table.AddEntityAsync(new TableEntity("監査", "head"))).Headers.ETag!.Value;

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(async number =>
        {
            try
            {
                await Table.SubmitTransactionAsync([Action(TableTransactionActionType.Add, $"event-{number}"), Action(TableTransactionActionType.UpdateMerge, "head", version)]);
                return 204;
            }
            catch (TableTransactionFailedException failure)
            {
                return failure.Status;
            }
        }));

        Assert.Single(outcomes, 204);
        Assert.Equal(7, outcomes.Count(status => status == 412));
        Assert.Equal(2, Table.Query<TableEntity>().Count());
    }

    [Fact]
    public async Task Empty_transaction_is_refused()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => Table.SubmitTransactionAsync([]));
        await Assert.ThrowsAsync<ArgumentNullException>(() => Table.SubmitTransactionAsync(null!));
    }

    private static TableTransactionAction Action(TableTransactionActionType type, string row, ETag etag = default) =>
        new(type, new TableEntity("監査", row) { ["New"] = "新しい値" }, etag);
}
