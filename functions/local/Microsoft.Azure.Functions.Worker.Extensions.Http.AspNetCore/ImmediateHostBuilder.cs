using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Microsoft.Azure.Functions.Worker.Extensions.Http.AspNetCore;

/// <summary>
/// The web host extends <see cref="IHostBuilder"/>, a Functions app is an <see cref="IHostApplicationBuilder"/>: this passes each
/// step on at once.
/// </summary>
internal sealed class ImmediateHostBuilder(IHostApplicationBuilder app) : IHostBuilder
{
    private readonly HostBuilderContext context = new(app.Properties)
    {
        Configuration = app.Configuration,
        HostingEnvironment = app.Environment,
    };

    public IDictionary<object, object> Properties => app.Properties;

    public IHostBuilder ConfigureHostConfiguration(Action<IConfigurationBuilder> configureDelegate)
    {
        configureDelegate(app.Configuration);
        return this;
    }

    public IHostBuilder ConfigureAppConfiguration(Action<HostBuilderContext, IConfigurationBuilder> configureDelegate)
    {
        configureDelegate(context, app.Configuration);
        return this;
    }

    public IHostBuilder ConfigureServices(Action<HostBuilderContext, IServiceCollection> configureDelegate)
    {
        configureDelegate(context, app.Services);
        return this;
    }

    public IHostBuilder UseServiceProviderFactory<TContainerBuilder>(IServiceProviderFactory<TContainerBuilder> factory)
        where TContainerBuilder : notnull => throw Unsupported();

    public IHostBuilder UseServiceProviderFactory<TContainerBuilder>(Func<HostBuilderContext, IServiceProviderFactory<TContainerBuilder>> factory)
        where TContainerBuilder : notnull => throw Unsupported();

    public IHostBuilder ConfigureContainer<TContainerBuilder>(Action<HostBuilderContext, TContainerBuilder> configureDelegate) => throw Unsupported();

    public IHost Build() => throw Unsupported();

    private static NotSupportedException Unsupported() => new("The web host configures services only.");
}
