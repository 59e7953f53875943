using System.Reflection;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Azure.Functions.Worker.Local;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace LocalRuntime.Tests.Worker;

/// <summary>An app of a few function classes, started on a free port.</summary>
internal sealed class TestApp : IAsyncDisposable
{
    public static readonly DateTimeOffset Start = new(2026, 4, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly Assembly TimerExtension = typeof(TimerInfo).Assembly;
    private readonly IHost host;

    private TestApp(IHost host)
    {
        this.host = host;
    }

    public IServiceProvider Services => host.Services;

    public VirtualTimeProvider Clock => Services.GetRequiredService<VirtualTimeProvider>();

    public HttpClient Http { get; private set; } = null!;

    public static FunctionsApplicationBuilder Builder(Type functions, params string[] settings) =>
        new([.. settings.Prepend("Local:Port=0").Prepend("Logging:LogLevel:Default=None").Select(setting => $"--{setting}")],
            new AppParts([functions], [TimerExtension]));

    public static string[] VirtualClock(params string[] settings) =>
        [.. settings, "Local:Clock=virtual", $"Local:ClockStart={Start:O}"];

    public static async Task<TestApp> StartAsync(FunctionsApplicationBuilder builder)
    {
        var app = new TestApp(builder.Build());
        await app.host.StartAsync();
        if (app.Services.GetService<IServer>()?.Features.Get<IServerAddressesFeature>() is { } addresses)
        {
            app.Http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(addresses.Addresses.Single()) };
        }

        return app;
    }

    public static Task<TestApp> StartWebAsync(Type functions, params string[] settings) =>
        StartAsync(Builder(functions, settings).ConfigureFunctionsWebApplication());

    public async ValueTask DisposeAsync()
    {
        Http?.Dispose();
        await host.StopAsync();
        host.Dispose();
    }
}
