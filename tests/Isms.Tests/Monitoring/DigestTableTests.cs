using Isms.Monitoring;

namespace Isms.Tests.Monitoring;

public sealed class DigestTableTests
{
    [Fact]
    public void It_holds_what_was_added_and_nothing_else()
    {
        var table = new DigestTable();
        var random = new Random(7);
        var truth = new HashSet<ulong>();
        for (var i = 0; i < 100_000; i++)
        {
            var digest = (ulong)random.NextInt64(2, i % 2 == 0 ? 60_000 : long.MaxValue);
            Assert.Equal(truth.Add(digest), table.Add(digest));
        }

        Assert.Equal(truth.Count, table.Count);
        Assert.All(truth, d => Assert.True(table.Contains(d)));
        Assert.All(Enumerable.Range(0, 60_000), i => Assert.Equal(truth.Contains((ulong)i), table.Contains((ulong)i)));
    }
}
