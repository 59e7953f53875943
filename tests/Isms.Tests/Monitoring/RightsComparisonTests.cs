using System.Globalization;
using System.Text;
using Isms.Monitoring;
using Isms.Organizations;

namespace Isms.Tests.Monitoring;

/// <summary>Sheets of very many rights: their order and their difference are exact, and cost memory for what they hold only.</summary>
public sealed class RightsComparisonTests
{
    private const int Users = 5_000;

    [Fact]
    public void The_order_is_that_of_the_keys_whatever_stands_in_them()
    {
        string[] parts = ["", "a", "a|", "a|b", "ab", "a ", "a~", "Mail.Read/", "Mail.Read/0", "all users", "部門"];
        var random = new Random(7);
        string Part() => parts[random.Next(parts.Length)];
        var rights = Enumerable.Range(0, 3_000).Select(_ => new Right(Part(), Part(), "", "user", "", Part(), Part(), random.Next(3) == 0 ? null : Part())).ToList();

        Assert.Equal(
            rights.Select(r => r.Key).Distinct().OrderBy(k => k, StringComparer.Ordinal), RightOrder.Sorted(rights).Select(r => r.Key));
    }

    [Fact]
    public void The_difference_is_that_of_the_keys_whatever_order_the_earlier_rights_come_in()
    {
        var random = new Random(11);
        List<Right> Some() => [.. Enumerable.Range(0, 2_000).Select(_ => Of(random.Next(1_000), random.Next(3)))];
        var (before, after) = (Some(), Some());

        var difference = RightsDifference.Between("earlier", before, after);

        var (earlier, later) = (before.Select(r => r.Key).ToHashSet(), after.Select(r => r.Key).ToHashSet());
        Assert.Equal(later.Except(earlier).Order(StringComparer.Ordinal), difference.Gained.Select(r => r.Key));
        Assert.Equal(earlier.Except(later).Order(StringComparer.Ordinal), difference.Lost.Select(r => r.Key));
    }

    [Fact]
    public void A_kind_that_one_of_two_partial_snapshots_lacks_is_neither_gained_nor_lost()
    {
        var (role, member) = (Of(1, 0) with { Kind = RightKinds.ActiveRole }, Of(2, 0));
        var owner = Of(3, 0) with { Kind = RightKinds.Ownership };
        var comparison = new RightsComparison([role, owner], isPartial: true);
        comparison.Add(member);
        comparison.Add(owner with { HolderId = "another" });

        var difference = comparison.End("earlier");

        Assert.Equal([owner], difference.Gained);
        Assert.Equal(["another"], difference.Lost.Select(r => r.HolderId));
    }

    [Fact]
    public void Earlier_rights_that_are_still_there_pass_by_without_a_byte_kept()
    {
        var rights = RightOrder.Sorted(Enumerable.Range(0, Users).Select(i => Of(i, i % 7)));
        var comparison = new RightsComparison(rights, isPartial: false);
        comparison.Add(rights[0]);

        var before = GC.GetAllocatedBytesForCurrentThread();
        foreach (var right in rights)
        {
            comparison.Add(right);
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, Users);
        Assert.Empty(comparison.End("earlier").Lost);
    }

    [Fact]
    public void A_sheet_takes_little_more_than_its_rights()
    {
        var snapshot = new AccessRightsSnapshot();
        void Add(string kind, string json) => snapshot.Add(kind, Encoding.UTF8.GetBytes(json));
        Add(AccessRightsKinds.Groups, """{"id":"everybody","displayName":"Everybody"}""");
        Add(AccessRightsKinds.Groups, """{"id":"outer","displayName":"Outer"}""");
        Add(AccessRightsKinds.GroupMembers, """{"parent":"outer","row":{"id":"everybody"}}""");
        for (var i = 0; i < Users; i++)
        {
            Add(AccessRightsKinds.Users, $$"""{"id":"{{Id(i)}}","displayName":"User {{i}}","userPrincipalName":"u{{i}}@example.jp","accountEnabled":true}""");
            Add(AccessRightsKinds.GroupMembers, $$$"""{"parent":"everybody","row":{"id":"{{{Id(i)}}}"}}""");
        }

        var analysis = new AccessRightsAnalysis(snapshot, new PolicyLimits(), new DateTimeOffset(2026, 7, 1, 0, 0, 0, TimeSpan.Zero));
        var before = GC.GetAllocatedBytesForCurrentThread();
        var rights = analysis.Rights();
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        // Each directly, each through the group in the group, and the inner group itself.
        Assert.Equal((2 * Users) + 1, rights.Count);
        // A right is 80 bytes; a key of it would be 200 more.
        Assert.InRange(allocated / rights.Count, 80, 250);
        Assert.All(rights.Where(r => r.HolderType == "user").GroupBy(r => r.HolderId), same => Assert.Single(same.Select(r => r.HolderId).Distinct(ReferenceEqualityComparer.Instance)));
    }

    private static string Id(int number) => string.Create(CultureInfo.InvariantCulture, $"{number:00000000}-0000-4000-8000-000000000000");

    private static Right Of(int holder, int group) =>
        new(RightKinds.GroupMembership, Id(holder), "", "user", "", string.Create(CultureInfo.InvariantCulture, $"group-{group}"), "/");
}
