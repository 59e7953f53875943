using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.DurableTask.Local;

namespace Microsoft.Azure.Functions.Worker.Extensions.DurableTask;

/// <summary>
/// Replays the orchestrator inside the pipeline, as the original does: what comes after it in the pipeline runs as part of the
/// orchestrator and must be as synchronous; the invocation ends with the turn, while the orchestrator may go on in a later one.
/// </summary>
internal sealed class OrchestrationMiddleware : IFunctionsWorkerMiddleware
{
    public Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        if (context.Features.Get<OrchestrationTurn>() is not { } turn)
        {
            return next(context);
        }

        turn.Execute(async _ =>
        {
            await next(context);
            return context.GetInvocationResult().Value;
        });
        return Task.CompletedTask;
    }
}
