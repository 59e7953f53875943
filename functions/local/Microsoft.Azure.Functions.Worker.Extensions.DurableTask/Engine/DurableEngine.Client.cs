using Azure;
using DurableTask.Core.Exceptions;
using Microsoft.DurableTask.Client;

namespace Microsoft.DurableTask.Local;

/// <summary>What a client asks for when it starts an orchestration.</summary>
internal sealed record NewInstance(string Id, string Name, string? Input, string Version)
{
    public DateTimeOffset? StartAt { get; init; }

    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary>In which statuses an instance of this id makes the start fail.</summary>
    public required IReadOnlyCollection<OrchestrationRuntimeStatus> DedupeStatuses { get; init; }
}

/// <content>What clients can do.</content>
internal sealed partial class DurableEngine
{
    public InstanceRecord? Find(string instanceId)
    {
        ThrowIfStopped();
        lock (gate)
        {
            return instances.TryGetValue(instanceId, out var instance) ? instance.Record : null;
        }
    }

    /// <summary>All instances, in the order of their ids.</summary>
    public IReadOnlyList<InstanceRecord> List()
    {
        ThrowIfStopped();
        lock (gate)
        {
            return [.. instances.Values.Select(instance => instance.Record).OfType<InstanceRecord>().OrderBy(record => record.Id, StringComparer.Ordinal)];
        }
    }

    public async Task CreateAsync(NewInstance request, CancellationToken cancellationToken)
    {
        while (true)
        {
            ThrowIfStopped();
            Instance instance;
            lock (gate)
            {
                instance = GetOrAdd(request.Id);
            }

            await instance.Turns.WaitAsync(cancellationToken);
            try
            {
                if (instance.Record is { } existing && request.DedupeStatuses.Contains(existing.Status))
                {
                    throw new OrchestrationAlreadyExistsException(
                        $"An orchestration with the instance id '{request.Id}' and status '{existing.Status}' exists already.");
                }

                if (instance.Record is not { IsFinished: false })
                {
                    await CreateAsync(instance, request);
                    return;
                }
            }
            finally
            {
                instance.Turns.Release();
            }

            await RaiseAsync(request.Id, new HistoryEvent(HistoryEventKind.ExecutionTerminated), cancellationToken);
            await WaitAsync(request.Id, static record => record is null or { IsFinished: true }, cancellationToken);
        }
    }

    /// <summary>Lets an event, a suspension, a resumption or a termination happen to an instance; a no-op when it is unknown or has ended.</summary>
    public async Task RaiseAsync(string instanceId, HistoryEvent raised, CancellationToken cancellationToken)
    {
        ThrowIfStopped();
        Instance? instance;
        lock (gate)
        {
            if (!instances.TryGetValue(instanceId, out instance))
            {
                return;
            }
        }

        await instance.Turns.WaitAsync(cancellationToken);
        try
        {
            if (instance.Record is { IsFinished: true } || (instance.Record is null && instance.Inbox.Count == 0))
            {
                return;
            }

            ThrowIfStopped();
            var rowKey = InstanceRows.InboxKey(instance.NextInboxNumber++);
            await store.AddMessageAsync(instanceId, rowKey, raised);
            Post(instance, new Message(raised) { RowKey = rowKey });
        }
        catch (Exception exception) when (exception is not (InvalidOperationException or OperationCanceledException))
        {
            FailIfCrashed(exception);
            throw;
        }
        finally
        {
            instance.Turns.Release();
        }
    }

    public async Task TerminateAsync(string instanceId, string? output, bool recursive, CancellationToken cancellationToken)
    {
        await RaiseAsync(instanceId, new HistoryEvent(HistoryEventKind.ExecutionTerminated) { Data = output }, cancellationToken);
        foreach (var child in recursive ? ChildrenOf(instanceId) : [])
        {
            await TerminateAsync(child, output, recursive, cancellationToken);
        }
    }

    /// <returns>How many instances were purged.</returns>
    public async Task<int> PurgeAsync(string instanceId, bool recursive, CancellationToken cancellationToken)
    {
        ThrowIfStopped();
        Instance? instance;
        lock (gate)
        {
            if (!instances.TryGetValue(instanceId, out instance))
            {
                return 0;
            }
        }

        var children = recursive ? ChildrenOf(instanceId) : [];
        await instance.Turns.WaitAsync(cancellationToken);
        try
        {
            if (instance.Record is not { IsFinished: true })
            {
                return 0;
            }

            await store.PurgeAsync(instanceId);
            lock (gate)
            {
                instances.Remove(instanceId);
                instance.Record = null;
                instance.StoredVersion = null;
                instance.Inbox.Clear();
                instance.ClearedOutbox.Clear();
                watchers.Notify(instanceId);
            }
        }
        finally
        {
            instance.Turns.Release();
        }

        var purged = 1;
        foreach (var child in children)
        {
            purged += await PurgeAsync(child, recursive, cancellationToken);
        }

        return purged;
    }

    /// <summary>Waits until the instance, <c>null</c> while there is none, is as wanted.</summary>
    public async Task<InstanceRecord?> WaitAsync(string instanceId, Func<InstanceRecord?, bool> isWanted, CancellationToken cancellationToken)
    {
        while (true)
        {
            var record = Find(instanceId);
            if (isWanted(record))
            {
                return record;
            }

            await watchers.WaitAsync(instanceId, () => isWanted(Find(instanceId)), cancellationToken);
        }
    }

    private async Task CreateAsync(Instance instance, NewInstance request)
    {
        var started = new HistoryEvent(HistoryEventKind.ExecutionStarted) { Name = request.Name, Version = request.Version, Data = request.Input };
        var record = Begin(request.Id, started, parent: null) with { StartAt = request.StartAt, Tags = request.Tags };

        // What was still on its way to the instance before is not meant for this one.
        List<string> stale;
        lock (gate)
        {
            stale = [.. instance.Inbox.Select(message => message.RowKey).OfType<string>(), .. instance.ClearedOutbox];
            instance.Inbox.Where(message => message.Origin is not null).ToList().ForEach(message => Acknowledge(message.Origin!));
            instance.Inbox.Clear();
        }

        try
        {
            await store.DeleteRowsAsync(instance.Id, stale);
            var (stored, version) = await store.CommitAsync(new Commit(instance.Record, record, instance.StoredVersion));
            instance.StoredVersion = version;
            lock (gate)
            {
                instance.Record = stored;
                instance.ClearedOutbox.Where(stale.Contains).ToList().ForEach(row => ForgetOutbox(instance, row));
                ScheduleTurn(instance);
                watchers.Notify(instance.Id);
            }
        }
        catch (Exception exception)
        {
            FailIfCrashed(exception);
            throw;
        }
    }

    /// <summary>What was not written may be asked for again; but an owner that has lost its hub must not go on.</summary>
    private void FailIfCrashed(Exception exception)
    {
        if (exception is not RequestFailedException)
        {
            Fail(exception);
        }
    }

    private List<string> ChildrenOf(string instanceId)
    {
        lock (gate)
        {
            return [.. instances.Values
                .Where(instance => instance.Record?.Parent?.InstanceId == instanceId)
                .Select(instance => instance.Id)
                .Order(StringComparer.Ordinal)];
        }
    }
}
