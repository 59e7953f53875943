using System.Globalization;
using System.Text.Json.Nodes;

namespace Rehearsal.Story;

/// <summary>
/// Two audits side by side: the one that the plan item proposes as it opens, of everything, and one that the secretariat adds on the same days, of how two departments
/// deal with awareness and documents. The ISMS manager approves both, the auditors work their questions of both over several days, all at once, and a handful of them do
/// not conform.
/// </summary>
internal sealed class AuditActors(IsmsApi api, string fiscalYear)
{
    private const int QuestionsPerVisit = 40;
    private bool atWork;

    public async Task ActAsync(DateOnly today, IReadOnlyList<JsonNode> items, CancellationToken cancellationToken)
    {
        if (!atWork && !items.Any(i => (string?)i["work"] == "audit" && i["workId"] is not null && (string)i["state"]! is not ("done" or "carriedOver")))
        {
            return;
        }

        var occasion = today.ToString("O", CultureInfo.InvariantCulture);
        var audits = await api.ListAsync(Cast.Secretariat, $"audits?fy={fiscalYear}", cancellationToken);
        if (audits is [var only] && (string)only["stage"]! == "planApproval")
        {
            await AddAsync((string)only["id"]!, cancellationToken);
            audits = await api.ListAsync(Cast.Secretariat, $"audits?fy={fiscalYear}", cancellationToken);
        }

        atWork = audits.Any(a => (string)a["stage"]! is not ("followingUp" or "closed"));
        foreach (var audit in audits.Where(a => (string)a["stage"]! is "planApproval" or "reportApproval"))
        {
            await ApproveAsync((string)audit["id"]!, (string)audit["stage"]!, occasion, cancellationToken);
        }

        await WorkAsync([.. audits.Where(a => (string)a["stage"]! == "fieldwork").Select(a => (string)a["id"]!)], occasion, cancellationToken);
    }

    private async Task AddAsync(string first, CancellationToken cancellationToken)
    {
        var plan = (await api.GetAsync(Cast.Secretariat, $"audits/{first}", cancellationToken))["plan"]!;
        var departments = plan["departments"]!.AsArray();
        var wanted = new JsonObject
        {
            ["departments"] = new JsonArray((string)departments[0]!, (string)departments[^1]!),
            ["clauses"] = new JsonArray("7.3", "7.5"),
            ["objective"] = new JsonObject
            {
                ["ja"] = "対象の二部門について、認識の定着と文書・記録の管理の実態を重点的に確認する。",
                ["en"] = "To look closely at awareness, and at how documents and records are really controlled, in two departments.",
            },
            ["from"] = (string)plan["from"]!,
            ["to"] = (string)plan["to"]!,
        };
        await api.PostAsync(Cast.Secretariat, "audits", wanted, fiscalYear, cancellationToken);
    }

    private Task<JsonNode> ApproveAsync(string id, string stage, string occasion, CancellationToken cancellationToken) => stage == "planApproval"
        ? api.PostAsync(Cast.Manager, $"audits/{id}/approve-plan", new { comment = "計画を承認します。" }, occasion, cancellationToken)
        : api.PostAsync(Cast.Manager, $"audits/{id}/approve-report", new { comment = "報告を承認し、トップマネジメントに報告します。" }, occasion, cancellationToken);

    /// <summary>All auditors of all audits at once; an audit that has no question left is submitted by its lead.</summary>
    private async Task WorkAsync(IReadOnlyList<string> audits, string occasion, CancellationToken cancellationToken)
    {
        var answers = new List<(string Persona, string Path, JsonNode Body)>();
        foreach (var id in audits)
        {
            var audit = await api.GetAsync(Cast.Secretariat, $"audits/{id}", cancellationToken);
            var open = audit["checklist"]!.AsArray().Select((q, index) => (Question: q!, Index: index)).Where(q => q.Question["answer"] is null).ToList();
            if (open.Count == 0)
            {
                await api.PostAsync($"auditor:{(string)audit["plan"]!["leadAuditor"]!}", $"audits/{id}/submit", null, occasion, cancellationToken);
            }

            answers.AddRange(open.GroupBy(q => (string)q.Question["auditor"]!).Select(own => (
                $"auditor:{own.Key}",
                $"audits/{id}/answers",
                (JsonNode)new JsonObject { ["answers"] = new JsonArray([.. own.Take(QuestionsPerVisit).Select(q => Answer(q.Question, q.Index))]) })));
        }

        if (answers.Count > 0)
        {
            await api.PostTogetherAsync(answers.GroupBy(a => a.Persona, a => (a.Path, a.Body), StringComparer.Ordinal), occasion, cancellationToken);
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
