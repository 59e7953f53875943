using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace IsmsFunctions.Monitoring.Graph;

/// <summary>
/// Finds where a row ends, sixty-four bytes at a time: braces and brackets that are not inside a string are counted, nothing else is looked at. A row is kept as received
/// and read by those who ask what is in it; on the way its tokens would be the costliest part of a page.
/// </summary>
public static class RowScanner
{
    private const int BlockLength = 64;

    /// <summary>How long the object is that the bytes begin with; -1 when it is not whole.</summary>
    public static int LengthOf(ReadOnlySpan<byte> bytes)
    {
        var (depth, carries) = (0, default(Carries));
        var place = 0;
        for (; bytes.Length - place >= BlockLength; place += BlockLength)
        {
            if (EndIn(in MemoryMarshal.GetReference(bytes[place..]), ref depth, ref carries) is >= 0 and var end)
            {
                return place + end + 1;
            }
        }

        Span<byte> rest = stackalloc byte[BlockLength];
        rest.Clear();
        bytes[place..].CopyTo(rest);
        return EndIn(in MemoryMarshal.GetReference(rest), ref depth, ref carries) is >= 0 and var last ? place + last + 1 : -1;
    }

    /// <summary>Where in a block the depth comes to nought; -1 when it does not.</summary>
    private static int EndIn(ref readonly byte block, ref int depth, ref Carries carries)
    {
        var first = Vector256.LoadUnsafe(in block);
        var second = Vector256.LoadUnsafe(in block, 32);
        var quotes = Matches(first, second, (byte)'"') & ~Escaped(Matches(first, second, (byte)'\\'), ref carries);
        var inside = PrefixXor(quotes) ^ carries.InString;
        carries.InString = (ulong)((long)inside >> 63);
        // A bracket differs from a brace in one bit.
        var (low, high) = (first | Vector256.Create((byte)0x20), second | Vector256.Create((byte)0x20));
        var opening = Matches(low, high, (byte)'{') & ~inside;
        var closing = Matches(low, high, (byte)'}') & ~inside;
        var closed = BitOperations.PopCount(closing);
        if (closed >= depth)
        {
            var left = closing;
            for (var number = 1; left != 0; number++, left &= left - 1)
            {
                var before = (left & (~left + 1)) - 1;
                if (depth + BitOperations.PopCount(opening & before) == number)
                {
                    return BitOperations.TrailingZeroCount(left);
                }
            }
        }

        depth += BitOperations.PopCount(opening) - closed;
        return -1;
    }

    private static ulong Matches(Vector256<byte> first, Vector256<byte> second, byte value)
    {
        var wanted = Vector256.Create(value);
        return Vector256.Equals(first, wanted).ExtractMostSignificantBits() | ((ulong)Vector256.Equals(second, wanted).ExtractMostSignificantBits() << 32);
    }

    /// <summary>The characters behind a backslash that is not itself escaped.</summary>
    private static ulong Escaped(ulong backslashes, ref Carries carries)
    {
        var escaped = carries.Escape;
        carries.Escape = 0;
        for (var left = backslashes & ~escaped; left != 0;)
        {
            var lowest = left & (~left + 1);
            escaped |= lowest << 1;
            carries.Escape = lowest >> 63;
            left &= ~(lowest | (lowest << 1));
        }

        return escaped;
    }

    /// <summary>Each bit becomes the parity of itself and those below: from a quotation mark up to the next one it is set.</summary>
    private static ulong PrefixXor(ulong bits)
    {
        bits ^= bits << 1;
        bits ^= bits << 2;
        bits ^= bits << 4;
        bits ^= bits << 8;
        bits ^= bits << 16;
        return bits ^ (bits << 32);
    }

    /// <summary>What one block leaves to the next: all bits when it ends inside a string, the lowest when it ends with an escape.</summary>
    private struct Carries
    {
        public ulong InString;
        public ulong Escape;
    }
}
