using Azure.Core;
using Azure.Identity;
using IsmsFunctions.Monitoring;
using IsmsFunctions.Monitoring.Graph;

namespace Benchmarks;

/// <summary>The rows that every way pulls.</summary>
internal sealed record SignInSource(Uri Tenant, DateTimeOffset From, DateTimeOffset To)
{
    public GraphCollection Collection => SignInKinds.Query(SignInKinds.All[0], From, To);

    public TokenCredential Credential { get; } = new ManagedIdentityCredential(ManagedIdentityId.SystemAssigned);

    public string Scope => new Uri(Tenant, ".default").ToString();
}

/// <summary>What was pulled: rows, and the bytes they came to after compression.</summary>
internal sealed record Pulled(long Rows, long Bytes);
