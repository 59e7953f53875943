using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;

namespace Microsoft.DurableTask.Local;

/// <summary>The context an orchestrator sees while it is replayed; collects what it decides.</summary>
internal sealed partial class ReplayContext(string instanceId, ReplaySettings settings, ReplayThread thread) : TaskOrchestrationContext
{
    private readonly SortedDictionary<int, OrchestratorAction> actions = [];
    private readonly SortedDictionary<int, OrchestratorAction> withheldActions = [];
    private readonly Dictionary<int, OpenTask> openTasks = [];
    private readonly SortedSet<int> cancelledTimers = [];
    private HistoryEvent? started;
    private DateTime currentUtcDateTime;
    private bool isReplaying;
    private int nextId;
    private int guidCounter;

    public override TaskName Name => new(started?.Name!);

    public override string InstanceId => instanceId;

    public override ParentOrchestrationInstance? Parent
        => started?.Parent is { } parent ? new ParentOrchestrationInstance(new TaskName(parent.Name), parent.InstanceId) : null;

    public override DateTime CurrentUtcDateTime => currentUtcDateTime;

    public override bool IsReplaying => isReplaying;

    public override string Version => started?.Version ?? string.Empty;

    protected override ILoggerFactory LoggerFactory => settings.LoggerFactory;

    /// <summary>Whether the orchestrator has set a custom status in this execution; null is a status too.</summary>
    public bool HasCustomStatus { get; private set; }

    public string? CustomStatus { get; private set; }

    /// <summary>Whether the orchestrator has used its context at all.</summary>
    public bool IsAccessed { get; private set; }

    public override T? GetInput<T>()
        where T : default
    {
        EnsureOnReplayThread();
        return settings.DataConverter.Deserialize<T>(started?.Data);
    }

    public override Task<TResult> CallActivityAsync<TResult>(TaskName name, object? input = null, TaskOptions? options = null)
    {
        EnsureOnReplayThread();
        if (input is TaskOptions && options is null)
        {
            throw new ArgumentException(
                $"{nameof(TaskOptions)} were given as the activity's input. Name the parameter to pass them as {nameof(options)}.", nameof(input));
        }

        var version = options?.Version is { } explicitVersion ? explicitVersion.Version : Version;
        return CallAsync<TResult>(name, options, () =>
        {
            var id = nextId++;
            actions.Add(id, new ScheduleTask(id, name.Name, version, settings.DataConverter.Serialize(input)));
            return Open(id, name.Name, isTimer: false);
        });
    }

    public override Task<TResult> CallSubOrchestratorAsync<TResult>(TaskName orchestratorName, object? input = null, TaskOptions? options = null)
    {
        EnsureOnReplayThread();
        var child = (options as SubOrchestrationOptions)?.InstanceId is { Length: > 0 } given ? given : NewGuid().ToString("N");
        var version = options?.Version is { } explicitVersion ? explicitVersion.Version : settings.DefaultVersion;
        return CallAsync<TResult>(orchestratorName, options, () =>
        {
            var id = nextId++;
            actions.Add(id, new CreateSubOrchestration(id, orchestratorName.Name, version, child, settings.DataConverter.Serialize(input)));
            return Open(id, orchestratorName.Name, isTimer: false);
        });
    }

    public override Task CreateTimer(DateTime fireAt, CancellationToken cancellationToken)
    {
        EnsureOnReplayThread();
        return TimerAsync(fireAt.ToUniversalTime(), cancellationToken);
    }

    public override void SendEvent(string instanceId, string eventName, object payload)
    {
        EnsureOnReplayThread();
        if (string.IsNullOrWhiteSpace(instanceId))
        {
            throw new ArgumentException("An event needs an instance to go to.", nameof(instanceId));
        }

        var id = nextId++;
        actions.Add(id, new SendEvent(id, instanceId, eventName, settings.DataConverter.Serialize(payload)));
    }

    public override void SetCustomStatus(object? customStatus)
    {
        EnsureOnReplayThread();
        HasCustomStatus = true;
        CustomStatus = settings.DataConverter.Serialize(customStatus);
    }

    public override Guid NewGuid()
    {
        EnsureOnReplayThread();
        var name = string.Create(CultureInfo.InvariantCulture, $"{instanceId}_{currentUtcDateTime:o}_{guidCounter++}");
        return NameBasedGuid.Create(name);
    }

    // Longer timers are split, as backends and runtimes have timers of limited length only.
    private async Task TimerAsync(DateTime fireAt, CancellationToken cancellationToken)
    {
        while (fireAt - currentUtcDateTime > settings.MaximumTimerInterval && !cancellationToken.IsCancellationRequested)
        {
            await OneTimer(currentUtcDateTime.Add(settings.MaximumTimerInterval), cancellationToken);
        }

        await OneTimer(fireAt, cancellationToken);
    }

    private Task<string?> OneTimer(DateTime fireAt, CancellationToken cancellationToken)
    {
        var id = nextId++;
        actions.Add(id, new CreateTimer(id, fireAt));
        var timer = Open(id, "timer", isTimer: true);
        cancellationToken.Register(() =>
        {
            if (openTasks.TryGetValue(id, out var open))
            {
                openTasks.Remove(id);
                cancelledTimers.Add(id);
                open.Source.TrySetCanceled(cancellationToken);
            }
        });
        return timer;
    }

    private Task<string?> Open(int id, string name, bool isTimer)
    {
        var source = new TaskCompletionSource<string?>();
        openTasks.Add(id, new OpenTask(name, isTimer, source));
        return source.Task;
    }

    private void EnsureOnReplayThread()
    {
        if (!thread.IsCurrent)
        {
            throw new InvalidOperationException(ReplayThread.IllegalAwaitMessage);
        }

        IsAccessed = true;
    }

    private sealed record OpenTask(string Name, bool IsTimer, TaskCompletionSource<string?> Source);

    /// <summary>UUIDs of version 5 in the name space that the original uses.</summary>
    private static class NameBasedGuid
    {
        private static readonly byte[] NameSpace = new Guid("9e952958-5e33-4daf-827f-2fa12937b875").ToByteArray(bigEndian: true);

        public static Guid Create(string name)
        {
            Span<byte> hash = stackalloc byte[SHA1.HashSizeInBytes];
#pragma warning disable CA5350 // RFC 9562 builds version 5 on SHA-1; nothing is protected by it
            SHA1.HashData([.. NameSpace, .. Encoding.UTF8.GetBytes(name)], hash);
#pragma warning restore CA5350
            var bytes = hash[..16];
            BinaryPrimitives.WriteUInt16BigEndian(bytes[6..], (ushort)((BinaryPrimitives.ReadUInt16BigEndian(bytes[6..]) & 0x0FFF) | 0x5000));
            bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
            return new Guid(bytes, bigEndian: true);
        }
    }
}
