using System.Globalization;
using System.Text;

namespace SampleTenant.OData;

/// <summary>The opaque place in a listing where the next page goes on.</summary>
/// <param name="Position">The place.</param>
/// <param name="Snapshot">The time of the first page, in UTC ticks: a listing shows one moment.</param>
/// <param name="AfterEmpty">Whether the page before had no rows, which happens once in a row only.</param>
internal readonly record struct SkipToken(long Position, long Snapshot, bool AfterEmpty)
{
    /// <summary>A place, tied to the listing it was made for.</summary>
    public string Encode(string listing)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{(AfterEmpty ? 2 : 1)}.{Position:x}.{Snapshot:x}.{Check(listing):x}");
        return Convert.ToBase64String(Encoding.ASCII.GetBytes(text)).TrimEnd('=').Replace('+', '-').Replace('/', '_');
    }

    /// <returns>The place, or null if the token was not made for this listing.</returns>
    public static SkipToken? Decode(string token, string listing)
    {
        try
        {
            var padded = token.Replace('-', '+').Replace('_', '/').PadRight((token.Length + 3) / 4 * 4, '=');
            var parts = Encoding.ASCII.GetString(Convert.FromBase64String(padded)).Split('.');
            return parts is [var kind, var position, var snapshot, var check] && Hex(check) == Check(listing)
                ? new SkipToken(Hex(position), Hex(snapshot), kind == "2")
                : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static long Hex(string text) => long.Parse(text, NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    private static long Check(string listing)
    {
        var hash = 14695981039346656037UL;
        foreach (var c in listing)
        {
            hash = unchecked((hash ^ c) * 1099511628211UL);
        }

        return (long)(hash & long.MaxValue);
    }
}
