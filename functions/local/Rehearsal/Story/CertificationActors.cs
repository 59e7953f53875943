using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Rehearsal.Story;

/// <summary>
/// The secretariat and the certification body: the surveillance audit is held as planned and finds one minor nonconformity and one observation; the corrective action
/// plan goes to the body, which accepts it.
/// </summary>
internal sealed class CertificationActors(IsmsApi api, Cast cast)
{
    private const int DaysBetweenLooks = 3;
    private readonly Dictionary<string, DateOnly> lookAgainOn = [];
    private readonly HashSet<string> settled = [];

    public async Task ActAsync(DateOnly today, IReadOnlyList<JsonNode> items, CancellationToken cancellationToken)
    {
        foreach (var id in items.Where(i => (string?)i["work"] == "certification").Select(i => (string?)i["workId"]).OfType<string>())
        {
            if (!settled.Contains(id) && today >= lookAgainOn.GetValueOrDefault(id))
            {
                lookAgainOn[id] = await ActOnAsync(id, today, cancellationToken);
            }
        }
    }

    /// <summary>Does what is to be done, and says when to look again.</summary>
    private async Task<DateOnly> ActOnAsync(string id, DateOnly today, CancellationToken cancellationToken)
    {
        var (path, occasion) = ($"certification/audits/{id}", today.ToString("O", CultureInfo.InvariantCulture));
        var audit = await api.GetAsync(Cast.Secretariat, path, cancellationToken);
        var to = DateOnly.Parse((string)audit["to"]!, CultureInfo.InvariantCulture);
        switch ((string)audit["stage"]!)
        {
            case "planned" when to >= today:
                return to.AddDays(1);
            case "planned":
                await EnterResultAsync(path, id, audit, occasion, cancellationToken);
                break;
            case "responding" when audit["possible"]!.AsArray().Any(p => (string)p! == "accept"):
                await api.PostAsync(Cast.Secretariat, path + "/accept", new { comment = "認証機関より受理の連絡があった。" }, occasion, cancellationToken);
                settled.Add(id);
                break;
            case "responding":
                // Refused until the corrective action has its plan: then it is tried again.
                await api.TryPostAsync(Cast.Secretariat, path + "/respond", new { comment = "是正処置計画書を提出します。ご確認をお願いいたします。" }, occasion, cancellationToken);
                break;
            case "held":
                break;
            default:
                settled.Add(id);
                break;
        }

        return today.AddDays(DaysBetweenLooks);
    }

    private async Task EnterResultAsync(string path, string id, JsonNode audit, string occasion, CancellationToken cancellationToken)
    {
        var fields = new Dictionary<string, string>
        {
            ["subject"] = id,
            ["record"] = "certification-body-report",
            ["type"] = "certification",
            ["title"] = "認証機関の審査報告書",
            ["fiscalYear"] = (string)audit["fiscalYear"]!,
        };
        var content = Encoding.UTF8.GetBytes("審査報告書\r\n軽微な不適合 1件、観察事項 1件\r\n");
        var report = await api.UploadAsync(Cast.Secretariat, fields, "審査報告書.txt", "text/plain", content, cancellationToken);
        var result = new
        {
            from = (string)audit["from"]!,
            to = (string)audit["to"]!,
            result = "recommendedAfterCorrections",
            auditors = new[] { "審査 太郎(主任審査員)", "検証 花子" },
            summary = "マネジメントシステムは有効に維持されている。軽微な不適合の是正処置計画の受理をもって、登録の維持を推薦する。",
            evidence = new[] { (string)report["id"]! },
            findings = new object[]
            {
                new { wording = "軽微な不適合", clause = "7.2", department = cast.DepartmentIds[0], fact = "中途入社者1名について、入社時教育の受講記録に実施日と確認者の記載がなかった。" },
                new { wording = "観察事項", control = "A.8.15", department = cast.DepartmentIds[^1], fact = "ログの保存期間が手順書と設定で異なっており、見直しが望ましい。" },
            },
        };
        await api.PostAsync(Cast.Secretariat, path + "/held", result, occasion, cancellationToken);
    }
}
