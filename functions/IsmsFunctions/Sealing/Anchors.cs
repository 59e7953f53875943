using System.Security.Cryptography;
using Isms.Sealing;
using Microsoft.Extensions.Logging;

namespace IsmsFunctions.Sealing;

/// <summary>Shows signed heads to the time-stamping authority, where there is one, and keeps its tokens.</summary>
public sealed partial class Anchors(SealStore store, TimestampAuthority authority, ILogger<Anchors> logger)
{
    /// <summary>Anchors a head, unless it is anchored already. That the authority is away stops nothing: the next head covers all that this one does.</summary>
    public async Task AnchorAsync(SignedHead head, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(head);
        if (!authority.IsConfigured || await store.FindAnchorAsync(head.Size, cancellationToken) is not null)
        {
            return;
        }

        try
        {
            await store.AddAsync(await authority.StampAsync(head, cancellationToken), cancellationToken);
        }
        catch (Exception e) when (e is HttpRequestException or CryptographicException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            NotAnchored(logger, e, head.Size);
        }
    }

    /// <summary>The anchors that do not prove what they were given for.</summary>
    public IEnumerable<TamperFault> Check(IEnumerable<Anchor> stamps, IEnumerable<SignedHead> heads)
    {
        var bySize = heads.ToDictionary(h => h.Size);
        return stamps.Where(anchor => !bySize.TryGetValue(anchor.Size, out var head) || !authority.Proves(anchor, head))
            .Select(anchor => new TamperFault(TamperKind.AnchorInvalid, anchor.Size.ToString(System.Globalization.CultureInfo.InvariantCulture)));
    }

    [LoggerMessage(EventId = 1603, EventName = "HeadNotAnchored", Level = LogLevel.Warning, Message = "The head at {Size} entries could not be anchored; the next one is shown to the authority again")]
    private static partial void NotAnchored(ILogger logger, Exception exception, long size);
}
