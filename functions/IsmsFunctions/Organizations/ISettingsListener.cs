using Microsoft.DurableTask.Client;

namespace IsmsFunctions.Organizations;

/// <summary>Is told that the organisation's settings have changed; register it in the capability's services.</summary>
public interface ISettingsListener
{
    /// <summary>The settings are stored. What is missed here is noticed at the workflows' next look.</summary>
    Task SettingsChangedAsync(DurableTaskClient client, CancellationToken cancellationToken);
}
