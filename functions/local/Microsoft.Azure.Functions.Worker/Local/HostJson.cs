using Microsoft.Extensions.Configuration;

namespace Microsoft.Azure.Functions.Worker.Local;

/// <summary>
/// The app's <c>host.json</c>, with settings named <c>AzureFunctionsJobHost__a__b</c> over it, as the Functions host reads them.
/// </summary>
internal sealed class HostJson(IConfiguration configuration)
{
    private const string FileName = "host.json";
    private const string OverridePrefix = "AzureFunctionsJobHost";
    private const string ApplicationDirectory = "FUNCTIONS_APPLICATION_DIRECTORY";

    public IConfiguration Configuration => configuration;

    /// <summary>The path before every function's route; empty for none.</summary>
    public string RoutePrefix => configuration["extensions:http:routePrefix"] ?? "api";

    /// <summary>How long a function may take, or null for as long as it likes (-1 in the file).</summary>
    public TimeSpan? FunctionTimeout =>
        configuration["functionTimeout"] is { } text && TimeSpan.TryParse(text, out var timeout) && timeout > TimeSpan.Zero ? timeout : null;

    /// <summary>Where the app's files are: host.json, local.settings.json, content.</summary>
    public static string DirectoryOf(IConfiguration settings) => settings[ApplicationDirectory] ?? AppContext.BaseDirectory;

    public static HostJson Load(string directory, IConfiguration settings)
    {
        var file = Path.Combine(directory, FileName);
        var overrides = settings.GetSection(OverridePrefix).AsEnumerable(makePathsRelative: true).Where(pair => pair.Value is not null);
        var configuration = new ConfigurationBuilder();
        if (File.Exists(file))
        {
            configuration.AddJsonStream(new MemoryStream(File.ReadAllBytes(file)));
        }

        return new HostJson(configuration.AddInMemoryCollection(overrides).Build());
    }

    /// <summary>host.json's log levels as the keys that .NET logging reads.</summary>
    public IEnumerable<KeyValuePair<string, string?>> LogLevels() =>
        configuration.GetSection("logging:logLevel").GetChildren()
            .Select(level => KeyValuePair.Create($"Logging:LogLevel:{level.Key}", level.Value));
}
