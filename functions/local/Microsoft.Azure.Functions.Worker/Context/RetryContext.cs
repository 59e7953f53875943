namespace Microsoft.Azure.Functions.Worker;

/// <summary>How often an invocation was tried.</summary>
public abstract class RetryContext
{
    /// <summary>How many retries came before this attempt.</summary>
    public abstract int RetryCount { get; }

    /// <summary>How many retries there may be.</summary>
    public abstract int MaxRetryCount { get; }
}
