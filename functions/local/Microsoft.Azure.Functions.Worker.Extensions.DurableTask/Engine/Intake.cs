namespace Microsoft.DurableTask.Local;

/// <summary>Sorts what has come for an instance into what happens to it, and what is too late, doubled or astray.</summary>
internal sealed class Intake
{
    private readonly OpenWork open;
    private readonly DateTime now;

    public Intake(InstanceRecord? record, IReadOnlyList<Message> batch, DateTime now, Func<HistoryEvent, InstanceRecord> begin)
    {
        Record = record;
        this.now = now;
        open = OpenWork.Of(record is null || record.IsFresh ? [] : record.Events);
        foreach (var message in batch.OrderBy(message => message.Event.Kind != HistoryEventKind.ExecutionStarted))
        {
            if (message.RowKey is { } row)
            {
                Rows.Add(row);
            }

            if (message.Event.Kind == HistoryEventKind.ExecutionStarted)
            {
                Begin(message.Event, begin);
            }
            else if (Accepts(message))
            {
                Accepted.Add(message.Event);
                open.Apply(message.Event);
                Remember(message, Taken);
            }
            else
            {
                Remember(message, Refused);
            }
        }
    }

    /// <summary>The record that the turn goes out from: that of a new sub-orchestration, if one begins.</summary>
    public InstanceRecord? Record { get; private set; }

    public List<HistoryEvent> Accepted { get; } = [];

    /// <summary>Rows of messages that are done with.</summary>
    public List<string> Rows { get; } = [];

    public List<SentFrom> Taken { get; } = [];

    public List<SentFrom> Refused { get; } = [];

    /// <summary>Calls of an instance that runs already, or has run for the same call.</summary>
    public List<ParentLink> Conflicts { get; } = [];

    public bool IsRepeatedCall { get; private set; }

    private void Begin(HistoryEvent started, Func<HistoryEvent, InstanceRecord> begin)
    {
        if (Record is not null && Record.Parent == started.Parent)
        {
            IsRepeatedCall = true;
        }
        else if (Record is null || Record.IsFinished)
        {
            Record = begin(started);
        }
        else
        {
            Conflicts.Add(started.Parent!);
        }
    }

    private bool Accepts(Message message)
    {
        if (Record is null || Record.IsFinished || (message.Generation is { } generation && generation != Record.Generation))
        {
            return false;
        }

        var id = message.Event.Id ?? -1;
        return message.Event.Kind switch
        {
            HistoryEventKind.TaskCompleted or HistoryEventKind.TaskFailed => open.Tasks.ContainsKey(id),
            HistoryEventKind.SubOrchestrationCompleted or HistoryEventKind.SubOrchestrationFailed => open.SubOrchestrations.ContainsKey(id),

            // A timer of the execution before may have the same number.
            HistoryEventKind.TimerFired => open.Timers.TryGetValue(id, out var created) && created.At <= now,
            _ => message.Origin is not { } origin || !(Record.Taken.Contains(origin.ToString()) || Taken.Contains(origin)),
        };
    }

    private static void Remember(Message message, List<SentFrom> origins)
    {
        if (message.Origin is { } origin)
        {
            origins.Add(origin);
        }
    }
}
