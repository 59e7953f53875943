using System.IO.Hashing;
using System.Text;

namespace LocalRuntime.Tests.Hashing;

/// <summary>Check values: the CRC-64/ECMA-182 entry of the catalogue of parametrised CRC algorithms, and the documentation of the original.</summary>
public sealed class Crc64Tests
{
    private const ulong CheckValue = 0x6C40_DF5F_0B49_7347;

    [Fact]
    public void Check_value_of_the_nine_digits_is_the_catalogued_one() => Assert.Equal(CheckValue, Crc64.HashToUInt64("123456789"u8));

    [Fact]
    public void Hash_is_written_most_significant_byte_first() =>
        Assert.Equal(Convert.FromHexString("6C40DF5F0B497347"), Crc64.Hash("123456789"u8));

    [Fact]
    public void Message_followed_by_its_hash_has_the_hash_zero()
    {
        var message = Encoding.UTF8.GetBytes("実施した証拠がなければ「やったこと」にならない");

        Assert.Equal(0UL, Crc64.HashToUInt64([.. message, .. Crc64.Hash(message)]));
    }

    [Fact]
    public void Nothing_has_the_hash_zero() => Assert.Equal(0UL, Crc64.HashToUInt64([]));

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(13)]
    [InlineData(4096)]
    public void Hash_does_not_depend_on_how_the_data_was_cut(int piece)
    {
        var data = Enumerable.Range(0, 10_000).Select(i => (byte)(i * 31 >> 3)).ToArray();
        var crc = new Crc64();

        for (var start = 0; start < data.Length; start += piece)
            crc.Append(data.AsSpan(start, Math.Min(piece, data.Length - start)));

        Assert.Equal(BitByBit(data), crc.GetCurrentHashAsUInt64());
    }

    [Fact]
    public async Task Streams_are_appended_from_where_they_stand_to_their_end()
    {
        var data = Enumerable.Range(0, 9_000).Select(i => (byte)i).ToArray();
        var (sync, async) = (new Crc64(), new Crc64());

        sync.Append(new MemoryStream(data) { Position = 100 });
        await async.AppendAsync(new MemoryStream(data) { Position = 100 });

        Assert.Equal(BitByBit(data.AsSpan(100)), sync.GetCurrentHashAsUInt64());
        Assert.Equal(sync.GetCurrentHash(), async.GetCurrentHash());
    }

    [Fact]
    public void Current_hash_leaves_the_state_and_reset_clears_it()
    {
        var crc = new Crc64();
        crc.Append("12345"u8);
        _ = crc.GetCurrentHash();
        crc.Append("6789"u8.ToArray());

        Assert.Equal(CheckValue, crc.GetCurrentHashAsUInt64());
        Assert.Equal(Crc64.Hash("123456789"u8), crc.GetHashAndReset());
        Assert.Equal(new byte[8], crc.GetHashAndReset());
    }

    [Fact]
    public void Destination_that_is_too_short_is_refused_and_state_kept()
    {
        var crc = new Crc64();
        crc.Append("123456789"u8);

        Assert.False(crc.TryGetHashAndReset(new byte[7], out var written));
        Assert.Equal(0, written);
        Assert.Throws<ArgumentException>("destination", () => crc.GetCurrentHash(new byte[7]));
        Assert.Throws<ArgumentException>("destination", () => Crc64.Hash([], new byte[7]));
        Assert.Equal(CheckValue, crc.GetCurrentHashAsUInt64());
        Assert.Equal(8, crc.GetHashAndReset(new byte[9]));
    }

    [Fact]
    public void Missing_data_is_refused()
    {
        Assert.Throws<ArgumentNullException>("source", () => Crc64.Hash(null!));
        Assert.Throws<ArgumentNullException>("stream", () => new Crc64().Append((Stream)null!));
    }

    private static ulong BitByBit(ReadOnlySpan<byte> data)
    {
        var crc = 0UL;
        foreach (var value in data)
        {
            crc ^= (ulong)value << 56;
            for (var bit = 0; bit < 8; bit++)
                crc = crc >> 63 == 0 ? crc << 1 : (crc << 1) ^ 0x42F0_E1EB_A9EA_3693;
        }
        return crc;
    }
}
