using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Isms.Rules;
using Microsoft.AspNetCore.Http;

namespace IsmsFunctions.Hosting.Http;

/// <summary>A page of a list.</summary>
/// <param name="Items">The items.</param>
/// <param name="ContinuationToken">Asks for the next page; null at the end.</param>
public sealed record ListPage<T>(IReadOnlyList<T> Items, string? ContinuationToken);

/// <summary>Which page of a list is wanted: <c>?top=&amp;continuationToken=</c>.</summary>
/// <param name="Top">How many items.</param>
/// <param name="After">The key of the last item of the page before; null for the first page.</param>
public sealed record PageRequest(int Top, string? After)
{
    private const int MostTop = 200;
    private const int LongestToken = 1_024;

    /// <summary>What a request wants.</summary>
    /// <param name="request">The request.</param>
    /// <param name="keyPrefix">What all keys of the list begin with: a token of another list is refused.</param>
    /// <param name="defaultTop">How many items where the request does not say.</param>
    /// <exception cref="RefusedException">The number or the token is malformed.</exception>
    public static PageRequest Of(HttpRequest request, string keyPrefix, int defaultTop = MostTop)
    {
        ArgumentNullException.ThrowIfNull(request);
        return new PageRequest(TopOf(request.Query["top"], defaultTop), KeyOf(request.Query["continuationToken"], keyPrefix));
    }

    /// <summary>The page out of what follows <see cref="After"/>, in the order of the keys.</summary>
    /// <param name="following">The items after the key, as many as there are: no more are read than the page needs.</param>
    /// <param name="keyOf">An item's key.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public async Task<ListPage<T>> TakeAsync<T>(IAsyncEnumerable<T> following, Func<T, string> keyOf, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(keyOf);
        var items = await following.Take(Top + 1).ToListAsync(cancellationToken);
        return items.Count <= Top ? new ListPage<T>(items, null) : new ListPage<T>(items[..Top], TokenOf(keyOf(items[Top - 1])));
    }

    /// <summary>The token of the page after the item with this key.</summary>
    public static string TokenOf(string key) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(key));

    private static int TopOf(string? given, int defaultTop) => given switch
    {
        null or "" => defaultTop,
        _ when int.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out var top) && top is >= 1 and <= MostTop => top,
        _ => throw new RefusedException(Refusal.Of(RefusalKind.InvalidInput, "top-malformed", "top", given, given, MostTop)),
    };

    private static string? KeyOf(string? token, string keyPrefix)
    {
        if (string.IsNullOrEmpty(token))
        {
            return null;
        }

        var bytes = new byte[LongestToken];
        return token.Length <= LongestToken && Base64Url.DecodeFromChars(token, bytes, out _, out var length) == OperationStatus.Done
            && Encoding.UTF8.GetString(bytes, 0, length) is var key && key.StartsWith(keyPrefix, StringComparison.Ordinal) && !key.Any(char.IsControl)
                ? key
                : throw new RefusedException(Refusal.Of(RefusalKind.InvalidInput, "continuation-token-malformed", "continuationToken", token));
    }
}
