using IsmsFunctions.Testing;
using LocalRuntime;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Converters;
using Microsoft.DurableTask.Local;
using Microsoft.DurableTask.Worker;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace LocalRuntime.Tests.Durable;

/// <summary>A task hub on Azurite and a virtual clock, whose orchestrators and activities are delegates.</summary>
internal sealed class TestHub : IAsyncDisposable
{
    public static readonly DateTimeOffset Start = new(2026, 4, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly string connectionString;
    private DurableEngine? engine;
    private VirtualTimeProvider clock = null!;

    public TestHub(AzuriteFixture azurite, string? name = null)
    {
        connectionString = azurite.ConnectionString;
        Name = name ?? azurite.UniqueName("hub");
    }

    public string Name { get; }

    public TestTasks Tasks { get; init; } = new();

    public ILoggerFactory Loggers { get; init; } = NullLoggerFactory.Instance;

    public StorageHook? Hook { get; set; }

    public DurableTaskWorkerOptions.VersioningOptions? Versioning { get; set; }

    public bool ReplacesRunningInstances { get; init; }

    /// <summary>Runs on the system's clock, several turns and activities at a time.</summary>
    public bool IsConcurrent { get; init; }

    /// <summary>Histories of executions that have ended, in the order of their end.</summary>
    public List<RecordedHistory> Ended { get; } = [];

    public DurableTaskClient Client { get; private set; } = null!;

    public DurableEngine Engine => engine!;

    public WorkTracker Tracker { get; private set; } = null!;

    public VirtualTimeProvider Clock => clock;

    public DateTimeOffset Now => clock.GetUtcNow();

    public TestHub Orchestrator<TOutput>(string name, Func<TaskOrchestrationContext, Task<TOutput>> run)
    {
        Tasks.Orchestrators[name] = async context => await run(context);
        return this;
    }

    public TestHub Orchestrator(string name, Func<TaskOrchestrationContext, Task> run)
    {
        Tasks.Orchestrators[name] = async context =>
        {
            await run(context);
            return null;
        };
        return this;
    }

    public TestHub Activity<TInput>(string name, Func<TInput, object?> run) => Activity<TInput>(name, (input, _) => Task.FromResult(run(input)));

    public TestHub Activity<TInput>(string name, Func<TInput, ActivityCall, Task<object?>> run)
    {
        var converter = JsonDataConverter.Default;
        Tasks.Activities[name] = async call => converter.Serialize(await run(converter.Deserialize<TInput>(call.Input)!, call));
        return this;
    }

    public async Task<TestHub> StartAsync(DateTimeOffset? now = null)
    {
        Tracker = new WorkTracker();
        clock = new VirtualTimeProvider(now ?? Start, Tracker);
        var replay = new ReplaySettings(JsonDataConverter.Default, Versioning?.DefaultVersion ?? string.Empty, TimeSpan.FromDays(3), Loggers);
        engine = new DurableEngine(new HubStore(connectionString, Name, Hook), Tasks, new EngineOptions(Name, IsConcurrent ? TimeProvider.System : clock, Tracker, replay)
        {
            OneAtATime = !IsConcurrent,
            MaxConcurrentActivities = 4,
            Versioning = Versioning,
            ReplacesRunningInstances = ReplacesRunningInstances,
            ExecutionEnded = history =>
            {
                lock (Ended)
                {
                    Ended.Add(history);
                }
            },
        });
        Client = new EngineClient(engine);
        await engine.StartAsync();
        return this;
    }

    /// <summary>Ends this engine as it is and starts another on the same storage, at the same time of day.</summary>
    public async Task RestartAsync()
    {
        var now = Now;
        await engine!.DisposeAsync();
        await StartAsync(now);
    }

    /// <summary>Lets everything happen that can happen now.</summary>
    public Task IdleAsync() => RunAsync(TimeSpan.Zero);

    public Task RunAsync(TimeSpan time) => clock.RunUntilAsync(Now + time).WaitAsync(TimeSpan.FromSeconds(60));

    /// <summary>Starts an orchestration and lets everything happen that can happen now.</summary>
    public async Task<string> BeginAsync(string name, object? input = null, string? id = null)
    {
        var started = await Client.ScheduleNewOrchestrationInstanceAsync(name, input, new StartOrchestrationOptions(id));
        await IdleAsync();
        return started;
    }

    public async Task<OrchestrationMetadata> StateAsync(string id) => (await Client.GetInstanceAsync(id, getInputsAndOutputs: true))!;

    /// <summary>Runs an orchestration to its end, as far ahead as a year.</summary>
    public async Task<OrchestrationMetadata> RunAsync(string name, object? input = null, string? id = null)
    {
        id = await BeginAsync(name, input, id);
        if (!(await StateAsync(id)).IsCompleted)
        {
            await RunAsync(TimeSpan.FromDays(366));
        }

        return await StateAsync(id);
    }

    public IReadOnlyList<HistoryEvent> HistoryOf(string id) => Engine.Find(id)!.Events;

    public async ValueTask DisposeAsync()
    {
        if (engine is not null)
        {
            await engine.DisposeAsync();
        }
    }
}

/// <summary>Orchestrators and activities by name.</summary>
internal class TestTasks : ITaskRunner
{
    public Dictionary<string, Func<TaskOrchestrationContext, Task<object?>>> Orchestrators { get; } = new(StringComparer.OrdinalIgnoreCase);

    public Dictionary<string, Func<ActivityCall, Task<string?>>> Activities { get; } = new(StringComparer.OrdinalIgnoreCase);

    public bool HasOrchestrator(string name) => Orchestrators.ContainsKey(name);

    public bool HasActivity(string name) => Activities.ContainsKey(name);

    public virtual Task RunTurnAsync(string name, OrchestrationTurn turn)
    {
        turn.Execute(Orchestrators[name]);
        return Task.CompletedTask;
    }

    public Task<string?> RunActivityAsync(ActivityCall call, CancellationToken cancellationToken) => Activities[call.Name](call);
}
