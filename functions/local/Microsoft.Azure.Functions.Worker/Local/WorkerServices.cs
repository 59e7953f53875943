using System.Reflection;
using System.Text.Json;
using Azure.Core.Serialization;
using Microsoft.Azure.Functions.Worker.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Microsoft.Azure.Functions.Worker.Local;

/// <summary>The services every app has.</summary>
internal static class WorkerServices
{
    public static IServiceCollection AddWorker(this IServiceCollection services, AppParts parts, HostJson hostJson, IConfiguration settings)
    {
        services.AddLocalClock(settings);
        services.AddSingleton(hostJson);
        services.AddSingleton<IFunctionCatalog>(FunctionCatalog.Discover(parts.Types));
        services.AddSingleton<ParameterValues>();
        services.AddSingleton<IFunctionInvoker, FunctionInvoker>();
        services.AddHostedService<TriggerHost>();
        services.Configure<JsonSerializerOptions>(json => json.PropertyNameCaseInsensitive = true);
        services.AddOptions<WorkerOptions>().PostConfigure<IOptions<JsonSerializerOptions>>(
            (options, json) => options.Serializer ??= new JsonObjectSerializer(json.Value));
        return services;
    }

    public static void ConfigureExtensions(this IFunctionsWorkerApplicationBuilder builder, AppParts parts)
    {
        foreach (var startup in parts.Extensions.SelectMany(extension => extension.GetCustomAttributes<WorkerExtensionStartupAttribute>()))
        {
            ((WorkerExtensionStartup)Activator.CreateInstance(startup.StartupType)!).Configure(builder);
        }
    }
}
