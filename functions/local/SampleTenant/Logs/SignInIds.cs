using SampleTenant.Directory;

namespace SampleTenant.Logs;

/// <summary>Ids of log rows.</summary>
internal static class SignInIds
{
    /// <summary>The id of a sign-in. Minute, feed and number are in it, so that no two can be equal.</summary>
    public static Guid Create(ulong seed, LogEntry entry)
    {
        var minute = (uint)(entry.Ticks / TimeSpan.TicksPerMinute - 900_000_000);
        var key = Noise.Bits(seed, Topic.SignIn, minute);
        var place = ((uint)entry.Number << 3 | (uint)entry.Feed) ^ (uint)(key >> 40);
        return new Guid(
            (minute * 0x9E3779B1) ^ (uint)seed,
            (ushort)entry.Bits,
            (ushort)(0x4000 | (entry.Bits >> 16 & 0x0FFF)),
            (byte)(0x80 | (entry.Bits >> 32 & 0x3F)),
            (byte)(entry.Bits >> 40),
            (byte)place,
            (byte)(place >> 8),
            (byte)(place >> 16),
            (byte)(entry.Bits >> 48),
            (byte)(entry.Bits >> 56),
            0);
    }

    public static Guid FromBits(ulong bits)
    {
        var more = Noise.Next(bits);
        return new Guid(
            (uint)bits,
            (ushort)(bits >> 32),
            (ushort)(0x4000 | (bits >> 48 & 0x0FFF)),
            (byte)(0x80 | (more & 0x3F)),
            (byte)(more >> 8),
            (byte)(more >> 16),
            (byte)(more >> 24),
            (byte)(more >> 32),
            (byte)(more >> 40),
            (byte)(more >> 48),
            (byte)(more >> 56));
    }
}
