using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using LocalRuntime;
using Microsoft.Azure.Functions.Worker.Local;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Local;
using Microsoft.DurableTask.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Microsoft.Azure.Functions.Worker.Extensions.DurableTask;

/// <summary>Runs the app's task hub from the start of the app to its end, as host.json says.</summary>
internal sealed class DurableHost(
    FunctionTaskRunner runner,
    IFunctionCatalog catalog,
    HostJson hostJson,
    IConfiguration settings,
    IOptions<DurableTaskWorkerOptions> workerOptions,
    TimeProvider clock,
    WorkTracker tracker,
    ILoggerFactory loggers,
    ClientOfHub clientOfHub,
    IHostApplicationLifetime lifetime) : ITriggerListener, IAsyncDisposable
{
    private const string DefaultHubName = "TestHubName";

    private DurableEngine? engine;
    private int generatedIds;

    /// <summary>The engine, once the app is started.</summary>
    public DurableEngine? Engine => engine;

    private IConfigurationSection Section => hostJson.Configuration.GetSection("extensions:durableTask");

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (!catalog.Functions.Any(UsesDurableTasks))
        {
            return;
        }

        var connectionName = Section["storageProvider:connectionName"] ?? Section["storageProvider:connectionStringName"] ?? "AzureWebJobsStorage";
        var connection = settings[connectionName]
            ?? throw new InvalidOperationException($"Durable functions need storage: the setting '{connectionName}' holds no connection string.");
        var options = ReadOptions();
        engine = new DurableEngine(new HubStore(connection, options.HubName), runner, options);
        clientOfHub.Value = new EngineClient(engine);
        await engine.StartAsync();
    }

    public Task StopAsync(CancellationToken cancellationToken) => engine?.StopAsync(cancellationToken) ?? Task.CompletedTask;

    public ValueTask DisposeAsync() => engine?.DisposeAsync() ?? ValueTask.CompletedTask;

    private static bool UsesDurableTasks(LocalFunction function)
        => function.Definition.InputBindings.Values.Any(binding => binding.Type is "orchestrationTrigger" or "activityTrigger" or "durableClient");

    private EngineOptions ReadOptions()
    {
        var versioning = ReadVersioning();
        var longestTimer = settings["Local:LongestTimer"] is { Length: > 0 } longest
            ? TimeSpan.Parse(longest, CultureInfo.InvariantCulture)
            : workerOptions.Value.MaximumTimerInterval;
        var replay = new ReplaySettings(workerOptions.Value.DataConverter, versioning?.DefaultVersion ?? string.Empty, longestTimer, loggers);
        var options = new EngineOptions(HubName(), clock, tracker, replay)
        {
            MaxConcurrentActivities = Number("maxConcurrentActivityFunctions", 10 * Environment.ProcessorCount),
            MaxConcurrentTurns = Number("maxConcurrentOrchestratorFunctions", 10 * Environment.ProcessorCount),
            Versioning = versioning,
            ReplacesRunningInstances = string.Equals(Section["overridableExistingInstanceStates"], "AnyState", StringComparison.OrdinalIgnoreCase),
            Logger = loggers.CreateLogger("DurableTask"),
            ExecutionEnded = settings["Local:HistoryFolder"] is { Length: > 0 } folder ? history => Save(history, folder) : null,
            Faulted = _ => lifetime.StopApplication(),
        };
        return clock is VirtualTimeProvider ? options with
        {
            OneAtATime = true,
            NewInstanceId = RepeatableId,
        } : options;
    }

    private DurableTaskWorkerOptions.VersioningOptions? ReadVersioning()
    {
        if (workerOptions.Value.Versioning is { } configured)
        {
            return configured;
        }

        return Section["defaultVersion"] is { } version
            ? new DurableTaskWorkerOptions.VersioningOptions
            {
                Version = version,
                DefaultVersion = version,
                MatchStrategy = Choice("versionMatchStrategy", DurableTaskWorkerOptions.VersionMatchStrategy.CurrentOrOlder),
                FailureStrategy = Choice("versionFailureStrategy", DurableTaskWorkerOptions.VersionFailureStrategy.Reject),
            }
            : null;
    }

    // Task hub names make names of tables and containers.
    private string HubName()
    {
        var name = Section["hubName"] ?? DefaultHubName;
        return name.Length is >= 3 and <= 45 && char.IsAsciiLetter(name[0]) && name.All(char.IsAsciiLetterOrDigit)
            ? name
            : throw new InvalidOperationException(
                $"host.json names the task hub '{name}'; the name must have 3 to 45 letters and digits and begin with a letter.");
    }

    private int Number(string key, int otherwise)
        => Section[key] is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;

    private T Choice<T>(string key, T otherwise)
        where T : struct, Enum
        => Section[key] is { } text ? Enum.Parse<T>(text, ignoreCase: true) : otherwise;

    // What an orchestrator has done in a rehearsal is what later versions of it are tested against.
    private static void Save(RecordedHistory history, string folder)
    {
        Directory.CreateDirectory(folder);
        var stem = Path.Combine(folder, $"{history.Name}_{PartitionKeys.Of(history.InstanceId)}");
        var number = Directory.GetFiles(folder, $"{Path.GetFileName(stem)}_*.json").Length + 1;
        File.WriteAllText(string.Create(CultureInfo.InvariantCulture, $"{stem}_{number:D4}.json"), history.ToJson());
    }

    // A rehearsal that is run twice gives its instances the same ids.
    private string RepeatableId()
    {
        var seed = string.Create(CultureInfo.InvariantCulture, $"{clock.GetUtcNow():O}_{Interlocked.Increment(ref generatedIds)}");
        return new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(seed)).AsSpan(0, 16)).ToString("N");
    }
}

/// <summary>The client of the app's task hub, once the app is started; for those whom the hub itself depends on.</summary>
internal sealed class ClientOfHub
{
    private DurableTaskClient? value;

    public DurableTaskClient Value
    {
        get => value ?? throw new InvalidOperationException("The durable engine has not been started.");
        set => this.value = value;
    }
}
