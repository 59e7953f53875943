using System.Globalization;
using System.Text.Json.Nodes;

namespace Rehearsal.Story;

/// <summary>
/// The committee, which the plan calls every month: it is held on the day that was proposed, its minutes are handed in and approved on the same day, and every
/// third one decides something that is done in time.
/// </summary>
internal sealed class CommitteeActors(IsmsApi api, Cast cast)
{
    private const int DaysToCarryOut = 14;
    private const int DaysNeeded = 10;

    private readonly Dictionary<string, JsonNode> called = [];
    private readonly HashSet<string> held = [];
    private readonly List<(string Meeting, string Owner, DateOnly On)> toDo = [];

    public async Task ActAsync(DateOnly today, IReadOnlyList<JsonNode> items, CancellationToken cancellationToken)
    {
        foreach (var id in items.Where(i => (string?)i["work"] == "committee" && (string)i["state"]! == "open").Select(i => (string?)i["workId"]).OfType<string>())
        {
            if (!held.Contains(id))
            {
                await MeetAsync(id, today, cancellationToken);
            }
        }

        foreach (var (meeting, owner, _) in toDo.Where(t => t.On <= today).ToList())
        {
            await api.PostAsync("owner:" + owner, $"meetings/{meeting}/decisions/d-01/complete", new { note = "部門内に周知し、手順書に反映した。" }, "complete", cancellationToken);
        }

        toDo.RemoveAll(t => t.On <= today);
    }

    private async Task MeetAsync(string id, DateOnly today, CancellationToken cancellationToken)
    {
        if (!called.TryGetValue(id, out var meeting))
        {
            called[id] = meeting = await api.GetAsync(Cast.Secretariat, $"meetings/{id}", cancellationToken);
        }

        if (today < DateOnly.Parse((string)meeting["date"]!, CultureInfo.InvariantCulture))
        {
            return;
        }

        held.Add(id);
        var owner = cast.Organization.Departments[0].LeadId;
        var decides = held.Count % 3 == 1;
        var decisions = decides
            ? new[] { new { kind = "improvement", what = "離席時の画面ロックの徹底を部門内に周知する。", owner, due = today.AddDays(DaysToCarryOut) } }
            : [];
        var attendees = meeting["appointment"]!["invitees"]!.AsArray().Select(p => (string)p!).SkipLast(1).ToList();
        var notes = new Dictionary<string, string> { ["open-decisions"] = "状況を確認した。" };
        await api.PostAsync(Cast.Secretariat, $"meetings/{id}/hold", new { attendees, notes, conclusion = "計画どおり運用を続ける。", decisions }, "hold", cancellationToken);
        await api.PostAsync(Cast.Secretariat, $"meetings/{id}/submit", null, "submit", cancellationToken);
        await api.PostAsync(Cast.Manager, $"meetings/{id}/approve", new { comment = "承認します。" }, "approve", cancellationToken);
        if (decides)
        {
            toDo.Add((id, owner, today.AddDays(DaysNeeded)));
        }
    }
}
