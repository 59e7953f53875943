namespace Microsoft.DurableTask.Local;

/// <summary>
/// Keeps an orchestrator on the thread that replays it: what it posts is run by the replay, what another thread posts is refused and
/// remembered, as it shows that the orchestrator awaits something that is not durable.
/// </summary>
internal sealed class ReplayThread : SynchronizationContext
{
    [ThreadStatic]
    private static ReplayThread? current;

    private readonly Queue<(SendOrPostCallback Callback, object? State)> posted = new();
    private int foreignPosts;

    /// <summary>Whether the calling code runs as part of this replay.</summary>
    public bool IsCurrent => current == this;

    /// <summary>Whether another thread wanted to go on with the orchestrator.</summary>
    public bool WasLeft => Volatile.Read(ref foreignPosts) > 0;

    public void Run(Action replay)
    {
        var outerThread = current;
        var outerContext = Current;
        current = this;
        SetSynchronizationContext(this);
        try
        {
            replay();
        }
        finally
        {
            current = outerThread;
            SetSynchronizationContext(outerContext);
        }
    }

    /// <summary>Runs what the orchestrator has posted, and what that posts.</summary>
    public void Drain()
    {
        while (posted.TryDequeue(out var next))
        {
            next.Callback(next.State);
        }
    }

    public override void Post(SendOrPostCallback d, object? state)
    {
        if (IsCurrent)
        {
            posted.Enqueue((d, state));
        }
        else
        {
            Interlocked.Increment(ref foreignPosts);
        }
    }

    public override void Send(SendOrPostCallback d, object? state)
    {
        if (!IsCurrent)
        {
            throw new InvalidOperationException(IllegalAwaitMessage);
        }

        d(state);
    }

    public override SynchronizationContext CreateCopy() => this;

    public const string IllegalAwaitMessage =
        "An invalid asynchronous invocation was detected. This can be caused by awaiting non-durable tasks in an orchestrator "
        + "function's implementation or by middleware that invokes asynchronous code.";
}
