using System.Text.Json.Nodes;
using Isms.Audits;
using IsmsFunctions.Audits;
using IsmsFunctions.Hosting.State;
using IsmsFunctions.Organizations;
using IsmsFunctions.Testing;
using IsmsFunctions.Tests.Audits;
using IsmsFunctions.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace IsmsFunctions.Tests.Year;

/// <summary>The audit that the year's plan demands.</summary>
public sealed class PlannedAuditTests
{
    private const string Item = "years/FY2026/items/internal-audit";
    private static readonly DateTimeOffset LateJune = new(2026, 6, 29, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset July = new(2026, 7, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task As_the_plan_item_opens_one_audit_of_all_departments_is_proposed_with_independent_auditors()
    {
        await using var app = await StartAsync();

        await app.RunUntilAsync(July.AddDays(80));

        var audit = Assert.Single(await AuditsAsync(app));
        var item = (await app.GetAsync("secretariat", Item)).Expect(200).Json;
        Assert.Equal((string)audit["id"]!, (string?)item["item"]!["workId"]);
        Assert.Equal(["planned", "opened", "workAssigned"], item["log"]!.AsArray().Select(e => (string)e!["act"]!));
        Assert.Equal(("planApproval", "FY2026"), ((string)audit["stage"]!, (string)audit["fiscalYear"]!));
        var details = (await app.GetAsync("secretariat", $"audits/{audit["id"]}")).Expect(200).Json;
        Assert.Equal("system", (string)details["requestedBy"]!);
        var organization = (await app.GetAsync("secretariat", "organization")).Expect(200).Json;
        var departments = organization["departments"]!.AsArray().Select(d => (string)d!["id"]!);
        Assert.Equal(departments, details["plan"]!["assignments"]!.AsArray().Select(a => (string)a!["department"]!));
        var homes = organization["people"]!.AsArray().ToDictionary(p => (string)p!["id"]!, p => (string?)p!["departmentId"]);
        Assert.All(details["plan"]!["assignments"]!.AsArray(), a => Assert.NotEqual((string)a!["department"]!, homes[(string)a["auditor"]!]));
    }

    [Fact]
    public async Task The_documents_of_its_audit_let_the_plan_item_be_submitted()
    {
        await using var app = await StartAsync();
        await app.RunUntilAsync(July);
        var id = (string)(await AuditsAsync(app)).Single()["id"]!;
        var play = new AuditPlay(app);
        await play.DoAsync(AuditPlay.Manager, $"audits/{id}/approve-plan");
        await app.RunUntilAsync(July.AddDays(20));
        await play.AnswerAllAsync(id);
        await play.SubmitAsync(id);
        Assert.Equal("records-missing", (await app.PostAsync("auditor", Item + "/submit")).Expect(409).Code);

        await play.DoAsync(AuditPlay.Manager, $"audits/{id}/approve-report");

        Assert.Equal("closed", await play.StageAsync(id));
        (await app.PostAsync("auditor", Item + "/submit")).Expect(200);
    }

    [Fact]
    public async Task Departments_that_an_audit_of_the_year_covers_are_not_proposed_again()
    {
        await using var app = await StartAsync();
        var byHand = await new AuditPlay(app).StartAsync();

        await app.RunUntilAsync(July);

        var audits = await AuditsAsync(app);
        Assert.Equal(2, audits.Count);
        Assert.Empty(audits[1]["departments"]!.AsArray().Select(d => (string)d!).Intersect(["sales", "engineering"]));
        Assert.NotEqual(byHand, (string?)(await app.GetAsync("secretariat", Item)).Json["item"]!["workId"]);
    }

    [Fact]
    public async Task Where_the_years_audits_cover_every_department_the_newest_is_the_items()
    {
        await using var app = await StartAsync();
        var byHand = await new AuditPlay(app).StartAsync(new { clauses = new[] { "7.3" } });

        await app.RunUntilAsync(July);

        Assert.Single(await AuditsAsync(app));
        Assert.Equal(byHand, (string?)(await app.GetAsync("secretariat", Item)).Json["item"]!["workId"]);
    }

    [Fact]
    public async Task Without_a_qualified_auditor_none_is_proposed_until_there_is_one()
    {
        var organization = JsonNode.Parse(await File.ReadAllTextAsync(Repository.SampleOrganization))!;
        foreach (var person in organization["people"]!.AsArray().Where(p => p!["auditorQualifiedUntil"] is not null))
        {
            person!["auditorQualifiedUntil"] = "2026-06-30";
        }

        await using var app = await StartAsync(organization.ToJsonString());
        await app.RunUntilAsync(July.AddDays(1));
        Assert.Empty(await AuditsAsync(app));
        Assert.Equal("open", (string?)(await app.GetAsync("secretariat", Item)).Json["item"]!["state"]);

        (await app.SendAsync("secretariat", HttpMethod.Put, "organization", await File.ReadAllTextAsync(Repository.SampleOrganization), "If-Match: *")).Expect(200);
        await app.RunUntilAsync(July.AddDays(78));

        Assert.Single(await AuditsAsync(app));
    }

    [Fact]
    public async Task An_audit_that_a_crash_left_stored_but_not_started_is_started_as_the_item_opens()
    {
        await using var app = await StartAsync(null, "AzureWebJobs:WakeForgottenWorkflows:Disabled=true");
        var organization = await app.Services.GetRequiredService<OrganizationStore>().GetAsync(default);
        var planned = AuditPlanning.Plan(new AuditRequest("FY2026"), organization, new DateOnly(2026, 6, 29)).Value;
        var audit = AuditRules.IsPlanned("audit-FY2026-01", planned, "system", app.Now);
        await app.Services.GetRequiredService<StateStore>().TryCreateAsync(AuditStore.Kind, audit.Id, audit, wakes: true);

        await app.RunUntilAsync(July);

        Assert.Equal("planApproval", (string)(await AuditsAsync(app)).Single()["stage"]!);
    }

    private static async Task<RunningApp> StartAsync(string? organization = null, params string[] settings)
    {
        var app = await RunningApp.StartAsync(LateJune, organization, null, settings);
        (await app.PostAsync("secretariat", "years/FY2026/start")).Expect(202);
        await app.SettleAsync();
        return app;
    }

    private static async Task<IReadOnlyList<JsonNode>> AuditsAsync(RunningApp app) =>
        [.. (await app.GetAsync("secretariat", "audits?fy=FY2026")).Expect(200).Json["items"]!.AsArray().Select(a => a!)];
}
