using System.Globalization;
using Isms.Evidence;
using Isms.Organizations;
using Isms.Retention;
using Isms.Rules;
using IsmsFunctions.Hosting.State;

namespace IsmsFunctions.Retention;

/// <summary>That an item's files were disposed of.</summary>
/// <param name="Disposal">The disposal.</param>
/// <param name="Record">The evidence of it.</param>
/// <param name="At">When.</param>
public sealed record Tombstone(string Disposal, string Record, DateTimeOffset At);

/// <summary>Until when items are kept, as things stand.</summary>
/// <param name="Policy">The policy.</param>
/// <param name="CertificateFrom">The first day of the certificate; null where there is none.</param>
/// <param name="Holds">The holds in force.</param>
/// <param name="Disposed">The items whose files are gone.</param>
public sealed record RetentionState(RetentionPolicy Policy, DateOnly? CertificateFrom, IReadOnlyList<LegalHold> Holds, IReadOnlySet<string> Disposed)
{
    /// <summary>Until when an item is kept.</summary>
    public DateTimeOffset KeptUntil(EvidenceManifest item) => RetentionRules.KeptUntil(item, Policy, CertificateFrom);

    /// <summary>Why an item must not be disposed of now; null when it may be.</summary>
    public Refusal? MayNotGo(EvidenceManifest item, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(item);
        return Disposed.Contains(item.Id) ? Refusal.Of(RefusalKind.RuleBroken, "disposal-already", "items", item.Id, item.Id)
            : Holds.Any(h => h.Covers(item)) ? Refusal.Of(RefusalKind.RuleBroken, "disposal-held", "items", item.Id, item.Id)
            : KeptUntil(item) is var until && until > now
                ? Refusal.Of(RefusalKind.RuleBroken, "disposal-not-due", "items", item.Id, item.Id, until.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))
                : null;
    }
}

/// <summary>Keeps the policy, legal holds, disposals, and what was disposed of.</summary>
public sealed class RetentionStore(StateStore states, Sequences sequences, TimeProvider clock)
{
    /// <summary>The kind of the state rows of disposals.</summary>
    public const string DisposalKind = "disposal";

    private const string PolicyKind = "retention-policy";
    private const string HoldKind = "legal-hold";
    private const string TombstoneKind = "tombstone";

    /// <summary>The policy.</summary>
    public async Task<RetentionPolicy> PolicyAsync(CancellationToken cancellationToken) =>
        (await states.FindAsync<RetentionPolicy>(PolicyKind, PolicyKind, cancellationToken))?.Value ?? RetentionPolicy.Default;

    /// <summary>Stores the policy.</summary>
    public async Task PutPolicyAsync(RetentionPolicy policy, CancellationToken cancellationToken)
    {
        if (await states.TryCreateAsync(PolicyKind, PolicyKind, policy, cancellationToken: cancellationToken) is null)
        {
            await states.UpdateAsync<RetentionPolicy>(PolicyKind, PolicyKind, _ => policy, cancellationToken: cancellationToken);
        }
    }

    /// <summary>What decides about items now.</summary>
    public async Task<RetentionState> StateAsync(Organization organization, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(organization);
        return new RetentionState(
            await PolicyAsync(cancellationToken),
            organization.Certification?.ValidFrom ?? organization.Certification?.IssuedOn,
            await HoldsAsync(cancellationToken).Where(h => h.LiftedAt is null).ToListAsync(cancellationToken),
            await TombstonesAsync(cancellationToken).Select(t => t.Id).ToHashSetAsync(StringComparer.Ordinal, cancellationToken));
    }

    /// <summary>All legal holds, lifted ones included.</summary>
    public IAsyncEnumerable<LegalHold> HoldsAsync(CancellationToken cancellationToken) =>
        states.ListAsync<LegalHold>(HoldKind, cancellationToken: cancellationToken).Select(s => s.Value);

    /// <summary>Places a hold; the same key places one.</summary>
    public async Task<LegalHold> PlaceAsync(Func<string, LegalHold> make, string? key, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(make);
        var number = await sequences.TakeAsync(HoldKind, key, cancellationToken);
        var hold = make(string.Create(CultureInfo.InvariantCulture, $"hold-{number:0000}"));
        return (await states.TryCreateAsync(HoldKind, hold.Id, hold, cancellationToken: cancellationToken) ?? await FindHoldAsync(hold.Id, cancellationToken)).Value;
    }

    /// <summary>Lifts a hold.</summary>
    /// <exception cref="RefusedException">There is no such hold.</exception>
    public async Task<LegalHold> LiftAsync(string id, string by, CancellationToken cancellationToken)
    {
        await FindHoldAsync(id, cancellationToken);
        var now = clock.GetUtcNow();
        return (await states.UpdateAsync<LegalHold>(
            HoldKind, id, h => h.LiftedAt is null ? h with { LiftedBy = by, LiftedAt = now } : h, cancellationToken: cancellationToken)).Value;
    }

    /// <summary>Stores a proposal; the same key stores one.</summary>
    public async Task<Stored<Disposal>> ProposeAsync(Func<string, Disposal> make, string? key, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(make);
        var number = await sequences.TakeAsync(DisposalKind, key, cancellationToken);
        var disposal = make(string.Create(CultureInfo.InvariantCulture, $"disposal-{number:0000}"));
        return await states.TryCreateAsync(DisposalKind, disposal.Id, disposal, cancellationToken: cancellationToken) ?? await FindAsync(disposal.Id, cancellationToken);
    }

    /// <summary>All disposals.</summary>
    public IAsyncEnumerable<Disposal> DisposalsAsync(CancellationToken cancellationToken) =>
        states.ListAsync<Disposal>(DisposalKind, cancellationToken: cancellationToken).Select(s => s.Value);

    /// <summary>A disposal.</summary>
    /// <exception cref="RefusedException">There is no such disposal.</exception>
    public async Task<Stored<Disposal>> FindAsync(string id, CancellationToken cancellationToken) =>
        (IsPlain(id) ? await states.FindAsync<Disposal>(DisposalKind, id, cancellationToken) : null)
            ?? throw new RefusedException(Refusal.Of(RefusalKind.NotFound, "unknown-disposal", "id", id, id));

    /// <summary>Changes a disposal.</summary>
    public Task<Stored<Disposal>> UpdateAsync(string id, Func<Disposal, Disposal> change, CancellationToken cancellationToken) =>
        states.UpdateAsync(DisposalKind, id, change, cancellationToken: cancellationToken);

    /// <summary>Notes that a workflow has done its part.</summary>
    public Task AcknowledgeAsync(Stored<Disposal> disposal, CancellationToken cancellationToken) => states.AcknowledgeAsync(disposal, cancellationToken);

    /// <summary>Notes that an item is disposed of.</summary>
    public Task BuryAsync(string item, Tombstone tombstone, CancellationToken cancellationToken) =>
        states.TryCreateAsync(TombstoneKind, item, tombstone, cancellationToken: cancellationToken);

    /// <summary>What is noted of an item's disposal; null for none.</summary>
    public async Task<Tombstone?> FindTombstoneAsync(string item, CancellationToken cancellationToken) =>
        (await states.FindAsync<Tombstone>(TombstoneKind, item, cancellationToken))?.Value;

    /// <summary>All items that were disposed of.</summary>
    public IAsyncEnumerable<Stored<Tombstone>> TombstonesAsync(CancellationToken cancellationToken) =>
        states.ListAsync<Tombstone>(TombstoneKind, cancellationToken: cancellationToken);

    private async Task<Stored<LegalHold>> FindHoldAsync(string id, CancellationToken cancellationToken) =>
        (IsPlain(id) ? await states.FindAsync<LegalHold>(HoldKind, id, cancellationToken) : null)
            ?? throw new RefusedException(Refusal.Of(RefusalKind.NotFound, "legal-hold-unknown", "id", id, id));

    private static bool IsPlain(string id) => id.Length is > 0 and < 60 && id.All(c => char.IsAsciiLetterOrDigit(c) || c == '-');
}
