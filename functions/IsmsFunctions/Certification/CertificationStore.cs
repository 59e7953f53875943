using Isms.Certification;
using Isms.Rules;
using IsmsFunctions.Hosting.State;

namespace IsmsFunctions.Certification;

/// <summary>Keeps the audits of the certification body.</summary>
public sealed class CertificationStore(StateStore states)
{
    /// <summary>The kind of an audit's state; its id is the workflow's instance id.</summary>
    public const string Kind = "certification";

    /// <summary>What all ids begin with.</summary>
    public const string Prefix = "certification-";

    /// <summary>The audit, or null.</summary>
    public Task<Stored<CertificationAudit>?> FindAsync(string id, CancellationToken cancellationToken) =>
        states.FindAsync<CertificationAudit>(Kind, id, cancellationToken);

    /// <summary>The audit.</summary>
    /// <exception cref="RefusedException">There is none of this id.</exception>
    public async Task<Stored<CertificationAudit>> GetAsync(string id, CancellationToken cancellationToken) =>
        await FindAsync(id, cancellationToken) ?? throw new RefusedException(Refusal.Of(RefusalKind.NotFound, "unknown-certification", "id", id, id));

    /// <summary>The audits, ordered by id, whose id comes after <paramref name="after"/>.</summary>
    public IAsyncEnumerable<Stored<CertificationAudit>> ListAfterAsync(string? after, CancellationToken cancellationToken) =>
        states.ListAfterAsync<CertificationAudit>(Kind, Prefix, after, cancellationToken);

    /// <summary>All audits: a dozen in a cycle of three years.</summary>
    public async Task<IReadOnlyList<CertificationAudit>> AllAsync(CancellationToken cancellationToken) =>
        await ListAfterAsync(null, cancellationToken).Select(a => a.Value).ToListAsync(cancellationToken);
}
