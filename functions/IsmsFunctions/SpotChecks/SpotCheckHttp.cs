using System.Globalization;
using Isms.Audits;
using Isms.CorrectiveActions;
using Isms.Organizations;
using Isms.Rules;
using Isms.SpotChecks;
using Isms.Text;
using Isms.Year;
using IsmsFunctions.CorrectiveActions;
using IsmsFunctions.Hosting.Http;
using IsmsFunctions.Hosting.State;
using IsmsFunctions.Hosting.Workflows;
using IsmsFunctions.Notifications;
using IsmsFunctions.Organizations;
using IsmsFunctions.Year;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace IsmsFunctions.SpotChecks;

/// <summary>What was found about a person of the sample.</summary>
/// <param name="Conforming">Whether account and rights are as they should be.</param>
/// <param name="Note">What was found.</param>
public sealed record LookAtPerson(bool Conforming, string? Note = null);

/// <summary>Makes spot-checks, shows them, and takes what people decide about their exceptions.</summary>
public sealed class SpotCheckHttp(
    SpotCheckMaking making, SpotCheckStore checks, StateStore states, ActionStarter actions, INotifier notifier, OrganizationStore organizations, TimeProvider clock)
{
    /// <summary>Makes a spot-check now.</summary>
    [Function(nameof(MakeSpotCheck))]
    public async Task<IResult> MakeSpotCheck(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/spot-checks")] HttpRequest request, CancellationToken cancellationToken)
    {
        var command = request.Command(clock);
        var stored = await making.MakeAsync(command.Actor.PersonId, command.IdempotencyKey, cancellationToken);
        return Answers.Created(request, $"/spot-checks/{stored.Id}", SpotCheckDetails.Details(stored.Value, await organizations.GetAsync(cancellationToken)));
    }

    /// <summary>Spot-checks by id, a page at a time (<c>?top=&amp;continuationToken=</c>); those of one year with <c>?fy=</c>.</summary>
    [Function(nameof(ListSpotChecks))]
    public async Task<IResult> ListSpotChecks(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/spot-checks")] HttpRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var year = request.Query["fy"].FirstOrDefault();
        var page = PageRequest.Of(request, SpotCheckStore.PrefixOf(year));
        return Answers.Ok(await page.TakeAsync(checks.ListAfterAsync(year, page.After, cancellationToken).Select(c => SpotCheckSummary.Of(c.Value)), c => c.Id, cancellationToken));
    }

    /// <summary>One spot-check: points with limits and results, decisions, and the sample.</summary>
    [Function(nameof(GetSpotCheck))]
    public async Task<IResult> GetSpotCheck(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/spot-checks/{id}")] HttpRequest request, string id, CancellationToken cancellationToken)
    {
        var stored = await checks.GetAsync(id, cancellationToken);
        return Answers.Ok(request, stored, SpotCheckDetails.Details(stored.Value, await organizations.GetAsync(cancellationToken)));
    }

    /// <summary>Decides what is done about an exception: a task, a corrective action, or a risk that is accepted until a day.</summary>
    [Function(nameof(DecideSpotPoint))]
    public async Task<IResult> DecideSpotPoint(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/spot-checks/{id}/points/{point}/decide")] HttpRequest request,
        string id,
        string point,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        var body = await request.ReadBodyAsync<DecidePoint>(cancellationToken);
        var on = await OccasionAsync(request, cancellationToken);
        var present = await checks.GetAsync(id, cancellationToken);
        string? action = null;
        if (body.Kind == SpotDecisionKind.CorrectiveAction && !on.IsRepeated(present))
        {
            action = SpotRules.MayDecide(present.Value, point, body, on.By, on.Organization, on.Today) is { } refusal
                ? throw new RefusedException(refusal)
                : await RaiseAsync(present.Value, point, body, on, client, cancellationToken);
        }

        return await ApplyAsync(
            request, id, on, check => SpotRules.PointIsDecided(check, point, body, action, on.By, on.Command.At, on.Organization, on.Today),
            check => body.Kind == SpotDecisionKind.Task
                ? notifier.NotifyAsync(id, 1, SpotLetters.Task(check.FindPoint(point)!, check, on.Organization), cancellationToken)
                : Task.CompletedTask,
            cancellationToken);
    }

    /// <summary>Notes what somebody found who looked at a person's account and rights.</summary>
    [Function(nameof(LookAtSampledPerson))]
    public async Task<IResult> LookAtSampledPerson(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/spot-checks/{id}/sample/{account}/look")] HttpRequest request,
        string id,
        string account,
        CancellationToken cancellationToken)
    {
        var body = await request.ReadBodyAsync<LookAtPerson>(cancellationToken);
        var on = await OccasionAsync(request, cancellationToken);
        return await ApplyAsync(
            request, id, on, check => SpotRules.PersonIsLookedAt(check, account, body.Conforming, body.Note, on.By, on.Command.At, on.Organization), _ => Task.CompletedTask, cancellationToken);
    }

    /// <summary>Closes a spot-check; its record is written then.</summary>
    [Function(nameof(CloseSpotCheck))]
    public async Task<IResult> CloseSpotCheck(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/spot-checks/{id}/close")] HttpRequest request, string id, CancellationToken cancellationToken)
    {
        var body = await request.ReadOptionalBodyAsync<Remark>(cancellationToken);
        var on = await OccasionAsync(request, cancellationToken);
        return await ApplyAsync(
            request, id, on, check => SpotRules.IsClosed(check, body?.Comment, on.By, on.Command.At), check => making.RecordAsync(check, cancellationToken), cancellationToken);
    }

    private async Task<string> RaiseAsync(SpotCheck check, string pointId, DecidePoint body, Occasion on, DurableTaskClient client, CancellationToken cancellationToken)
    {
        var point = check.FindPoint(pointId)!;
        var owner = SpotRules.OwnerOf(body, on.Organization);
        var name = SpotCatalogue.NameOf(point, check);
        var culture = CultureInfo.GetCultureInfo(on.Organization.Culture);
        var seen = point.Fact ?? string.Join(", ", point.Counts.Select(c => $"{SpotPapers.NameOf(c.Key).In(culture)} {c.Value}"));
        var nonconformity = new Nonconformity(
            on.Organization.FindPerson(owner)!.DepartmentId, Texts.Get("spot-check.requirement", name, SpotCatalogue.LimitOf(pointId, on.Organization.Policy)),
            Texts.Get("spot-check.fact", check.Id, seen).In(culture), [.. point.Sources.Select(s => s.Evidence).Distinct()], "9.1", SpotCatalogue.Find(pointId)?.Control, null, Urgency.High);
        var raised = await actions.RaiseAsync(
            client, new ActionSource(ActionOrigin.SpotCheck, check.Id, pointId), nonconformity, owner, on.By.PersonId, $"{check.Id} {pointId}", on.Command.At, cancellationToken);
        return raised.Id;
    }

    private async Task<Occasion> OccasionAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var command = request.Command(clock);
        var organization = await organizations.GetAsync(cancellationToken);
        return new Occasion(command, ActingRoles.Of(command.Actor, organization), organization, OfficeTime.Of(organization.TimeZone).DateAt(command.At));
    }

    /// <summary>
    /// Changes a spot-check under its version, and does what follows from it; both can be repeated, so a request that a crash cut off is sent again with its key. There
    /// is no workflow to wake: what comes back, comes back with the next spot-check.
    /// </summary>
    private async Task<IResult> ApplyAsync(
        HttpRequest request, string id, Occasion on, Func<SpotCheck, Outcome<SpotCheck>> decide, Func<SpotCheck, Task> follow, CancellationToken cancellationToken)
    {
        while (true)
        {
            var present = await checks.GetAsync(id, cancellationToken);
            if (!on.IsRepeated(present) && on.Command.IfMatch is { } expected && expected != "*" && expected != present.HttpETag)
            {
                throw new RefusedException(Refusal.Of(RefusalKind.Stale, "changed-by-someone-else", "If-Match", expected, present.HttpETag));
            }

            var stored = on.IsRepeated(present)
                ? present
                : await states.TryReplaceAsync(present, decide(present.Value).Value, on.Command.IdempotencyKey, cancellationToken: cancellationToken);
            if (stored is not null)
            {
                await follow(stored.Value);
                return Answers.Ok(request, stored, SpotCheckDetails.Details(stored.Value, on.Organization));
            }
        }
    }

    /// <summary>Who gives a command, and when.</summary>
    private sealed record Occasion(CommandContext Command, Acting By, Organization Organization, DateOnly Today)
    {
        public bool IsRepeated(Stored<SpotCheck> check) => Command.IdempotencyKey is { } key && check.AppliedKeys.Contains(key);
    }
}
