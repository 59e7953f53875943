using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Microsoft.Azure.Functions.Worker.Local;

/// <summary>Does what Azure Functions Core Tools do before an app's own code runs: environment, settings files, log levels.</summary>
internal static class LocalHost
{
    public static HostApplicationBuilder CreateBuilder(string[]? args)
    {
        var configuration = new ConfigurationManager();

        // Watching the settings files would only cost handles: neither Core Tools nor Azure apply a change without a restart.
        configuration.AddInMemoryCollection([KeyValuePair.Create<string, string?>("hostBuilder:reloadConfigOnChange", "false")]);
        configuration.AddEnvironmentVariables("AZURE_FUNCTIONS_");
        var directory = HostJson.DirectoryOf(new ConfigurationBuilder().AddEnvironmentVariables().AddCommandLine(args ?? []).Build());
        return new HostApplicationBuilder(new HostApplicationBuilderSettings
        {
            Args = args,
            Configuration = configuration,
            ContentRootPath = directory,
            EnvironmentName = configuration[HostDefaults.EnvironmentKey] ?? Environments.Development,
        });
    }

    /// <summary>Adds the settings files below everything else, so that real environment variables and arguments win.</summary>
    public static HostJson Configure(HostApplicationBuilder host)
    {
        var directory = HostJson.DirectoryOf(host.Configuration);
        var sources = ((IConfigurationBuilder)host.Configuration).Sources;
        sources.Insert(0, new MemoryConfigurationSource { InitialData = LocalSettings.Read(directory) });
        var hostJson = HostJson.Load(directory, host.Configuration);
        sources.Insert(0, new MemoryConfigurationSource { InitialData = hostJson.LogLevels() });
        host.Logging.ClearProviders();
        host.Logging.AddConsole(console => console.FormatterName = LogLineFormatter.FormatterName)
            .AddConsoleFormatter<LogLineFormatter, LogLineOptions>();
        return hostJson;
    }
}
