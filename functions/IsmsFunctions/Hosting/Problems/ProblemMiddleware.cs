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
        var id = Correlation.Attach(context, context.GetHttpContext()!);

        // The host puts what is logged under the request's operation; where there is no host, or another listener, the scope says the same.
        using var scope = logger.BeginScope(new KeyValuePair<string, object>[] { new("CorrelationId", id) });
        try
        {
            await next(context);
        }
        catch (RefusedException e)
        {
            Refused(context, e.Refusal);
        }
        catch (AggregateException e) when (e.InnerExceptions is [RefusedException refused])
        {
            Refused(context, refused.Refusal);
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

    private void Refused(FunctionContext context, Refusal refusal)
    {
        if (refusal.Kind == RefusalKind.NotAllowed)
        {
            Denied(logger, context.FunctionDefinition.Name, refusal.Code);
        }

        Answer(context, refusal);
    }

    private static void Answer(FunctionContext context, Refusal refusal)
    {
        var request = context.GetHttpContext()!.Request;
        request.HttpContext.Response.ContentLength = null; // What was to be sent would have had another length.
        context.GetInvocationResult().Value = Problem.Result(refusal, request);
    }

    [LoggerMessage(EventId = 1001, EventName = "RequestFailed", Level = LogLevel.Error, Message = "{Function} failed ({InvocationId})")]
    private static partial void Unexpected(ILogger logger, Exception exception, string function, string invocationId);

    [LoggerMessage(EventId = 1002, EventName = "RequestDenied", Level = LogLevel.Warning, Message = "{Function} was denied to somebody who is signed in ({Code})")]
    private static partial void Denied(ILogger logger, string function, string code);
}
