using Microsoft.DurableTask.Client;

namespace Microsoft.DurableTask.Local;

/// <content>Turns: take in what has come, play, commit, and let others know.</content>
internal sealed partial class DurableEngine
{
    private const int StartTimer = -1;
    private const int MostMessagesATurn = 60;

    private async Task RunTurnAsync(Instance instance)
    {
        try
        {
            await instance.Turns.WaitAsync();
            try
            {
                await TurnAsync(instance);
            }
            finally
            {
                instance.Turns.Release();
            }

            lock (gate)
            {
                instance.IsScheduled = false;
                if (IsReady(instance))
                {
                    ScheduleTurn(instance);
                }
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Nothing has been changed; the turn is repeated after the next start.
        }
        catch (Exception exception)
        {
            Fail(exception);
        }
    }

    /// <summary>Whether a turn would do anything now. Called within the gate.</summary>
    private bool IsReady(Instance instance)
    {
        var record = instance.Record;
        var hasMore = instance.Inbox.Count > 0 || record is { IsFresh: true } || (instance.ClearedOutbox.Count > 0 && record is not { IsFinished: false });
        return hasMore && !IsHeldBack(instance);
    }

    /// <summary>Whether an instance has to wait for its start time, or for a worker of another version.</summary>
    private bool IsHeldBack(Instance instance)
    {
        if (instance.Record is not { IsFinished: false } record)
        {
            return false;
        }

        if (Versions.Rejects(options.Versioning, record.Version))
        {
            if (!instance.IsRejected && options.Logger is { } logger)
            {
                VersionRejected(logger, record.Id, record.Version);
            }

            instance.IsRejected = true;
            return true;
        }

        if (record is not { Status: OrchestrationRuntimeStatus.Pending, StartAt: { } startAt } || startAt <= options.Clock.GetUtcNow())
        {
            return false;
        }

        timers.Add(startAt.UtcDateTime, record.Id, StartTimer);
        return !instance.Inbox.Any(message => message.Event.Kind == HistoryEventKind.ExecutionTerminated);
    }

    private async Task TurnAsync(Instance instance)
    {
        var batch = new List<Message>();
        List<string> cleared;
        HashSet<string> forgotten;
        lock (gate)
        {
            if (!IsReady(instance))
            {
                return;
            }

            // A termination that gets ahead of the start time must not be left in the queue.
            var takesAll = instance.Record is { Status: OrchestrationRuntimeStatus.Pending, StartAt: not null };
            while ((takesAll || batch.Count < MostMessagesATurn) && instance.Inbox.TryDequeue(out var message))
            {
                batch.Add(message);
            }

            cleared = [.. instance.ClearedOutbox.Take(MostMessagesATurn / 2)];
            forgotten = [.. instance.ToForget];
        }

        ThrowIfStopped();
        var before = instance.Record;
        var intake = new Intake(before, batch, options.Clock.GetUtcNow().UtcDateTime, started => Begin(instance.Id, started, parent: started.Parent));
        if (intake.Record is { IsFinished: false } record && (record.IsFresh || intake.Accepted.Count > 0))
        {
            var play = new Play(runner, options, NewGeneration);
            var after = await PlayAsync(play, record, intake);
            after = after with { Taken = [.. after.Taken.Where(taken => !forgotten.Contains(taken)), .. intake.Taken.Select(origin => origin.ToString())] };
            var commit = new Commit(before, after, instance.StoredVersion) { Deleted = [.. intake.Rows, .. cleared] };
            await CommitTurnAsync(instance, commit, play, isKept: forgotten.Count == 0 && CanBeKept(commit, intake, play));
        }
        else if (intake.Rows.Count > 0 || (cleared.Count > 0 && intake.Record is not { IsFinished: false }))
        {
            await store.DeleteRowsAsync(instance.Id, [.. intake.Rows, .. cleared]);
            forgotten = [];
        }
        else
        {
            cleared = [];
            forgotten = [];
        }

        lock (gate)
        {
            instance.ToForget.ExceptWith(forgotten);
            cleared.ForEach(row => ForgetOutbox(instance, row));
            intake.Taken.ForEach(Acknowledge);
            intake.Refused.ForEach(Acknowledge);
            Answer(instance, intake);
        }
    }

    private Task<InstanceRecord> PlayAsync(Play play, InstanceRecord record, Intake intake)
    {
        if (Versions.Rejects(options.Versioning, record.Version))
        {
            return Task.FromResult(record with { Events = [.. record.Events, .. intake.Accepted] });
        }

        // Only a termination gets through to an instance that is not due yet.
        var isDue = record.Status != OrchestrationRuntimeStatus.Pending || record.StartAt is not { } startAt || startAt <= options.Clock.GetUtcNow();
        return isDue ? play.RunAsync(record, intake.Accepted) : Task.FromResult(play.TerminateBeforeStart(record, intake.Accepted));
    }

    /// <summary>
    /// Whether a turn may be stored with the next one: it has taken in nothing but its start or timers, which come again after a crash, and has decided nothing but to call
    /// activities, which then run again as they may at any time. What an activity has answered is always stored before anything is done about it.
    /// </summary>
    private static bool CanBeKept(Commit commit, Intake intake, Play play)
    {
        if (commit is not { Before: { } before, StoredVersion: not null, Deleted.Count: 0, After.IsFinished: false } || before.Generation != commit.After.Generation)
        {
            return false;
        }

        var past = before.IsFresh ? 0 : before.Events.Count;
        var decided = commit.After.Events.Skip(past).Select(happened => happened.Kind).ToList();
        return play.Sent.Count == 0
            && intake.Taken.Count == 0
            && decided.Contains(HistoryEventKind.TaskScheduled)
            && decided.TrueForAll(kind => kind is HistoryEventKind.TurnStarted or HistoryEventKind.ExecutionStarted or HistoryEventKind.TimerFired
                or HistoryEventKind.TimerCancelled or HistoryEventKind.TaskScheduled);
    }

    private async Task CommitTurnAsync(Instance instance, Commit commit, Play play, bool isKept)
    {
        if (play.Sent.Count > 0)
        {
            commit = commit with { OutboxKey = InstanceRows.OutboxKey(instance.NextOutboxNumber++), Outbox = play.Sent };
        }

        var stored = commit.After;
        if (!isKept)
        {
            (stored, instance.StoredVersion) = await store.CommitAsync(commit);
        }

        lock (gate)
        {
            instance.Record = stored;
            UpdateTimers(commit.Before, stored);
            StartWork(commit.Before, stored);
            if (commit.OutboxKey is { } key)
            {
                Deliver(instance, key, commit.Outbox);
            }

            if (stored.IsFinished)
            {
                AnswerParent(stored);
            }

            watchers.Notify(instance.Id);
        }

        LogEnd(stored, play.Failure);
    }

    private void LogEnd(InstanceRecord ended, Exception? failure)
    {
        if (!ended.IsFinished || options.Logger is not { } logger)
        {
            return;
        }

        if (ended.Status == OrchestrationRuntimeStatus.Failed)
        {
            OrchestrationFailed(logger, ended.Id, ended.Name, failure);
        }
        else
        {
            OrchestrationEnded(logger, ended.Id, ended.Name, ended.Status);
        }
    }

    private static OpenWork OpenIn(InstanceRecord? record)
        => OpenWork.Of(record is null or { IsFinished: true } or { IsFresh: true } ? [] : record.Events);

    private void UpdateTimers(InstanceRecord? before, InstanceRecord after)
    {
        var old = OpenIn(before).Timers;
        var current = OpenIn(after).Timers;
        if (before?.Generation == after.Generation)
        {
            var kept = old.Keys.Intersect(current.Keys).ToList();
            kept.ForEach(id => old.Remove(id));
            kept.ForEach(id => current.Remove(id));
        }

        foreach (var gone in old.Values)
        {
            timers.Remove(gone.At!.Value, after.Id, gone.Id!.Value);
        }

        foreach (var created in current.Values)
        {
            timers.Add(created.At!.Value, after.Id, created.Id!.Value);
        }

        if (before?.StartAt is { } startAt && after.IsFinished)
        {
            timers.Remove(startAt.UtcDateTime, after.Id, StartTimer);
        }
    }

    private void StartWork(InstanceRecord? before, InstanceRecord after)
    {
        var old = before?.Generation == after.Generation ? OpenIn(before) : new OpenWork();
        var current = OpenIn(after);
        foreach (var scheduled in current.Tasks.Values.Where(task => !old.Tasks.ContainsKey(task.Id!.Value)))
        {
            QueueActivity(after, scheduled);
        }

        foreach (var created in current.SubOrchestrations.Values.Where(child => !old.SubOrchestrations.ContainsKey(child.Id!.Value)))
        {
            StartChild(after, created);
        }
    }

    private InstanceRecord Begin(string instanceId, HistoryEvent started, ParentLink? parent)
    {
        var now = options.Clock.GetUtcNow();
        return new InstanceRecord(instanceId, started.Name!, NewGeneration())
        {
            Version = started.Version ?? string.Empty,
            Parent = parent,
            CreatedAt = now,
            UpdatedAt = now,
            Events = [started],
            IsFresh = true,
        };
    }

    private long NewGeneration() => Interlocked.Increment(ref lastGeneration);
}
