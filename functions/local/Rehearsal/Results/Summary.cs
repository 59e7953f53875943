using System.Text.Json.Nodes;
using Rehearsal.Story;

namespace Rehearsal.Results;

/// <summary>What came of the year, as <c>summary.json</c> says it. Two rehearsals of one input agree in everything but <c>wallSeconds</c>.</summary>
internal static class Summary
{
    public static async Task<JsonObject> MakeAsync(
        IsmsApi api, RehearsalOptions options, RehearsalCalendar calendar, int orchestrations, TimeSpan wall, CancellationToken cancellationToken)
    {
        var year = await api.GetAsync(Cast.Secretariat, "years/" + options.FiscalYearId, cancellationToken);
        var audits = await api.ListAsync(Cast.Secretariat, "audits?fy=" + options.FiscalYearId, cancellationToken);
        var actions = await api.ListAsync(Cast.Secretariat, "corrective-actions", cancellationToken);
        var head = await api.GetAsync(Cast.Secretariat, "ledger/head", cancellationToken);
        int Counted(string result) => audits.Sum(a => (int?)a["counts"]?[result] ?? 0);
        return new JsonObject
        {
            ["fiscalYear"] = options.FiscalYearId,
            ["wallSeconds"] = Math.Round(wall.TotalSeconds, 1),
            ["virtualDays"] = calendar.LastDay.DayNumber - calendar.FirstDay.DayNumber + 1,
            ["orchestrations"] = orchestrations,
            ["items"] = Items(year["progress"]!),
            ["duties"] = await DutiesAsync(api, options, cancellationToken),
            ["audits"] = audits.Count,
            ["findings"] = new JsonObject
            {
                ["major"] = Counted("major"),
                ["minor"] = Counted("minor"),
                ["observation"] = Counted("observations"),
                ["opportunity"] = Counted("opportunities"),
            },
            ["correctiveActions"] = new JsonObject
            {
                ["closed"] = actions.Count(a => (string)a["stage"]! == "closed"),
                ["reopened"] = actions.Count(a => (int)a["reopenings"]! > 0),
            },
            ["evidence"] = await EvidenceAsync(api, options, cancellationToken),
            ["mails"] = Directory.EnumerateFiles(Path.Combine(options.Out, "mail"), "*.eml").Count(),
            ["ledger"] = new JsonObject { ["size"] = (long)head["size"]!, ["root"] = (string)head["root"]! },
        };
    }

    private static JsonObject Items(JsonNode progress)
    {
        var items = new JsonObject();
        foreach (var count in new[] { "done", "waived", "carriedOver", "escalated" })
        {
            items[count] = (int)progress[count]!;
        }

        return items;
    }

    /// <summary>Of each duty of the plan, how many of its items are in which state.</summary>
    private static async Task<JsonObject> DutiesAsync(IsmsApi api, RehearsalOptions options, CancellationToken cancellationToken)
    {
        var duties = new JsonObject();
        var items = await api.ListAsync(Cast.Secretariat, $"years/{options.FiscalYearId}/items", cancellationToken);
        foreach (var ofDuty in items.GroupBy(i => (string)i["duty"]!).OrderBy(d => d.Key, StringComparer.Ordinal))
        {
            var states = new JsonObject();
            foreach (var (state, count) in ofDuty.CountBy(i => (string)i["state"]!).OrderBy(s => s.Key, StringComparer.Ordinal))
            {
                states[state] = count;
            }

            duties[ofDuty.Key] = states;
        }

        return duties;
    }

    private static async Task<JsonObject> EvidenceAsync(IsmsApi api, RehearsalOptions options, CancellationToken cancellationToken)
    {
        var items = await api.ListAsync(Cast.Secretariat, $"evidence?fy={options.FiscalYearId}", cancellationToken);
        var byType = new JsonObject();
        foreach (var (type, count) in items.CountBy(i => (string)i["type"]!).OrderBy(t => t.Key, StringComparer.Ordinal))
        {
            byType[type] = count;
        }

        return new JsonObject
        {
            ["count"] = items.Count,
            ["bytes"] = items.Sum(i => i["files"]!.AsArray().Sum(f => (long)f!["length"]!)),
            ["byType"] = byType,
        };
    }
}
