namespace Microsoft.Azure.Functions.Worker;

/// <summary>Something went wrong around a function, not in it.</summary>
#pragma warning disable CA1032 // the original has no parameterless constructor
public class FunctionWorkerException : Exception
{
    /// <summary>An error with a message.</summary>
    /// <param name="message">What happened.</param>
    public FunctionWorkerException(string? message)
        : base(message)
    {
    }

    /// <summary>An error with a message and a cause.</summary>
    /// <param name="message">What happened.</param>
    /// <param name="innerException">Why.</param>
    public FunctionWorkerException(string? message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
