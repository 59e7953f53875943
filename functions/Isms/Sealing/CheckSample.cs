using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Isms.Sealing;

/// <summary>Chooses which entries a check reads again.</summary>
public static class CheckSample
{
    /// <summary>
    /// Different places of a ledger, in order: chosen by the seed, so that a check can be repeated, and over many nights all of them, each as likely as any other.
    /// </summary>
    /// <param name="size">How many entries there are.</param>
    /// <param name="count">How many to choose; all, when there are not more.</param>
    /// <param name="seed">What decides, such as the date.</param>
    public static IReadOnlyList<long> Of(long size, int count, string seed)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        var chosen = new SortedSet<long>();
        for (long place = size - Math.Min(size, count); place < size; place++)
        {
            // Floyd's sampling: each set of this many places is equally likely, and nothing grows with the ledger.
            var candidate = (long)(Draw(seed, place) % (ulong)(place + 1));
            chosen.Add(chosen.Contains(candidate) ? place : candidate);
        }

        return [.. chosen];
    }

    private static ulong Draw(string seed, long place) =>
        BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{seed}:{place}"))));
}
