using Isms.Rules;
using IsmsFunctions.Hosting.State;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace IsmsFunctions.Hosting.Workflows;

/// <summary>
/// Takes people's commands: the changed state is stored first, under optimistic concurrency and with the idempotency key, and only then is the
/// workflow woken. A wake-up may be lost or doubled; a command may not.
/// </summary>
public sealed partial class WorkflowGate(StateStore states, ILogger<WorkflowGate> logger)
{
    /// <summary>The name of the event that tells a workflow to look at its state again.</summary>
    public const string Changed = "changed";

    /// <summary>
    /// Applies a command. <paramref name="decide"/> is a pure function of the present state; it is asked again when somebody else was faster.
    /// </summary>
    /// <param name="client">The durable client of the calling function.</param>
    /// <param name="kind">The kind of state, such as <c>audit</c>.</param>
    /// <param name="id">The id, which is the workflow's instance id as well.</param>
    /// <param name="command">Who calls, with which idempotency key and expected version.</param>
    /// <param name="decide">The new state, or the refusal.</param>
    /// <param name="cancellationToken">Cancels before anything is stored.</param>
    /// <param name="concerns">Whether the workflow has to look at what came of it; always, when it is left out.</param>
    /// <exception cref="RefusedException">The command is refused; nothing was changed.</exception>
    public async Task<Stored<T>> ApplyAsync<T>(
        DurableTaskClient client, string kind, string id, CommandContext command, Func<T, Outcome<T>> decide, CancellationToken cancellationToken,
        Func<T, bool>? concerns = null)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(decide);
        while (true)
        {
            var stored = await states.FindAsync<T>(kind, id, cancellationToken)
                ?? throw new RefusedException(Refusal.Of(RefusalKind.NotFound, "unknown-" + kind, "id", id, id));
            if (command.IdempotencyKey is { } key && stored.AppliedKeys.Contains(key))
            {
                return stored;
            }

            if (command.IfMatch is { } expected && expected != "*" && expected != stored.HttpETag)
            {
                throw new RefusedException(Refusal.Of(RefusalKind.Stale, "changed-by-someone-else", "If-Match", expected, stored.HttpETag));
            }

            var value = decide(stored.Value).Value;
            var wakes = concerns?.Invoke(value) != false;
            if (await states.TryReplaceAsync(stored, value, command.IdempotencyKey, wakes, cancellationToken) is { } replaced)
            {
                if (wakes)
                {
                    await WakeAsync(client, id);
                }

                return replaced;
            }
        }
    }

    /// <summary>Wakes a workflow. Failing to is not an error: the sweep of <see cref="WakeTimers"/> repeats it.</summary>
    public async Task WakeAsync(DurableTaskClient client, string id)
    {
        ArgumentNullException.ThrowIfNull(client);
        try
        {
            await client.RaiseEventAsync(id, Changed);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            WakeUpFailed(logger, e, id);
        }
    }

    [LoggerMessage(EventId = 1101, EventName = "WorkflowNotWoken", Level = LogLevel.Warning, Message = "Workflow {Instance} could not be woken; the sweep will repeat it")]
    private static partial void WakeUpFailed(ILogger logger, Exception exception, string instance);
}

/// <summary>What accompanies a command.</summary>
/// <param name="Actor">Who gives it.</param>
/// <param name="IdempotencyKey">The <c>Idempotency-Key</c> header: the same key is applied once.</param>
/// <param name="IfMatch">The <c>If-Match</c> header: the version the caller saw.</param>
/// <param name="At">When it was received.</param>
public sealed record CommandContext(Identity.Actor Actor, string? IdempotencyKey, string? IfMatch, DateTimeOffset At);
