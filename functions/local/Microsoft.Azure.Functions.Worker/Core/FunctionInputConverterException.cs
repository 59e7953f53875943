namespace Microsoft.Azure.Functions.Worker;

/// <summary>A parameter of a function could not be given a value.</summary>
#pragma warning disable CA1032 // the original has no parameterless constructor
public class FunctionInputConverterException : FunctionWorkerException
{
    /// <summary>An error with a message.</summary>
    /// <param name="message">What happened.</param>
    public FunctionInputConverterException(string? message)
        : base(message)
    {
    }

    /// <summary>An error with a message and a cause.</summary>
    /// <param name="message">What happened.</param>
    /// <param name="innerException">Why.</param>
    public FunctionInputConverterException(string? message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
