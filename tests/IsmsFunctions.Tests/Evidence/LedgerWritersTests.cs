using System.Globalization;
using Azure.Data.Tables;
using Isms.Evidence;
using IsmsFunctions.Evidence;

namespace IsmsFunctions.Tests.Evidence;

public sealed class LedgerWritersTests
{
    private const int Appends = 1_000;
    private const int Writers = 16;
    private const int Processes = 4;
    private const int EntriesInBlock = 256;

    [Fact]
    public async Task A_thousand_appends_of_sixteen_writers_in_four_processes_leave_no_gap_no_double_and_one_root()
    {
        using var bench = await EvidenceBench.StartAsync();
        var processes = Enumerable.Range(0, Processes).Select(_ => new Ledger(bench.Storage, bench.Clock)).ToList();
        var next = -1;
        var places = new long[Appends];

        // Every tenth item is appended by two writers: whoever repeats a recording comes to the same place.
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(async () =>
        {
            int number;
            while ((number = Interlocked.Increment(ref next)) < Appends)
            {
                places[number] = await processes[writer % Processes].AppendAsync(IdOf(number), LeafOf(number), default);
                if (number % 10 == 0)
                {
                    Assert.Equal(places[number], await processes[(writer + 1) % Processes].AppendAsync(IdOf(number), LeafOf(number), default));
                }
            }
        })));

        Assert.Equal(Enumerable.Range(0, Appends).Select(i => (long)i), places.Order());
        var head = await bench.Ledger.HeadAsync(default);
        var entries = await bench.Ledger.ListEntriesAsync(head.Size, default).ToListAsync();
        Assert.Equal(Appends, head.Size);
        Assert.All(entries, e => Assert.Equal(places[int.Parse(e.Id.AsSpan(5), CultureInfo.InvariantCulture)], e.Index));
        var leaves = new byte[Appends][];
        for (var number = 0; number < Appends; number++)
        {
            leaves[places[number]] = LeafOf(number);
        }

        Assert.Equal(Convert.ToHexStringLower(MerkleTree.Root(leaves)), head.Root);

        // An entry has two rows, a full block of entries its root, and the ledger its head.
        Assert.Equal((2 * Appends) + (Appends / EntriesInBlock) + 1, await new TableServiceClient(bench.ConnectionString).GetTableClient(Ledger.TableName).QueryAsync<TableEntity>(maxPerPage: 1_000).CountAsync());
        processes.ForEach(p => p.Dispose());
    }

    private static string IdOf(int number) => "item-" + number.ToString(CultureInfo.InvariantCulture);

    private static byte[] LeafOf(int number) => MerkleTree.LeafHash(BitConverter.GetBytes(number));
}
