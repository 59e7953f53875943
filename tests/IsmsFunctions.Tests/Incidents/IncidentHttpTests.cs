using System.Text.Json.Nodes;
using Azure.Data.Tables;
using IsmsFunctions.Tests.Audits;
using IsmsFunctions.Tests.Hosting;

namespace IsmsFunctions.Tests.Incidents;

public sealed class IncidentHttpTests
{
    private static readonly string[] Commands =
        ["triage", "dismiss", "assess", "note", "contained", "investigated", "breach-report", "complete-reporting", "recovered", "lessons", "close"];

    /// <summary>What each stage permits, as the design has it; <c>complete-reporting</c> and <c>close</c> wait for more and are tried elsewhere.</summary>
    private static readonly Dictionary<string, string[]> Possible = new()
    {
        ["triage"] = ["triage", "dismiss", "assess", "breach-report", "note"],
        ["containment"] = ["contained", "assess", "breach-report", "note"],
        ["investigation"] = ["investigated", "assess", "breach-report", "note"],
        ["reporting"] = ["complete-reporting", "assess", "breach-report", "note"],
        ["recovery"] = ["recovered", "assess", "breach-report", "note"],
        ["lessonsLearned"] = ["lessons", "close", "assess", "breach-report", "note"],
        ["closed"] = [],
    };

    [Fact]
    public async Task Every_command_that_a_stage_forbids_is_refused_over_HTTP_with_what_is_possible_and_changes_nothing()
    {
        await using var app = await AuditPlay.StartAppAsync(IncidentPlay.Start);
        var play = new IncidentPlay(app);
        var id = await play.ReportAsync(IncidentPlay.Report(personalData: IncidentPlay.Sensitive));
        Func<Task>[] steps =
        [
            () => play.TriageAsync(id), () => play.ContainAsync(id), () => play.InvestigateAsync(id),
            async () =>
            {
                await play.ReportToAsync(id, "final");
                await play.ReportToAsync(id, "persons");
                await play.DoAsync("secretariat", id, "complete-reporting");
            },
            () => play.RecoverAsync(id),
            async () =>
            {
                await play.LearnAsync(id);
                await play.DoAsync("secretariat", id, "close");
            },
        ];
        for (var i = 0; ; i++)
        {
            var (stage, before) = (await play.StageAsync(id), (await play.ReadAsync(id)).ToJsonString());
            Assert.Equal(Possible.Keys.ElementAt(i), stage);
            foreach (var command in Commands.Except(Possible[stage]))
            {
                var refused = (await app.PostAsync("secretariat", $"incidents/{id}/{command}", Body(command))).Expect(409);
                Assert.Equal("incident-command-not-possible", refused.Code);
                Assert.Equal(Possible[stage], refused.Json["possible"]?.AsArray().Select(p => (string)p!) ?? []);
            }

            Assert.Equal(before, (await play.ReadAsync(id)).ToJsonString());
            if (i == steps.Length)
            {
                break;
            }

            await steps[i]();
        }
    }

    [Fact]
    public async Task A_report_is_taken_once_however_often_it_is_sent()
    {
        await using var app = await AuditPlay.StartAppAsync(IncidentPlay.Start);
        var first = (await app.PostAsync("owner:suzuki", "incidents", IncidentPlay.Report(), "Idempotency-Key: 1")).Expect(202);
        var again = (await app.PostAsync("owner:suzuki", "incidents", IncidentPlay.Report(), "Idempotency-Key: 1")).Expect(202);
        Assert.Equal(("/api/incidents/incident-FY2026-001", first.Location), (first.Location, again.Location));
        Assert.Single((await app.GetAsync("secretariat", "incidents?state=open")).Json["items"]!.AsArray());
        Assert.Equal("unknown-department", (await app.PostAsync("owner:suzuki", "incidents", new { kind = "leak", title = "x", description = "y", departments = new[] { "moon" } })).Expect(400).Code);
        Assert.Equal("body-malformed", (await app.PostAsync("owner:suzuki", "incidents", new { kind = "earthquake", title = "x", description = "y", departments = new[] { "it" } })).Expect(400).Code);
        Assert.Equal("incident-unknown-plan-item", (await app.PostAsync("secretariat", "incidents", IncidentPlay.Report("drill", planItem: "item-FY2026-moon"))).Expect(400).Code);
    }

    [Fact]
    public async Task A_reporter_who_wishes_to_stay_unknown_is_stored_nowhere()
    {
        await using var app = await AuditPlay.StartAppAsync(IncidentPlay.Start);
        var report = IncidentPlay.Report(anonymous: true);
        (await app.PostAsync("owner:mori", "incidents", report, "Idempotency-Key: k-1")).Expect(202);
        (await app.PostAsync("owner:mori", "incidents", report, "Idempotency-Key: k-1")).Expect(202);
        await app.SettleAsync();
        var incident = await new IncidentPlay(app).ReadAsync("incident-FY2026-001");
        Assert.Equal("anonymous", (string)incident["reportedBy"]!);
        Assert.Single((await app.GetAsync("secretariat", "incidents")).Json["items"]!.AsArray());

        var tables = new TableServiceClient(app.Storage);
        await foreach (var table in tables.QueryAsync())
        {
            await foreach (var row in tables.GetTableClient(table.Name).QueryAsync<TableEntity>())
            {
                Assert.DoesNotContain(row.Where(p => row.PartitionKey != "organization" && p.Value is string), p => ((string)p.Value).Contains("mori", StringComparison.Ordinal));
            }
        }

        Assert.Equal("incident-not-shown", (await app.GetAsync("owner:mori", "incidents/incident-FY2026-001")).Expect(403).Code);
    }

    [Fact]
    public async Task Incidents_are_shown_to_those_they_concern_and_stale_or_repeated_commands_change_nothing()
    {
        await using var app = await AuditPlay.StartAppAsync(IncidentPlay.Start);
        var play = new IncidentPlay(app);
        var id = await play.ReportAsync(persona: "owner:mori");
        (await app.GetAsync("owner:mori", $"incidents/{id}")).Expect(200); // reported it
        (await app.GetAsync("owner:suzuki", $"incidents/{id}")).Expect(200); // leads the department
        (await app.GetAsync("topManagement", $"incidents/{id}")).Expect(200);
        Assert.Equal("incident-not-shown", (await app.GetAsync("owner:tanaka", $"incidents/{id}")).Expect(403).Code);
        Assert.Equal("incident-not-shown", (await app.PostAsync("owner:tanaka", $"incidents/{id}/note", new { what = "x" })).Expect(403).Code);
        Assert.Empty((await app.GetAsync("owner:tanaka", "incidents")).Json["items"]!.AsArray());
        Assert.Equal("role-not-allowed", (await app.PostAsync("owner:suzuki", $"incidents/{id}/triage", new { extent = "outside" })).Expect(403).Code);
        (await app.GetAsync("secretariat", "incidents/incident-FY2026-099")).Expect(404);

        var seen = (await app.GetAsync("secretariat", $"incidents/{id}")).ETag!;
        (await app.PostAsync("secretariat", $"incidents/{id}/note", new { what = "先方に電話した" }, $"If-Match: {seen}", "Idempotency-Key: n")).Expect(200);
        (await app.PostAsync("secretariat", $"incidents/{id}/note", new { what = "先方に電話した" }, "Idempotency-Key: n")).Expect(200);
        Assert.Equal("changed-by-someone-else", (await app.PostAsync("secretariat", $"incidents/{id}/note", new { what = "x" }, $"If-Match: {seen}")).Expect(412).Code);
        Assert.Single((await play.ReadAsync(id))["timeline"]!.AsArray());
        Assert.Equal("unknown-evidence", (await TriagedAsync(app, play, id)).Code);
    }

    [Fact]
    public async Task Statistics_measures_report_and_review_speak_of_the_same_incidents()
    {
        await using var app = await AuditPlay.StartAppAsync(IncidentPlay.Start);
        var play = new IncidentPlay(app);
        await play.CloseAsync(await play.ReportAsync(IncidentPlay.Report(personalData: IncidentPlay.Sensitive)));
        await play.ReportAsync(IncidentPlay.Report("nearMiss"));
        var figures = (await app.GetAsync("owner:tanaka", "incidents/statistics")).Expect(200).Json;
        Assert.Equal((1, 1, 0.5, 1), ((int)figures["incidents"]!, (int)figures["nearMisses"]!, (double)figures["nearMissRatio"]!, (int)figures["reportable"]!));
        Assert.Equal("2026-08", (string)figures["byMonth"]!.AsArray().Single(m => (int)m!["incidents"]! == 1)!["key"]!);
        Assert.Equal(0, (int)(await app.GetAsync("secretariat", "incidents/statistics?from=2026-04-01&to=2026-07-31")).Expect(200).Json["incidents"]!);
        Assert.Equal("fiscal-year-malformed", (await app.GetAsync("secretariat", "incidents/statistics?fy=2026")).Expect(400).Code);
        Assert.Equal("period-reversed", (await app.GetAsync("secretariat", "incidents/statistics?from=2026-08-01&to=2026-07-31")).Expect(400).Code);
        await IncidentSourcesAsync(app);
    }

    private static async Task IncidentSourcesAsync(RunningApp app)
    {
        var source = app.Services.GetService(typeof(IEnumerable<IsmsFunctions.Reports.IReportSource>)) as IEnumerable<IsmsFunctions.Reports.IReportSource>;
        var report = await source!.Single(s => s is IsmsFunctions.Incidents.IncidentReportSource).FiguresAsync("FY2026", new DateOnly(2026, 9, 1), default);
        Assert.Equal("1", report[0].Value.Ja);
        var measures = (app.Services.GetService(typeof(IEnumerable<IsmsFunctions.Objectives.IMeasureSource>)) as IEnumerable<IsmsFunctions.Objectives.IMeasureSource>)!
            .Single(s => s is IsmsFunctions.Incidents.IncidentMeasures);
        var period = new global::Isms.Objectives.MeasurePeriod("FY2026", new DateOnly(2026, 8, 1), new DateOnly(2026, 8, 31), app.Now);
        var values = new Dictionary<string, decimal?>();
        foreach (var measure in measures.Measures)
        {
            values[measure.Id] = (await measures.MeasureAsync(measure.Id, period, default)).Value;
        }

        Assert.Equal((1m, 1m, 0m, 100m), (values["incident-count"], values["near-miss-count"], values["incident-containment-hours"], values["breach-reports-in-time"]));
        var none = await measures.MeasureAsync("breach-reports-in-time", period with { From = new DateOnly(2026, 7, 1), Until = new DateOnly(2026, 7, 31) }, default);
        Assert.NotNull(none.NothingBecause);
        var inputs = (app.Services.GetService(typeof(IEnumerable<IsmsFunctions.ManagementReviews.IReviewInputSource>)) as IEnumerable<IsmsFunctions.ManagementReviews.IReviewInputSource>)!;
        var input = Assert.Single(await inputs.Single(s => s is IsmsFunctions.Incidents.IncidentReviewInputs)
            .InputsAsync(new global::Isms.ManagementReviews.ReviewPeriod("FY2026", new DateOnly(2026, 4, 1), new DateOnly(2026, 8, 31)), default));
        Assert.Single(input.Evidence);
        Assert.Contains("インシデントは1件", input.Sentences[0].Ja, StringComparison.Ordinal);
    }

    private static async Task<Answer> TriagedAsync(RunningApp app, IncidentPlay play, string id)
    {
        await play.TriageAsync(id);
        return (await app.PostAsync("owner:suzuki", $"incidents/{id}/contained", new { description = "x", evidence = new[] { "e" } })).Expect(422);
    }

    private static object Body(string command) => command switch
    {
        "triage" => new { extent = "outside" },
        "dismiss" or "assess" => new { reason = "x" },
        "note" => new { what = "x" },
        "contained" or "recovered" => new { description = "x" },
        "investigated" => new { category = "humanError", cause = "x", scope = "y" },
        "breach-report" => new { kind = "final", recipient = "x", contents = IncidentPlay.Everything },
        "lessons" => new { lessons = new[] { new { what = "x" } } },
        _ => new JsonObject(),
    };
}
