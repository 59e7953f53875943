using IsmsFunctions.Hosting;
using IsmsFunctions.Hosting.State;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using IsmsFunctions.Testing;

namespace IsmsFunctions.Tests.Hosting;

public sealed class StateStoreTests(AzuriteFixture azurite) : IClassFixture<AzuriteFixture>, IAsyncLifetime
{
    private readonly string kind = azurite.UniqueName("thing");
    private readonly StateStore states = new(
        new StorageAccounts(Options.Create(new IsmsOptions { Storage = azurite.ConnectionString }), new ConfigurationBuilder().Build()), TimeProvider.System);

    public Task InitializeAsync() => states.PrepareAsync(CancellationToken.None);

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task What_is_stored_is_found_again()
    {
        await states.TryCreateAsync(kind, "a", new Thing("情報資産", 1));
        var found = await states.FindAsync<Thing>(kind, "a");
        Assert.Equal((new Thing("情報資産", 1), 1L), (found!.Value, found.Revision));
        Assert.Null(await states.FindAsync<Thing>(kind, "b"));
    }

    [Fact]
    public async Task A_second_value_of_the_same_id_is_not_created()
    {
        Assert.NotNull(await states.TryCreateAsync(kind, "a", new Thing("first", 1)));
        Assert.Null(await states.TryCreateAsync(kind, "a", new Thing("second", 1)));
        Assert.Equal("first", (await states.FindAsync<Thing>(kind, "a"))!.Value.Name);
    }

    [Fact]
    public async Task A_value_larger_than_a_table_property_survives()
    {
        var long_ = new Thing(string.Concat(Enumerable.Repeat("是正処置の記録", 20_000)), 1);
        await states.TryCreateAsync(kind, "long", long_);
        Assert.Equal(long_, (await states.FindAsync<Thing>(kind, "long"))!.Value);
        await states.UpdateAsync<Thing>(kind, "long", _ => new Thing("short", 2));
        Assert.Equal(new Thing("short", 2), (await states.FindAsync<Thing>(kind, "long"))!.Value);
    }

    [Fact]
    public async Task Of_two_who_read_the_same_version_only_one_replaces_it()
    {
        var read = await states.TryCreateAsync(kind, "a", new Thing("x", 0));
        Assert.NotNull(await states.TryReplaceAsync(read!, new Thing("x", 1)));
        Assert.Null(await states.TryReplaceAsync(read!, new Thing("x", 2)));
    }

    [Fact]
    public async Task Concurrent_changes_are_all_kept()
    {
        await states.TryCreateAsync(kind, "count", new Thing("n", 0));
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => states.UpdateAsync<Thing>(kind, "count", t => t with { Count = t.Count + 1 })));
        var counted = await states.FindAsync<Thing>(kind, "count");
        Assert.Equal((20, 21L), (counted!.Value.Count, counted.Revision));
    }

    [Fact]
    public async Task A_change_starts_from_what_another_instance_has_stored_in_between()
    {
        await states.TryCreateAsync(kind, "a", new Thing("x", 1));
        await Another().UpdateAsync<Thing>(kind, "a", t => t with { Count = 10 });

        var changed = await states.UpdateAsync<Thing>(kind, "a", t => t with { Count = t.Count + 1 });

        Assert.Equal((11, 3L), (changed.Value.Count, changed.Revision));
    }

    [Fact]
    public async Task What_another_instance_has_allowed_in_between_is_not_refused_for_an_old_state()
    {
        await states.TryCreateAsync(kind, "a", new Thing("closed", 1));
        await Another().UpdateAsync<Thing>(kind, "a", t => t with { Name = "open" });

        var changed = await states.UpdateAsync<Thing>(kind, "a", t => t.Name == "open" ? t with { Count = 2 } : throw new InvalidOperationException("It is closed."));

        Assert.Equal(new Thing("open", 2), changed.Value);
    }

    [Fact]
    public async Task Nothing_to_change_is_found_out_from_what_is_stored_now()
    {
        await states.TryCreateAsync(kind, "a", new Thing("x", 1));
        await Another().UpdateAsync<Thing>(kind, "a", t => t with { Count = 2 });

        var unchanged = await states.UpdateAsync<Thing>(kind, "a", t => t.Count == 1 ? t : t with { Name = "seen" });

        Assert.Equal(new Thing("seen", 2), unchanged.Value);
        Assert.Equal(new Thing("seen", 2), (await states.UpdateAsync<Thing>(kind, "a", t => t)).Value);
    }

    [Fact]
    public async Task What_was_deleted_is_not_changed_from_memory()
    {
        await states.TryCreateAsync(kind, "a", new Thing("x", 1));
        await Another().DeleteAsync(kind, "a");
        await Assert.ThrowsAsync<KeyNotFoundException>(() => states.UpdateAsync<Thing>(kind, "a", t => t with { Count = 2 }));
    }

    [Fact]
    public async Task A_command_with_a_known_key_changes_nothing_the_second_time()
    {
        await states.TryCreateAsync(kind, "a", new Thing("x", 0));
        await states.UpdateAsync<Thing>(kind, "a", t => t with { Count = t.Count + 1 }, "key-1");
        await states.UpdateAsync<Thing>(kind, "a", t => t with { Count = t.Count + 1 }, "key-1");
        await states.UpdateAsync<Thing>(kind, "a", t => t with { Count = t.Count + 1 }, "key-2");
        Assert.Equal(2, (await states.FindAsync<Thing>(kind, "a"))!.Value.Count);
    }

    [Fact]
    public async Task A_change_stays_pending_until_this_very_version_was_seen()
    {
        var first = await states.TryCreateAsync(kind, "a", new Thing("x", 0));
        var second = await states.TryReplaceAsync(first!, new Thing("x", 1), wakes: true);
        var third = await states.TryReplaceAsync(second!, new Thing("x", 2), wakes: true);

        await states.AcknowledgeAsync(second!);
        Assert.Contains((kind, "a"), await PendingAsync());

        await states.AcknowledgeAsync(third!);
        Assert.DoesNotContain((kind, "a"), await PendingAsync());
    }

    [Fact]
    public async Task Values_are_listed_by_kind_and_prefix_in_order()
    {
        foreach (var id in new[] { "FY2026-b", "FY2027-a", "FY2026-a" })
        {
            await states.TryCreateAsync(kind, id, new Thing(id, 0));
        }

        Assert.Equal(["FY2026-a", "FY2026-b"], await IdsAsync("FY2026-"));
        Assert.Equal(["FY2026-a", "FY2026-b", "FY2027-a"], await IdsAsync(""));
    }

    private StateStore Another() => new(
        new StorageAccounts(Options.Create(new IsmsOptions { Storage = azurite.ConnectionString }), new ConfigurationBuilder().Build()), TimeProvider.System);

    private async Task<List<string>> IdsAsync(string prefix)
    {
        var ids = new List<string>();
        await foreach (var stored in states.ListAsync<Thing>(kind, prefix))
        {
            ids.Add(stored.Id);
        }

        return ids;
    }

    private async Task<List<(string Kind, string Id)>> PendingAsync()
    {
        var pending = new List<(string, string)>();
        await foreach (var row in states.ListPendingAsync(TimeProvider.System.GetUtcNow().AddMinutes(1)))
        {
            pending.Add(row);
        }

        return pending;
    }

    private sealed record Thing(string Name, int Count);
}
