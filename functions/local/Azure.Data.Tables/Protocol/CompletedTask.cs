using System.Diagnostics;

namespace Azure.Data.Tables.Protocol;

internal static class CompletedTask
{
    /// <summary>The result of a call made without <c>async</c>, which is complete when it returns.</summary>
    public static T Result<T>(this ValueTask<T> task)
    {
        Debug.Assert(task.IsCompleted, "A blocking call went asynchronous.");
        return task.GetAwaiter().GetResult();
    }
}
