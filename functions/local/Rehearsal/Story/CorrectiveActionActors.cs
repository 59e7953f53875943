using System.Globalization;
using System.Text;

namespace Rehearsal.Story;

/// <summary>
/// The owners of corrective actions and those who check them. The first one's first attempt turns out not to be effective, so it is reopened and closed in
/// a second round.
/// </summary>
internal sealed class CorrectiveActionActors(IsmsApi api, Cast cast)
{
    private string? ineffective;

    public async Task ActAsync(DateOnly today, CancellationToken cancellationToken)
    {
        foreach (var action in await api.ListAsync(Cast.Secretariat, "corrective-actions", cancellationToken))
        {
            var id = (string)action["id"]!;
            ineffective ??= id;
            var owner = (string)action["owner"]!;
            var occasion = today.ToString("O", CultureInfo.InvariantCulture);
            await ActOnAsync(id, (string)action["stage"]!, owner, today, occasion, cancellationToken);
        }
    }

    private async Task ActOnAsync(string id, string stage, string owner, DateOnly today, string occasion, CancellationToken cancellationToken)
    {
        var path = $"corrective-actions/{id}/";
        switch (stage)
        {
            case "correction":
                await api.PostAsync(cast.Of(owner), path + "correction", new { description = "記載のなかった記録について確認者と確認日を補記し、関係者に周知した。" }, occasion, cancellationToken);
                break;
            case "rootCause":
                await FindCauseAndPlanAsync(path, owner, today, occasion, cancellationToken);
                break;
            case "planApproval":
                await api.PostAsync(Cast.Manager, path + "approve-plan", new { comment = "計画どおり進めてください。" }, occasion, cancellationToken);
                break;
            case "implementing":
                var proof = await FileAsync(cast.Of(owner), id, "implementation", today, cancellationToken);
                await api.PostAsync(cast.Of(owner), path + "implemented", new { note = "点検表の様式を改訂し、部門内で説明会を実施した。", evidence = new[] { proof } }, occasion, cancellationToken);
                break;
            case "effectivenessCheck":
                await CheckAsync(id, path, today, occasion, cancellationToken);
                break;
        }
    }

    private async Task FindCauseAndPlanAsync(string path, string owner, DateOnly today, string occasion, CancellationToken cancellationToken)
    {
        var whys = new[]
        {
            "点検表に確認者と確認日の欄がなかった。", "様式を見直さないまま使い続けていた。", "様式の見直し時期を文書管理の手順に定めていなかった。",
        };
        var elsewhere = new { departments = cast.Organization.Departments.Select(d => d.Id), result = "他部門の点検表も同じ様式であったため、あわせて改訂する。", similarFound = true };
        await api.PostAsync(cast.Of(owner), path + "root-cause", new { whys, elsewhere }, occasion, cancellationToken);
        var steps = new[]
        {
            new { what = "点検表の様式を改訂する。", responsible = owner, due = today.AddDays(14) },
            new { what = "改訂した様式を各部門に説明する。", responsible = owner, due = today.AddDays(21) },
        };
        await api.PostAsync(cast.Of(owner), path + "plan", new { steps }, occasion, cancellationToken);
    }

    private async Task CheckAsync(string id, string path, DateOnly today, string occasion, CancellationToken cancellationToken)
    {
        var action = await api.GetAsync(Cast.Secretariat, "corrective-actions/" + id, cancellationToken);
        if (today < DateOnly.Parse((string)action["effectivenessFrom"]!, CultureInfo.InvariantCulture))
        {
            return;
        }

        var rounds = (int)action["round"]!;
        var effective = id != ineffective || rounds > 1;
        var note = effective ? "改訂後の記録を抜き取りで確認し、記載漏れがないことを確認した。" : "改訂後の記録にも確認日の記載漏れが見つかった。";
        var proof = await FileAsync(Cast.Secretariat, id, $"effectiveness-{rounds}", today, cancellationToken);
        await api.PostAsync(Cast.Secretariat, path + "effectiveness", new { effective, note, evidence = new[] { proof } }, occasion, cancellationToken);
    }

    private async Task<string> FileAsync(string persona, string id, string record, DateOnly today, CancellationToken cancellationToken)
    {
        var fields = new Dictionary<string, string>
        {
            ["subject"] = id,
            ["record"] = record,
            ["type"] = "improvement",
            ["title"] = "是正処置の確認記録",
        };
        var content = Encoding.UTF8.GetBytes($"\uFEFF是正処置,確認日,確認者\r\n{id},{today:yyyy-MM-dd},{persona}\r\n");
        var item = await api.UploadAsync(persona, fields, $"{record}.csv", "text/csv", content, cancellationToken);
        return (string)item["id"]!;
    }
}
