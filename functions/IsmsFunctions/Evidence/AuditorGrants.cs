using System.Globalization;
using Isms.Evidence;
using Isms.Rules;
using IsmsFunctions.Hosting.Identity;
using IsmsFunctions.Hosting.State;
using Microsoft.Extensions.Logging;

namespace IsmsFunctions.Evidence;

/// <summary>Keeps what external auditors were granted, and says who may see what. What was granted is never removed: revoking is noted with it.</summary>
public sealed partial class AuditorGrants(StateStore states, Sequences sequences, TimeProvider clock, ILogger<AuditorGrants> logger)
{
    private const string Kind = "auditor-grant";

    /// <summary>What a caller may see: all of it for the people of the organisation, what is granted for external auditors.</summary>
    public async Task<EvidenceAccess> OfAsync(Actor actor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (actor.HasAny(AppRoles.Internal))
        {
            return new EvidenceAccess(true, []);
        }

        var now = clock.GetUtcNow();
        return new EvidenceAccess(false, await ListAsync(cancellationToken).Where(g => g.PersonId == actor.PersonId && g.IsInForce(now)).ToListAsync(cancellationToken));
    }

    /// <summary>All grants, the oldest first.</summary>
    public IAsyncEnumerable<AuditorGrant> ListAsync(CancellationToken cancellationToken) =>
        states.ListAsync<AuditorGrant>(Kind, cancellationToken: cancellationToken).Select(s => s.Value);

    /// <summary>Stores a grant; the same key stores one.</summary>
    public async Task<AuditorGrant> AddAsync(Func<string, AuditorGrant> make, string? key, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(make);
        var number = await sequences.TakeAsync(Kind, key, cancellationToken);
        var grant = make(string.Create(CultureInfo.InvariantCulture, $"grant-{number:0000}"));
        var stored = await states.TryCreateAsync(Kind, grant.Id, grant, cancellationToken: cancellationToken) ?? await FindAsync(grant.Id, cancellationToken);
        Granted(logger, grant.Id, stored.Value.Until);
        return stored.Value;
    }

    /// <summary>Ends a grant.</summary>
    /// <exception cref="RefusedException">There is no such grant.</exception>
    public async Task<AuditorGrant> RevokeAsync(string id, string by, CancellationToken cancellationToken)
    {
        await FindAsync(id, cancellationToken);
        return (await states.UpdateAsync<AuditorGrant>(Kind, id, g => g.Revoked(by, clock.GetUtcNow()), cancellationToken: cancellationToken)).Value;
    }

    private async Task<Stored<AuditorGrant>> FindAsync(string id, CancellationToken cancellationToken) =>
        (id.StartsWith("grant-", StringComparison.Ordinal) && id.Length < 30 && id.All(c => char.IsAsciiLetterOrDigit(c) || c == '-')
            ? await states.FindAsync<AuditorGrant>(Kind, id, cancellationToken) : null)
            ?? throw new RefusedException(Refusal.Of(RefusalKind.NotFound, "auditor-grant-unknown", "id", id, id));

    [LoggerMessage(EventId = 1402, EventName = "AuditorAccessGranted", Level = LogLevel.Warning, Message = "{Grant} opens evidence to somebody outside until {Until:O}")]
    private static partial void Granted(ILogger logger, string grant, DateTimeOffset until);
}
