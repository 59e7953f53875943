using Microsoft.DurableTask;

namespace DurableTask.Core.Exceptions;

/// <summary>An orchestration with the requested instance id exists, in a status that does not allow a new one.</summary>
public class OrchestrationAlreadyExistsException : InvalidOperationException
{
    /// <summary>Makes the exception without a message.</summary>
    public OrchestrationAlreadyExistsException()
    {
    }

    /// <summary>Makes the exception with a message.</summary>
    public OrchestrationAlreadyExistsException(string message)
        : base(message)
    {
    }

    /// <summary>Makes the exception with a message and a cause.</summary>
    public OrchestrationAlreadyExistsException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}

/// <summary>How the engine hands a failed task to the orchestrator's context, before the caller sees <see cref="TaskFailedException"/>.</summary>
internal sealed class OrchestrationException(int taskId, TaskFailureDetails failureDetails) : Exception(failureDetails.ErrorMessage)
{
    public int TaskId => taskId;

    public TaskFailureDetails FailureDetails => failureDetails;

    /// <summary>No retry can mend it, e.g. an activity that does not exist.</summary>
    public bool IsNonRetriable { get; init; }
}
