using Isms.Rules;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;

namespace IsmsFunctions.Hosting.Identity;

/// <summary>
/// Lets a request through only when <see cref="AccessTable"/> gives the caller's role the function, the command does not come from another site, and the caller's
/// budget of expensive calls is not spent; denies by default.
/// </summary>
public sealed class AccessMiddleware(IPrincipalReader principals, CallBudget budget) : IFunctionsWorkerMiddleware
{
    /// <inheritdoc/>
    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(next);
        var http = context.GetHttpContext() ?? throw new InvalidOperationException("An HTTP function without an HTTP request.");
        var function = context.FunctionDefinition.Name;
        if (CrossSite.IsCommand(http.Request))
        {
            throw new RefusedException(Refusal.Of(RefusalKind.NotAllowed, "cross-site-command"));
        }

        var allowed = AccessTable.Roles.GetValueOrDefault(function);
        if (!ReferenceEquals(allowed, AccessTable.Anyone))
        {
            var actor = await principals.ReadAsync(http.Request, http.RequestAborted)
                ?? throw new RefusedException(principals.WhoAreYou);
            if (allowed is null || !actor.HasAny(allowed))
            {
                throw new RefusedException(
                    Refusal.Of(RefusalKind.NotAllowed, "role-not-allowed", null, null, string.Join(", ", allowed ?? []), string.Join(", ", actor.Roles)));
            }

            budget.Take(function, actor.PersonId);
            actor.AttachTo(http);
        }

        await next(context);
    }
}
