using System.Globalization;
using System.Text.Json;

namespace Isms.Monitoring.Snapshots;

/// <summary>Users at risk, what was detected, and alerts and incidents that nobody has dealt with (A.5.7, A.5.24–5.28, A.8.16).</summary>
public sealed class RiskAnalysis(SnapshotContext context) : ISnapshotAnalysis
{
    /// <summary>Rows of <c>/identityProtection/riskyUsers</c>.</summary>
    public const string RiskyUsers = "risky-users";

    /// <summary>Rows of <c>/identityProtection/riskDetections</c>.</summary>
    public const string Detections = "risk-detections";

    /// <summary>Rows of <c>/security/alerts_v2</c>.</summary>
    public const string Alerts = "alerts";

    /// <summary>Rows of <c>/security/incidents</c>.</summary>
    public const string Incidents = "incidents";

    private readonly Tally counts = new();
    private readonly Tally detections = new();
    private readonly Tally severities = new();
    private readonly List<Finding> findings = [];

    /// <inheritdoc/>
    public void Add(string kind, JsonElement row)
    {
        counts.Add(kind);
        switch (kind)
        {
            case RiskyUsers:
                JudgeUser(row);
                break;
            case Detections:
                detections.Add(JsonRow.Text(row, "riskEventType") is { Length: > 0 } type ? type : "unknown");
                break;
            case Alerts:
                severities.Add(JsonRow.Text(row, "severity") is { Length: > 0 } severity ? severity : "unknown");
                JudgeCase(kind, "alert-open", row, "title");
                break;
            case Incidents:
                JudgeCase(kind, "incident-open", row, "displayName");
                break;
            default:
                break; // Kept as evidence; nothing is concluded from it.
        }
    }

    /// <inheritdoc/>
    public SnapshotResult Conclude(SnapshotDifference difference)
    {
        decimal? known(string kind, string name) => context.Knows(kind) ? counts[name] : null;
        return new SnapshotResult(
            [
                new Figure("users-at-risk", known(RiskyUsers, "at-risk")), new Figure("risk-detections", known(Detections, Detections)),
                new Figure("alerts", known(Alerts, Alerts)), new Figure("alerts-open", known(Alerts, "open-" + Alerts)),
                new Figure("security-incidents", known(Incidents, Incidents)), new Figure("security-incidents-open", known(Incidents, "open-" + Incidents)),
            ],
            [detections.Largest("by-risk-detection"), severities.In("by-alert-severity", "high", "medium", "low", "informational")],
            Finding.Ordered(findings));
    }

    private void JudgeUser(JsonElement row)
    {
        var state = JsonRow.Text(row, "riskState");
        if (state is not ("atRisk" or "confirmedCompromised"))
        {
            return;
        }

        counts.Add("at-risk");
        var level = JsonRow.Text(row, "riskLevel");
        var since = JsonRow.Time(row, "riskLastUpdatedDateTime");
        if (state == "confirmedCompromised" || level == "high" || IsOld(since))
        {
            findings.Add(new Finding("user-at-risk", JsonRow.Text(row, "id"), JsonRow.Text(row, "userPrincipalName"), $"{state}, {level}", 1, null, since));
        }
    }

    private void JudgeCase(string kind, string code, JsonElement row, string nameMember)
    {
        if (JsonRow.Text(row, "status") is "resolved" or "redirected")
        {
            return;
        }

        counts.Add("open-" + kind);
        var created = JsonRow.Time(row, "createdDateTime");
        var severity = JsonRow.Text(row, "severity");
        if (severity == "high" || (severity == "medium" && IsOld(created)))
        {
            var day = created?.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            findings.Add(new Finding(code, JsonRow.Text(row, "id"), JsonRow.Text(row, nameMember), $"{severity}, {day}", 1, created));
        }
    }

    private bool IsOld(DateTimeOffset? since) => since is null || (context.At - since.Value).TotalDays > context.Policy.AlertDays;
}
