using System.Text;
using Isms.Evidence;
using Isms.Text;
using IsmsFunctions.Evidence;
using IsmsFunctions.Testing;
using IsmsFunctions.Tests.Audits;
using IsmsFunctions.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace IsmsFunctions.Tests.Registers.Risks;

/// <summary>Plays the people who keep the risks over HTTP.</summary>
internal sealed class RiskPlay(RunningApp app)
{
    public const string Keeper = "owner:kobayashi";

    public RunningApp App => app;

    public static async Task<RiskPlay> StartAsync(DateTimeOffset? start = null, string? organization = null) =>
        new(await AuditPlay.StartAppAsync(start ?? RunningApp.FirstMorning, organization));

    /// <summary>The sample organisation's settings with a risk method.</summary>
    public static string OrganizationWith(string riskMethod)
    {
        var sample = File.ReadAllText(Repository.SampleOrganization).TrimEnd();
        return $"{sample[..^1]}, \"riskMethod\": {riskMethod} }}";
    }

    public async Task<string> AddAsync(string register, object values) =>
        (string)(await app.PostAsync(Keeper, $"registers/{register}", new { values })).Expect(201).Json["id"]!;

    public Task<string> AddRiskAsync(string name, int? likelihood = null, int? impact = null, string? treatment = null, string department = "sales") =>
        AddAsync("risks", new { name, likelihood, impact, treatment, department, owner = "suzuki" });

    public async Task<Answer> ReadAsync(string id) => (await app.GetAsync(Keeper, $"registers/risks/{id}")).Expect(200);

    public async Task<Answer> AcceptAsync(string persona, string id, object? body = null) =>
        await app.PostAsync(persona, $"risks/{id}/accept", body, $"If-Match: {(await ReadAsync(id)).ETag}");

    /// <summary>Changes values of an entry, and keeps the others.</summary>
    public async Task<Answer> ChangeAsync(string register, string id, params (string Field, object? Value)[] changes)
    {
        var entry = (await app.GetAsync(Keeper, $"registers/{register}/{id}")).Expect(200);
        var values = entry.Json["values"]!.AsObject();
        foreach (var (field, value) in changes)
        {
            values[field] = System.Text.Json.JsonSerializer.SerializeToNode(value);
        }

        return await app.SendAsync(Keeper, HttpMethod.Put, $"registers/{register}/{id}", new { values }, $"If-Match: {entry.ETag}");
    }

    /// <summary>Records a collector's evidence with this summary.</summary>
    public async Task<string> CollectedAsync(string collector, string record, string summary)
    {
        var draft = new EvidenceDraft
        {
            Id = EvidenceIds.OfWindow(collector, app.Now.AddHours(-1), app.Now),
            FiscalYear = "FY2026",
            Type = EvidenceType.Operation,
            Title = LocalizedText.Same(collector),
            Period = new Period(app.Now.AddHours(-1), app.Now),
            Record = record,
            Source = new EvidenceSource { Graph = new GraphSource(collector, []) },
            CreatedBy = "system",
        };
        var stored = await app.Services.GetRequiredService<EvidenceStore>().RecordAsync(
            draft, [new EvidenceContent("summary.json", "application/json", Encoding.UTF8.GetBytes(summary))], CancellationToken.None);
        return stored.Id;
    }
}
