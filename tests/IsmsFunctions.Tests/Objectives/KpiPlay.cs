using System.Text.Json.Nodes;
using IsmsFunctions.Tests.Hosting;

namespace IsmsFunctions.Tests.Objectives;

/// <summary>Plays the people around objectives over HTTP, in the sample organisation.</summary>
internal sealed class KpiPlay(RunningApp app)
{
    public const string Secretariat = "secretariat";

    /// <summary>Nine in the morning of a day in Tokyo.</summary>
    public static DateTimeOffset Morning(int year, int month, int day) => new(year, month, day, 9, 0, 0, TimeSpan.FromHours(9));

    /// <summary>Registers an objective of FY2026 that is owned by Ito of the information systems department, and answers its id.</summary>
    public async Task<string> RegisterAsync(string name, string? measure = null, string target = "95", params (string Field, object Value)[] more)
    {
        var values = new Dictionary<string, object>
        {
            ["name"] = name,
            ["fiscalYear"] = "FY2026",
            ["department"] = "it",
            ["owner"] = "ito",
            ["plan"] = "四半期ごとに確認する。",
            ["target"] = decimal.Parse(target, System.Globalization.CultureInfo.InvariantCulture),
            ["unit"] = "%",
            ["direction"] = "atLeast",
            ["source"] = "記録から数える",
            ["frequency"] = "quarterly",
        };
        if (measure is not null)
        {
            values["measure"] = measure;
        }

        foreach (var (field, value) in more)
        {
            values[field] = value;
        }

        return (string)(await app.PostAsync(Secretariat, "registers/objectives", new { values })).Expect(201).Json["id"]!;
    }

    public async Task<JsonNode> EntryAsync(string objective) => (await app.GetAsync(Secretariat, $"registers/objectives/{objective}")).Expect(200).Json;

    public async Task<decimal?> RegisteredAsync(string objective, string field = "quarter1") => (decimal?)(await EntryAsync(objective))["values"]![field];

    public Task<Answer> EnterAsync(string persona, string objective, decimal value, string? reason = null, string quarter = "FY2026-q1", params string[] headers) =>
        app.PostAsync(persona, $"kpis/{objective}/measurements", reason is null ? new { value, quarter } : new { value, quarter, reason }, headers);

    public async Task<JsonNode> MeasurementAsync(string id = "kpi-FY2026-q1") => (await app.GetAsync(Secretariat, $"kpi-measurements/{id}")).Expect(200).Json;

    public async Task<IReadOnlyList<JsonNode>> SheetsAsync(string subject) =>
        [.. (await app.GetAsync(Secretariat, $"evidence?subject={subject}&record=kpi-sheet")).Expect(200).Json["items"]!.AsArray().Select(e => e!)];

    /// <summary>An objective in the overview.</summary>
    public async Task<JsonNode> ShownAsync(string objective, string fiscalYear = "FY2026") =>
        (await app.GetAsync(Secretariat, $"kpis?fy={fiscalYear}")).Expect(200).Json["items"]!.AsArray().Single(o => (string)o!["id"]! == objective)!;
}
