namespace Microsoft.DurableTask.Local;

/// <summary>The orchestrator does not do what its history says it did.</summary>
internal sealed class NonDeterministicOrchestrationException(string message) : Exception(message)
{
    /// <summary>The name under which the original reports it in failure details.</summary>
    public const string ErrorType = "DurableTask.Core.Exceptions.NonDeterministicOrchestrationException";
}
