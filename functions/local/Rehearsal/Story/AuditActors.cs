using System.Globalization;
using System.Text.Json.Nodes;

namespace Rehearsal.Story;

/// <summary>
/// The audit, which the plan item proposes as it opens: the ISMS manager approves, each auditor works their departments' questions over
/// several days, and a handful of them do not conform.
/// </summary>
internal sealed class AuditActors(IsmsApi api, string fiscalYear)
{
    private const int QuestionsPerVisit = 40;

    public async Task ActAsync(DateOnly today, IReadOnlyList<JsonNode> items, CancellationToken cancellationToken)
    {
        if (!items.Any(i => (string?)i["work"] == "audit" && i["workId"] is not null && (string)i["state"]! is not ("done" or "carriedOver")))
        {
            return;
        }

        foreach (var audit in await api.ListAsync(Cast.Secretariat, $"audits?fy={fiscalYear}", cancellationToken))
        {
            await ActOnAsync((string)audit["id"]!, (string)audit["stage"]!, today, cancellationToken);
        }
    }

    private async Task ActOnAsync(string id, string stage, DateOnly today, CancellationToken cancellationToken)
    {
        var occasion = today.ToString("O", CultureInfo.InvariantCulture);
        switch (stage)
        {
            case "planApproval":
                await api.PostAsync(Cast.Manager, $"audits/{id}/approve-plan", new { comment = "計画を承認します。" }, occasion, cancellationToken);
                break;
            case "fieldwork":
                await AnswerAsync(id, occasion, cancellationToken);
                break;
            case "reportApproval":
                await api.PostAsync(Cast.Manager, $"audits/{id}/approve-report", new { comment = "報告を承認し、トップマネジメントに報告します。" }, occasion, cancellationToken);
                break;
        }
    }

    private async Task AnswerAsync(string id, string occasion, CancellationToken cancellationToken)
    {
        var audit = await api.GetAsync(Cast.Secretariat, $"audits/{id}", cancellationToken);
        var questions = audit["checklist"]!.AsArray().Select((q, index) => (Question: q!, Index: index)).ToList();
        var open = questions.Where(q => q.Question["answer"] is null).ToList();
        foreach (var own in open.GroupBy(q => (string)q.Question["auditor"]!))
        {
            var answers = new JsonArray([.. own.Take(QuestionsPerVisit).Select(q => Answer(q.Question, q.Index))]);
            await api.PostAsync($"auditor:{own.Key}", $"audits/{id}/answers", new JsonObject { ["answers"] = answers }, occasion, cancellationToken);
        }

        if (open.Count == 0)
        {
            await api.PostAsync($"auditor:{(string)audit["plan"]!["leadAuditor"]!}", $"audits/{id}/submit", null, occasion, cancellationToken);
        }
    }

    /// <summary>Most conform; which do not follows from their place in the checklist, so that every rehearsal finds the same.</summary>
    private static JsonObject Answer(JsonNode question, int index)
    {
        var evidence = question["evidence"]!.AsArray().Select(e => (JsonNode)(string)e!).ToList();
        var result = index switch
        {
            17 when evidence.Count > 0 => "majorNonconformity",
            _ when index % 60 == 23 && evidence.Count > 0 => "minorNonconformity",
            _ when index % 45 == 11 => "observation",
            _ when index % 70 == 31 => "opportunity",
            _ when index % 50 == 41 => "notApplicable",
            _ => "conforming",
        };
        var answer = new JsonObject
        {
            ["question"] = (string)question["id"]!,
            ["result"] = result,
            ["note"] = "記録と現場の状況を確認し、担当者に聞き取りを行った。",
            ["interviewee"] = "部門責任者",
            ["evidence"] = new JsonArray([.. evidence]),
            ["goodPoint"] = index % 40 == 7 && result == "conforming",
        };
        if (result.EndsWith("Nonconformity", StringComparison.Ordinal))
        {
            answer["requirement"] = "規程では、定められた時期に点検し、その記録を残すことになっている。";
            answer["fact"] = "直近の点検の記録に、確認者と確認日の記載がなかった。";
        }

        return answer;
    }
}
