namespace Isms.Monitoring;

/// <summary>The rows that earlier evidence holds, to recognise them when they come again: sixteen bytes for each.</summary>
public sealed class KnownRows
{
    private readonly DigestTable contents = new();
    private readonly DigestTable ids = new();

    /// <summary>Whether there are any.</summary>
    public bool IsEmpty => contents.Count == 0;

    /// <summary>Adds a row.</summary>
    public void Add(ReadOnlySpan<byte> row)
    {
        contents.Add((ulong)RowFields.DigestOf(row));
        ids.Add(Short(RowFields.IdentityOf(row)));
    }

    /// <summary>Whether a row is held as it is.</summary>
    public bool HoldContent(UInt128 digest) => contents.Contains((ulong)digest);

    /// <summary>Whether a version of a row is held.</summary>
    public bool HoldId(UInt128 identity) => ids.Contains(Short(identity));

    private static ulong Short(UInt128 identity) => (ulong)(identity >> 64) ^ ((ulong)identity * 0x9E3779B97F4A7C15);
}
