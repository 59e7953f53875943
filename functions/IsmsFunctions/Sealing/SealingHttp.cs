using System.Globalization;
using Isms.Rules;
using IsmsFunctions.Hosting.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Options;

namespace IsmsFunctions.Sealing;

/// <summary>Signed heads, their keys, proofs between them, and checks on demand.</summary>
public sealed class SealingHttp(
    LedgerSeal seal, SealStore store, EvidenceCheck check, IEnumerable<ITamperAlarm> alarms, IOptions<SealingOptions> options, TimeProvider clock)
{
    private const int MostChecked = 200;
    private const string KeyPrefix = "head-";

    /// <summary>The signed heads, the smallest first, a page at a time (<c>?top=&amp;continuationToken=</c>).</summary>
    [Function(nameof(ListSignedHeads))]
    public async Task<IResult> ListSignedHeads(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/ledger/heads")] HttpRequest request, CancellationToken cancellationToken)
    {
        var page = PageRequest.Of(request, KeyPrefix);
        var after = page.After is not { } last ? 0
            : long.TryParse(last.AsSpan(KeyPrefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var size) ? size
            : throw new RefusedException(Refusal.Of(RefusalKind.InvalidInput, "continuation-token-malformed", "continuationToken", last));
        return Answers.Ok(await page.TakeAsync(store.ListAsync(after, cancellationToken), h => KeyPrefix + h.Size.ToString(CultureInfo.InvariantCulture), cancellationToken));
    }

    /// <summary>The head that was signed at a size, with what was signed in the very bytes (Base64), for <c>openssl dgst</c> and <c>openssl ts</c>.</summary>
    [Function(nameof(GetSignedHead))]
    public async Task<IResult> GetSignedHead(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/ledger/heads/{size:long}")] HttpRequest request, long size, CancellationToken cancellationToken)
    {
        var text = size.ToString(CultureInfo.InvariantCulture);
        var head = (size > 0 ? await store.FindAsync(size, cancellationToken) : null)
            ?? throw new RefusedException(Refusal.Of(RefusalKind.NotFound, "signed-head-unknown", "size", text, text));
        var anchor = await store.FindAnchorAsync(size, cancellationToken);
        return Answers.Ok(new { head.Size, head.Root, head.At, head.KeyId, head.Signature, SignedBytes = Convert.ToBase64String(head.SignedBytes()), Anchor = anchor });
    }

    /// <summary>Signs the present head now.</summary>
    [Function(nameof(SignLedgerHead))]
    public async Task<IResult> SignLedgerHead(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/ledger/heads")] HttpRequest request, CancellationToken cancellationToken) =>
        await seal.SignAsync(cancellationToken) is { } head ? Answers.Ok(head) : Results.NoContent();

    /// <summary>A public key in PEM.</summary>
    [Function(nameof(GetSealingKey))]
    public async Task<IResult> GetSealingKey(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/ledger/keys/{id}")] HttpRequest request, string id, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(id);
        return (await store.KeysAsync(cancellationToken)).TryGetValue(id, out var key)
            ? Results.Text(key.PublicKey, "application/x-pem-file")
            : throw new RefusedException(Refusal.Of(RefusalKind.NotFound, "sealing-key-unknown", "id", id, id));
    }

    /// <summary>Proves that the ledger at the size <c>to</c> begins with what it had at <c>from</c>.</summary>
    [Function(nameof(GetLedgerConsistency))]
    public async Task<IResult> GetLedgerConsistency(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/ledger/consistency")] HttpRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        return Answers.Ok(await seal.ProveAsync(Number(request, "from"), Number(request, "to"), cancellationToken));
    }

    /// <summary>Checks the ledger and <c>?sample=</c> items now; what is not as it was recorded raises an incident as the regular check does.</summary>
    [Function(nameof(CheckEvidenceNow))]
    public async Task<IResult> CheckEvidenceNow(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/ledger/check")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var sample = request.Query.ContainsKey("sample") ? Number(request, "sample") : Math.Min(options.Value.Sample, MostChecked);
        if (sample is < 1 or > MostChecked)
        {
            var text = request.Query["sample"].ToString();
            throw new RefusedException(Refusal.Of(RefusalKind.InvalidInput, "check-sample-out-of-range", "sample", text, text, MostChecked));
        }

        var result = await check.RunAsync((int)sample, clock.GetUtcNow().ToString("O", CultureInfo.InvariantCulture), cancellationToken);
        foreach (var alarm in result.Faults.Count > 0 ? alarms : [])
        {
            await alarm.RaiseAsync(client, result.Faults, cancellationToken);
        }

        return Answers.Ok(result);
    }

    private static long Number(HttpRequest request, string name) =>
        long.TryParse(request.Query[name].FirstOrDefault(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
