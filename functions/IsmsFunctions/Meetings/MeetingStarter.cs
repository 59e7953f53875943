using System.Globalization;
using Isms.Meetings;
using IsmsFunctions.Hosting.State;
using IsmsFunctions.Hosting.Workflows;
using Microsoft.DurableTask.Client;

namespace IsmsFunctions.Meetings;

/// <summary>Calls meetings, for people and for the year alike.</summary>
public sealed class MeetingStarter(StateStore states, Sequences sequences, MeetingStore meetings, IWorkflowStarter workflows)
{
    /// <summary>Stores a meeting and starts its workflow. The same key calls one meeting, however often it is asked for.</summary>
    /// <param name="client">The durable client.</param>
    /// <param name="kind">The kind of meeting.</param>
    /// <param name="fiscalYear">The fiscal year.</param>
    /// <param name="item">The instance id of the plan item that it does; null for none.</param>
    /// <param name="due">The day by which it is to be over.</param>
    /// <param name="by">The person id of who calls it, or <c>system</c>.</param>
    /// <param name="key">Recognises a repetition; null when there is none.</param>
    /// <param name="at">When.</param>
    /// <param name="cancellationToken">Cancels before anything is stored.</param>
    public async Task<Stored<Meeting>> CallAsync(
        DurableTaskClient client, MeetingKind kind, string fiscalYear, string? item, DateOnly due, string by, string? key, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var prefix = MeetingStore.PrefixOf(kind, fiscalYear);
        var number = await sequences.TakeAsync(prefix.TrimEnd('-'), key, cancellationToken);
        var id = string.Create(CultureInfo.InvariantCulture, $"{prefix}{number:00}");
        var meeting = MeetingRules.IsCalled(id, kind, fiscalYear, item, due, by, at);
        var stored = await states.TryCreateAsync(MeetingStore.Kind, id, meeting, key, wakes: true, cancellationToken)
            ?? await meetings.GetAsync(id, cancellationToken);
        await workflows.EnsureRunningAsync(client, MeetingStore.Kind, id, cancellationToken);
        return stored;
    }
}
