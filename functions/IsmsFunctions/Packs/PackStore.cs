using Isms.Packs;
using Isms.Rules;
using IsmsFunctions.Hosting.State;

namespace IsmsFunctions.Packs;

/// <summary>Keeps what is known of packs.</summary>
public sealed class PackStore(StateStore states)
{
    /// <summary>The kind of the state rows; the id is the pack's.</summary>
    public const string Kind = "pack";

    /// <summary>Stores a new pack; null when it is there already.</summary>
    public Task<Stored<Pack>?> TryCreateAsync(Pack pack, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(pack);
        return states.TryCreateAsync(Kind, pack.Id, pack, wakes: true, cancellationToken: cancellationToken);
    }

    /// <summary>A pack, or null.</summary>
    public Task<Stored<Pack>?> FindAsync(string id, CancellationToken cancellationToken) => states.FindAsync<Pack>(Kind, id, cancellationToken);

    /// <summary>A pack.</summary>
    /// <exception cref="RefusedException">There is no such pack.</exception>
    public async Task<Stored<Pack>> GetAsync(string id, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(id);
        return (id.StartsWith("pack-", StringComparison.Ordinal) && id.Length < 100 && id.All(c => char.IsAsciiLetterOrDigit(c) || c == '-') ? await FindAsync(id, cancellationToken) : null)
            ?? throw new RefusedException(Refusal.Of(RefusalKind.NotFound, "pack-unknown", "id", id, id));
    }

    /// <summary>Changes what is known of a pack.</summary>
    public Task<Stored<Pack>> UpdateAsync(string id, Func<Pack, Pack> change, CancellationToken cancellationToken) =>
        states.UpdateAsync(Kind, id, change, cancellationToken: cancellationToken);

    /// <summary>The packs after one, by ledger size.</summary>
    public IAsyncEnumerable<Pack> ListAsync(string? after, CancellationToken cancellationToken) =>
        states.ListAfterAsync<Pack>(Kind, "", after, cancellationToken).Select(s => s.Value);

    /// <summary>Notes that the workflow has done its part.</summary>
    public Task AcknowledgeAsync(Stored<Pack> pack, CancellationToken cancellationToken) => states.AcknowledgeAsync(pack, cancellationToken);
}
