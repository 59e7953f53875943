using System.Globalization;
using System.Text.Json;

namespace Isms.Monitoring.Snapshots;

/// <summary>Simulated attacks and who fell for them (A.6.3).</summary>
public sealed class TrainingResultsAnalysis(SnapshotContext context) : ISnapshotAnalysis
{
    /// <summary>Rows of <c>/security/attackSimulation/simulations</c>.</summary>
    public const string Simulations = "simulations";

    /// <summary>Rows of <c>/security/attackSimulation/trainings</c>.</summary>
    public const string Trainings = "trainings";

    private readonly List<(DateTimeOffset At, string Name, decimal Rate)> ended = [];
    private readonly Tally counts = new();
    private readonly List<Finding> findings = [];

    /// <inheritdoc/>
    public void Add(string kind, JsonElement row)
    {
        counts.Add(kind);
        if (kind != Simulations || JsonRow.Text(row, "status") != "succeeded")
        {
            return;
        }

        var at = JsonRow.Time(row, "completionDateTime") ?? JsonRow.Time(row, "createdDateTime") ?? context.At;
        var rate = JsonRow.Number(row, "report.overview.simulationEventsContent.compromisedRate");
        if (rate is null)
        {
            return;
        }

        ended.Add((at, JsonRow.Text(row, "displayName"), rate.Value));
        if (rate > context.Policy.MaximumCompromisedPercent)
        {
            findings.Add(new Finding(
                "simulation-compromised", JsonRow.Text(row, "id"), JsonRow.Text(row, "displayName"),
                string.Create(CultureInfo.InvariantCulture, $"{rate:0.#} % > {context.Policy.MaximumCompromisedPercent} %"), 1, null, at));
        }
    }

    /// <inheritdoc/>
    public SnapshotResult Conclude(SnapshotDifference difference)
    {
        var inOrder = ended.OrderBy(s => s.At).ToList();
        if (context.Knows(Simulations) && !inOrder.Exists(s => s.At > context.At.AddYears(-1)))
        {
            findings.Add(new Finding("no-simulation-within-a-year", "tenant", "", ""));
        }

        return new SnapshotResult(
            [
                new Figure("simulations", context.Knows(Simulations) ? counts[Simulations] : null),
                new Figure("compromised-percent", inOrder.Count > 0 ? inOrder[^1].Rate : null),
                new Figure("trainings-offered", context.Knows(Trainings) ? counts[Trainings] : null),
            ],
            [new Breakdown("by-simulation", [.. inOrder.TakeLast(12).Select(s => new KeyValuePair<string, long>(s.Name, (long)Math.Round(s.Rate)))])],
            Finding.Ordered(findings));
    }
}
