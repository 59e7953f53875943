using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Isms.Objectives;
using Isms.Registers;
using Isms.Training;
using IsmsFunctions.ManagementReviews;
using IsmsFunctions.Objectives;
using IsmsFunctions.Registers.Files;
using IsmsFunctions.Tests.Hosting;
using IsmsFunctions.Training;
using Microsoft.Extensions.DependencyInjection;

namespace IsmsFunctions.Tests.Training;

/// <summary>Training over HTTP: participants, files of attendance, who may do what.</summary>
public sealed class TrainingHttpTests : IAsyncLifetime
{
    private const string Header = "mail,name,department,attendedOn,score";

    /// <summary>Everybody of the settings: twelve people of five departments.</summary>
    private static readonly object Everybody = new { kind = "allStaff", due = "2026-05-29", passMark = 80 };
    private RunningApp app = null!;
    private TrainingPlay play = null!;
    private string id = null!;

    public async Task InitializeAsync()
    {
        app = await RunningApp.StartAsync();
        play = new TrainingPlay(app);
        id = await play.StartAsync(Everybody);
    }

    public async Task DisposeAsync() => await app.DisposeAsync();

    [Fact]
    public async Task A_preview_says_row_by_row_what_an_import_would_do_and_changes_nothing()
    {
        string[] lines = [Header, "daisuke.ito@example.co.jp,,,2026-04-01,90", ",田中 洋子,管理部,2026-04-01,70", "nobody@example.co.jp,,,2026-04-01,", "ichiro.suzuki@example.co.jp,,,2026-04-02,80"];
        var file = Encoding.UTF8.GetBytes(string.Join('\n', lines));
        var preview = (await play.SendFileAsync("secretariat", $"trainings/{id}/import/preview", "csv", file)).Expect(200).Json;
        Assert.Equal((2, 0, 2, false), Counts(preview));
        Assert.Equal(["taken", "taken", "refused", "refused"], preview["rows"]!.AsArray().Select(r => (string)r!["verdict"]!));
        Assert.Equal(["training-row-unknown", "training-attendance-ahead"], preview["rows"]!.AsArray().Skip(2).Select(r => (string)r!["code"]!));
        Assert.Equal(0, (int)(await play.ReadAsync(id))["progress"]!["attended"]!);

        var applied = (await play.SendFileAsync("secretariat", $"trainings/{id}/import", "csv", file)).Expect(200).Json;
        Assert.Equal((2, 0, 2, true), Counts(applied));
        var again = (await play.SendFileAsync("secretariat", $"trainings/{id}/import", "csv", file)).Expect(200).Json;
        Assert.Equal((0, 2, 2, true), Counts(again));
        Assert.Equal((string)applied["import"]!, (string)again["import"]!);
        Assert.Equal((2, 1, 1), ((int)(await play.ReadAsync(id))["progress"]!["attended"]!, (int)(await play.ReadAsync(id))["progress"]!["done"]!, (int)(await play.ReadAsync(id))["progress"]!["failed"]!));
        Assert.Equal(["training-import"], await play.RecordsAsync(id));
    }

    [Fact]
    public async Task Twenty_files_at_once_lose_nobody()
    {
        var people = await play.ParticipantsAsync(id);
        var files = Enumerable.Range(0, 20).Select(f => new[] { Header }
            .Concat(people.Where((_, i) => (i + f) % 3 > 0).Select(p => $"{p["mail"]},,,2026-04-01,{80 + f}")).ToArray()).ToList();
        var answers = await Task.WhenAll(files.Select(f => play.ImportAsync(id, f)));
        Assert.All(answers.Where(a => a.Status != 200), a => Assert.Equal("training-command-not-possible", a.Code)); // Whoever came after the last one was done.
        Assert.All(await play.ParticipantsAsync(id), p => Assert.Equal("done", (string)p["status"]!));
        Assert.Equal("closed", await play.StageAsync(id));
    }

    [Fact]
    public async Task A_workbook_is_read_as_well_and_what_is_no_table_is_refused()
    {
        Assert.Equal("table-format-unknown", (await play.SendFileAsync("secretariat", $"trainings/{id}/import", "pdf", [1, 2, 3])).Expect(400).Code);
        Assert.Equal("table-header-missing", (await play.ImportAsync(id, "foo,bar", "1,2")).Expect(400).Code);
        Assert.Equal(400, (await play.SendFileAsync("secretariat", $"trainings/{id}/import", "xlsx", "no workbook"u8.ToArray())).Status);
        var workbook = await SheetAsync("daisuke.ito@example.co.jp", "2026-04-01", "90");
        Assert.Equal((1, 0, 0, true), Counts((await play.SendFileAsync("secretariat", $"trainings/{id}/import", "xlsx", workbook)).Expect(200).Json));
    }

    [Fact]
    public async Task Department_leads_see_and_mark_their_own_department_only()
    {
        var mine = await play.ParticipantsAsync(id, "owner:suzuki");
        Assert.Equal(["person-kato", "person-suzuki"], mine.Select(p => (string)p["id"]!));
        (await app.PostAsync("owner:suzuki", $"trainings/{id}/participants/person-kato/mark", new { attendedOn = "2026-04-01", score = 90 })).Expect(200);
        Assert.Equal("training-not-your-department", (await app.PostAsync("owner:suzuki", $"trainings/{id}/participants/person-ito/mark", new { attendedOn = "2026-04-01" })).Expect(403).Code);
        var rows = (await play.ImportAsAsync("owner:suzuki", id, Header, "ichiro.suzuki@example.co.jp,,,2026-04-01,85", "daisuke.ito@example.co.jp,,,2026-04-01,85")).Expect(200).Json;
        Assert.Equal(["taken", "refused"], rows["rows"]!.AsArray().Select(r => (string)r!["verdict"]!));
        Assert.Equal(13, (await play.ParticipantsAsync(id, "topManagement")).Count);
        (await app.GetAsync("auditor", $"trainings/{id}/participants")).Expect(403);
        (await app.PostAsync("owner:suzuki", $"trainings/{id}/close", new { reason = "x" })).Expect(403);
        (await app.PostAsync("owner:suzuki", $"trainings/{id}/participants/person-kato/exempt", new { reason = "x" })).Expect(403);
    }

    [Fact]
    public async Task Exempting_unmarking_and_obliging_are_reflected_in_the_progress()
    {
        var path = $"trainings/{id}/participants/person-sato/";
        Assert.Equal("training-exempts-oneself", (await app.PostAsync("topManagement", path + "exempt", new { reason = "多忙" })).Expect(422).Code);
        (await app.PostAsync("manager", path + "exempt", new { reason = "海外駐在中のため、現地で受講" })).Expect(200);
        Assert.Equal((12, 1), ((int)(await play.ReadAsync(id))["progress"]!["obliged"]!, (int)(await play.ReadAsync(id))["progress"]!["exempt"]!));
        (await app.PostAsync("secretariat", path + "oblige", new { reason = "帰国した" })).Expect(200);
        (await app.PostAsync("secretariat", path + "mark", new { attendedOn = "2026-04-01", score = 85 })).Expect(200);
        Assert.Equal((13, 1), ((int)(await play.ReadAsync(id))["progress"]!["obliged"]!, (int)(await play.ReadAsync(id))["progress"]!["done"]!));
        (await app.PostAsync("secretariat", path + "unmark", new { attendedOn = "2026-04-01" })).Expect(200);
        Assert.Equal(0, (int)(await play.ReadAsync(id))["progress"]!["done"]!);
        Assert.Equal("unknown-training-participant", (await app.PostAsync("secretariat", $"trainings/{id}/participants/nobody/mark", new { attendedOn = "2026-04-01" })).Expect(404).Code);
    }

    [Fact]
    public async Task Participants_come_in_pages_and_by_status_and_department()
    {
        var first = (await app.GetAsync("secretariat", $"trainings/{id}/participants?top=5")).Expect(200).Json;
        var token = (string)first["continuationToken"]!;
        var second = (await app.GetAsync("secretariat", $"trainings/{id}/participants?top=10&continuationToken={token}")).Expect(200).Json;
        Assert.Equal((5, 8), (first["items"]!.AsArray().Count, second["items"]!.AsArray().Count));
        Assert.Empty(first["items"]!.AsArray().Select(p => (string)p!["id"]!).Intersect(second["items"]!.AsArray().Select(p => (string)p!["id"]!)));
        Assert.Equal(13, (await play.ParticipantsAsync(id, query: "?status=missing")).Count);
        Assert.Equal(2, (await play.ParticipantsAsync(id, query: "?department=sales")).Count);
        Assert.Equal("training-status-unknown", (await app.GetAsync("secretariat", $"trainings/{id}/participants?status=asleep")).Expect(400).Code);
    }

    [Fact]
    public async Task Campaigns_are_listed_rescheduled_and_cancelled()
    {
        var other = await play.StartAsync(TrainingPlay.Small);
        Assert.Equal([id, other], (await app.GetAsync("auditor", "trainings?fy=FY2026")).Expect(200).Json["items"]!.AsArray().Select(t => (string)t!["id"]!));
        Assert.Equal([other], (await app.GetAsync("auditor", "trainings?kind=drill")).Expect(200).Json["items"]!.AsArray().Select(t => (string)t!["id"]!));
        Assert.Equal("training-due-too-early", (await app.PostAsync("secretariat", $"trainings/{other}/reschedule", new { due = "2026-03-01" })).Expect(400).Code);
        await play.DoAsync("secretariat", $"trainings/{other}/reschedule", new { due = "2026-05-15", comment = "会場の都合" });
        Assert.Equal("training-reason-missing", (await app.PostAsync("secretariat", $"trainings/{other}/cancel")).Expect(400).Code);
        await play.DoAsync("secretariat", $"trainings/{other}/cancel", new { reason = "台風のため" });
        Assert.Equal("cancelled", await play.StageAsync(other));
        Assert.Equal("training-command-not-possible", (await play.ImportAsync(other, Header, "x@example.co.jp,,,2026-04-01,")).Expect(409).Code);
        Assert.Equal("unknown-training", (await app.GetAsync("secretariat", "trainings/training-FY2026-999")).Expect(404).Code);
        Assert.Equal("training-course-unknown", (await app.PostAsync("secretariat", "trainings", new { kind = "drill", course = "E-9999" })).Expect(404).Code);
        Assert.Equal("unknown-evidence", (await app.PostAsync("secretariat", $"trainings/{id}/material", new { evidence = new[] { "nothing" } })).Expect(422).Code);
    }

    [Fact]
    public async Task The_same_idempotency_key_starts_one_campaign()
    {
        var first = (await app.PostAsync("secretariat", "trainings", TrainingPlay.Small, "Idempotency-Key: k1")).Expect(202);
        var second = (await app.PostAsync("secretariat", "trainings", TrainingPlay.Small, "Idempotency-Key: k1")).Expect(202);
        Assert.Equal(first.Location, second.Location);
    }

    [Fact]
    public async Task Coverage_and_pass_rate_are_measured_and_told_to_the_management_review()
    {
        var measures = app.Services.GetServices<IMeasureSource>().OfType<TrainingMeasures>().Single();
        var period = new MeasurePeriod("FY2026", new(2026, 4, 1), new(2026, 6, 30), app.Now);
        (await play.ImportAsync(id, Header, "daisuke.ito@example.co.jp,,,2026-04-01,90", "ichiro.suzuki@example.co.jp,,,2026-04-01,70")).Expect(200);
        var coverage = await measures.MeasureAsync("training-coverage", period, default);
        Assert.Equal((7.7m, 1m, 13m), (coverage.Value, coverage.Numerator, coverage.Denominator));
        Assert.Equal(50m, (await measures.MeasureAsync("training-pass-rate", period, default)).Value);
        Assert.NotNull((await measures.MeasureAsync("training-coverage", period with { From = new(2026, 7, 1), Until = new(2026, 9, 30) }, default)).NothingBecause);

        await play.DoAsync("secretariat", $"trainings/{id}/close", new { reason = "残りは秋に実施する" });
        Assert.Single((await measures.MeasureAsync("training-coverage", period, default)).EvidenceIds);
        var inputs = app.Services.GetServices<IReviewInputSource>().OfType<TrainingReviewInputs>().Single();
        var input = Assert.Single(await inputs.InputsAsync(new("FY2026", new(2026, 4, 1), new(2026, 6, 30)), default));
        Assert.Contains(input.Sentences, s => s.Ja.Contains("残りは秋に実施する", StringComparison.Ordinal));
        Assert.Single(input.Evidence);
        Assert.NotNull((await inputs.InputsAsync(new("FY2025", new(2025, 4, 1), new(2026, 3, 31)), default)).Single().Gap);
    }

    private static (int Taken, int Known, int Refused, bool Applied) Counts(JsonNode view) =>
        ((int)view["taken"]!, (int)view["known"]!, (int)view["refused"]!, (bool)view["applied"]!);

    /// <summary>A workbook with the columns of attendance, as a spreadsheet would save it.</summary>
    private static async Task<byte[]> SheetAsync(params string[] cells)
    {
        using var file = new MemoryStream();
        var table = new TableText(["mail", "attendedOn", "score"], [new TableRow(2, cells)]);
        await TableFiles.Get("xlsx").WriteAsync(table, AttendanceTable.Definition, CultureInfo.GetCultureInfo("ja-JP"), file, default);
        return file.ToArray();
    }
}
