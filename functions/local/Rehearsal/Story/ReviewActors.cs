using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Rehearsal.Story;

/// <summary>
/// The management review, which the plan calls: the secretariat has the missing inputs provided and sets the proposed date; top management decides three things.
/// One of them is carried out only after it was escalated.
/// </summary>
internal sealed class ReviewActors(IsmsApi api, Cast cast)
{
    private const int DaysToCarryOut = 35;

    private readonly HashSet<string> held = [];
    private readonly List<(string Meeting, string Decision, string Owner, DateOnly On)> toDo = [];
    private readonly Dictionary<string, DateOnly> dates = [];

    public async Task ActAsync(DateOnly today, IReadOnlyList<JsonNode> items, CancellationToken cancellationToken)
    {
        foreach (var id in items.Where(i => (string?)i["work"] == "management-review" && (string)i["state"]! == "open").Select(i => (string?)i["workId"]).OfType<string>())
        {
            if (!dates.TryGetValue(id, out var date))
            {
                await PrepareAsync(id, cancellationToken);
            }
            else if (today >= date && held.Add(id))
            {
                await MeetAsync(id, today, cancellationToken);
            }
        }

        foreach (var (meeting, decision, owner, _) in toDo.Where(t => t.On <= today).ToList())
        {
            await CompleteAsync(meeting, decision, owner, today, cancellationToken);
        }

        toDo.RemoveAll(t => t.On <= today);
    }

    private async Task PrepareAsync(string id, CancellationToken cancellationToken)
    {
        await ProvideMissingAsync(id, cancellationToken);
        var scheduled = await api.PostAsync(Cast.Secretariat, $"meetings/{id}/schedule", new { place = "役員会議室", time = "13:30:00" }, "schedule", cancellationToken);
        dates[id] = DateOnly.Parse((string)scheduled["date"]!, CultureInfo.InvariantCulture);
    }

    private async Task ProvideMissingAsync(string id, CancellationToken cancellationToken)
    {
        var review = await api.GetAsync(Cast.Secretariat, $"reviews/{id}", cancellationToken);
        foreach (var topic in review["missing"]!.AsArray().Select(t => (string)t!))
        {
            var said = new { topic, text = "対象期間に報告すべき事項がないことを、関係部門に確認した。", nothingToReport = true };
            await api.PostAsync(Cast.Secretariat, $"reviews/{id}/inputs", said, topic, cancellationToken);
        }
    }

    private async Task MeetAsync(string id, DateOnly today, CancellationToken cancellationToken)
    {
        await ProvideMissingAsync(id, cancellationToken);
        var (manager, lead) = (cast.Organization.InRole(Isms.Organizations.Role.IsmsManager).First().Id, cast.Organization.Departments[0].LeadId);
        var due = today.AddDays(DaysToCarryOut);
        var decisions = new object[]
        {
            new { kind = "resources", what = "教育の担当者を1名増やし、次年度の予算に計上する。", owner = manager, due, item = "next-year-plan" },
            new { kind = "objectives", what = "誤送信件数の目標値を次年度から半減とする。", owner = manager, due, item = "objectives" },
            new { kind = "improvement", what = "紙の点検表を電子化し、記入漏れをなくす。", owner = lead, due, raises = "suggestion" },
        };
        var review = await api.GetAsync(Cast.Secretariat, $"reviews/{id}", cancellationToken);
        var attendees = review["appointment"]!["invitees"]!.AsArray().Select(p => (string)p!).ToList();
        var notes = new Dictionary<string, string> { ["auditResults"] = "是正処置の進捗を確認し、期限内の完了を指示した。", ["risks"] = "残留リスクの受容を確認した。" };
        const string Conclusion = "ISMSは、組織の目的に照らして引き続き適切、妥当かつ有効である。教育体制の強化を進める。";
        await api.PostAsync(Cast.Secretariat, $"meetings/{id}/hold", new { attendees, notes, conclusion = Conclusion, decisions }, "hold", cancellationToken);
        await api.PostAsync(Cast.Secretariat, $"meetings/{id}/submit", null, "submit", cancellationToken);
        await api.PostAsync(Cast.TopManagement, $"meetings/{id}/approve", new { comment = "承認する。決定事項の進捗を報告すること。" }, "approve", cancellationToken);
        toDo.Add((id, "d-01", manager, due.AddDays(-7)));
        toDo.Add((id, "d-02", manager, due.AddDays(-3)));
        toDo.Add((id, "d-03", lead, due.AddDays(10)));
    }

    private async Task CompleteAsync(string meeting, string decision, string owner, DateOnly today, CancellationToken cancellationToken)
    {
        var fields = new Dictionary<string, string>
        {
            ["subject"] = meeting,
            ["record"] = "decision-completion",
            ["type"] = "management-review",
            ["title"] = "決定事項の実施記録",
        };
        var persona = cast.Organization.InRole(Isms.Organizations.Role.IsmsManager).Any(p => p.Id == owner) ? Cast.Manager : "owner:" + owner;
        var content = Encoding.UTF8.GetBytes($"\uFEFF決定事項,実施日,担当\r\n{meeting} {decision},{today:yyyy-MM-dd},{owner}\r\n");
        var proof = (string)(await api.UploadAsync(persona, fields, $"{decision}.csv", "text/csv", content, cancellationToken))["id"]!;
        await api.PostAsync(persona, $"meetings/{meeting}/decisions/{decision}/complete", new { note = "決定どおり実施した。", evidence = new[] { proof } }, "complete", cancellationToken);
    }
}
