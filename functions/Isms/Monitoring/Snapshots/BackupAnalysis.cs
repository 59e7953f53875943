using System.Text.Json;

namespace Isms.Monitoring.Snapshots;

/// <summary>What is backed up, and whether that works (A.8.13).</summary>
public sealed class BackupAnalysis(SnapshotContext context) : ISnapshotAnalysis
{
    /// <summary>The services that have policies of their own; each is a kind of row.</summary>
    public static IReadOnlyList<string> Services { get; } = ["exchange-policies", "sharepoint-policies", "onedrive-policies"];

    private readonly Tally policies = new();
    private readonly Tally active = new();
    private readonly List<Finding> findings = [];

    /// <inheritdoc/>
    public void Add(string kind, JsonElement row)
    {
        policies.Add(kind);
        var status = JsonRow.Text(row, "status");
        if (status == "active")
        {
            active.Add(kind);
        }
        else
        {
            findings.Add(new Finding("backup-policy-not-working", JsonRow.Text(row, "id"), $"{kind}: {JsonRow.Text(row, "displayName")}", status));
        }
    }

    /// <inheritdoc/>
    public SnapshotResult Conclude(SnapshotDifference difference)
    {
        var known = Services.Where(context.Knows).ToList();
        findings.AddRange(known.Where(s => policies[s] == 0).Select(s => new Finding("service-without-backup", s, s, "")));
        return new SnapshotResult(
            [
                new Figure("backup-policies", known.Count == 0 ? null : known.Sum(s => policies[s])),
                new Figure("services-backed-up", known.Count == 0 ? null : known.Count(s => active[s] > 0), known.Count),
            ],
            [],
            Finding.Ordered(findings));
    }
}
