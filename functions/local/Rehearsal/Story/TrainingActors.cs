using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Rehearsal.Story;

/// <summary>
/// The secretariat's part in the training that the plan has started: it files the material, imports the attendance in two portions – in the first of which somebody does
/// not pass – and those who come later as they come. Months without a newcomer need nobody.
/// </summary>
internal sealed class TrainingActors(IsmsApi api, string fiscalYear)
{
    private const string WithTest = "staff-training";
    private const string OfNewcomers = "newcomer-training";
    private const int WorkdaysBetweenVisits = 5;

    /// <summary>By then the window of the month's newcomers is over.</summary>
    private const int DayOfNewcomers = 22;

    private readonly Dictionary<string, int> workdaysUntilVisit = [];
    private readonly HashSet<string> visited = [];
    private readonly HashSet<string> finished = [];

    public async Task ActAsync(DateOnly today, IReadOnlyList<JsonNode> items, CancellationToken cancellationToken)
    {
        foreach (var item in items.Where(i => (string?)i["work"] == "training" && i["workId"] is not null && (string)i["state"]! is "open" or "returned"))
        {
            var training = (string)item["workId"]!;
            var left = workdaysUntilVisit.GetValueOrDefault(training, WorkdaysBetweenVisits);
            if (finished.Contains(training) || (((string)item["id"]!).StartsWith(OfNewcomers, StringComparison.Ordinal) && today.Day < DayOfNewcomers))
            {
                continue;
            }

            workdaysUntilVisit[training] = left > 0 ? left - 1 : WorkdaysBetweenVisits;
            if (left == 0 || ((string)item["id"]!).StartsWith(OfNewcomers, StringComparison.Ordinal))
            {
                await VisitAsync(training, (string)item["id"]!, today, cancellationToken);
            }
        }
    }

    private async Task VisitAsync(string training, string item, DateOnly today, CancellationToken cancellationToken)
    {
        var isFirst = visited.Add(training);
        if (isFirst && item == WithTest)
        {
            await FileMaterialAsync(training, item, today, cancellationToken);
        }

        var people = await api.ListAsync(Cast.Secretariat, $"trainings/{training}/participants", cancellationToken);
        var missing = people.Where(p => (string)p["status"]! is "missing" or "failed").ToList();
        if (missing.Count > 0)
        {
            var portion = isFirst && missing.Count > 4 ? missing[..(missing.Count * 3 / 5)] : missing;
            await ImportAsync(training, portion, isFirst, today, cancellationToken);
        }
        else if ((string)(await api.GetAsync(Cast.Secretariat, $"trainings/{training}", cancellationToken))["stage"]! is "closed" or "cancelled")
        {
            finished.Add(training);
        }
    }

    private async Task ImportAsync(string training, List<JsonNode> people, bool isFirst, DateOnly today, CancellationToken cancellationToken)
    {
        var csv = new StringBuilder("\uFEFFメールアドレス,氏名,受講日,点数\r\n");
        foreach (var (person, index) in people.Select((p, i) => (p, i)))
        {
            var score = isFirst && index == 2 ? 65 : 85 + (index % 4 * 5);
            csv.Append(CultureInfo.InvariantCulture, $"{(string?)person["mail"]},{(string)person["name"]!},{today:yyyy-MM-dd},{score}\r\n");
        }

        await api.SendFileAsync(Cast.Secretariat, $"trainings/{training}/import?format=csv", "text/csv", Encoding.UTF8.GetBytes(csv.ToString()), cancellationToken);
    }

    private async Task FileMaterialAsync(string training, string item, DateOnly today, CancellationToken cancellationToken)
    {
        var fields = new Dictionary<string, string>
        {
            ["subject"] = $"item-{fiscalYear}-{item}",
            ["record"] = "training-material",
            ["type"] = "training",
            ["title"] = "情報セキュリティ研修 教材",
            ["fiscalYear"] = fiscalYear,
        };
        var content = Encoding.UTF8.GetBytes("情報セキュリティ研修\r\n1. 情報資産の取扱い\r\n2. パスワードと多要素認証\r\n3. 不審なメールへの対応\r\n4. インシデントの報告先\r\n");
        var material = await api.UploadAsync(Cast.Secretariat, fields, "training-material.txt", "text/plain", content, cancellationToken);
        var body = new { evidence = new[] { (string)material["id"]! }, link = "https://intranet.example.co.jp/isms/training" };
        await api.PostAsync(Cast.Secretariat, $"trainings/{training}/material", body, today.ToString("O", CultureInfo.InvariantCulture), cancellationToken);
    }
}
