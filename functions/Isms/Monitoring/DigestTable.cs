namespace Isms.Monitoring;

/// <summary>A set of 64-bit digests in one array, nothing else: eight bytes each, and as much again to keep look-ups short.</summary>
public sealed class DigestTable
{
    private const ulong Free = 0;
    private const int Shortest = 1_024;
    private ulong[] slots = new ulong[Shortest];

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>Adds a digest; false when it is there already.</summary>
    public bool Add(ulong digest)
    {
        if (Count >= slots.Length / 4 * 3)
        {
            Grow();
        }

        var place = Find(Stored(digest));
        if (slots[place] != Free)
        {
            return false;
        }

        slots[place] = Stored(digest);
        Count++;
        return true;
    }

    /// <summary>Whether a digest is there.</summary>
    public bool Contains(ulong digest) => slots[Find(Stored(digest))] != Free;

    private static ulong Stored(ulong digest) => digest == Free ? 1 : digest;

    /// <summary>Where it is, or the free slot where it would be.</summary>
    private int Find(ulong digest)
    {
        var mask = slots.Length - 1;
        // Fibonacci hashing: digests of ids need not be spread evenly.
        var place = (int)((digest * 0x9E3779B97F4A7C15) >> 33) & mask;
        while (slots[place] != Free && slots[place] != digest)
        {
            place = (place + 1) & mask;
        }

        return place;
    }

    private void Grow()
    {
        var before = slots;
        slots = new ulong[before.Length * 2];
        foreach (var digest in before)
        {
            if (digest != Free)
            {
                slots[Find(digest)] = digest;
            }
        }
    }
}
