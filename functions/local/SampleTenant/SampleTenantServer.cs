using SampleTenant.Directory;
using SampleTenant.Http;

namespace SampleTenant;

/// <summary>The running server. Listens on the loopback interface only.</summary>
public sealed class SampleTenantServer : IAsyncDisposable
{
    private readonly WebApplication app;

    private SampleTenantServer(WebApplication app, TenantDirectory directory, string identityHeader)
    {
        this.app = app;
        Directory = directory;
        BaseAddress = new Uri(app.Urls.First());
        IdentityHeader = identityHeader;
    }

    /// <summary>Scheme, host and port. Graph's base addresses are <c>v1.0</c> and <c>beta</c> under it.</summary>
    public Uri BaseAddress { get; }

    /// <summary>The value for the environment variable <c>IDENTITY_ENDPOINT</c>.</summary>
    public Uri IdentityEndpoint => new(BaseAddress, "msi/token");

    /// <summary>The value for the environment variable <c>IDENTITY_HEADER</c>.</summary>
    public string IdentityHeader { get; }

    /// <summary>The people of the organisation.</summary>
    public TenantDirectory Directory { get; }

    /// <summary>Starts a server; it answers when the task completes.</summary>
    public static async Task<SampleTenantServer> StartAsync(SampleTenantOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var model = new TenantModel(options);
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ApplicationName = typeof(SampleTenantServer).Assembly.GetName().Name });
        builder.Logging.ClearProviders();
        builder.Configuration.Sources.Clear();

        // Signals belong to the process that this may be a small part of.
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(System.Net.IPAddress.Loopback, options.Port);
        });
        var app = builder.Build();
        var endpoints = new TenantEndpoints(options, model);
        app.Run(endpoints.HandleAsync);
        await app.StartAsync(cancellationToken);
        return new SampleTenantServer(app, model.Directory, options.IdentityHeader);
    }

    /// <summary>Stops the server.</summary>
    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }

    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
