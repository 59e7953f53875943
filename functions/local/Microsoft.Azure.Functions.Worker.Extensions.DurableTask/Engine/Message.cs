namespace Microsoft.DurableTask.Local;

/// <summary>Something that is to happen to an instance.</summary>
/// <param name="Event">What.</param>
/// <param name="Generation">To which execution; <c>null</c> for whichever is the present one.</param>
internal sealed record Message(HistoryEvent Event, long? Generation = null)
{
    /// <summary>The row it is stored in, to be deleted when it has happened.</summary>
    public string? RowKey { get; init; }

    /// <summary>Where it was sent from, when an orchestration sent it.</summary>
    public SentFrom? Origin { get; init; }
}

/// <summary>An event in the outbox of another instance.</summary>
internal sealed record SentFrom(string InstanceId, string RowKey, int Index)
{
    public override string ToString() => $"{RowKey}.{Index}@{InstanceId}";
}
