using Isms.Monitoring;
using Isms.Organizations;
using Isms.Packs;
using Isms.Rules;
using Isms.Year;
using IsmsFunctions.Evidence;
using IsmsFunctions.Hosting.State;
using IsmsFunctions.Hosting.Workflows;
using IsmsFunctions.Organizations;
using IsmsFunctions.Registers;
using IsmsFunctions.Sealing;
using Microsoft.DurableTask.Client;

namespace IsmsFunctions.Packs;

/// <summary>Begins packs: fixes which state of ledger and registers a pack shows, and starts its making.</summary>
public sealed class PackStarter(
    PackStore packs, PackBlobs plans, EvidenceStore evidence, LedgerSeal seal, RegisterStore registers, OrganizationStore organizations, IWorkflowStarter workflows, TimeProvider clock)
{
    /// <summary>Begins a pack, or returns the one that was made of the same state: asked twice, it is one pack.</summary>
    /// <exception cref="RefusedException">The scope is empty or holds nothing, or the ledger cannot be signed.</exception>
    public async Task<Stored<Pack>> StartAsync(
        DurableTaskClient client, PackScope scope, DateTimeOffset? registersAsOf, string by, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);
        if (scope.IsEmpty)
        {
            throw new RefusedException(Refusal.Of(RefusalKind.InvalidInput, "pack-scope-missing", "fiscalYear"));
        }

        var organization = await organizations.GetAsync(cancellationToken);
        var found = await evidence.ListAsync(PackPlanner.QueryOf(scope), 1, null, cancellationToken);
        var head = found.Items.Count > 0 ? await seal.SignAsync(cancellationToken) : null;
        if (head is null)
        {
            throw new RefusedException(Refusal.Of(RefusalKind.RuleBroken, "pack-empty", null, null, scope));
        }

        var asOf = registersAsOf ?? await RegistersOfAsync(scope, organization, head.At, cancellationToken);
        var pack = new Pack
        {
            Id = scope.IdAt(head.Size, asOf),
            Scope = scope,
            RequestedBy = by,
            RequestedAt = clock.GetUtcNow(),
            Head = head,
            RegistersAsOf = asOf,
        };
        await plans.PrepareAsync(cancellationToken); // At the first pack rather than at every start of the app.
        var stored = await packs.TryCreateAsync(pack, cancellationToken) ?? await packs.GetAsync(pack.Id, cancellationToken);
        if (stored.Value.Status == PackStatus.Preparing)
        {
            await workflows.EnsureRunningAsync(client, PackStore.Kind, pack.Id, cancellationToken);
        }

        return stored;
    }

    /// <summary>The registers as they were when the scope's time ended; as they were last changed, when it has not.</summary>
    private async Task<DateTimeOffset> RegistersOfAsync(PackScope scope, Organization organization, DateTimeOffset otherwise, CancellationToken cancellationToken)
    {
        var end = scope.To;
        if (end is null && FiscalYear.TryParse(scope.FiscalYear, organization.FiscalYearStartMonth, out var year))
        {
            end = BeginningOf(year.Next.Start, organization);
        }

        if (end < clock.GetUtcNow())
        {
            return end.Value;
        }

        var book = await registers.ReadAsync(cancellationToken);
        return book.Version > 0 ? book.At : otherwise;
    }

    private static DateTimeOffset BeginningOf(DateOnly day, Organization organization) =>
        CollectionWindows.StartOf(day, TimeZoneInfo.FindSystemTimeZoneById(organization.TimeZone));
}
