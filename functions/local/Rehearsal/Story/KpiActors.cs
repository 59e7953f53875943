using System.Globalization;
using System.Text.Json.Nodes;

namespace Rehearsal.Story;

/// <summary>
/// The people behind objectives and key figures: the secretariat starts from the product's sample registers, owners enter what no record shows once they have been
/// asked, one of them forgets in the second quarter, and the person in charge has the controls' effectiveness recorded.
/// </summary>
internal sealed class KpiActors(IsmsApi api, Cast cast, string fiscalYear)
{
    private const string ForgottenObjective = "O-0007";
    private const string ForgottenQuarter = "q2";
    private const string Effectiveness = "control-effectiveness";
    private const int DaysBeforeDue = 14;

    private readonly HashSet<string> recorded = [];

    /// <summary>Registers to work with, on the year's first day; there may be some already.</summary>
    public Task PrepareAsync(CancellationToken cancellationToken) => api.TryPostAsync(Cast.Secretariat, "registers/sample", null, "sample", cancellationToken);

    public async Task ActAsync(DateOnly today, IReadOnlyList<JsonNode> items, CancellationToken cancellationToken)
    {
        foreach (var item in items.Where(i => (string)i["state"]! is "open" or "returned"))
        {
            var due = DateOnly.Parse((string)item["dueOn"]!, CultureInfo.InvariantCulture);
            if (today < due.AddDays(-DaysBeforeDue))
            {
                continue;
            }

            if ((string)item["id"]! == Effectiveness && recorded.Add(Effectiveness))
            {
                await api.PostAsync("owner", "effectiveness/record", new { fy = fiscalYear }, Effectiveness, cancellationToken);
            }
            else if ((string?)item["work"] == "kpi" && (string?)item["workId"] is { } measurement && !recorded.Contains(measurement))
            {
                await EnterAsync(measurement, today, cancellationToken);
            }
        }
    }

    private async Task EnterAsync(string id, DateOnly today, CancellationToken cancellationToken)
    {
        var measurement = await api.GetAsync(Cast.Secretariat, $"kpi-measurements/{id}", cancellationToken);
        if ((string)measurement["stage"]! != "entering")
        {
            if ((string)measurement["stage"]! == "recorded")
            {
                recorded.Add(id);
            }

            return;
        }

        var quarter = id["kpi-".Length..];
        foreach (var line in measurement["items"]!.AsArray().Where(l => l!["value"] is null))
        {
            var objective = (string)line!["objective"]!;
            if (objective == ForgottenObjective && quarter.EndsWith(ForgottenQuarter, StringComparison.Ordinal))
            {
                continue;
            }

            await api.PostAsync(
                cast.Of((string)line["owner"]!), $"kpis/{objective}/measurements", new { value = ValueOf(objective, (int)measurement["quarter"]!, (string)line["unit"]!), quarter },
                today.ToString("O", CultureInfo.InvariantCulture) + objective, cancellationToken);
        }
    }

    /// <summary>Figures that improve over the year; which they are follows from objective and quarter, so that every rehearsal has the same.</summary>
    private static decimal ValueOf(string objective, int quarter, string unit) => unit == "%"
        ? objective == "O-0003" ? 8m - quarter : 90m + (2.5m * quarter)
        : objective.Sum(c => c) % 2 == 0 ? 0 : 1;
}
