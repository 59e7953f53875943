using System.Globalization;
using Isms.Packs;
using Isms.Rules;
using IsmsFunctions.Evidence;
using IsmsFunctions.Hosting.Http;
using IsmsFunctions.Hosting.Identity;
using IsmsFunctions.Organizations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

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
    PackStore packs, PackStarter starter, PackSending sending, AuditorGrants grants, PackLinks links, ReadLog reads, OrganizationStore organizations)
{
    private const int HoursOfLink = 72;
    private const int MostHoursOfLink = 24 * 14;

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
        var access = await grants.OfAsync(Actor.Of(request), cancellationToken);
        var visible = packs.ListAsync(page.After, cancellationToken).Where(p => access.MaySee(p.Scope.FiscalYear, p.Scope.Audit)).Select(PackView.Of);
        return Answers.Ok(await page.TakeAsync(visible, p => p.Id, cancellationToken));
    }

    /// <summary>Answers how far a pack is.</summary>
    [Function(nameof(GetPack))]
    public async Task<IResult> GetPack(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/packs/{id}")] HttpRequest request, string id, CancellationToken cancellationToken) =>
        Answers.Ok(PackView.Of(await FindAsync(request, id, cancellationToken)));

    /// <summary>Sends a pack, or the range of it that is asked for.</summary>
    [Function(nameof(DownloadPack))]
    public async Task<IResult> DownloadPack(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/packs/{id}/download")] HttpRequest request, string id, [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        var pack = await FindAsync(request, id, cancellationToken);
        return await SendAsync(request, client, pack, Actor.Of(request).PersonId, "download", cancellationToken);
    }

    /// <summary>Makes a link that opens this pack, and nothing else, for some hours without signing in (<c>?hours=</c>).</summary>
    [Function(nameof(IssuePackLink))]
    public async Task<IResult> IssuePackLink(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/packs/{id}/links")] HttpRequest request, string id, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var asked = request.Query["hours"].FirstOrDefault();
        var hours = asked is null ? HoursOfLink : int.TryParse(asked, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
        if (hours is < 1 or > MostHoursOfLink)
        {
            throw new RefusedException(Refusal.Of(RefusalKind.InvalidInput, "pack-link-too-long", "hours", asked, asked, MostHoursOfLink));
        }

        var pack = (await packs.GetAsync(id, cancellationToken)).Value;
        var (token, link) = await links.IssueAsync(pack.Id, TimeSpan.FromHours(hours), Actor.Of(request).PersonId, cancellationToken);
        request.HttpContext.Response.Headers.CacheControl = "no-store";
        return Answers.Created(request, $"/pack-links/{token}", new { pack = pack.Id, until = link.Until, path = $"/api/pack-links/{token}" });
    }

    /// <summary>Sends the pack that a link opens. The link is all that is asked for.</summary>
    [Function(nameof(FollowPackLink))]
    public async Task<IResult> FollowPackLink(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/pack-links/{token}")] HttpRequest request, string token, [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var link = await links.FollowAsync(token, cancellationToken);
        request.HttpContext.Response.Headers["Referrer-Policy"] = "no-referrer";
        return await SendAsync(request, client, (await packs.GetAsync(link.Pack, cancellationToken)).Value, link.By, "link", cancellationToken);
    }

    /// <summary>A pack that the caller may see; what they may not see is not there for them.</summary>
    private async Task<Pack> FindAsync(HttpRequest request, string id, CancellationToken cancellationToken)
    {
        var pack = (await packs.GetAsync(id, cancellationToken)).Value;
        return (await grants.OfAsync(Actor.Of(request), cancellationToken)).MaySee(pack.Scope.FiscalYear, pack.Scope.Audit)
            ? pack
            : throw new RefusedException(Refusal.Of(RefusalKind.NotFound, "pack-unknown", "id", id, id));
    }

    private async Task<IResult> SendAsync(
        HttpRequest request, DurableTaskClient client, Pack pack, string person, string how, CancellationToken cancellationToken)
    {
        if (pack.Status != PackStatus.Ready)
        {
            throw new RefusedException(Refusal.Of(RefusalKind.IllegalState, pack.Status == PackStatus.Failed ? "pack-failed" : "pack-not-ready", "id", pack.Id, pack.Id));
        }

        var tag = PackSending.TagOf(pack);
        if (request.GetTypedHeaders().IfNoneMatch.Any(t => t.Tag == tag))
        {
            return Results.StatusCode(StatusCodes.Status304NotModified);
        }

        var context = request.HttpContext;
        var range = ByteRange.Answer(context, pack.Length, tag);
        await reads.NoteAsync(person, pack.Id, how, cancellationToken);
        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.Headers.CacheControl = "private, no-cache";
        return Results.Stream(body => sending.SendAsync(pack, range.From, range.To, body, context, client), "application/zip", $"{pack.Id}.zip");
    }
}
