namespace Microsoft.Azure.Functions.Worker.Middleware;

/// <summary>A step that every invocation passes through.</summary>
public interface IFunctionsWorkerMiddleware
{
    /// <summary>Handles an invocation.</summary>
    /// <param name="context">The invocation.</param>
    /// <param name="next">The rest of the pipeline; not calling it keeps the function from running.</param>
    Task Invoke(FunctionContext context, FunctionExecutionDelegate next);
}
