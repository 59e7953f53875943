using Azure;

namespace Microsoft.DurableTask.Local;

/// <summary>An instance in memory: its record, and what is on its way to it. Guarded by the engine's gate unless stated otherwise.</summary>
internal sealed class Instance(string id) : IDisposable
{
    public string Id => id;

    /// <summary><c>null</c> while nothing but messages is known of it, and after it has been purged.</summary>
    public InstanceRecord? Record { get; set; }

    /// <summary>The version of the stored record; <c>null</c> when none is stored. Changed by whoever holds <see cref="Turns"/>.</summary>
    public ETag? StoredVersion { get; set; }

    public Queue<Message> Inbox { get; } = new();

    /// <summary>Whether a turn is queued or under way.</summary>
    public bool IsScheduled { get; set; }

    /// <summary>Whether its version is one that this worker leaves alone.</summary>
    public bool IsRejected { get; set; }

    public long NextInboxNumber { get; set; } = 1;

    public long NextOutboxNumber { get; set; } = 1;

    /// <summary>Rows of events it has sent, until they are deleted.</summary>
    public Dictionary<string, OutboxRow> Outbox { get; } = [];

    /// <summary>Outbox rows whose events have all been taken.</summary>
    public List<string> ClearedOutbox { get; } = [];

    /// <summary>Entries of <see cref="InstanceRecord.Taken"/> that are of no use any more.</summary>
    public HashSet<string> ToForget { get; } = [];

    /// <summary>Held by the one turn or client call that may change the stored instance.</summary>
    public SemaphoreSlim Turns { get; } = new(1, 1);

    public void Dispose() => Turns.Dispose();
}

/// <summary>Events sent in one turn.</summary>
internal sealed class OutboxRow(int left)
{
    /// <summary>How many of them have not been taken.</summary>
    public int Left { get; set; } = left;

    public List<(string InstanceId, SentFrom Origin)> Receivers { get; } = [];
}
