using System.Text.Json.Nodes;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using DocumentFormat.OpenXml.Validation;

namespace IsmsFunctions.Tests.Audits;

/// <summary>The checklist taken along as a workbook, and back again.</summary>
public sealed class ChecklistFileHttpTests
{
    private static readonly DateTimeOffset July = new(2026, 7, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_filled_in_workbook_is_previewed_then_taken_row_by_row_and_the_same_file_again_changes_nothing()
    {
        await using var app = await AuditPlay.StartAppAsync(July);
        var play = new AuditPlay(app);
        var id = await play.ToFieldworkAsync();
        var evidence = (string)(await app.GetAsync("secretariat", $"evidence?subject={id}")).Json["items"]![0]!["id"]!;
        var questions = (await play.ReadAsync(id))["checklist"]!.AsArray().Where(q => (string)q!["department"]! == "sales").Select(q => (string)q!["id"]!).ToList();
        var book = await ChecklistBook.DownloadAsync(app, "auditor:yamamoto", $"audits/{id}/checklist.xlsx?department=sales");
        Assert.Equal(questions, book.Read().Where(r => r.Key > 2).Select(r => r.Value["C"]));
        book.Write(questions[0], ("result", "適合"), ("note", "=SUM(1,2) は式ではない\n2行目"), ("goodPoint", "○"));
        book.Write(questions[1], ("result", "重大な不適合"), ("requirement", "最新版を使う"), ("fact", "旧版だった"));
        book.Write(questions[2], ("result", "Minor nonconformity"), ("requirement", "最新版を使う"), ("fact", "旧版だった"), ("evidence", evidence));

        var (_, preview) = await ChecklistBook.UploadAsync(app, "auditor:yamamoto", $"audits/{id}/checklist?preview=true", book.Bytes);
        Assert.Equal((2, 1, 0), ((int)preview["taken"]!, (int)preview["refused"]!, (int)preview["answered"]!));
        Assert.Equal(0, (int)(await play.ReadAsync(id))["answered"]!);

        var (status, taken) = await ChecklistBook.UploadAsync(app, "auditor:yamamoto", $"audits/{id}/checklist", book.Bytes);
        Assert.Equal((200, 2, 1, 2), (status, (int)taken["taken"]!, (int)taken["refused"]!, (int)taken["answered"]!));
        var refused = taken["rows"]!.AsArray().Single(r => (string)r!["outcome"]! == "refused")!;
        Assert.Equal((questions[1], "nonconformity-not-founded"), ((string)refused["question"]!, (string)refused["code"]!));
        Assert.Equal((int)book.RowOf(questions[1]), (int)refused["row"]!);
        Assert.Contains("客観的証拠", (string)refused["detail"]!, StringComparison.Ordinal);

        var answer = (await play.ReadAsync(id))["checklist"]!.AsArray().Single(q => (string)q!["id"]! == questions[0])!["answer"]!;
        Assert.Equal(("yamamoto", "=SUM(1,2) は式ではない\n2行目", true), ((string)answer["by"]!, (string)answer["answer"]!["note"]!, (bool)answer["answer"]!["goodPoint"]!));

        var (_, again) = await ChecklistBook.UploadAsync(app, "auditor:yamamoto", $"audits/{id}/checklist", book.Bytes);
        Assert.Equal((0, 2, 1), ((int)again["taken"]!, (int)again["unchanged"]!, (int)again["refused"]!));
        Assert.Equal(1, (int)(await play.ReadAsync(id))["checklist"]!.AsArray().Single(q => (string)q!["id"]! == questions[0])!["answer"]!["version"]!);

        // What comes out next is what went in, in the other language.
        var next = await ChecklistBook.DownloadAsync(app, "auditor:kato", $"audits/{id}/checklist.xlsx", "en");
        var row = next.Read()[next.RowOf(questions[2])];
        Assert.Equal(("1", "Minor nonconformity", evidence), (row["B"], row["J"], row["M"]));
        Assert.Equal("Answer", next.Read()[2]["J"]);
    }

    [Fact]
    public async Task Of_two_auditors_who_bring_their_workbooks_back_at_once_nobody_loses_an_answer_and_the_later_one_is_told()
    {
        await using var app = await AuditPlay.StartAppAsync(July);
        var play = new AuditPlay(app);
        var id = await play.ToFieldworkAsync(new { departments = new[] { "administration", "it" }, clauses = new[] { "7.3", "7.5", "8.1" }, auditors = new[] { "kato", "yoshida" } });
        var home = await HomesAsync(app);
        var questions = (await play.ReadAsync(id))["checklist"]!.AsArray().Select(q => (Id: (string)q!["id"]!, Department: (string)q!["department"]!)).ToList();
        string[] auditors = ["kato", "yoshida"];
        var answered = await Task.WhenAll(auditors.Select(async auditor =>
        {
            var book = await ChecklistBook.DownloadAsync(app, "auditor:" + auditor, $"audits/{id}/checklist.xlsx");
            foreach (var question in questions.Where(q => q.Department != home[auditor]))
            {
                book.Write(question.Id, ("result", "適合"), ("note", auditor));
            }

            return book;
        }));
        var reports = await Task.WhenAll(auditors.Select((auditor, i) => ChecklistBook.UploadAsync(app, "auditor:" + auditor, $"audits/{id}/checklist", answered[i].Bytes)));

        var audit = await play.ReadAsync(id);
        foreach (var question in questions)
        {
            var writers = auditors.Where(a => home[a] != question.Department).ToList();
            var outcomes = writers.Select(w => (string)reports[Array.IndexOf(auditors, w)].Json["rows"]!.AsArray().Single(r => (string)r!["question"]! == question.Id)!["outcome"]!).ToList();
            Assert.Single(outcomes, "taken");
            Assert.All(outcomes.Where(o => o != "taken"), o => Assert.Equal("refused", o));
            var winner = writers[outcomes.IndexOf("taken")];
            var answer = audit["checklist"]!.AsArray().Single(q => (string)q!["id"]! == question.Id)!["answer"]!;
            Assert.Equal((winner, 1), ((string)answer["answer"]!["note"]!, (int)answer["version"]!));
        }

        Assert.All(
            reports.SelectMany(r => r.Json["rows"]!.AsArray()).Where(r => (string)r!["outcome"]! == "refused"), r => Assert.Equal("checklist-row-stale", (string)r!["code"]!));
    }

    [Fact]
    public async Task Files_that_are_no_checklist_and_people_who_may_not_answer_are_refused_whole()
    {
        await using var app = await AuditPlay.StartAppAsync(July);
        var play = new AuditPlay(app);
        var id = await play.StartAsync();
        var early = await ChecklistBook.DownloadAsync(app, "auditor:yamamoto", $"audits/{id}/checklist.xlsx");
        Assert.Equal("audit-command-not-possible", await CodeAsync(409, early.Bytes));
        await play.DoAsync(AuditPlay.Manager, $"audits/{id}/approve-plan");
        await app.RunUntilAsync(new DateTimeOffset(2026, 7, 15, 9, 0, 0, TimeSpan.FromHours(9)));
        Assert.Equal("fieldwork", await play.StageAsync(id));

        Assert.Equal("table-not-xlsx", await CodeAsync(400, "id,result"u8.ToArray()));
        Assert.Equal("table-workbook-locked", await CodeAsync(400, [0xD0, 0xCF, 0x11, 0xE0, 0, 0, 0, 0]));
        Assert.Equal("table-workbook-broken", await CodeAsync(400, [(byte)'P', (byte)'K', 3, 4, 1, 2, 3]));
        var formula = await ChecklistBook.DownloadAsync(app, "auditor:yamamoto", $"audits/{id}/checklist.xlsx");
        formula.Change(sheet =>
        {
            var cell = sheet.Descendants<Cell>().Single(c => c.CellReference == "K3");
            cell.DataType = null;
            cell.RemoveAllChildren();
            cell.Append(new CellFormula("1+1"), new CellValue("2"));
        });
        Assert.Equal("table-cell-formula", await CodeAsync(400, formula.Bytes));
        var headless = await ChecklistBook.DownloadAsync(app, "auditor:yamamoto", $"audits/{id}/checklist.xlsx");
        headless.Change(sheet => sheet.Descendants<Row>().First().Remove());
        Assert.Equal("checklist-header-missing", await CodeAsync(400, headless.Bytes));
        Assert.Equal("role-not-allowed", await CodeAsync(403, early.Bytes, "secretariat"));
        Assert.Equal("preview-unknown", await CodeAsync(400, early.Bytes, query: "?preview=perhaps"));
        Assert.Equal("checklist-filter-matches-nothing", (await app.GetAsync("secretariat", $"audits/{id}/checklist.xlsx?department=it")).Expect(400).Code);
        Assert.Equal("unknown-audit", (await app.GetAsync("secretariat", "audits/audit-FY2026-99/checklist.xlsx")).Expect(404).Code);
        Assert.Equal(0, (int)(await play.ReadAsync(id))["answered"]!);

        async Task<string> CodeAsync(int expected, byte[] bytes, string persona = "auditor:yamamoto", string query = "")
        {
            var (status, json) = await ChecklistBook.UploadAsync(app, persona, $"audits/{id}/checklist{query}", bytes);
            Assert.Equal(expected, status);
            return (string)json["code"]!;
        }
    }

    [Theory]
    [InlineData("ja")]
    [InlineData("en")]
    public async Task The_workbook_is_valid_hides_its_keys_offers_the_answers_and_prints_with_heads_on_every_page(string language)
    {
        await using var app = await AuditPlay.StartAppAsync(July);
        var id = await new AuditPlay(app).StartAsync();
        var file = await ChecklistBook.DownloadAsync(app, "auditor:yamamoto", $"audits/{id}/checklist.xlsx", language);
        using var book = SpreadsheetDocument.Open(new MemoryStream(file.Bytes), false);
        Assert.Empty(new OpenXmlValidator(FileFormatVersions.Office2013).Validate(book).Select(e => $"{e.Path?.XPath}: {e.Description}"));
        var sheet = book.WorkbookPart!.WorksheetParts.First(p => p.Worksheet.Descendants<DataValidation>().Any()).Worksheet;
        Assert.Equal([1u, 2u], sheet.Descendants<DocumentFormat.OpenXml.Spreadsheet.Column>().Where(c => c.Hidden?.Value == true).Select(c => c.Min!.Value));
        Assert.Equal(["J", "P", "Q"], sheet!.Descendants<DataValidation>().Select(v => v.SequenceOfReferences!.InnerText![..1]));
        Assert.Equal(("E3", PaneStateValues.Frozen), (sheet.Descendants<Pane>().Single().TopLeftCell!.Value, sheet.Descendants<Pane>().Single().State!.Value));
        Assert.Equal(8u, sheet.Descendants<PageSetup>().Single().PaperSize!.Value);
        Assert.Contains("$2:$2", book.WorkbookPart!.Workbook!.DefinedNames!.InnerText, StringComparison.Ordinal);
        if (Environment.GetEnvironmentVariable("ISMS_KEEP_PAPERS") is { } folder)
        {
            await File.WriteAllBytesAsync(Path.Combine(folder, $"checklist.{language}.xlsx"), file.Bytes);
        }
    }

    private static async Task<Dictionary<string, string>> HomesAsync(Hosting.RunningApp app) =>
        (await app.GetAsync("secretariat", "organization")).Expect(200).Json["people"]!.AsArray().ToDictionary(p => (string)p!["id"]!, p => (string)p!["departmentId"]!);
}
