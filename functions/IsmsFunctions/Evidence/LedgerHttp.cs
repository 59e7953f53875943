using Isms.Rules;
using IsmsFunctions.Hosting.Http;
using IsmsFunctions.Hosting.Identity;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace IsmsFunctions.Evidence;

/// <summary>The ledger over HTTP.</summary>
public sealed class LedgerHttp(Ledger ledger, IEvidenceStore evidence, AuditorGrants grants)
{
    /// <summary>Answers the present head.</summary>
    [Function(nameof(GetLedgerHead))]
    public async Task<IResult> GetLedgerHead(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/ledger/head")] HttpRequest request, CancellationToken cancellationToken) =>
        Answers.Ok(await ledger.HeadAsync(cancellationToken));

    /// <summary>Proves that an item is in the ledger.</summary>
    [Function(nameof(GetLedgerProof))]
    public async Task<IResult> GetLedgerProof(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/ledger/proof/{id}")] HttpRequest request, string id, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(id);
        var access = await grants.OfAsync(Actor.Of(request), cancellationToken);
        var isShown = id.Length <= 200 && (access.SeesAll || (await evidence.FindAsync(id, cancellationToken) is { } item && access.MaySee(item)));
        var proof = isShown ? await ledger.ProveAsync(id, cancellationToken) : null;
        return Answers.Ok(proof ?? throw new RefusedException(Refusal.Of(RefusalKind.NotFound, "evidence-not-found", "id", id, id)));
    }
}
