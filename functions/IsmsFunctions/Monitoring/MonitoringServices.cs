using IsmsFunctions.Monitoring.Graph;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace IsmsFunctions.Monitoring;

/// <summary>Registers the collectors.</summary>
public static class MonitoringServices
{
    /// <summary>Adds the collectors and the way to Graph.</summary>
    public static IServiceCollection AddMonitoring(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        services.AddOptions<GraphOptions>().Bind(configuration.GetSection(GraphOptions.Section));
        services.AddOptions<MonitoringOptions>().Bind(configuration.GetSection(MonitoringOptions.Section));
        return services
            .AddSingleton(p => new GraphHttp(p.GetRequiredService<IOptions<GraphOptions>>()))
            .AddSingleton<Pacing>()
            .AddSingleton<GraphRequests>()
            .AddSingleton<GraphPull>()
            .AddSingleton<BatchPull>()
            .AddSingleton<RowSections>()
            .AddSingleton<CollectionEngine>()
            .AddSingleton<LogWindows>()
            .AddSingleton<CollectorReadiness>()
            .AddSingleton<CollectorRuns>();
    }
}
