using System.Globalization;
using System.Text.Json.Nodes;

namespace Rehearsal.Story;

/// <summary>
/// The people behind the reviews of access rights that the plan has started: each answers and signs their sheet, taking away what leavers still hold in the year's first
/// review; the manager closes it, the administrator reports, and what the directory still shows after some weeks is taken back with a reason.
/// </summary>
internal sealed class AccessReviewActors(IsmsApi api, Cast cast)
{
    private const int DaysBetweenVisits = 7;
    private const int Patience = 4;

    private readonly Dictionary<string, DateOnly> nextVisit = [];
    private readonly Dictionary<string, int> waits = [];
    private readonly HashSet<string> finished = [];

    public async Task ActAsync(DateOnly today, IReadOnlyList<JsonNode> items, CancellationToken cancellationToken)
    {
        foreach (var review in items.Where(i => (string?)i["work"] == "access-review").Select(i => (string?)i["workId"]).OfType<string>().Distinct().Where(r => !finished.Contains(r)))
        {
            if (nextVisit.TryAdd(review, today.AddDays(DaysBetweenVisits)) || today < nextVisit[review])
            {
                continue;
            }

            nextVisit[review] = today.AddDays(DaysBetweenVisits);
            await VisitAsync(review, today.ToString("O", CultureInfo.InvariantCulture), cancellationToken);
        }
    }

    private async Task VisitAsync(string review, string occasion, CancellationToken cancellationToken)
    {
        var details = await api.GetAsync(Cast.Secretariat, $"access-reviews/{review}", cancellationToken);
        if ((string)details["stage"]! == "reviewing")
        {
            foreach (var sheet in details["sheetList"]!.AsArray().Where(s => s!["signOff"] is null))
            {
                await AnswerAsync(review, sheet!, occasion, cancellationToken);
            }

            details = await api.PostAsync(Cast.Manager, $"access-reviews/{review}/close", new { comment = "棚卸し結果を確認しました。" }, occasion, cancellationToken);
        }
        else if ((string)details["stage"]! == "followingUp")
        {
            details = await FollowUpAsync(review, details["taskList"]!.AsArray(), occasion, cancellationToken);
        }

        if ((string)details["stage"]! is "closed" or "cancelled")
        {
            finished.Add(review);
        }
    }

    private async Task AnswerAsync(string review, JsonNode sheet, string occasion, CancellationToken cancellationToken)
    {
        var persona = cast.Of((string)sheet["reviewers"]![0]!);
        var path = $"access-reviews/{review}/sheets/{(string)sheet["id"]!}";
        var leavers = finished.Count == 0 && (int)sheet["flagged"]! > 0
            ? (await api.ListAsync(persona, path + "?flagged=true", cancellationToken))
                .Where(r => r["flags"]!.AsArray().Any(f => (string)f!["code"]! == "disabled-account")).Select(r => (int)r["number"]!).ToList()
            : [];
        var answers = leavers.Count == 0 ? [] : new[] { new { rows = leavers, decision = "revoke", reason = "退職者のため" } };
        await api.PostAsync(
            persona, path + "/answers", new { answers, rest = new { decision = "keep", reason = "業務で利用していることを確認しました。" } }, occasion, cancellationToken);
        await api.PostAsync(persona, path + "/sign-off", null, occasion, cancellationToken);
    }

    private async Task<JsonNode> FollowUpAsync(string review, JsonArray tasks, string occasion, CancellationToken cancellationToken)
    {
        var patience = waits[review] = waits.GetValueOrDefault(review) + 1;
        JsonNode answer = new JsonObject { ["stage"] = "followingUp" };
        foreach (var number in tasks.Where(t => (string)t!["state"]! is "open" or "reported").Select(t => (int)t!["number"]!))
        {
            var path = $"access-reviews/{review}/tasks/{number.ToString(CultureInfo.InvariantCulture)}/";
            if (patience == 1)
            {
                await api.PostAsync("admin", path + "report", new { note = "アカウントの削除を依頼しました。" }, occasion, cancellationToken);
            }
            else if (patience >= Patience)
            {
                answer = await api.PostAsync(
                    Cast.Manager, path + "withdraw", new { reason = "メールの引継ぎが終わるまでアカウントを保持する。" }, occasion, cancellationToken);
            }
        }

        return answer;
    }
}
