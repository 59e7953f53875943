using System.Text.Json;
using Isms.Monitoring.Snapshots;

namespace Isms.Monitoring;

/// <summary>What a window of the directory's audit log comes to; the file <c>summary.json</c>.</summary>
public sealed record DirectoryAuditSummary
{
    /// <summary>The window, UTC.</summary>
    public required Evidence.Period Period { get; init; }

    /// <summary>Rows of this window.</summary>
    public required long Rows { get; init; }

    /// <summary>Rows of the time before, which arrived after that time's window had been pulled.</summary>
    public required long Late { get; init; }

    /// <summary>Rows by category.</summary>
    public required IReadOnlyDictionary<string, long> ByCategory { get; init; }

    /// <summary>Rows by result.</summary>
    public required IReadOnlyDictionary<string, long> ByResult { get; init; }

    /// <summary>Rows of the activities seen most.</summary>
    public required IReadOnlyDictionary<string, long> ByActivity { get; init; }

    /// <summary>How many exceptions there are, by code.</summary>
    public required IReadOnlyDictionary<string, int> Exceptions { get; init; }
}

/// <summary>Counts the directory's audit log and picks out what changes privileges, policies and applications (A.8.15, A.8.9). Needs memory by what it picks out.</summary>
public sealed class DirectoryAuditAnalysis(LogContext context) : ILogAnalysis
{
    private const int ActivitiesListed = 50;
    private readonly Tally categories = new();
    private readonly Tally results = new();
    private readonly Tally activities = new();
    private readonly Dictionary<(string Code, string By, string Detail), Finding> seen = [];
    private long rows;
    private long late;

    /// <inheritdoc/>
    public void Add(string kind, ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        using var document = JsonDocument.ParseValue(ref reader);
        var row = document.RootElement;
        var at = JsonRow.Time(row, "activityDateTime");
        if (at < context.Period.From)
        {
            late++;
        }
        else
        {
            rows++;
        }

        var activity = JsonRow.Text(row, "activityDisplayName").Trim();
        var category = JsonRow.Text(row, "category");
        var result = JsonRow.Text(row, "result");
        categories.Add(category);
        results.Add(result);
        activities.Add(activity);
        if (CodeOf(category, activity) is { } code)
        {
            Note(code, row, $"{activity}: {TargetOf(row)} ({result})", at);
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<Finding> Findings() => Finding.Ordered(seen.Values);

    /// <inheritdoc/>
    public IReadOnlyList<Breakdown> Breakdowns() =>
    [
        results.Largest("audits-by-result"), categories.Largest("audits-by-category"), activities.Largest("audits-by-activity"),
    ];

    /// <inheritdoc/>
    public object Summarise(IReadOnlyList<Finding> findings)
    {
        ArgumentNullException.ThrowIfNull(findings);
        return new DirectoryAuditSummary
        {
            Period = context.Period,
            Rows = rows,
            Late = late,
            ByCategory = Counts(categories.Largest("", int.MaxValue)),
            ByResult = Counts(results.Largest("", int.MaxValue)),
            ByActivity = Counts(activities.Largest("", ActivitiesListed)),
            Exceptions = new SortedDictionary<string, int>(findings.CountBy(f => f.Code).ToDictionary(), StringComparer.Ordinal),
        };
    }

    /// <summary>What somebody has to be able to explain; the rest is the day's work.</summary>
    private static string? CodeOf(string category, string activity) => category switch
    {
        "RoleManagement" => "privilege-changed",
        "Policy" or "AuthorizationPolicy" => "policy-changed",
        "ApplicationManagement" when IsAboutAccess(activity) => "application-access-changed",
        _ when activity is "Disable Strong Authentication" or "Set federation settings on domain" or "Set domain authentication" => "policy-changed",
        _ => null,
    };

    private static bool IsAboutAccess(string activity) =>
        activity.StartsWith("Update application – Certificates and secrets management", StringComparison.Ordinal)
        || activity.StartsWith("Add service principal", StringComparison.Ordinal)
        || activity.StartsWith("Add owner to", StringComparison.Ordinal)
        || activity is "Consent to application" or "Add delegated permission grant" or "Add app role assignment to service principal" or "Add application";

    private void Note(string code, JsonElement row, string detail, DateTimeOffset? at)
    {
        var user = JsonRow.At(row, "initiatedBy.user");
        var app = JsonRow.At(row, "initiatedBy.app");
        var (id, name) = user.ValueKind == JsonValueKind.Object
            ? (JsonRow.Text(user, "id"), JsonRow.Text(user, "userPrincipalName"))
            : (JsonRow.Text(app, "servicePrincipalId"), JsonRow.Text(app, "displayName"));
        var key = (code, id, detail);
        seen[key] = seen.TryGetValue(key, out var finding)
            ? finding with { Count = finding.Count + 1, First = at < finding.First ? at : finding.First, Last = at > finding.Last ? at : finding.Last }
            : new Finding(code, id, name, detail, 1, at, at);
    }

    private static string TargetOf(JsonElement row)
    {
        var target = JsonRow.List(row, "targetResources").FirstOrDefault();
        var name = JsonRow.Text(target, "userPrincipalName") is { Length: > 0 } principal ? principal : JsonRow.Text(target, "displayName");
        var role = JsonRow.List(target, "modifiedProperties").Where(p => JsonRow.Text(p, "displayName") == "Role.DisplayName")
            .Select(p => JsonRow.Text(p, "newValue") is { Length: > 0 } given ? given : JsonRow.Text(p, "oldValue")).FirstOrDefault();
        return role is null ? name : $"{name}, {role.Trim('"')}";
    }

    private static Dictionary<string, long> Counts(Breakdown breakdown) => breakdown.Counts.ToDictionary(c => c.Key, c => c.Value, StringComparer.Ordinal);
}
