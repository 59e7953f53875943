using Isms.Packs;
using Isms.Rules;
using IsmsFunctions.Evidence;
using IsmsFunctions.Hosting.Http;
using IsmsFunctions.Hosting.Identity;
using IsmsFunctions.Organizations;
using IsmsFunctions.Sealing;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace IsmsFunctions.Packs;

/// <summary>What a pack is to hold; at least one of these but <paramref name="RegistersAsOf"/>.</summary>
/// <param name="FiscalYear">The fiscal year.</param>
/// <param name="Audit">The id of an audit.</param>
/// <param name="Clause">A clause.</param>
/// <param name="Control">A control of Annex A.</param>
/// <param name="From">The first day, or a moment, that the evidence speaks of.</param>
/// <param name="To">The last day, or a moment.</param>
/// <param name="RegistersAsOf">The moment whose registers it shows; by default the end of its time, or now.</param>
public sealed record MakePackBody(
    string? FiscalYear = null, string? Audit = null, string? Clause = null, string? Control = null, string? From = null, string? To = null, DateTimeOffset? RegistersAsOf = null);

/// <summary>A pack, as shown: its status document.</summary>
public sealed record PackView(
    string Id, PackScope Scope, PackStatus Status, string RequestedBy, DateTimeOffset RequestedAt, long LedgerSize, string Root, DateTimeOffset SignedAt,
    DateTimeOffset RegistersAsOf, int Items, long? Members, long? Length, DateTimeOffset? EndedAt)
{
    /// <summary>What of a pack is shown.</summary>
    public static PackView Of(Pack pack)
    {
        ArgumentNullException.ThrowIfNull(pack);
        var isReady = pack.Status == PackStatus.Ready;
        return new PackView(
            pack.Id, pack.Scope, pack.Status, pack.RequestedBy, pack.RequestedAt, pack.Head.Size, pack.Head.Root, pack.Head.At, pack.RegistersAsOf, pack.Items,
            isReady ? pack.Members : null, isReady ? pack.Length : null, pack.EndedAt);
    }
}

/// <summary>Packs over HTTP.</summary>
public sealed class PackHttp(
    PackStore packs, PackStarter starter, PackBlobs plans, EvidenceBlobs blobs, OrganizationStore organizations, IEnumerable<ITamperAlarm> alarms, ILogger<PackHttp> logger)
{
    private const string KeyPrefix = "pack-";

    /// <summary>Begins a pack, or answers the one that was made of the same state of ledger and registers.</summary>
    [Function(nameof(MakePack))]
    public async Task<IResult> MakePack(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/packs")] HttpRequest request, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        var body = await request.ReadBodyAsync<MakePackBody>(cancellationToken);
        var zone = TimeZoneInfo.FindSystemTimeZoneById((await organizations.GetAsync(cancellationToken)).TimeZone);
        var scope = new PackScope(
            body.FiscalYear is { } year ? EvidenceInput.FiscalYearOf(year, "fiscalYear") : null,
            body.Audit is { } audit ? EvidenceInput.NameOf(audit, "audit") : null,
            body.Clause is { } clause ? EvidenceInput.ClauseOf(clause, "clause") : null,
            body.Control is { } control ? EvidenceInput.ControlOf(control, "control") : null,
            body.From is { } from ? EvidenceInput.MomentOf(from, "from", zone, endOfDay: false) : null,
            body.To is { } to ? EvidenceInput.MomentOf(to, "to", zone, endOfDay: true) : null);
        if (scope.To <= scope.From)
        {
            throw EvidenceInput.Invalid("period-reversed", "to", body.To);
        }

        var stored = await starter.StartAsync(client, scope, body.RegistersAsOf, Actor.Of(request).PersonId, cancellationToken);
        return Answers.Accepted(request, $"/packs/{stored.Id}", PackView.Of(stored.Value));
    }

    /// <summary>Lists the packs, a page at a time.</summary>
    [Function(nameof(ListPacks))]
    public async Task<IResult> ListPacks(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/packs")] HttpRequest request, CancellationToken cancellationToken)
    {
        var page = PageRequest.Of(request, KeyPrefix);
        return Answers.Ok(await page.TakeAsync(packs.ListAsync(page.After, cancellationToken).Select(PackView.Of), p => p.Id, cancellationToken));
    }

    /// <summary>Answers how far a pack is.</summary>
    [Function(nameof(GetPack))]
    public async Task<IResult> GetPack(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/packs/{id}")] HttpRequest request, string id, CancellationToken cancellationToken) =>
        Answers.Ok(PackView.Of((await packs.GetAsync(id, cancellationToken)).Value));

    /// <summary>Sends a pack, or the range of it that is asked for.</summary>
    [Function(nameof(DownloadPack))]
    public async Task<IResult> DownloadPack(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/packs/{id}/download")] HttpRequest request, string id, [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var pack = (await packs.GetAsync(id, cancellationToken)).Value;
        if (pack.Status != PackStatus.Ready)
        {
            throw new RefusedException(Refusal.Of(RefusalKind.IllegalState, pack.Status == PackStatus.Failed ? "pack-failed" : "pack-not-ready", "id", id, id));
        }

        var tag = PackResult.TagOf(pack);
        return request.GetTypedHeaders().IfNoneMatch.Any(t => t.Tag == tag)
            ? Results.StatusCode(StatusCodes.Status304NotModified)
            : new PackResult(pack, ByteRange.Answer(request.HttpContext, pack.Length, tag), new PackContents(pack, plans, blobs).ToZip(), client, alarms, logger);
    }
}
