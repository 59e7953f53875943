using Isms.Meetings;
using Isms.Year;
using IsmsFunctions.Hosting.State;
using IsmsFunctions.Hosting.Workflows;
using IsmsFunctions.Year;
using Microsoft.DurableTask.Client;

namespace IsmsFunctions.Meetings;

/// <summary>Calls the meeting that a plan item demands as the item opens.</summary>
/// <param name="meetings">Finds the meeting of an item that was carried over.</param>
/// <param name="starter">Calls one.</param>
/// <param name="workflows">Starts its workflow where a crash came between.</param>
/// <param name="clock">The present.</param>
/// <param name="kind">The kind of meeting.</param>
/// <param name="work">What duties of the catalogue call it.</param>
public abstract class PlannedMeeting(
    MeetingStore meetings, MeetingStarter starter, IWorkflowStarter workflows, TimeProvider clock, MeetingKind kind, string work) : IPlannedWork
{
    /// <inheritdoc/>
    public string Kind => work;

    /// <inheritdoc/>
    public async Task<string?> FindOrStartAsync(PlanItem item, DurableTaskClient client, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(item);
        if (item.CarriedFrom is { } earlier && await FindAsync(earlier, cancellationToken) is { } carried)
        {
            if (carried.Pending)
            {
                await workflows.EnsureRunningAsync(client, MeetingStore.Kind, carried.Id, cancellationToken);
            }

            return carried.Id;
        }

        return (await starter.CallAsync(
            client, kind, item.FiscalYear, item.InstanceId, item.DueOn, YearPlanning.System, item.InstanceId, clock.GetUtcNow(), cancellationToken)).Id;
    }

    /// <summary>The meeting of the year before that is still under way.</summary>
    private async Task<Stored<Meeting>?> FindAsync(CarriedFrom earlier, CancellationToken cancellationToken) =>
        await meetings.ListAfterAsync(kind, earlier.FiscalYear, null, cancellationToken)
            .FirstOrDefaultAsync(m => m.Value.Item == earlier.Item && m.Value.Stage != MeetingStage.Cancelled, cancellationToken);
}

/// <summary>Calls the management review.</summary>
public sealed class PlannedReview(MeetingStore meetings, MeetingStarter starter, IWorkflowStarter workflows, TimeProvider clock)
    : PlannedMeeting(meetings, starter, workflows, clock, MeetingKind.ManagementReview, "management-review");

/// <summary>Calls the committee of the month.</summary>
public sealed class PlannedCommittee(MeetingStore meetings, MeetingStarter starter, IWorkflowStarter workflows, TimeProvider clock)
    : PlannedMeeting(meetings, starter, workflows, clock, MeetingKind.Committee, "committee");
