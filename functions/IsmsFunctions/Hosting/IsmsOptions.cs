namespace IsmsFunctions.Hosting;

/// <summary>The settings under <c>Isms__</c>.</summary>
public sealed class IsmsOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Isms";

    /// <summary>Who says who is calling: <c>AppService</c> (App Service Authentication, the default) or <c>Personas</c> (local runs only).</summary>
    public string Identity { get; set; } = "AppService";

    /// <summary>
    /// Connection string of the storage account for state and evidence; when empty, <c>AzureWebJobsStorage</c> is used, unless
    /// <see cref="StorageAccount"/> names an account.
    /// </summary>
    public string? Storage { get; set; }

    /// <summary>Name of the storage account for state and evidence, reached with the app's managed identity (no keys).</summary>
    public string? StorageAccount { get; set; }

    /// <summary>DNS suffix of the storage services in this cloud.</summary>
    public string StorageSuffix { get; set; } = "core.windows.net";

    /// <summary>Path of an <c>isms.json</c> that is taken over at start when no organisation is stored yet.</summary>
    public string? OrganizationFile { get; set; }

    /// <summary>
    /// How long settings of the organisation that were read once serve. A change shows at once in the instance that made it, in others after this time at the latest.
    /// </summary>
    public TimeSpan SettingsFreshness { get; set; } = TimeSpan.FromSeconds(30);
}
