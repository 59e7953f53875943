using Isms.Rules;
using IsmsFunctions.Hosting.Telemetry;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Logging;

namespace IsmsFunctions.Hosting.Problems;

/// <summary>Turns whatever goes wrong in an HTTP function into a problem-details answer (RFC 9457) that says what to do.</summary>
public sealed partial class ProblemMiddleware(ILogger<ProblemMiddleware> logger) : IFunctionsWorkerMiddleware
{
    /// <inheritdoc/>
    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(next);
        Correlation.Attach(context, context.GetHttpContext()!);
        try
        {
            await next(context);
        }
        catch (RefusedException e)
        {
            Answer(context, e.Refusal);
        }
        catch (AggregateException e) when (e.InnerExceptions is [RefusedException refused])
        {
            Answer(context, refused.Refusal);
        }
        catch (OperationCanceledException) when (context.GetHttpContext()?.RequestAborted.IsCancellationRequested == true)
        {
            throw; // Nobody is listening any more.
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            Unexpected(logger, e, context.FunctionDefinition.Name, context.InvocationId);
            Answer(context, Refusal.Of(RefusalKind.Failed, "unexpected-error", null, null, context.InvocationId));
        }
    }

    private static void Answer(FunctionContext context, Refusal refusal)
    {
        var request = context.GetHttpContext()!.Request;
        request.HttpContext.Response.ContentLength = null; // What was to be sent would have had another length.
        context.GetInvocationResult().Value = Problem.Result(refusal, request);
    }

    [LoggerMessage(EventId = 1001, EventName = "RequestFailed", Level = LogLevel.Error, Message = "{Function} failed ({InvocationId})")]
    private static partial void Unexpected(ILogger logger, Exception exception, string function, string invocationId);
}
