using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Marks a parameter that is to receive a <see cref="Microsoft.DurableTask.Client.DurableTaskClient"/>.</summary>
public sealed class DurableClientAttribute : InputBindingAttribute
{
    /// <summary>The task hub; the one of host.json when <c>null</c>.</summary>
    public string? TaskHub { get; set; }

    /// <summary>The name of the setting that holds the connection string; that of host.json when <c>null</c>.</summary>
    public string? ConnectionName { get; set; }
}
