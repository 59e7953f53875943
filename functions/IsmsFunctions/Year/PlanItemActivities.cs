using Isms.Organizations;
using Isms.Year;
using IsmsFunctions.Hosting.State;
using IsmsFunctions.Notifications;
using IsmsFunctions.Organizations;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Options;

namespace IsmsFunctions.Year;

/// <summary>What a plan item's workflow sees of its state.</summary>
/// <param name="IsSettled">Whether its record is to be written.</param>
/// <param name="HasNotices">Whether notices are due.</param>
/// <param name="SeenAt">When it was looked at.</param>
/// <param name="NextMoment">When it has to be looked at again, UTC; null when its workflow ends.</param>
public sealed record PlanItemLook(bool IsSettled, bool HasNotices, DateTimeOffset SeenAt, DateTime? NextMoment);

/// <summary>A span of time in which notices of a plan item became due.</summary>
/// <param name="Instance">The item's instance id.</param>
/// <param name="After">Its start, exclusive.</param>
/// <param name="Until">Its end, inclusive.</param>
public sealed record PlanItemOccasion(string Instance, DateTimeOffset After, DateTimeOffset Until);

/// <summary>What a plan item's workflow does. Each activity can be repeated.</summary>
public sealed class PlanItemActivities(
    StateStore states,
    YearStore years,
    PlanItemRecords records,
    INotifier notifier,
    OrganizationStore organizations,
    IOptions<NotificationOptions> options,
    TimeProvider clock)
{
    /// <summary>Looks at the item.</summary>
    [Function(nameof(ReadPlanItem))]
    public async Task<PlanItemLook> ReadPlanItem([ActivityTrigger] PlanItemCheckpoint input, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        var stored = await years.GetItemAsync(input.Instance, cancellationToken);
        await states.AcknowledgeAsync(stored, cancellationToken);
        var office = OfficeTime.Of((await organizations.GetAsync(cancellationToken)).TimeZone);
        var (item, now) = (stored.Value, clock.GetUtcNow());
        return new PlanItemLook(
            item.State is PlanItemState.Approved or PlanItemState.Waived,
            PlanItemNotices.Due(item, office, input.HandledUntil, now).Count > 0,
            now,
            PlanItemNotices.NextMoment(item, office, now)?.UtcDateTime);
    }

    /// <summary>Writes to the people who have to know, and notes escalations.</summary>
    [Function(nameof(SendPlanItemNotices))]
    public async Task SendPlanItemNotices([ActivityTrigger] PlanItemOccasion input, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        var item = (await years.GetItemAsync(input.Instance, cancellationToken)).Value;
        var organization = await organizations.GetAsync(cancellationToken);
        foreach (var notice in PlanItemNotices.Due(item, OfficeTime.Of(organization.TimeZone), input.After, input.Until))
        {
            if (EscalationOf(notice.Kind) is { } level)
            {
                await states.UpdateAsync<PlanItem>(
                    YearStore.Item, item.InstanceId, i => i.HasEnded ? i : PlanItemProgress.Escalate(i, level, notice.At), cancellationToken: cancellationToken);
            }

            foreach (var person in RecipientsOf(notice.Kind, item, organization))
            {
                await notifier.NotifyAsync(Message(notice, item, organization, person), cancellationToken);
            }
        }
    }

    /// <summary>Writes the completion or waiver record, and closes an item that is done.</summary>
    [Function(nameof(RecordPlanItem))]
    public async Task RecordPlanItem([ActivityTrigger] PlanItemCheckpoint input, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        var item = (await years.GetItemAsync(input.Instance, cancellationToken)).Value;
        await records.RecordAsync(item, cancellationToken);
        await states.UpdateAsync<PlanItem>(
            YearStore.Item, input.Instance, i => PlanItemProgress.Complete(i, clock.GetUtcNow()), cancellationToken: cancellationToken);
    }

    private static PlanItemAct? EscalationOf(PlanItemNoticeKind kind) => kind switch
    {
        PlanItemNoticeKind.EscalatedToManager => PlanItemAct.EscalatedToManager,
        PlanItemNoticeKind.EscalatedToTopManagement => PlanItemAct.EscalatedToTopManagement,
        _ => null,
    };

    private static IEnumerable<Person> RecipientsOf(PlanItemNoticeKind kind, PlanItem item, Organization organization) => kind switch
    {
        PlanItemNoticeKind.ToApprove or PlanItemNoticeKind.StillToApprove => item.Approvers(organization),
        PlanItemNoticeKind.EscalatedToManager => organization.InRole(Role.IsmsManager),
        PlanItemNoticeKind.EscalatedToTopManagement => organization.InRole(Role.TopManagement),
        _ => item.ResponsiblePeople(organization),
    };

    private Notification Message(PlanItemNotice notice, PlanItem item, Organization organization, Person person)
    {
        var link = $"{options.Value.Site}/api/years/{item.FiscalYear}/items/{item.Id}";
        return new Notification(
            $"{item.InstanceId}.{notice.Key}.{person.Id}",
            person.Id,
            PlanItemTexts.Subject(notice, item),
            PlanItemTexts.Body(notice, item, organization, person, link),
            item.InstanceId);
    }
}
