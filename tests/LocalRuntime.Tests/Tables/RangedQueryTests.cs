using Azure.Data.Tables;
using IsmsFunctions.Testing;

namespace LocalRuntime.Tests.Tables;

/// <summary>
/// The emulator is made to look keys up instead of walking through all rows (<c>scripts/azurite/ranged-queries.cjs</c>). It must find what it found before: also among keys
/// that look like numbers, which its index sorts otherwise than texts.
/// </summary>
public sealed class RangedQueryTests(AzuriteFixture azurite) : TableTests(azurite)
{
    private static readonly string[] Beginnings = ["", "0", "10", "9", "-1", "1e3", "Infinity", "Jahr", "NaN", "item-", "q:", "t:25", "record~", "監査-", "Z"];
    private static readonly string[] Partitions = ["p", "10", "9", "監査"];

    [Fact]
    public async Task Ranges_of_keys_hold_exactly_the_rows_between_their_ends()
    {
        var random = new Random(20260401);
        var keys = Partitions.SelectMany(partition => Enumerable.Range(0, 60).Select(_ => (Partition: partition, Row: KeyOf(random)))).Distinct().ToList();
        foreach (var partition in keys.GroupBy(key => key.Partition))
        {
            await Table.SubmitTransactionAsync(partition.Select(key => new TableTransactionAction(TableTransactionActionType.Add, new TableEntity(key.Partition, key.Row))));
        }

        for (var round = 0; round < 200; round++)
        {
            var partition = Partitions[random.Next(Partitions.Length)];
            var (from, to) = (KeyOf(random), KeyOf(random));
            var (isOpen, hasEnd, allPartitions) = (random.Next(2) == 0, random.Next(3) > 0, random.Next(4) == 0);
            var filter = string.Join(" and ", new[]
            {
                allPartitions ? null : TableClient.CreateQueryFilter($"PartitionKey eq {partition}"),
                isOpen ? TableClient.CreateQueryFilter($"RowKey gt {from}") : TableClient.CreateQueryFilter($"RowKey ge {from}"),
                hasEnd ? TableClient.CreateQueryFilter($"RowKey lt {to}") : null,
            }.OfType<string>());

            var expected = keys
                .Where(key => allPartitions || key.Partition == partition)
                .Where(key => string.CompareOrdinal(key.Row, from) is var order && (isOpen ? order > 0 : order >= 0))
                .Where(key => !hasEnd || string.CompareOrdinal(key.Row, to) < 0)
                .OrderBy(key => key.Partition, StringComparer.Ordinal).ThenBy(key => key.Row, StringComparer.Ordinal)
                .ToList();
            var found = await Table.QueryAsync<TableEntity>(filter, maxPerPage: 7).Select(row => (row.PartitionKey, row.RowKey)).ToListAsync();
            Assert.True(expected.SequenceEqual(found), $"{filter}: {string.Join(", ", expected)} expected, {string.Join(", ", found)} found");
        }
    }

    private static string KeyOf(Random random) => Beginnings[random.Next(Beginnings.Length)] + random.Next(30);
}
