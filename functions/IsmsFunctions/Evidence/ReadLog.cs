using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using IsmsFunctions.Hosting.State;

namespace IsmsFunctions.Evidence;

/// <summary>Somebody read evidence.</summary>
/// <param name="At">When.</param>
/// <param name="PersonId">Who; of a link, who gave it out.</param>
/// <param name="What">The item and the file as <c>{id}/{path}</c>, or the pack.</param>
/// <param name="How"><c>download</c>, or <c>link</c>.</param>
public sealed record EvidenceRead(DateTimeOffset At, string PersonId, string What, string How);

/// <summary>
/// Notes who read which file and which pack. A download in many ranges is one read: the same person and file are noted once an hour. Whole days become evidence of their own.
/// </summary>
public sealed class ReadLog(StateStore states, TimeProvider clock)
{
    private const string Kind = "evidence-read";

    /// <summary>Notes a read; it is answered only when that is stored.</summary>
    public async Task NoteAsync(string person, string what, string how, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{person}\n{what}\n{how}")).AsSpan(0, 16));
        var id = $"{now.UtcDateTime.ToString("yyyyMMddHH", CultureInfo.InvariantCulture)}-{digest}";
        await states.TryCreateAsync(Kind, id, new EvidenceRead(now, person, what, how), cancellationToken: cancellationToken);
    }

    /// <summary>The reads of days that are over (UTC), in the order of their hours.</summary>
    public IAsyncEnumerable<Stored<EvidenceRead>> ListOverAsync(CancellationToken cancellationToken)
    {
        var today = clock.GetUtcNow().UtcDateTime.ToString("yyyyMMdd", CultureInfo.InvariantCulture);
        return states.ListAsync<EvidenceRead>(Kind, cancellationToken: cancellationToken).TakeWhile(r => string.CompareOrdinal(r.Id, today) < 0);
    }

    /// <summary>Forgets a read that stands in evidence now.</summary>
    public Task ForgetAsync(Stored<EvidenceRead> read, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(read);
        return states.DeleteAsync(Kind, read.Id, cancellationToken);
    }
}
