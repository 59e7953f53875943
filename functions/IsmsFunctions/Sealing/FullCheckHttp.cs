using System.Globalization;
using Isms.Rules;
using Isms.Sealing;
using IsmsFunctions.Evidence;
using IsmsFunctions.Hosting.Http;
using IsmsFunctions.Hosting.Identity;
using IsmsFunctions.Hosting.State;
using IsmsFunctions.Hosting.Workflows;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace IsmsFunctions.Sealing;

/// <summary>Checks of everything, on demand.</summary>
public sealed class FullCheckHttp(StateStore states, Ledger ledger, IWorkflowStarter workflows, TimeProvider clock)
{
    /// <summary>
    /// Starts a check of everything, or answers the one of this minute. With <c>?relist=true</c> each item is checked and then listed anew: once, where lists have been
    /// added since it was recorded.
    /// </summary>
    [Function(nameof(StartFullCheck))]
    public async Task<IResult> StartFullCheck(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/ledger/checks")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var relists = request.Query["relist"].FirstOrDefault() switch
        {
            null or "false" => false,
            "true" => true,
            var other => throw new RefusedException(Refusal.Of(RefusalKind.InvalidInput, "full-check-relist-unknown", "relist", other, other)),
        };
        var now = clock.GetUtcNow();
        var check = new FullCheck
        {
            Id = "full-check-" + now.ToString("yyyyMMddHHmm", CultureInfo.InvariantCulture),
            RequestedBy = Actor.Of(request).PersonId,
            StartedAt = now,
            Relists = relists,
            LedgerSize = (await ledger.HeadAsync(cancellationToken)).Size,
        };
        var stored = await states.TryCreateAsync(FullCheckActivities.Kind, check.Id, check, wakes: true, cancellationToken: cancellationToken)
            ?? await FindAsync(check.Id, cancellationToken);
        if (stored.Value.EndedAt is null)
        {
            await workflows.EnsureRunningAsync(client, FullCheckActivities.Kind, check.Id, cancellationToken);
        }

        return Answers.Accepted(request, $"/ledger/checks/{check.Id}", stored.Value);
    }

    /// <summary>Answers how far a check is, and what it found.</summary>
    [Function(nameof(GetFullCheck))]
    public async Task<IResult> GetFullCheck(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/ledger/checks/{id}")] HttpRequest request, string id, CancellationToken cancellationToken) =>
        Answers.Ok((await FindAsync(id, cancellationToken)).Value);

    private async Task<Stored<FullCheck>> FindAsync(string id, CancellationToken cancellationToken) =>
        (id.Length < 50 && id.All(c => char.IsAsciiLetterOrDigit(c) || c == '-') ? await states.FindAsync<FullCheck>(FullCheckActivities.Kind, id, cancellationToken) : null)
            ?? throw new RefusedException(Refusal.Of(RefusalKind.NotFound, "full-check-unknown", "id", id, id));
}
