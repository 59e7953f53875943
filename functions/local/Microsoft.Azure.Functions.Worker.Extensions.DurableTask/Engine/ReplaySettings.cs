using Microsoft.Extensions.Logging;

namespace Microsoft.DurableTask.Local;

/// <summary>What all replays of a task hub have in common.</summary>
internal sealed record ReplaySettings(
    DataConverter DataConverter, string DefaultVersion, TimeSpan MaximumTimerInterval, ILoggerFactory LoggerFactory);
