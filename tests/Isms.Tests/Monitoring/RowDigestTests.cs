using Isms.Monitoring;

namespace Isms.Tests.Monitoring;

public sealed class RowDigestTests
{
    [Fact]
    public void Equal_rows_have_equal_digests_and_rows_that_differ_in_a_bit_or_in_length_do_not()
    {
        var seen = new HashSet<UInt128>();
        for (var length = 0; length <= 40; length++)
        {
            var row = new byte[length];
            Assert.Equal(RowDigest.Of(row), RowDigest.Of(row.ToArray()));
            Assert.True(seen.Add(RowDigest.Of(row)));
            for (var bit = 0; bit < 8 * length; bit++)
            {
                row[bit / 8] ^= (byte)(1 << (bit % 8));
                Assert.True(seen.Add(RowDigest.Of(row)));
                row[bit / 8] ^= (byte)(1 << (bit % 8));
            }
        }
    }

    [Fact]
    public void Both_halves_of_a_digest_tell_a_million_rows_apart()
    {
        var (low, high) = (new HashSet<ulong>(), new HashSet<ulong>());
        Span<byte> row = stackalloc byte[24];
        for (var i = 0; i < 1_000_000; i++)
        {
            System.Buffers.Binary.BinaryPrimitives.WriteInt32LittleEndian(row[7..], i);
            var digest = RowDigest.Of(row);
            low.Add((ulong)digest);
            high.Add((ulong)(digest >> 64));
        }

        Assert.Equal((1_000_000, 1_000_000), (low.Count, high.Count));
    }
}
