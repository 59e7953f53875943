using System.Globalization;
using System.Text.Json;

namespace Isms.Monitoring.Snapshots;

/// <summary>Access reviews that the directory runs itself, and what came of them (A.5.18).</summary>
public sealed class AccessReviewsAnalysis(SnapshotContext context) : ISnapshotAnalysis
{
    /// <summary>Rows of <c>/identityGovernance/accessReviews/definitions</c>.</summary>
    public const string Definitions = "review-definitions";

    /// <summary>Rows of <c>…/instances</c>, each with its definition.</summary>
    public const string Instances = "review-instances";

    /// <summary>Rows of <c>…/decisions</c>, each with its definition and instance.</summary>
    public const string Decisions = "review-decisions";

    private readonly Dictionary<string, string> names = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (string Status, DateTimeOffset? End)> instances = new(StringComparer.Ordinal);
    private readonly Tally decisions = new();
    private readonly Tally open = new();
    private readonly Tally notApplied = new();

    /// <inheritdoc/>
    public void Add(string kind, JsonElement row)
    {
        var below = JsonRow.Below(row);
        switch (kind)
        {
            case Definitions:
                names[JsonRow.Text(row, "id")] = JsonRow.Text(row, "displayName");
                break;
            case Instances:
                instances[$"{JsonRow.Parent(row)}/{JsonRow.Text(below, "id")}"] = (JsonRow.Text(below, "status"), JsonRow.Time(below, "endDateTime"));
                break;
            case Decisions:
                AddDecision(JsonRow.Parent(row), below);
                break;
            default:
                break; // Kept as evidence; nothing is concluded from it.
        }
    }

    /// <inheritdoc/>
    public SnapshotResult Conclude(SnapshotDifference difference)
    {
        var all = decisions["Approve"] + decisions["Deny"] + decisions["NotReviewed"] + decisions["DontKnow"];
        decimal? counted(long count) => context.Knows(Decisions) ? count : null;
        return new SnapshotResult(
            [
                new Figure("reviews", context.Knows(Instances) ? instances.Count : null),
                new Figure("decisions-made", counted(decisions["Approve"] + decisions["Deny"]), counted(all)),
                new Figure("decisions-denied", counted(decisions["Deny"]), counted(all)),
            ],
            [decisions.In("by-decision", "Approve", "Deny", "DontKnow", "NotReviewed")],
            Finding.Ordered(Findings()));
    }

    private void AddDecision(string instance, JsonElement row)
    {
        var decision = JsonRow.Text(row, "decision");
        decisions.Add(decision);
        if (decision is "NotReviewed" or "DontKnow")
        {
            open.Add(instance);
        }

        if (decision == "Deny" && JsonRow.Text(row, "applyResult") is ("New" or "AppliedWithUnknownFailure" or "ApplyNotSupported"))
        {
            notApplied.Add(instance);
        }
    }

    private IEnumerable<Finding> Findings()
    {
        foreach (var (id, (status, end)) in instances)
        {
            if (end is null || end > context.At)
            {
                continue;
            }

            var day = end.Value.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            var name = names.GetValueOrDefault(id.Split('/')[0]) ?? "";
            if (open[id] > 0)
            {
                yield return new Finding("review-without-decision", id, name, $"{day}, {status}", open[id]);
            }

            if (notApplied[id] > 0)
            {
                yield return new Finding("review-not-applied", id, name, $"{day}, {status}", notApplied[id]);
            }
        }
    }
}
