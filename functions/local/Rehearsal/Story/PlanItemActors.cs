using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Rehearsal.Story;

/// <summary>
/// The people behind the plan's items: most answer a few days before the due date, one forgets until it is escalated, one never answers, one is sent
/// back once, one is waived.
/// </summary>
internal sealed class PlanItemActors(IsmsApi api, Cast cast, string fiscalYear)
{
    private const string Forgotten = "supplier-review-sales";
    private const string NeverDone = "document-review";
    private const string ReturnedOnce = "risk-assessment";
    private const string Waived = "specialist-training";
    private const int ForgottenFor = 24;

    private readonly HashSet<string> returned = [];

    public async Task ActAsync(DateOnly today, IReadOnlyList<JsonNode> items, CancellationToken cancellationToken)
    {
        foreach (var item in items)
        {
            var id = (string)item["id"]!;
            var state = (string)item["state"]!;
            if (state is not ("open" or "returned" or "submitted"))
            {
                continue;
            }

            if (state == "submitted")
            {
                await ApproveAsync(item, id, today, cancellationToken);
            }
            else if (id == Waived)
            {
                await api.PostAsync(
                    Cast.Manager, $"years/{fiscalYear}/items/{id}/waive", new { reason = "対象者全員が外部の専門研修を受講済みのため、今年度は実施しない。" }, "waive", cancellationToken);
            }
            else if (id != NeverDone && today >= AnswersOn(id, DateOnly.Parse((string)item["dueOn"]!, CultureInfo.InvariantCulture)))
            {
                await SubmitAsync(item, id, today, cancellationToken);
            }
        }
    }

    private static DateOnly AnswersOn(string id, DateOnly due) =>
        id == Forgotten ? due.AddDays(ForgottenFor) : due.AddDays(-3 - (id.Sum(c => c) % 9));

    private async Task SubmitAsync(JsonNode item, string id, DateOnly today, CancellationToken cancellationToken)
    {
        var persona = cast.Of((string)item["responsible"]!, (string?)item["department"]);
        var detail = await api.GetAsync(persona, $"years/{fiscalYear}/items/{id}", cancellationToken);
        var missing = detail["records"]!.AsArray().Where(r => r!["evidence"]!.AsArray().Count == 0).ToList();
        var byHand = item["workId"] is null ? missing.Where(r => (string)r!["from"]! == "item").ToList() : [];
        foreach (var record in byHand)
        {
            await FileAsync(persona, id, record!, today, cancellationToken);
        }

        // What other workflows and collectors leave may still be on its way: then the item is tried again on another day.
        if (byHand.Count == missing.Count)
        {
            var occasion = today.ToString("O", CultureInfo.InvariantCulture);
            await api.PostAsync(persona, $"years/{fiscalYear}/items/{id}/submit", new { comment = "記録を登録しました。ご確認をお願いします。" }, occasion, cancellationToken);
        }
    }

    private async Task FileAsync(string persona, string id, JsonNode record, DateOnly today, CancellationToken cancellationToken)
    {
        var key = (string)record["key"]!;
        var title = (string)record["title"]!["ja"]!;
        var csv = new StringBuilder("\uFEFF項目,内容,確認日,確認者\r\n");
        for (var row = 1; row <= 5; row++)
        {
            csv.Append(CultureInfo.InvariantCulture, $"{title} {row},{id} の記録,{today:yyyy-MM-dd},{persona}\r\n");
        }

        var fields = new Dictionary<string, string>
        {
            ["subject"] = $"item-{fiscalYear}-{id}",
            ["record"] = key,
            ["type"] = (string)record["type"]!,
            ["title"] = title,
            ["fiscalYear"] = fiscalYear,
        };
        await api.UploadAsync(persona, fields, $"{key}.csv", "text/csv", Encoding.UTF8.GetBytes(csv.ToString()), cancellationToken);
    }

    private async Task ApproveAsync(JsonNode item, string id, DateOnly today, CancellationToken cancellationToken)
    {
        var persona = cast.Of((string)item["approver"]!, (string?)item["department"]);
        var path = $"years/{fiscalYear}/items/{id}/";
        var occasion = today.ToString("O", CultureInfo.InvariantCulture);
        if (id == ReturnedOnce && returned.Add(id))
        {
            await api.PostAsync(persona, path + "return", new { comment = "テレワークのリスクが評価されていません。追記してください。" }, occasion, cancellationToken);
        }
        else
        {
            await api.PostAsync(persona, path + "approve", new { comment = "承認します。" }, occasion, cancellationToken);
        }
    }
}
