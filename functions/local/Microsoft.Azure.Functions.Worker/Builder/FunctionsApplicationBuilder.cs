using Microsoft.Azure.Functions.Worker.Local;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Microsoft.Azure.Functions.Worker.Builder;

/// <summary>A Functions app under construction.</summary>
public class FunctionsApplicationBuilder : IHostApplicationBuilder, IFunctionsWorkerApplicationBuilder
{
    private readonly HostApplicationBuilder host;
    private readonly InvocationPipeline pipeline = new();
    private bool built;

    internal FunctionsApplicationBuilder(string[]? args, AppParts parts)
    {
        host = LocalHost.CreateBuilder(args);
        var hostJson = LocalHost.Configure(host);
        Services.AddSingleton(pipeline);
        Services.AddWorker(parts, hostJson, Configuration);
        this.ConfigureExtensions(parts);
    }

    /// <inheritdoc/>
    public IDictionary<object, object> Properties => ((IHostApplicationBuilder)host).Properties;

    /// <inheritdoc/>
    IConfigurationManager IHostApplicationBuilder.Configuration => Configuration;

    /// <summary>The app's settings.</summary>
    public ConfigurationManager Configuration => host.Configuration;

    /// <inheritdoc/>
    public IHostEnvironment Environment => host.Environment;

    /// <inheritdoc/>
    public ILoggingBuilder Logging => host.Logging;

    /// <inheritdoc/>
    public IMetricsBuilder Metrics => host.Metrics;

    /// <inheritdoc cref="IHostApplicationBuilder.Services"/>
    public IServiceCollection Services => host.Services;

    /// <summary>Makes the app; once only.</summary>
    public IHost Build()
    {
        ThrowIfBuilt();
        built = true;
        return host.Build();
    }

    /// <inheritdoc/>
    public void ConfigureContainer<TContainerBuilder>(IServiceProviderFactory<TContainerBuilder> factory, Action<TContainerBuilder>? configure = null)
        where TContainerBuilder : notnull => host.ConfigureContainer(factory, configure);

    /// <inheritdoc/>
    public IFunctionsWorkerApplicationBuilder Use(Func<FunctionExecutionDelegate, FunctionExecutionDelegate> middleware)
    {
        ThrowIfBuilt();
        pipeline.Add(middleware);
        return this;
    }

    private void ThrowIfBuilt()
    {
        if (built)
        {
            throw new InvalidOperationException("The application has already been built.");
        }
    }
}
