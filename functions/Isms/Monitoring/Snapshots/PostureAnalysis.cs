using System.Globalization;
using System.Text.Json;

namespace Isms.Monitoring.Snapshots;

/// <summary>The secure score and what it lacks (clause 9.1, A.5.36).</summary>
public sealed class PostureAnalysis(SnapshotContext context) : ISnapshotAnalysis
{
    /// <summary>Rows of <c>/security/secureScores</c>.</summary>
    public const string Scores = "secure-scores";

    /// <summary>Rows of <c>/security/secureScoreControlProfiles</c>.</summary>
    public const string Profiles = "secure-score-profiles";

    private readonly Dictionary<string, (string Title, decimal Most)> profiles = new(StringComparer.Ordinal);
    private (DateTimeOffset At, decimal Current, decimal Most, Dictionary<string, decimal> Controls)? latest;
    private (DateTimeOffset At, decimal Current, decimal Most)? earliest;
    private decimal? average;

    /// <inheritdoc/>
    public void Add(string kind, JsonElement row)
    {
        if (kind == Profiles && !JsonRow.IsTrue(row, "deprecated"))
        {
            profiles[JsonRow.Text(row, "id")] = (JsonRow.Text(row, "title"), JsonRow.Number(row, "maxScore") ?? 0);
        }

        if (kind != Scores || JsonRow.Time(row, "createdDateTime") is not { } at)
        {
            return;
        }

        var (current, most) = (JsonRow.Number(row, "currentScore") ?? 0, JsonRow.Number(row, "maxScore") ?? 0);
        if (earliest is null || at < earliest.Value.At)
        {
            earliest = (at, current, most);
        }

        if (latest is null || at > latest.Value.At)
        {
            var controls = new Dictionary<string, decimal>(StringComparer.Ordinal);
            foreach (var control in JsonRow.List(row, "controlScores"))
            {
                controls[JsonRow.Text(control, "controlName")] = JsonRow.Number(control, "score") ?? 0;
            }

            latest = (at, current, most, controls);
            average = JsonRow.List(row, "averageComparativeScores").Where(a => JsonRow.Text(a, "basis") == "AllTenants").Select(a => JsonRow.Number(a, "averageScore")).FirstOrDefault();
        }
    }

    /// <inheritdoc/>
    public SnapshotResult Conclude(SnapshotDifference difference) => new(
        [
            new Figure("secure-score", latest?.Current, latest?.Most),
            new Figure("secure-score-earlier", earliest?.Current, earliest?.Most),
            new Figure("secure-score-of-all-tenants", average),
            new Figure("measures-not-taken", latest is null ? null : Missing().Count(), profiles.Count),
        ],
        [new Breakdown("by-missing-score", [.. Missing().Take(15)])],
        Finding.Ordered(Findings()));

    private IEnumerable<Finding> Findings()
    {
        if (latest is not { Most: > 0 } score)
        {
            yield break;
        }

        var percent = 100 * score.Current / score.Most;
        if (percent < context.Policy.MinimumSecureScorePercent)
        {
            yield return new Finding("secure-score-low", "tenant", "", string.Create(CultureInfo.InvariantCulture, $"{percent:0.#} % < {context.Policy.MinimumSecureScorePercent} %"));
        }

        if (earliest is { Most: > 0 } before && percent < (100 * before.Current / before.Most) - 1)
        {
            yield return new Finding("secure-score-fell", "tenant", "", string.Create(CultureInfo.InvariantCulture, $"{100 * before.Current / before.Most:0.#} % → {percent:0.#} %"));
        }
    }

    /// <summary>What would raise the score, most first.</summary>
    private IEnumerable<KeyValuePair<string, long>> Missing() =>
        from profile in profiles
        let missing = profile.Value.Most - (latest?.Controls.GetValueOrDefault(profile.Key) ?? 0)
        where missing > 0
        orderby missing descending, profile.Key
        select new KeyValuePair<string, long>(profile.Value.Title, (long)Math.Ceiling(missing));
}
