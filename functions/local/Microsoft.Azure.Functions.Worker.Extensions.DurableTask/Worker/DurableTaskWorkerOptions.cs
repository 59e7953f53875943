using Microsoft.DurableTask.Converters;

namespace Microsoft.DurableTask.Worker;

/// <summary>Options of the worker that runs orchestrators and activities.</summary>
public class DurableTaskWorkerOptions
{
    private DataConverter dataConverter = JsonDataConverter.Default;

    /// <summary>Which versions of instances a worker runs.</summary>
    public enum VersionMatchStrategy
    {
        /// <summary>All.</summary>
        None = 0,

        /// <summary>Those of the worker's own version.</summary>
        Strict = 1,

        /// <summary>Those of the worker's own version and older ones.</summary>
        CurrentOrOlder = 2,
    }

    /// <summary>What happens to an instance whose version the worker does not run.</summary>
    public enum VersionFailureStrategy
    {
        /// <summary>It waits for a worker that does.</summary>
        Reject = 0,

        /// <summary>It fails.</summary>
        Fail = 1,
    }

    /// <summary>Serializes inputs, outputs and payloads.</summary>
    public DataConverter DataConverter
    {
        get => dataConverter;
        set => dataConverter = value ?? JsonDataConverter.Default;
    }

    /// <summary>The longest timer that is written to a history; longer ones are split.</summary>
    public TimeSpan MaximumTimerInterval { get; set; } = TimeSpan.FromDays(3);

    /// <summary>How versions are handled; <c>null</c> when they are not.</summary>
    public VersioningOptions? Versioning { get; set; }

    /// <summary>How versions are handled.</summary>
    public class VersioningOptions
    {
        /// <summary>The version of the worker.</summary>
        public string Version { get; set; } = string.Empty;

        /// <summary>The version of sub-orchestrations that are started without one.</summary>
        public string DefaultVersion { get; set; } = string.Empty;

        /// <summary>Which versions the worker runs.</summary>
        public VersionMatchStrategy MatchStrategy { get; set; } = VersionMatchStrategy.None;

        /// <summary>What happens to others.</summary>
        public VersionFailureStrategy FailureStrategy { get; set; } = VersionFailureStrategy.Reject;
    }
}
