using System.Buffers.Binary;

namespace System.IO.Hashing;

/// <summary>
/// CRC-64 as in ECMA-182, annex B: the polynomial 0x42F0E1EBA9EA3693, most significant bit first, starting from zero.
/// Hashes come in big-endian order, so that a message followed by its hash has the hash zero.
/// </summary>
public sealed class Crc64 : NonCryptographicHashAlgorithm
{
    private const ulong Polynomial = 0x42F0_E1EB_A9EA_3693;

    private static readonly ulong[] Tables = CreateTables();

    private ulong crc;

    /// <summary>Starts with no data.</summary>
    public Crc64()
        : base(sizeof(ulong))
    {
    }

    /// <summary>The hash of the data.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="source"/> is null.</exception>
    public static byte[] Hash(byte[] source)
    {
        ArgumentNullException.ThrowIfNull(source);
        return Hash(new ReadOnlySpan<byte>(source));
    }

    /// <summary>The hash of the data.</summary>
    public static byte[] Hash(ReadOnlySpan<byte> source)
    {
        var hash = new byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(hash, HashToUInt64(source));
        return hash;
    }

    /// <summary>Writes the hash of the data.</summary>
    /// <returns>How many bytes were written: 8.</returns>
    /// <exception cref="ArgumentException"><paramref name="destination"/> is too short.</exception>
    public static int Hash(ReadOnlySpan<byte> source, Span<byte> destination) =>
        TryHash(source, destination, out var written) ? written : throw new ArgumentException("Destination is too short.", nameof(destination));

    /// <summary>Writes the hash of the data, if there is room.</summary>
    public static bool TryHash(ReadOnlySpan<byte> source, Span<byte> destination, out int bytesWritten)
    {
        bytesWritten = destination.Length < sizeof(ulong) ? 0 : sizeof(ulong);
        if (bytesWritten == 0)
            return false;
        BinaryPrimitives.WriteUInt64BigEndian(destination, HashToUInt64(source));
        return true;
    }

    /// <summary>The hash of the data as a number.</summary>
    public static ulong HashToUInt64(ReadOnlySpan<byte> source) => Update(0, source);

    /// <inheritdoc />
    public override void Append(ReadOnlySpan<byte> source) => crc = Update(crc, source);

    /// <inheritdoc />
    public override void Reset() => crc = 0;

    /// <summary>The hash of the data so far as a number; more data may follow.</summary>
    public ulong GetCurrentHashAsUInt64() => crc;

    /// <inheritdoc />
    protected override void GetCurrentHashCore(Span<byte> destination) => BinaryPrimitives.WriteUInt64BigEndian(destination, crc);

    /// <summary>Eight bytes at a time: table k holds what a byte does to the remainder k bytes later ("slicing by 8").</summary>
    private static ulong Update(ulong crc, ReadOnlySpan<byte> source)
    {
        ReadOnlySpan<ulong> tables = Tables;
        while (source.Length >= sizeof(ulong))
        {
            var x = crc ^ BinaryPrimitives.ReadUInt64BigEndian(source);
            crc = tables[(7 * 256) + (int)(x >> 56)]
                ^ tables[(6 * 256) + (int)((x >> 48) & 0xFF)]
                ^ tables[(5 * 256) + (int)((x >> 40) & 0xFF)]
                ^ tables[(4 * 256) + (int)((x >> 32) & 0xFF)]
                ^ tables[(3 * 256) + (int)((x >> 24) & 0xFF)]
                ^ tables[(2 * 256) + (int)((x >> 16) & 0xFF)]
                ^ tables[256 + (int)((x >> 8) & 0xFF)]
                ^ tables[(int)(x & 0xFF)];
            source = source[sizeof(ulong)..];
        }
        foreach (var next in source)
            crc = tables[(int)(crc >> 56) ^ next] ^ (crc << 8);
        return crc;
    }

    private static ulong[] CreateTables()
    {
        var tables = new ulong[8 * 256];
        for (var value = 0; value < 256; value++)
        {
            var crc = (ulong)value << 56;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc & (1UL << 63)) == 0 ? crc << 1 : (crc << 1) ^ Polynomial;
            tables[value] = crc;
        }
        for (var i = 256; i < tables.Length; i++)
        {
            var previous = tables[i - 256];
            tables[i] = tables[(int)(previous >> 56)] ^ (previous << 8);
        }
        return tables;
    }
}
