using Azure.Core.Serialization;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Settings of the worker.</summary>
public class WorkerOptions
{
    /// <summary>
    /// Reads and writes JSON for the worker and its extensions. Where it is not set, a <see cref="JsonObjectSerializer"/> on the app's
    /// <see cref="System.Text.Json.JsonSerializerOptions"/> is used, which by default match property names without regard to case.
    /// </summary>
    public ObjectSerializer? Serializer { get; set; }
}
