namespace SampleTenant.Directory;

/// <summary>
/// Randomness without state: a number is a function of the seed, a topic and an index, so that any part of the organisation
/// and any window of its logs can be computed on its own, in any order, and always the same.
/// </summary>
internal static class Noise
{
    /// <summary>64 well-mixed bits (the finaliser of SplitMix64).</summary>
    public static ulong Bits(ulong seed, ulong topic, ulong index) => Mix(Mix(Mix(seed + 0x9E3779B97F4A7C15) ^ topic) ^ index);

    /// <summary>A number in [0, 1).</summary>
    public static double Unit(ulong seed, ulong topic, ulong index) => ToUnit(Bits(seed, topic, index));

    /// <summary>An integer in [0, <paramref name="limit"/>).</summary>
    public static int Below(ulong seed, ulong topic, ulong index, int limit) => ToBelow(Bits(seed, topic, index), limit);

    /// <summary>The same, from bits at hand.</summary>
    public static int ToBelow(ulong bits, int limit) => (int)(((bits >> 32) * (ulong)limit) >> 32);

    /// <summary>A number in [0, 1) from bits at hand.</summary>
    public static double ToUnit(ulong bits) => (bits >> 11) * (1.0 / (1UL << 53));

    /// <summary>More bits from bits at hand.</summary>
    public static ulong Next(ulong bits) => Mix(bits + 0x9E3779B97F4A7C15);

    private static ulong Mix(ulong z)
    {
        unchecked
        {
            z += 0x9E3779B97F4A7C15;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return z ^ (z >> 31);
        }
    }
}
