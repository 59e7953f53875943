using Isms.Evidence;
using Isms.Retention;
using Isms.Text;
using IsmsFunctions.Evidence;
using IsmsFunctions.Hosting.Http;
using IsmsFunctions.Organizations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace IsmsFunctions.Retention;

/// <summary>What is to be held.</summary>
/// <param name="Reason">Why.</param>
/// <param name="FiscalYear">The fiscal year; every year, when left out.</param>
/// <param name="Type">The type; every type, when left out.</param>
/// <param name="Subject">The workflow; any, when left out.</param>
public sealed record HoldBody(string Reason, string? FiscalYear = null, string? Type = null, string? Subject = null);

/// <summary>An item and how long it is kept.</summary>
public sealed record KeptItem(string Id, string FiscalYear, EvidenceType Type, LocalizedText Title, DateTimeOffset KeptUntil, bool IsDue, bool IsHeld, bool HoldsPersonalData);

/// <summary>How long evidence is kept, over HTTP.</summary>
public sealed class RetentionHttp(RetentionStore store, IEvidenceStore evidence, OrganizationStore organizations, TimeProvider clock)
{
    private const int MostYears = 30;
    private const int LongestReason = 500;

    /// <summary>The policy.</summary>
    [Function(nameof(GetRetentionPolicy))]
    public async Task<IResult> GetRetentionPolicy(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/retention/policy")] HttpRequest request, CancellationToken cancellationToken) =>
        Answers.Ok(await store.PolicyAsync(cancellationToken));

    /// <summary>Sets the policy.</summary>
    [Function(nameof(PutRetentionPolicy))]
    public async Task<IResult> PutRetentionPolicy(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "api/retention/policy")] HttpRequest request, CancellationToken cancellationToken)
    {
        var policy = await request.ReadBodyAsync<RetentionPolicy>(cancellationToken);
        foreach (var (type, years) in policy.Years)
        {
            EvidenceInput.TypeOf(type);
            if (years is < 1 or > MostYears)
            {
                throw EvidenceInput.Invalid("retention-years-malformed", "years." + type, null, years);
            }
        }

        await store.PutPolicyAsync(policy, cancellationToken);
        return Answers.Ok(policy);
    }

    /// <summary>Lists what may be disposed of, as <c>GET /evidence</c> lists evidence; a page holds what of its items is due, and may be short.</summary>
    [Function(nameof(ListDueEvidence))]
    public Task<IResult> ListDueEvidence(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/retention/due")] HttpRequest request, CancellationToken cancellationToken) =>
        ListAsync(request, item => item.IsDue, cancellationToken);

    /// <summary>Lists what holds personal data, in the same way.</summary>
    [Function(nameof(ListPersonalData))]
    public Task<IResult> ListPersonalData(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/retention/personal-data")] HttpRequest request, CancellationToken cancellationToken) =>
        ListAsync(request, item => item.HoldsPersonalData, cancellationToken);

    /// <summary>Lists legal holds, lifted ones included.</summary>
    [Function(nameof(ListLegalHolds))]
    public async Task<IResult> ListLegalHolds(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/retention/holds")] HttpRequest request, CancellationToken cancellationToken) =>
        Answers.Ok(new { items = await store.HoldsAsync(cancellationToken).ToListAsync(cancellationToken) });

    /// <summary>Places a legal hold.</summary>
    [Function(nameof(PlaceLegalHold))]
    public async Task<IResult> PlaceLegalHold(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/retention/holds")] HttpRequest request, CancellationToken cancellationToken)
    {
        var command = request.Command(clock);
        var body = await request.ReadBodyAsync<HoldBody>(cancellationToken);
        var (reason, year, type, subject) = (
            ReasonOf(body.Reason),
            body.FiscalYear is { } y ? EvidenceInput.FiscalYearOf(y, "fiscalYear") : null,
            body.Type is { } t ? EvidenceInput.TypeOf(t) : (EvidenceType?)null,
            body.Subject is { } s ? EvidenceInput.NameOf(s, "subject") : null);
        var hold = await store.PlaceAsync(
            id => new LegalHold { Id = id, Reason = reason, FiscalYear = year, Type = type, Subject = subject, PlacedBy = command.Actor.PersonId, PlacedAt = command.At },
            command.IdempotencyKey,
            cancellationToken);
        return Answers.Created(request, $"/retention/holds/{hold.Id}", hold);
    }

    /// <summary>Lifts a legal hold.</summary>
    [Function(nameof(LiftLegalHold))]
    public async Task<IResult> LiftLegalHold(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/retention/holds/{id}/lift")] HttpRequest request, string id, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(id);
        return Answers.Ok(await store.LiftAsync(id, request.Command(clock).Actor.PersonId, cancellationToken));
    }

    internal static string ReasonOf(string? reason) => reason?.Trim() is { Length: > 0 and <= LongestReason } text
        ? text
        : throw EvidenceInput.Invalid("retention-reason-missing", "reason", null);

    private async Task<IResult> ListAsync(HttpRequest request, Func<KeptItem, bool> isListed, CancellationToken cancellationToken)
    {
        var organization = await organizations.GetAsync(cancellationToken);
        var (query, top, token) = EvidenceInput.OfList(request.Query, organization.TimeZone);
        var state = await store.StateAsync(organization, cancellationToken);
        var page = await evidence.ListAsync(query, top, token, cancellationToken);
        var now = clock.GetUtcNow();
        var items = page.Items.Where(i => !state.Disposed.Contains(i.Id)).Select(i => new KeptItem(
            i.Id, i.FiscalYear, i.Type, i.Title, state.KeptUntil(i), state.MayNotGo(i, now) is null, state.Holds.Any(h => h.Covers(i)), RetentionRules.HoldsPersonalData(i)));
        return Answers.Ok(new ListPage<KeptItem>([.. items.Where(isListed)], page.ContinuationToken));
    }
}
