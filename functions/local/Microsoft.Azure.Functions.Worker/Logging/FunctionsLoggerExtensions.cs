using System.Collections.ObjectModel;

namespace Microsoft.Extensions.Logging;

/// <summary>Extensions for <see cref="ILogger"/>.</summary>
public static class FunctionsLoggerExtensions
{
    internal static readonly EventId Metric = new(1, "MS_LogMetric");

    /// <summary>Logs the value of a metric, at the level of information; in Azure the host sends it on as a metric.</summary>
    /// <param name="logger">The logger.</param>
    /// <param name="name">The name of the metric.</param>
    /// <param name="value">Its value.</param>
    /// <param name="properties">What it is told apart by.</param>
    public static void LogMetric(this ILogger logger, string name, double value, IDictionary<string, object>? properties = null)
    {
        var state = properties is null ? new Dictionary<string, object>() : new Dictionary<string, object>(properties);
        state["Name"] = name;
        state["Value"] = value;
        logger?.Log(LogLevel.Information, Metric, new ReadOnlyDictionary<string, object>(state), null, (_, _) => string.Empty);
    }
}
