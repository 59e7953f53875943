using Isms.Monitoring;
using Microsoft.Azure.Functions.Worker;

namespace IsmsFunctions.Monitoring;

/// <summary>Asks for the windows of a run.</summary>
public sealed record PlanWindows(string InstanceId);

/// <summary>Asks for a window.</summary>
/// <param name="InstanceId">The run.</param>
/// <param name="Window">The window.</param>
/// <param name="Last">Whether the run ends with it.</param>
/// <param name="Final">Whether it is recorded whatever is missing.</param>
/// <param name="Before">How the attempt before ended.</param>
public sealed record CollectSignInWindowInput(string InstanceId, WindowTask Window, bool Last, bool Final, PullOutcome? Before);

/// <summary>Plans, pulls and records windows of sign-ins.</summary>
public sealed class SignInsActivities(LogWindows windows)
{
    /// <summary>The log.</summary>
    public static LogSource Log { get; } = new(
        CollectorCatalogue.SignIns, "sign-in-log", ["8.15", "8.16"], "createdDateTime", SignInKinds.Of,
        context => new SignInAnalysis(context.Period, context.Policy, context.Zone, context.Administrators), SignInKinds.ColumnsOf);

    /// <summary>Decides which windows the run collects.</summary>
    [Function(nameof(PlanSignInWindows))]
    public Task<IReadOnlyList<WindowTask>> PlanSignInWindows([ActivityTrigger] PlanWindows input, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        return windows.PlanAsync(Log, input.InstanceId, cancellationToken);
    }

    /// <summary>Collects a window.</summary>
    [Function(nameof(CollectSignInWindow))]
    public Task<PullOutcome> CollectSignInWindow([ActivityTrigger] CollectSignInWindowInput input, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        return windows.CollectAsync(Log, input.InstanceId, input.Window, input.Last, input.Final, input.Before, cancellationToken);
    }
}
