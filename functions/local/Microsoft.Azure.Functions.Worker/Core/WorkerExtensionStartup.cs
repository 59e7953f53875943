namespace Microsoft.Azure.Functions.Worker.Core;

/// <summary>What an extension does when an app is made.</summary>
public abstract class WorkerExtensionStartup
{
    /// <summary>Adds the extension's services and middleware.</summary>
    /// <param name="applicationBuilder">The app under construction.</param>
    public abstract void Configure(IFunctionsWorkerApplicationBuilder applicationBuilder);
}
