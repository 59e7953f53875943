using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Microsoft.DurableTask;

/// <summary>How a client wants a new orchestration instance to be started.</summary>
public record StartOrchestrationOptions
{
    /// <summary>Options with an id and a start time.</summary>
    /// <param name="InstanceId">The id of the instance; a generated one without.</param>
    /// <param name="StartAt">When to start; at once when omitted or past.</param>
    [SuppressMessage("Style", "IDE1006:Naming Styles", Justification = "Callers name these parameters as the original does.")]
    public StartOrchestrationOptions(string? InstanceId = null, DateTimeOffset? StartAt = null)
    {
        this.InstanceId = InstanceId;
        this.StartAt = StartAt;
    }

    /// <summary>A copy of other options.</summary>
    public StartOrchestrationOptions(StartOrchestrationOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        InstanceId = options.InstanceId;
        StartAt = options.StartAt;
        Tags = options.Tags;
        Version = options.Version;
        DedupeStatuses = options.DedupeStatuses;
    }

    /// <summary>The id of the instance; a generated one when <c>null</c>.</summary>
    public string? InstanceId { get; init; }

    /// <summary>When to start; at once when <c>null</c> or past.</summary>
    public DateTimeOffset? StartAt { get; init; }

    /// <summary>Tags to keep with the instance.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = ImmutableDictionary.Create<string, string>();

    /// <summary>The version of the instance; the configured default version when <c>null</c>.</summary>
    public TaskVersion? Version { get; init; }

    /// <summary>
    /// Names of the runtime statuses in which an existing instance of the same id makes the start fail; in any other status it is
    /// replaced. <c>null</c> leaves it to the configuration of the task hub.
    /// </summary>
    public IReadOnlyList<string>? DedupeStatuses { get; init; }
}
