using System.Globalization;
using Isms.AccessReviews;
using Isms.Year;
using IsmsFunctions.Hosting.State;
using IsmsFunctions.Hosting.Workflows;
using IsmsFunctions.Organizations;
using IsmsFunctions.Year;
using Microsoft.DurableTask.Client;

namespace IsmsFunctions.AccessReviews;

/// <summary>Starts reviews of access rights, for people and for the year alike.</summary>
public sealed class AccessReviewStarter(StateStore states, Sequences sequences, AccessReviewStore reviews, IWorkflowStarter workflows)
{
    /// <summary>Stores a review and starts its workflow. The same key starts one, however often it is asked for.</summary>
    /// <param name="client">The durable client.</param>
    /// <param name="fiscalYear">The fiscal year it belongs to.</param>
    /// <param name="signOffDue">The day by which every sheet is to be signed off.</param>
    /// <param name="by">The person id of who asks, or <c>system</c>.</param>
    /// <param name="key">Recognises a repetition; null when there is none.</param>
    /// <param name="at">When.</param>
    /// <param name="cancellationToken">Cancels before anything is stored.</param>
    public async Task<Stored<AccessReview>> StartAsync(
        DurableTaskClient client, string fiscalYear, DateOnly signOffDue, string by, string? key, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var number = await sequences.TakeAsync($"access-review-{fiscalYear}", key, cancellationToken);
        var id = string.Create(CultureInfo.InvariantCulture, $"access-review-{fiscalYear}-{number:00}");
        var review = AccessReviewRules.IsStarted(id, fiscalYear, signOffDue, by, at);
        var stored = await states.TryCreateAsync(AccessReviewStore.Kind, id, review, key, wakes: true, cancellationToken)
            ?? await reviews.GetAsync(id, cancellationToken);
        await ResumeAsync(client, stored, cancellationToken);
        return stored;
    }

    /// <summary>Starts the workflow of a review that a crash has cut off before it could.</summary>
    public async Task ResumeAsync(DurableTaskClient client, Stored<AccessReview> stored, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(stored);
        if (!stored.Value.HasEnded)
        {
            await workflows.EnsureRunningAsync(client, AccessReviewStore.Kind, stored.Id, cancellationToken);
        }
    }
}

/// <summary>
/// Starts the review that the plan demands as its items open: the items of all departments open together, and share the review in which each department lead has a
/// sheet. One that somebody started since then is theirs, too.
/// </summary>
public sealed class PlannedAccessReview(AccessReviewStarter starter, AccessReviewStore reviews, OrganizationStore organizations, TimeProvider clock) : IPlannedWork
{
    /// <inheritdoc/>
    public string Kind => "access-review";

    /// <inheritdoc/>
    public async Task<string?> FindOrStartAsync(PlanItem item, DurableTaskClient client, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(item);
        var office = OfficeTime.Of((await organizations.GetAsync(cancellationToken)).TimeZone);
        var opened = office.StartOf(item.OpensOn);
        var found = await reviews.ListAfterAsync(item.FiscalYear, null, cancellationToken)
            .FirstOrDefaultAsync(r => r.Value.Stage != AccessReviewStage.Cancelled && r.Value.RequestedAt >= opened, cancellationToken);
        if (found is { Pending: false })
        {
            return found.Id;
        }

        var now = clock.GetUtcNow();
        var due = AccessReviewSchedule.SignOffDue(office.DateAt(now));

        // Items of one window ask with one key: the fifth comes to the review that the first has started.
        var key = string.Create(CultureInfo.InvariantCulture, $"plan {item.FiscalYear} {item.Duty} {item.OpensOn:yyyy-MM-dd}");
        var stored = found ?? await starter.StartAsync(client, item.FiscalYear, due < item.DueOn ? due : item.DueOn, YearPlanning.System, key, now, cancellationToken);
        if (found is not null)
        {
            await starter.ResumeAsync(client, found, cancellationToken);
        }

        return stored.Value.Stage == AccessReviewStage.Cancelled ? null : stored.Id;
    }
}
