using System.Security.Cryptography;
using Isms.Sealing;
using Microsoft.Extensions.Logging;

namespace IsmsFunctions.Sealing;

/// <summary>Shows signed heads to the time-stamping authority, where there is one, and keeps its tokens.</summary>
public sealed partial class Anchors(SealStore store, TimestampAuthority authority, ILogger<Anchors> logger)
{
    /// <summary>Anchors a head, unless it is anchored already. That the authority is away stops nothing: the next head covers all that this one does.</summary>
    public async Task<Anchor?> AnchorAsync(SignedHead head, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(head);
        if (!authority.IsConfigured || await store.FindAnchorAsync(head.Size, cancellationToken) is not null)
        {
            return await store.FindAnchorAsync(head.Size, cancellationToken);
        }

        try
        {
            return await store.AddAsync(await authority.StampAsync(head, cancellationToken), cancellationToken);
        }
        catch (Exception e) when (e is HttpRequestException or CryptographicException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            NotAnchored(logger, e, head.Size);
            return null;
        }
    }

    /// <summary>The anchors that do not prove what they were given for.</summary>
    public async Task<IReadOnlyList<TamperFault>> CheckAsync(IReadOnlyCollection<SignedHead> heads, CancellationToken cancellationToken)
    {
        var bySize = heads.ToDictionary(h => h.Size);
        var faults = new List<TamperFault>();
        await foreach (var anchor in store.ListAnchorsAsync(cancellationToken))
        {
            if (!bySize.TryGetValue(anchor.Size, out var head) || !authority.Proves(anchor, head))
            {
                faults.Add(new TamperFault(TamperKind.AnchorInvalid, anchor.Size.ToString(System.Globalization.CultureInfo.InvariantCulture)));
            }
        }

        return faults;
    }

    [LoggerMessage(EventId = 1603, Level = LogLevel.Warning, Message = "The head at {Size} entries could not be anchored; the next one is shown to the authority again")]
    private static partial void NotAnchored(ILogger logger, Exception exception, long size);
}
