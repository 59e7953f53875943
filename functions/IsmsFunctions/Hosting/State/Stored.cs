using Azure;

namespace IsmsFunctions.Hosting.State;

/// <summary>A value as it is stored.</summary>
/// <param name="Kind">The collection it belongs to, such as <c>audit</c>.</param>
/// <param name="Id">Its id within the kind.</param>
/// <param name="Value">The value.</param>
/// <param name="Revision">Counts the changes, from 1.</param>
/// <param name="ETag">The version that a conditional change is made against.</param>
/// <param name="AppliedKeys">The idempotency keys of the commands applied last, newest last.</param>
/// <param name="Pending">Whether it changed without its workflow having looked at it since.</param>
public sealed record Stored<T>(
    string Kind, string Id, T Value, long Revision, ETag ETag, IReadOnlyList<string> AppliedKeys, bool Pending)
{
    /// <summary>The strong entity tag given to HTTP clients.</summary>
    public string HttpETag => $"\"{Revision}\"";
}
