using System.Text;
using Microsoft.DurableTask.Client;

namespace Microsoft.DurableTask.Local;

/// <summary>The client of the engine in the same process.</summary>
internal sealed class EngineClient(DurableEngine engine) : DurableTaskClient("durable")
{
    private static readonly OrchestrationRuntimeStatus[] RunningStatuses =
        [OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Pending, OrchestrationRuntimeStatus.Suspended];

    private DataConverter Converter => engine.Options.Replay.DataConverter;

    public override async Task<string> ScheduleNewOrchestrationInstanceAsync(
        TaskName orchestratorName, object? input = null, StartOrchestrationOptions? options = null, CancellationToken cancellation = default)
    {
        var instanceId = string.IsNullOrEmpty(options?.InstanceId) ? NewInstanceId() : options.InstanceId;
        var version = options?.Version is { } explicitVersion ? explicitVersion.Version : engine.Options.Replay.DefaultVersion;
        await engine.CreateAsync(
            new NewInstance(instanceId, orchestratorName.Name, Converter.Serialize(input), version)
            {
                StartAt = options?.StartAt,
                Tags = options?.Tags ?? new Dictionary<string, string>(),
                DedupeStatuses = DedupeStatusesOf(options),
            },
            cancellation);
        return instanceId;
    }

    public override Task RaiseEventAsync(
        string instanceId, string eventName, object? eventPayload = null, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        ArgumentException.ThrowIfNullOrEmpty(eventName);
        return engine.RaiseAsync(
            instanceId, new HistoryEvent(HistoryEventKind.EventRaised) { Name = eventName, Data = Converter.Serialize(eventPayload) }, cancellation);
    }

    public override async Task<OrchestrationMetadata> WaitForInstanceStartAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default)
    {
        var record = await engine.WaitAsync(
            instanceId, static record => record is not (null or { Status: OrchestrationRuntimeStatus.Pending }), cancellation);
        return Metadata(record!, getInputsAndOutputs);
    }

    public override async Task<OrchestrationMetadata> WaitForInstanceCompletionAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default)
    {
        var record = await engine.WaitAsync(instanceId, static record => record is { IsFinished: true }, cancellation);
        return Metadata(record!, getInputsAndOutputs);
    }

    public override Task TerminateInstanceAsync(
        string instanceId, TerminateInstanceOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        return engine.TerminateAsync(instanceId, Converter.Serialize(options?.Output), options?.Recursive ?? false, cancellation);
    }

    public override Task SuspendInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        return engine.RaiseAsync(instanceId, new HistoryEvent(HistoryEventKind.ExecutionSuspended) { Data = reason }, cancellation);
    }

    public override Task ResumeInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        return engine.RaiseAsync(instanceId, new HistoryEvent(HistoryEventKind.ExecutionResumed) { Data = reason }, cancellation);
    }

    public override Task<OrchestrationMetadata?> GetInstancesAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        return Task.FromResult(engine.Find(instanceId) is { } record ? Metadata(record, getInputsAndOutputs) : null);
    }

    public override AsyncPageable<OrchestrationMetadata> GetAllInstancesAsync(OrchestrationQuery? filter = null)
    {
        filter ??= new OrchestrationQuery();
        return Pageable.Create((continuation, size, _) =>
        {
            var after = Token.Read(continuation ?? filter.ContinuationToken);
            var (page, next) = Cut(engine.List().Where(record => Matches(record, filter)), after, size ?? filter.PageSize);
            return Task.FromResult(new Page<OrchestrationMetadata>(
                [.. page.Select(record => Metadata(record, filter.FetchInputsAndOutputs))], next is null ? null : Token.Write(next)));
        });
    }

    public override Task<Page<string>> ListInstanceIdsAsync(
        IEnumerable<OrchestrationRuntimeStatus>? runtimeStatus = null,
        DateTimeOffset? completedTimeFrom = null,
        DateTimeOffset? completedTimeTo = null,
        int pageSize = OrchestrationQuery.DefaultPageSize,
        string? lastInstanceKey = null,
        CancellationToken cancellation = default)
    {
        var statuses = runtimeStatus?.ToHashSet();
        var wantsCompleted = completedTimeFrom is not null || completedTimeTo is not null;
        var matching = engine.List().Where(record => (statuses is null || statuses.Contains(record.Status))
            && (!wantsCompleted || (record.IsFinished && IsBetween(record.UpdatedAt, completedTimeFrom, completedTimeTo))));
        var (page, next) = Cut(matching, lastInstanceKey, pageSize);
        return Task.FromResult(new Page<string>([.. page.Select(record => record.Id)], next));
    }

    public override async Task<PurgeResult> PurgeInstanceAsync(
        string instanceId, PurgeInstanceOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        return new PurgeResult(await engine.PurgeAsync(instanceId, options?.Recursive ?? false, cancellation));
    }

    public override async Task<PurgeResult> PurgeAllInstancesAsync(
        PurgeInstancesFilter filter, PurgeInstanceOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(filter);
        if (filter.Timeout <= TimeSpan.Zero)
        {
            throw new ArgumentOutOfRangeException(nameof(filter), filter.Timeout, "The timeout must be positive.");
        }

        var query = new OrchestrationQuery(filter.CreatedFrom, filter.CreatedTo, filter.Statuses);
        var deadline = filter.Timeout is { } timeout ? engine.Options.Clock.GetUtcNow() + timeout : (DateTimeOffset?)null;
        var purged = 0;
        foreach (var record in engine.List().Where(record => record.IsFinished && Matches(record, query)))
        {
            if (engine.Options.Clock.GetUtcNow() > deadline)
            {
                return new PurgeResult(purged, isComplete: false);
            }

            purged += await engine.PurgeAsync(record.Id, options?.Recursive ?? false, cancellation);
        }

        return new PurgeResult(purged, isComplete: true);
    }

    public override async Task<string> RestartAsync(
        string instanceId, bool restartWithNewInstanceId = false, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        var record = engine.Find(instanceId)
            ?? throw new ArgumentException($"There is no orchestration with the instance id '{instanceId}'.", nameof(instanceId));
        var newId = restartWithNewInstanceId ? NewInstanceId() : instanceId;
        await engine.CreateAsync(
            new NewInstance(newId, record.Name, record.Started?.Data, record.Version) { Tags = record.Tags, DedupeStatuses = [] }, cancellation);
        return newId;
    }

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private string NewInstanceId()
    {
        while (true)
        {
            var id = engine.Options.NewInstanceId();
            if (engine.Find(id) is null)
            {
                return id;
            }
        }
    }

    private OrchestrationRuntimeStatus[] DedupeStatusesOf(StartOrchestrationOptions? options)
    {
        if (options?.DedupeStatuses is not { } names)
        {
            return engine.Options.ReplacesRunningInstances ? [] : RunningStatuses;
        }

        var statuses = names.Select(name => Enum.TryParse<OrchestrationRuntimeStatus>(name, ignoreCase: true, out var status)
            ? status
            : throw new ArgumentException($"'{name}' is no runtime status.", nameof(options))).ToArray();
        return statuses.Contains(OrchestrationRuntimeStatus.Terminated) && RunningStatuses.Except(statuses).Any()
            ? throw new ArgumentException(
                "Dedupe statuses cannot include Terminated and leave out a running status: the running instance would be terminated, and then be in the way.",
                nameof(options))
            : statuses;
    }

    private OrchestrationMetadata Metadata(InstanceRecord record, bool withData) => record.ToMetadata(withData ? Converter : null);

    private bool Matches(InstanceRecord record, OrchestrationQuery filter)
        => IsBetween(record.CreatedAt, filter.CreatedFrom, filter.CreatedTo)
            && (filter.Statuses is not { } statuses || !statuses.Any() || statuses.Contains(record.Status))
            && (filter.TaskHubNames is not { } hubs || !hubs.Any() || hubs.Contains(engine.Options.HubName, StringComparer.OrdinalIgnoreCase))
            && (filter.InstanceIdPrefix is not { } prefix || record.Id.StartsWith(prefix, StringComparison.Ordinal));

    private static bool IsBetween(DateTimeOffset time, DateTimeOffset? from, DateTimeOffset? to) => !(time < from) && !(time > to);

    private static (IReadOnlyList<InstanceRecord> Page, string? Next) Cut(IEnumerable<InstanceRecord> records, string? after, int size)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(size);
        var page = records.Where(record => after is null || string.CompareOrdinal(record.Id, after) > 0).Take(size + 1).ToList();
        return page.Count > size ? (page[..size], page[size - 1].Id) : (page, null);
    }

    private static class Token
    {
        public static string Write(string instanceId) => Convert.ToBase64String(Encoding.UTF8.GetBytes(instanceId));

        public static string? Read(string? token) => string.IsNullOrEmpty(token) ? null : Encoding.UTF8.GetString(Convert.FromBase64String(token));
    }
}
