using DurableTask.Core.Exceptions;
using Microsoft.DurableTask.Client;

namespace Microsoft.DurableTask.Local;

/// <content>
/// What instances say to each other. Calls of sub-orchestrations and their answers can be told from the histories of both sides at
/// any time; sent events lie in the sender's outbox until the receiver has taken them, and the receiver remembers them until the
/// outbox is cleared. All of it is called within the gate.
/// </content>
internal sealed partial class DurableEngine
{
    private void StartChild(InstanceRecord parent, HistoryEvent created)
    {
        var started = new HistoryEvent(HistoryEventKind.ExecutionStarted)
        {
            Name = created.Name,
            Version = created.Version,
            Data = created.Data,
            Parent = new ParentLink(parent.Id, parent.Name, parent.Generation, created.Id!.Value),
        };
        Post(GetOrAdd(created.InstanceId!), new Message(started));
    }

    private void AnswerParent(InstanceRecord ended)
    {
        if (ended.Parent is not { } parent)
        {
            return;
        }

        var answer = ended.Status == OrchestrationRuntimeStatus.Completed
            ? new HistoryEvent(HistoryEventKind.SubOrchestrationCompleted) { Id = parent.TaskId, Data = ended.Ended!.Data }
            : new HistoryEvent(HistoryEventKind.SubOrchestrationFailed)
            {
                Id = parent.TaskId,
                Failure = ended.Ended!.Failure
                    ?? new TaskFailureDetails("Terminated", ended.Ended.Data ?? "The sub-orchestration was terminated.", null, null, null),
            };
        TryPost(parent.InstanceId, new Message(answer, parent.Generation));
    }

    /// <summary>Answers calls that found this instance running for someone else, or done already.</summary>
    private void Answer(Instance instance, Intake intake)
    {
        if (intake.IsRepeatedCall && instance.Record is { IsFinished: true } ended)
        {
            AnswerParent(ended);
        }

        foreach (var parent in intake.Conflicts)
        {
            var failure = new TaskFailureDetails(
                typeof(OrchestrationAlreadyExistsException).FullName!,
                $"An orchestration with the instance id '{instance.Id}' is running already.",
                null,
                null,
                null);
            var answer = new HistoryEvent(HistoryEventKind.SubOrchestrationFailed) { Id = parent.TaskId, Failure = failure, NonRetriable = true };
            TryPost(parent.InstanceId, new Message(answer, parent.Generation));
        }
    }

    private void Deliver(Instance sender, string rowKey, IReadOnlyList<HistoryEvent> events)
    {
        sender.Outbox.Add(rowKey, new OutboxRow(events.Count));
        for (var index = 0; index < events.Count; index++)
        {
            var origin = new SentFrom(sender.Id, rowKey, index);
            var raised = new HistoryEvent(HistoryEventKind.EventRaised) { Name = events[index].Name, Data = events[index].Data };
            sender.Outbox[rowKey].Receivers.Add((events[index].InstanceId!, origin));
            if (!TryPost(events[index].InstanceId!, new Message(raised) { Origin = origin }))
            {
                Acknowledge(origin);
            }
        }
    }

    private void Acknowledge(SentFrom origin)
    {
        if (!instances.TryGetValue(origin.InstanceId, out var sender) || !sender.Outbox.TryGetValue(origin.RowKey, out var row) || --row.Left > 0)
        {
            return;
        }

        sender.ClearedOutbox.Add(origin.RowKey);
        if (sender.Record is { IsFinished: true })
        {
            // No turn of its own would clear it any more.
            ScheduleTurn(sender);
        }
    }

    private void ForgetOutbox(Instance sender, string rowKey)
    {
        sender.ClearedOutbox.Remove(rowKey);
        if (sender.Outbox.Remove(rowKey, out var row))
        {
            foreach (var (receiver, origin) in row.Receivers)
            {
                if (instances.TryGetValue(receiver, out var instance) && instance.Record is { IsFinished: false })
                {
                    instance.ToForget.Add(origin.ToString());
                }
            }
        }
    }
}
