using System.Globalization;
using Isms.Evidence;
using Isms.Monitoring;
using IsmsFunctions.Monitoring.Graph;
using Microsoft.Azure.Functions.Worker;

namespace IsmsFunctions.Monitoring;

/// <summary>Asks for a window of a log.</summary>
/// <param name="InstanceId">The run.</param>
/// <param name="Window">The window.</param>
/// <param name="Last">Whether the run ends with it.</param>
/// <param name="Final">Whether it is recorded whatever is missing.</param>
/// <param name="Before">How the attempt before ended.</param>
public sealed record CollectLogWindowInput(string InstanceId, WindowTask Window, bool Last, bool Final, PullOutcome? Before);

/// <summary>Plans, pulls and records windows of the directory's audit log.</summary>
public sealed class DirectoryAuditsActivities(LogWindows windows)
{
    /// <summary>The kind of its rows.</summary>
    public const string Kind = "directory-audits";

    private static readonly IReadOnlyList<LogColumn> Columns =
    [
        new("activityDateTime", "time"), new("activityDisplayName", "activity"), new("category", "category"), new("result", "result"),
        new("targetResources[].userPrincipalName|displayName", "target"),
        new("initiatedBy.user.userPrincipalName", "by"), new("initiatedBy.app.displayName", "by-application"),
    ];

    /// <summary>The log.</summary>
    public static LogSource Log { get; } = new(
        CollectorCatalogue.DirectoryAudits, "directory-audit-log", ["8.15", "8.9"], "activityDateTime", KindsOf, context => new DirectoryAuditAnalysis(context), _ => Columns);

    /// <summary>Decides which windows the run collects.</summary>
    [Function(nameof(PlanDirectoryAuditWindows))]
    public Task<IReadOnlyList<WindowTask>> PlanDirectoryAuditWindows([ActivityTrigger] PlanWindows input, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        return windows.PlanAsync(Log, input.InstanceId, cancellationToken);
    }

    /// <summary>Collects a window.</summary>
    [Function(nameof(CollectDirectoryAuditWindow))]
    public Task<PullOutcome> CollectDirectoryAuditWindow([ActivityTrigger] CollectLogWindowInput input, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        return windows.CollectAsync(Log, input.InstanceId, input.Window, input.Last, input.Final, input.Before, cancellationToken);
    }

    private static IReadOnlyList<RowKind> KindsOf(DateTimeOffset from, DateTimeOffset to) =>
        [new RowKind(Kind, Question(new Period(from, to))) { Permissions = ["AuditLog.Read.All", "Directory.Read.All"] }];

    private static GraphCollection Question(Period period)
    {
        var time = string.Create(
            CultureInfo.InvariantCulture,
            $"activityDateTime ge {period.From.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ} and activityDateTime lt {period.To.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}");
        return new GraphCollection("v1.0", $"/auditLogs/directoryAudits?$filter={Uri.EscapeDataString(time)}&$top=1000", PacingScope.AuditLogs)
        {
            Times = new TimeSlices(period, Question),
        };
    }
}
