using Microsoft.DurableTask.Converters;

namespace Microsoft.DurableTask.Client;

/// <summary>Options of durable task clients.</summary>
public class DurableTaskClientOptions
{
    private DataConverter dataConverter = JsonDataConverter.Default;

    /// <summary>The version of new instances that are started without one.</summary>
    public string DefaultVersion { get; set; } = string.Empty;

    /// <summary>Serializes inputs and payloads.</summary>
    public DataConverter DataConverter
    {
        get => dataConverter;
        set => dataConverter = value ?? JsonDataConverter.Default;
    }
}
