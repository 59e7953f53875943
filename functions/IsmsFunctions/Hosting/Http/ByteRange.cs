using Isms.Rules;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace IsmsFunctions.Hosting.Http;

/// <summary>The part of a file that a request asks for (RFC 9110, 14): a download that broke off goes on where it ended.</summary>
/// <param name="From">The first byte.</param>
/// <param name="To">The byte after the last one.</param>
/// <param name="Length">The length of the whole file.</param>
public sealed record ByteRange(long From, long To, long Length)
{
    /// <summary>Whether it is not the whole file.</summary>
    public bool IsPart => From > 0 || To < Length;

    /// <summary>
    /// What a request asks for, and the status and headers of the answer. Several ranges at once, other units, or a tag that is not the file's, mean the whole file.
    /// </summary>
    /// <param name="context">The request and its answer.</param>
    /// <param name="length">The length of the file.</param>
    /// <param name="tag">Its strong entity tag.</param>
    /// <exception cref="RefusedException">The range lies beyond the file; the answer is a 416.</exception>
    public static ByteRange Answer(HttpContext context, long length, string tag)
    {
        ArgumentNullException.ThrowIfNull(context);
        var headers = context.Response.Headers;
        headers.AcceptRanges = "bytes";
        headers.ETag = tag;
        var range = Asked(context.Request, length, tag);
        if (range.IsPart)
        {
            context.Response.StatusCode = StatusCodes.Status206PartialContent;
            headers.ContentRange = new ContentRangeHeaderValue(range.From, range.To - 1, length).ToString();
        }

        context.Response.ContentLength = range.To - range.From;
        return range;
    }

    private static ByteRange Asked(HttpRequest request, long length, string tag)
    {
        var typed = request.GetTypedHeaders();
        var whole = new ByteRange(0, length, length);
        if (typed.Range is not { Unit.Value: "bytes", Ranges: { Count: 1 } ranges } || !Matches(typed.IfRange, tag))
        {
            return whole;
        }

        var (first, last) = (ranges.Single().From, ranges.Single().To);
        var from = first ?? Math.Max(length - last!.Value, 0);
        var to = first is null ? length : Math.Min((last ?? length - 1) + 1, length);
        return from < length && to > from && !(first is null && last == 0) ? new ByteRange(from, to, length) : throw NotSatisfiable(request, length);
    }

    private static bool Matches(RangeConditionHeaderValue? condition, string tag) =>
        condition is null || (condition.EntityTag is { IsWeak: false } given && given.Tag == tag);

    private static RefusedException NotSatisfiable(HttpRequest request, long length)
    {
        request.HttpContext.Response.Headers.ContentRange = new ContentRangeHeaderValue(length).ToString();
        return new RefusedException(Refusal.Of(
            RefusalKind.RangeNotSatisfiable, "range-not-satisfiable", "Range", request.Headers.Range.ToString(), length));
    }
}
