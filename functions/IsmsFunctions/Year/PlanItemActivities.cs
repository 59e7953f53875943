using Isms.Organizations;
using Isms.Year;
using IsmsFunctions.Hosting.State;
using IsmsFunctions.Notifications;
using IsmsFunctions.Organizations;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Options;

namespace IsmsFunctions.Year;

/// <summary>What a plan item's workflow sees of its state.</summary>
/// <param name="IsSettled">Whether its record is to be written.</param>
/// <param name="SeenAt">When it was looked at.</param>
/// <param name="NextMoment">When it has to be looked at again, UTC; null when its workflow ends.</param>
/// <param name="LacksItsWork">Whether the work that does it is to be found or started.</param>
public sealed record PlanItemLook(bool IsSettled, DateTimeOffset SeenAt, DateTime? NextMoment, bool LacksItsWork = false);

/// <summary>What a plan item's workflow does. Each activity can be repeated.</summary>
public sealed class PlanItemActivities(
    StateStore states,
    YearStore years,
    PlanItemRecords records,
    NextYear nextYear,
    INotifier notifier,
    OrganizationStore organizations,
    IOptions<NotificationOptions> options,
    TimeProvider clock)
{
    /// <summary>Looks at the item, and writes to the people who have to know what became due since the last look.</summary>
    [Function(nameof(LookAfterPlanItem))]
    public async Task<PlanItemLook> LookAfterPlanItem([ActivityTrigger] PlanItemCheckpoint input, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        var stored = await years.GetItemAsync(input.Instance, cancellationToken);
        await states.AcknowledgeAsync(stored, cancellationToken);
        var organization = await organizations.GetAsync(cancellationToken);
        var office = OfficeTime.Of(organization.TimeZone);
        var now = clock.GetUtcNow();
        var item = await NoteHandoverAsync(stored.Value, organization, now, cancellationToken);
        foreach (var notice in PlanItemNotices.Due(item, office, input.HandledUntil, now))
        {
            await SendAsync(notice, item, organization, cancellationToken);
        }

        return new PlanItemLook(
            item.State is PlanItemState.Approved or PlanItemState.Waived, now, await NextMomentAsync(item, office, now, cancellationToken),
            PlanItemProgress.LacksItsWork(item));
    }

    /// <summary>Writes the completion or waiver record, closes an item that is done, and prepares the next year when its plan was what was approved.</summary>
    [Function(nameof(RecordPlanItem))]
    public async Task RecordPlanItem(
        [ActivityTrigger] PlanItemCheckpoint input, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        var item = (await years.GetItemAsync(input.Instance, cancellationToken)).Value;
        await records.RecordAsync(item, cancellationToken);
        if (item is { StartsNextYear: true, State: PlanItemState.Approved })
        {
            await nextYear.PrepareAsync(item, client, cancellationToken);
        }

        await states.UpdateAsync<PlanItem>(
            YearStore.Item, input.Instance, i => PlanItemProgress.Complete(i, clock.GetUtcNow()), cancellationToken: cancellationToken);
    }

    /// <summary>Where the item has passed into other hands since the last look, its log says so.</summary>
    private async Task<PlanItem> NoteHandoverAsync(PlanItem item, Organization organization, DateTimeOffset now, CancellationToken cancellationToken) =>
        ReferenceEquals(PlanItemHandover.Note(item, organization, now), item)
            ? item
            : (await states.UpdateAsync<PlanItem>(
                YearStore.Item, item.InstanceId, i => PlanItemHandover.Note(i, organization, now), cancellationToken: cancellationToken)).Value;

    /// <summary>The next notice, or the morning of the next day on which somebody's part changes by itself.</summary>
    private async Task<DateTime?> NextMomentAsync(PlanItem item, OfficeTime office, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var notice = PlanItemNotices.NextMoment(item, office, now);
        var settings = (await organizations.FindAsync(cancellationToken))!.Value;
        var change = settings.ChangeDays().Select(office.MorningOf).Where(m => m > now).Select(m => (DateTimeOffset?)m).Min();
        return (notice is null || change is null || notice < change ? notice : change)?.UtcDateTime;
    }

    private async Task SendAsync(PlanItemNotice notice, PlanItem item, Organization organization, CancellationToken cancellationToken)
    {
        if (EscalationOf(notice.Kind) is { } level)
        {
            await states.UpdateAsync<PlanItem>(
                YearStore.Item, item.InstanceId, i => i.HasEnded ? i : PlanItemProgress.Escalate(i, level, notice.At), cancellationToken: cancellationToken);
        }

        var cameAfter = PlanItemNotices.CameAfter(notice, item);
        foreach (var person in RecipientsOf(notice, item, organization).Where(p => !cameAfter.Contains(p.Id)))
        {
            await notifier.NotifyAsync(Message(notice, item, organization, person), cancellationToken);
        }
    }

    private static PlanItemAct? EscalationOf(PlanItemNoticeKind kind) => kind switch
    {
        PlanItemNoticeKind.EscalatedToManager => PlanItemAct.EscalatedToManager,
        PlanItemNoticeKind.EscalatedToTopManagement => PlanItemAct.EscalatedToTopManagement,
        _ => null,
    };

    private static IEnumerable<Person> RecipientsOf(PlanItemNotice notice, PlanItem item, Organization organization) => notice switch
    {
        { People: { } people } => people.Select(organization.FindPerson).OfType<Person>(),
        { Kind: PlanItemNoticeKind.ToApprove or PlanItemNoticeKind.StillToApprove } => item.Approvers(organization),
        { Kind: PlanItemNoticeKind.EscalatedToManager } => WithDelegates(organization, Role.IsmsManager),
        { Kind: PlanItemNoticeKind.EscalatedToTopManagement } => WithDelegates(organization, Role.TopManagement),
        _ => item.Doers(organization),
    };

    private static IEnumerable<Person> WithDelegates(Organization organization, Role role) =>
        organization.InRole(role).SelectMany(p => organization.DelegatesOf(p.Id, role).Prepend(p)).DistinctBy(p => p.Id);

    private Notification Message(PlanItemNotice notice, PlanItem item, Organization organization, Person person)
    {
        var link = $"{options.Value.Site}/api/years/{item.FiscalYear}/items/{item.Id}";
        return new Notification(
            $"{item.InstanceId}.{notice.Key}.{person.Id}",
            person.Id,
            PlanItemTexts.Subject(notice, item),
            PlanItemTexts.Body(notice, item, organization, person, link),
            item.InstanceId,
            notice.Delivery,
            PlanItemTexts.InDigest(item, link));
    }
}
