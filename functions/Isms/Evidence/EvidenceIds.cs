using System.Security.Cryptography;
using System.Text;

namespace Isms.Evidence;

/// <summary>Makes the ids of evidence from what it is about, so that doing a step twice is one item.</summary>
public static class EvidenceIds
{
    /// <summary>The id of what a workflow's step produced: readable, followed by a digest of its full origin.</summary>
    /// <param name="instance">The workflow's instance id, such as <c>audit-FY2026-01</c>.</param>
    /// <param name="step">The step within it; include whatever makes a repetition a different act, such as a round number.</param>
    public static string OfStep(string instance, string step) => Make($"{instance}.{step}", $"workflow\n{instance}\n{step}");

    /// <summary>The id of a collector's window.</summary>
    /// <param name="collector">The collector's name.</param>
    /// <param name="from">Start of the window, UTC.</param>
    /// <param name="to">End of the window, UTC, exclusive.</param>
    /// <param name="attempt">0 for the window's first item; a later completion of a gap counts up and supersedes it.</param>
    public static string OfWindow(string collector, DateTimeOffset from, DateTimeOffset to, int attempt = 0) =>
        Make($"{collector}.{from.UtcDateTime:yyyyMMddHHmm}-{to.UtcDateTime:yyyyMMddHHmm}", $"window\n{collector}\n{from.UtcTicks}\n{to.UtcTicks}\n{attempt}");

    /// <summary>The id of an upload: the same person uploading the same bytes for the same purpose is one item.</summary>
    public static string OfUpload(string actor, string? subject, string? record, string sha256) =>
        Make($"upload.{subject ?? "general"}.{record ?? "file"}", $"upload\n{actor}\n{subject}\n{record}\n{sha256}");

    private static string Make(string readable, string origin)
    {
        var plain = string.Concat(readable.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' ? c : '-'));
        var digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(origin)))[..12];
        return $"{plain[..Math.Min(plain.Length, 90)]}.{digest}";
    }
}
