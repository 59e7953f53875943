namespace Microsoft.DurableTask.Local;

/// <content>Taking up what an earlier process has left.</content>
internal sealed partial class DurableEngine
{
    private async Task RecoverAsync()
    {
        var partitions = (await store.LoadAsync()).OrderBy(partition => partition.InstanceId, StringComparer.Ordinal).ToList();
        lastGeneration = partitions.Select(partition => partition.Record?.Generation ?? 0).DefaultIfEmpty().Max();
        foreach (var partition in partitions)
        {
            await store.DeleteRowsAsync(partition.InstanceId, partition.ObsoleteSegments);
            instances.Add(partition.InstanceId, new Instance(partition.InstanceId)
            {
                Record = partition.Record,
                StoredVersion = partition.Version,
                NextInboxNumber = NumberAfter(partition.Inbox.Select(row => row.RowKey)),
                NextOutboxNumber = NumberAfter(partition.Outbox.Select(row => row.RowKey)),
            });
        }

        lock (gate)
        {
            partitions.ForEach(partition => Resume(instances[partition.InstanceId], partition));

            // Only now do all receivers exist, those included that were called but never stored.
            foreach (var partition in partitions)
            {
                foreach (var (rowKey, events) in partition.Outbox)
                {
                    Deliver(instances[partition.InstanceId], rowKey, events);
                }
            }
        }
    }

    private void Resume(Instance instance, StoredPartition partition)
    {
        foreach (var (rowKey, message) in partition.Inbox)
        {
            Post(instance, new Message(message) { RowKey = rowKey });
        }

        if (instance.Record is not { IsFinished: false } record)
        {
            return;
        }

        if (record.IsFresh)
        {
            ScheduleTurn(instance);
            return;
        }

        var open = OpenWork.Of(record.Events);
        foreach (var scheduled in open.Tasks.Values)
        {
            QueueActivity(record, scheduled);
        }

        foreach (var timer in open.Timers.Values)
        {
            timers.Add(timer.At!.Value, record.Id, timer.Id!.Value);
        }

        // A child that has answered before, or never heard of its call, is found out by calling it again.
        foreach (var created in open.SubOrchestrations.Values)
        {
            StartChild(record, created);
        }
    }

    private static long NumberAfter(IEnumerable<string> rowKeys) => rowKeys.Select(InstanceRows.NumberOf).DefaultIfEmpty().Max() + 1;
}
