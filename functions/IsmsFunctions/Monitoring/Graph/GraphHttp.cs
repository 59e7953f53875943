using System.Net;
using Azure.Core;
using Azure.Identity;
using Microsoft.Extensions.Options;
using Microsoft.Graph;
using Microsoft.Kiota.Authentication.Azure;
using Microsoft.Kiota.Http.HttpClientLibrary.Middleware;

namespace IsmsFunctions.Monitoring.Graph;

/// <summary>The HTTP pipeline of the Microsoft Graph SDK: its authentication, redirect, telemetry and compression, without its models.</summary>
public sealed class GraphHttp : IDisposable
{
    private readonly HttpClient client;

    /// <summary>Makes the pipeline; nothing is sent yet.</summary>
    public GraphHttp(IOptions<GraphOptions> options, TokenCredential? credential = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        var settings = options.Value;
        BaseAddress = settings.BaseAddress;
        if (BaseAddress.Scheme != Uri.UriSchemeHttps && !BaseAddress.IsLoopback)
        {
            throw new InvalidOperationException($"Graph__BaseAddress '{BaseAddress}' must use https: tokens are sent there.");
        }

        var scope = string.IsNullOrEmpty(settings.Scope) ? new Uri(BaseAddress, ".default").ToString() : settings.Scope;
        var authentication = new AzureIdentityAuthenticationProvider(
            credential ?? CredentialOf(settings), [BaseAddress.Host], observabilityOptions: null, isCaeEnabled: false, scope);

        // The SDK's retry handler is left out: it waits on the real clock, three minutes and three times at most, and misreads dates in Retry-After.
        // GraphRequests waits instead.
        var handlers = GraphClientFactory.CreateDefaultHandlers().Where(h => h is not RetryHandler);
        var sockets = new SocketsHttpHandler
        {
            AutomaticDecompression = DecompressionMethods.All,
            AllowAutoRedirect = false, // The SDK's redirect handler drops the token on another host.
            PooledConnectionLifetime = TimeSpan.FromMinutes(10),
        };
        client = GraphClientFactory.Create(authentication, handlers, finalHandler: sockets);
        client.Timeout = Timeout.InfiniteTimeSpan; // It would count the waits for pacing and throttling, too.
        client.BaseAddress = BaseAddress;
    }

    /// <summary>The Graph of this cloud, without version.</summary>
    public Uri BaseAddress { get; }

    /// <summary>Whether this is the worldwide cloud (or a local stand-in for it), and not a national one, which lacks some of it.</summary>
    public bool IsGlobalCloud => BaseAddress.IsLoopback || BaseAddress.Host.Equals("graph.microsoft.com", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether an address is on this Graph, so that the token may go there.</summary>
    public bool IsOwn(Uri address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return Uri.Compare(address, BaseAddress, UriComponents.SchemeAndServer, UriFormat.SafeUnescaped, StringComparison.OrdinalIgnoreCase) == 0;
    }

    /// <summary>Sends one attempt and returns when the answer's headers are there.</summary>
    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => client.Dispose();

    private static TokenCredential CredentialOf(GraphOptions settings) => settings.Credential switch
    {
        "ManagedIdentity" => new ManagedIdentityCredential(
            string.IsNullOrEmpty(settings.ClientId) ? ManagedIdentityId.SystemAssigned : ManagedIdentityId.FromUserAssignedClientId(settings.ClientId)),
        "Default" => new DefaultAzureCredential(new DefaultAzureCredentialOptions { ManagedIdentityClientId = settings.ClientId }),
        var other => throw new InvalidOperationException($"Graph__Credential '{other}' is neither 'ManagedIdentity' nor 'Default'."),
    };
}
