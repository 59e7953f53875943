namespace IsmsFunctions.Monitoring.Graph;

/// <summary>The settings under <c>Graph__</c>.</summary>
public sealed class GraphOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Graph";

    /// <summary>The Graph of this cloud, without version. Plain HTTP is accepted on the loopback interface only.</summary>
    public Uri BaseAddress { get; set; } = new("https://graph.microsoft.com");

    /// <summary>The scope asked for with a token; by default all that was granted at <see cref="BaseAddress"/>.</summary>
    public string? Scope { get; set; }

    /// <summary><c>ManagedIdentity</c> (the default) or <c>Default</c>, which tries what <c>DefaultAzureCredential</c> tries.</summary>
    public string Credential { get; set; } = "ManagedIdentity";

    /// <summary>Client id of a user-assigned managed identity; empty for the system-assigned one.</summary>
    public string? ClientId { get; set; }

    /// <summary>How long the service may take to begin its answer, and to send a page to its end, on the real clock.</summary>
    public TimeSpan AttemptTimeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How long one activity goes on waiting for a throttling service before the run is put off.</summary>
    public TimeSpan Patience { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>Multiplies the documented request budgets; above 1 only against a tenant that is known to allow it.</summary>
    public double PacingScale { get; set; } = 1;
}
