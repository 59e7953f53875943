namespace SampleTenant.Directory;

/// <summary>
/// GUIDs that carry their index in disguise: listing needs no table of ids, and neither does looking one up.
/// </summary>
internal static class ObjectIds
{
    /// <summary>The id of the object number <paramref name="index"/> of a topic.</summary>
    public static Guid Create(ulong seed, ulong topic, int index)
    {
        var rest = Noise.Bits(seed, topic, (ulong)index);
        var more = Noise.Next(rest);
        var first = Scramble((uint)index, Key(seed, topic));
        return new Guid(
            first,
            (ushort)rest,
            (ushort)(0x4000 | ((rest >> 16) & 0x0FFF)),
            (byte)(0x80 | ((rest >> 32) & 0x3F)),
            (byte)(rest >> 40),
            (byte)more,
            (byte)(more >> 8),
            (byte)(more >> 16),
            (byte)(more >> 24),
            (byte)(more >> 32),
            (byte)(more >> 40));
    }

    /// <summary>The index behind an id, or -1 if the id is not of this seed and topic.</summary>
    public static int IndexOf(ulong seed, ulong topic, Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes);
        var index = unchecked((int)Unscramble(BitConverter.ToUInt32(bytes), Key(seed, topic)));
        return index >= 0 && Create(seed, topic, index) == id ? index : -1;
    }

    private static uint Key(ulong seed, ulong topic) => (uint)(Noise.Bits(seed, topic, ulong.MaxValue) >> 16);

    // Multiplication by an odd number and xor-shifts by half the width can be undone exactly.
    private static uint Scramble(uint value, uint key)
    {
        unchecked
        {
            value = (value ^ key) * 0x9E3779B1;
            value ^= value >> 16;
            return value * 0x85EBCA6B;
        }
    }

    private static uint Unscramble(uint value, uint key)
    {
        unchecked
        {
            value *= Inverse(0x85EBCA6B);
            value ^= value >> 16;
            return (value * Inverse(0x9E3779B1)) ^ key;
        }
    }

    private static uint Inverse(uint odd)
    {
        unchecked
        {
            var x = odd;
            for (var i = 0; i < 5; i++)
            {
                x *= 2 - (odd * x);
            }

            return x;
        }
    }
}
