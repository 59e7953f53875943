using Microsoft.DurableTask.Abstractions;
using Microsoft.DurableTask.Worker;

namespace Microsoft.DurableTask.Local;

/// <summary>Which versions of instances this worker runs.</summary>
internal static class Versions
{
    public static bool Fits(DurableTaskWorkerOptions.VersioningOptions? versioning, string version) => versioning?.MatchStrategy switch
    {
        DurableTaskWorkerOptions.VersionMatchStrategy.Strict => versioning.Version == version,
        DurableTaskWorkerOptions.VersionMatchStrategy.CurrentOrOlder
            => TaskOrchestrationVersioningUtils.CompareVersions(version, versioning.Version) <= 0,
        _ => true,
    };

    /// <summary>Whether an instance of this version is left for another worker.</summary>
    public static bool Rejects(DurableTaskWorkerOptions.VersioningOptions? versioning, string version)
        => !Fits(versioning, version) && versioning!.FailureStrategy == DurableTaskWorkerOptions.VersionFailureStrategy.Reject;
}
