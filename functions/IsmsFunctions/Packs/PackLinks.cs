using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Isms.Rules;
using IsmsFunctions.Hosting.State;
using Microsoft.Extensions.Logging;

namespace IsmsFunctions.Packs;

/// <summary>A link to a pack.</summary>
/// <param name="Pack">The one pack that it opens.</param>
/// <param name="Until">When it ends.</param>
/// <param name="By">The person id of who gave it out.</param>
/// <param name="At">When.</param>
public sealed record PackLink(string Pack, DateTimeOffset Until, string By, DateTimeOffset At);

/// <summary>
/// Links that open one pack for a few days without signing in, for a certification body that has no account here. As with calendars only a digest of the secret is
/// stored: nobody who reads the table can use it.
/// </summary>
public sealed partial class PackLinks(StateStore states, TimeProvider clock, ILogger<PackLinks> logger)
{
    private const string Kind = "pack-link";
    private const int SecretBytes = 32;

    /// <summary>Makes a link; its secret is answered this once.</summary>
    public async Task<(string Token, PackLink Link)> IssueAsync(string pack, TimeSpan lasting, string by, CancellationToken cancellationToken)
    {
        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes));
        var now = clock.GetUtcNow();
        var link = new PackLink(pack, now + lasting, by, now);
        await states.TryCreateAsync(Kind, Digest(token), link, cancellationToken: cancellationToken);
        Opened(logger, pack, (int)lasting.TotalHours);
        return (token, link);
    }

    /// <summary>The link that a secret stands for.</summary>
    /// <exception cref="RefusedException">There is none, or it has ended; the answer does not say which.</exception>
    public async Task<PackLink> FollowAsync(string token, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(token);
        var stored = token.Length <= 64 ? await states.FindAsync<PackLink>(Kind, Digest(token), cancellationToken) : null;
        return stored is { Value: var link } && clock.GetUtcNow() < link.Until
            ? link
            : throw new RefusedException(Refusal.Of(RefusalKind.NotFound, "pack-link-invalid", "token"));
    }

    private static string Digest(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    [LoggerMessage(EventId = 1705, EventName = "PackLinkMade", Level = LogLevel.Warning, Message = "{Pack} can be downloaded without signing in for {Hours} hours, by whoever has the link")]
    private static partial void Opened(ILogger logger, string pack, int hours);
}
