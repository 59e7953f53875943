using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using DurableTask.Core.Exceptions;

namespace Microsoft.DurableTask;

/// <summary>What remains of an exception after it has been stored.</summary>
/// <param name="ErrorType">The full name of the exception's type.</param>
/// <param name="ErrorMessage">Its message.</param>
/// <param name="StackTrace">Its stack trace, if any.</param>
/// <param name="InnerFailure">The failure that caused it, if any.</param>
/// <param name="Properties">Further properties, if any.</param>
public record TaskFailureDetails(
    string ErrorType, string ErrorMessage, string? StackTrace, TaskFailureDetails? InnerFailure, IDictionary<string, object?>? Properties)
{
    private Type? errorType;

    /// <inheritdoc/>
    public override string ToString() => $"{ErrorType}: {ErrorMessage}";

    /// <summary>Whether the failure is of type <typeparamref name="T"/> or derived from it; the inner failure is not looked at.</summary>
    public bool IsCausedBy<T>()
        where T : Exception
        => IsCausedBy(typeof(T));

    /// <summary>Whether the failure is of the given type or derived from it; the inner failure is not looked at.</summary>
    /// <exception cref="ArgumentException">The type is no exception type.</exception>
    public bool IsCausedBy(Type targetBaseExceptionType)
    {
        ArgumentNullException.ThrowIfNull(targetBaseExceptionType);
        if (!typeof(Exception).IsAssignableFrom(targetBaseExceptionType))
        {
            throw new ArgumentException($"{targetBaseExceptionType} is not an exception type.", nameof(targetBaseExceptionType));
        }

        if (string.IsNullOrEmpty(ErrorType))
        {
            return false;
        }

        errorType ??= Type.GetType(ErrorType, throwOnError: false)
            ?? targetBaseExceptionType.Assembly.GetType(ErrorType, throwOnError: false)
            ?? Assembly.GetCallingAssembly().GetType(ErrorType, throwOnError: false)
            ?? FindAmongLoadedAssemblies(ErrorType);
        return errorType is not null && targetBaseExceptionType.IsAssignableFrom(errorType);
    }

    /// <summary>The details of an exception and of those that caused it.</summary>
    public static TaskFailureDetails FromException(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        return Convert(exception);
    }

    [return: NotNullIfNotNull(nameof(exception))]
    private static TaskFailureDetails? Convert(Exception? exception) => exception switch
    {
        null => null,
        OrchestrationException { FailureDetails: { } details } => details,
        OrchestrationException other => new("(unknown)", "(unknown)", null, Convert(other.InnerException), null),
        _ => new(exception.GetType().ToString(), exception.Message, exception.StackTrace, Convert(exception.InnerException), null),
    };

    private static Type? FindAmongLoadedAssemblies(string name)
    {
        var types = AppDomain.CurrentDomain.GetAssemblies()
            .Select(assembly => assembly.GetType(name, throwOnError: false))
            .OfType<Type>()
            .ToList();
        return types.Count > 1
            ? throw new AmbiguousMatchException($"Several loaded exception types are named '{name}'.")
            : types.SingleOrDefault();
    }
}
