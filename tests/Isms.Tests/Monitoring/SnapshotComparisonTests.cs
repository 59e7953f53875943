using System.Text.Json;
using Isms.Monitoring.Snapshots;

namespace Isms.Tests.Monitoring;

public sealed class SnapshotComparisonTests
{
    private static readonly RowTracking Settings = new("displayName", Except: ["modifiedDateTime"]);
    private readonly SnapshotComparison comparison = new(new Dictionary<string, RowTracking>
    {
        ["policies"] = Settings,
        ["users"] = new("userPrincipalName", ["accountEnabled", "manager.id", "assignedLicenses"]),
    });

    [Fact]
    public void What_was_added_removed_and_changed_is_told_and_the_rest_is_not()
    {
        Present("users", """{"id":"1","userPrincipalName":"same","accountEnabled":true,"jobTitle":"new title"}""");
        Present("users", """{"id":"2","userPrincipalName":"moved","accountEnabled":true,"manager":{"id":"b"}}""");
        Present("users", """{"id":"3","userPrincipalName":"joined","accountEnabled":true}""");
        Past("users", """{"id":"1","userPrincipalName":"same","accountEnabled":true,"jobTitle":"title"}""");
        Past("users", """{"id":"2","userPrincipalName":"moved","accountEnabled":true,"manager":{"id":"a"}}""");
        Past("users", """{"id":"4","userPrincipalName":"left","accountEnabled":true}""");

        var difference = comparison.Conclude("item", new HashSet<string>());

        Assert.Equal(
            [("joined", ChangeKinds.Added), ("left", ChangeKinds.Removed), ("moved", ChangeKinds.Changed)], difference.Changes.Select(c => (c.Name, c.What)));
        Assert.Equal(new ValueChange("manager.id", "a", "b"), Assert.Single(difference.Changes[2].Values));
    }

    [Fact]
    public void Every_setting_counts_wherever_it_is_and_in_whatever_order_lists_come()
    {
        Present("policies", """{"id":"1","displayName":"CA","modifiedDateTime":"2026-02-01T00:00:00Z","conditions":{"users":{"includeRoles":["b","a"]}},"values":[{"name":"y","value":"2"},{"name":"x","value":"3"}]}""");
        Past("policies", """{"id":"1","displayName":"CA","modifiedDateTime":"2026-01-01T00:00:00Z","conditions":{"users":{"includeRoles":["a","b"]},"gone":true},"values":[{"name":"x","value":"1"},{"name":"y","value":"2"}]}""");

        var change = Assert.Single(comparison.Conclude("item", new HashSet<string>()).Changes);

        Assert.Equal([new ValueChange("values[x].value", "1", "3"), new ValueChange("conditions.gone", "true", null)], change.Values);
    }

    [Fact]
    public void A_list_of_objects_is_compared_by_their_ids()
    {
        Present("users", """{"id":"1","userPrincipalName":"u","accountEnabled":true,"assignedLicenses":[{"skuId":"b"},{"skuId":"a"}]}""");
        Past("users", """{"id":"1","userPrincipalName":"u","accountEnabled":true,"assignedLicenses":[{"skuId":"a"}]}""");

        Assert.Equal(new ValueChange("assignedLicenses", "a", "a, b"), Assert.Single(Assert.Single(comparison.Conclude("item", new HashSet<string>()).Changes).Values));
    }

    [Fact]
    public void Kinds_that_one_snapshot_lacks_rows_of_are_not_compared()
    {
        Past("users", """{"id":"1","userPrincipalName":"u"}""");

        var difference = comparison.Conclude("item", new HashSet<string> { "users" });

        Assert.Empty(difference.Changes);
        Assert.Equal(["users"], difference.NotCompared);
    }

    [Fact]
    public void Rows_below_others_are_told_apart_by_both_ids()
    {
        Present("policies", """{"parent":"p1","row":{"id":"1","displayName":"a"}}""");
        Past("policies", """{"parent":"p2","row":{"id":"1","displayName":"a"}}""");

        Assert.Equal([("p1/1", ChangeKinds.Added), ("p2/1", ChangeKinds.Removed)], comparison.Conclude("item", new HashSet<string>()).Changes.Select(c => (c.Id, c.What)));
    }

    private void Present(string kind, string row) => comparison.AddPresent(kind, JsonDocument.Parse(row).RootElement);

    private void Past(string kind, string row) => comparison.AddPast(kind, JsonDocument.Parse(row).RootElement);
}
