using IsmsFunctions.Tests.Hosting;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace IsmsFunctions.Portal.Tests;

[Collection(BrowserTests.Name)]
public sealed class DayTests(Browser browser)
{
    [Theory]
    [InlineData("ja")]
    [InlineData("en")]
    public async Task The_secretariat_chooses_who_it_is_starts_the_year_and_plans_an_audit(string language)
    {
        await using var app = await RunningApp.StartAsync();
        await using var visit = await browser.VisitAsync(app, null, language);
        visit.Expect(401);
        await visit.OpenAsync("/");
        await visit.Page.Locator("[data-name='secretariat:nakamura']").ClickAsync();
        await Expect(visit.Page.Locator("[data-name=person]")).ToContainTextAsync(visit.Say("中村 彩", "Aya Nakamura"));

        await visit.Command("start-year").ClickAsync();
        await Expect(visit.Page.Locator("main svg.chart")).ToBeVisibleAsync();
        await app.SettleAsync();
        await visit.OpenAsync("/plan?mine=true");
        await Expect(visit.Page.GetByRole(AriaRole.Link, new() { Name = visit.Say("関係法令・契約上の要求事項の見直し", "Review of legal and contractual requirements"), Exact = true })).ToBeVisibleAsync();

        await visit.OpenAsync("/audits");
        await visit.Command("new-audit").ClickAsync();
        await visit.Dialog.GetByLabel(visit.Say("営業部", "Sales"), new() { Exact = true }).CheckAsync();
        await visit.SendAsync();
        await Expect(visit.Page.Locator("h1")).ToContainTextAsync("FY2026-01");
        await app.SettleAsync();
        var audit = (await app.GetAsync("secretariat", "audits/audit-FY2026-01")).Expect(200).Json;
        Assert.Equal(["sales"], audit["departments"]!.AsArray().Select(d => (string?)d));
        Assert.Equal("planApproval", (string?)audit["stage"]);
    }

    [Theory]
    [InlineData("ja")]
    [InlineData("en")]
    public async Task An_item_is_filed_submitted_returned_and_approved(string language)
    {
        await using var app = await RunningApp.StartAsync();
        (await app.PostAsync("secretariat", "years/FY2026/start")).Expect(202);
        await app.SettleAsync();

        await using (var manager = await browser.VisitAsync(app, "manager:watanabe", language))
        {
            await manager.OpenAsync("/plan/context-review");
            manager.Expect(409);
            await manager.Command("submit").ClickAsync();
            await manager.Dialog.Locator("textarea").FillAsync("draft that stays");
            await manager.Dialog.Locator("button[type=submit]").ClickAsync();
            await Expect(manager.Dialog.Locator(".problem")).ToBeVisibleAsync();
            await manager.Page.Keyboard.PressAsync("Escape");

            await manager.Command("upload-context-register").ClickAsync();
            await manager.Dialog.Locator("input[type=file]").SetInputFilesAsync(new FilePayload { Name = "register.csv", MimeType = "text/csv", Buffer = "issue,party\n市場,顧客\n"u8.ToArray() });
            await manager.SendAsync();
            await manager.Command("submit").ClickAsync();
            await Expect(manager.Dialog.Locator("textarea")).ToHaveValueAsync("draft that stays");
            await manager.SendAsync();
            await Expect(manager.Page.Locator("main .badge").First).ToHaveTextAsync(manager.Text("state.submitted"));
        }

        await app.SettleAsync();
        await using (var top = await browser.VisitAsync(app, "topManagement:sato", language))
        {
            await top.OpenAsync("/");
            await top.Page.GetByRole(AriaRole.Link, new() { Name = top.Say("組織の状況・利害関係者の見直し", "Review of context and interested parties"), Exact = true }).First.ClickAsync();
            await top.Command("approve").ClickAsync();
            await top.SendAsync();
        }

        await app.SettleAsync();
        Assert.Equal("done", (string?)(await app.GetAsync("manager", "years/FY2026/items/context-review")).Json["item"]!["state"]);
    }

    [Theory]
    [InlineData("ja")]
    [InlineData("en")]
    public async Task Top_management_approves_an_audit_and_an_auditor_answers_with_every_answer_saved_as_typed(string language)
    {
        await using var app = await RunningApp.StartAsync();
        (await app.PostAsync("secretariat", "audits", new { departments = new[] { "sales" }, clauses = new[] { "7.3" }, controls = new[] { "5.15" }, leadAuditor = "yamamoto", auditors = new[] { "yamamoto" } })).Expect(202);
        await app.SettleAsync();
        await using (var top = await browser.VisitAsync(app, "topManagement:sato", language))
        {
            await top.OpenAsync("/audits/audit-FY2026-01");
            await top.Command("approve-plan").ClickAsync();
            await top.SendAsync();
        }

        var from = DateOnly.Parse((string)(await app.GetAsync("secretariat", "audits/audit-FY2026-01")).Json["from"]!, null);
        await app.RunUntilAsync(new DateTimeOffset(from.ToDateTime(new TimeOnly(1, 0)), TimeSpan.Zero));
        Assert.Equal("fieldwork", (string?)(await app.GetAsync("secretariat", "audits/audit-FY2026-01")).Json["stage"]);

        await using var auditor = await browser.VisitAsync(app, "auditor:yamamoto", language);
        await auditor.OpenAsync("/audits/audit-FY2026-01?tab=checklist");
        var questions = auditor.Page.Locator("details.question");
        var count = await questions.CountAsync();
        Assert.True(count > 1);
        for (var i = 0; i < count; i++)
        {
            var question = questions.Nth(i);
            await question.Locator("summary").ClickAsync();
            if (i == 0)
            {
                await question.Locator("[name=note]").FillAsync("聞き取り");
                await Expect(question.Locator(".save-state")).ToHaveTextAsync(auditor.Text("checklist.choose"));
                await question.Locator("input[value=minorNonconformity]").CheckAsync();
                await question.Locator("[name=requirement]").FillAsync("教育を年1回受けること");
                await question.Locator("[name=fact]").FillAsync("2名が受講していない");
                await Expect(question.Locator(".save-state")).ToContainTextAsync(auditor.Text("checklist.evidence"));
                await question.Locator("input[type=file]").SetInputFilesAsync(new FilePayload { Name = "attendance.csv", MimeType = "text/csv", Buffer = "name,attended\nA,no\n"u8.ToArray() });
            }
            else
            {
                await question.Locator("input[value=conforming]").CheckAsync();
            }

            await Expect(question.Locator(".save-state.saved")).ToBeVisibleAsync();
        }

        await Expect(auditor.Page.Locator("#answered")).ToHaveTextAsync(auditor.Text("audit.answered", count, count));
        var saved = (await app.GetAsync("auditor", "audits/audit-FY2026-01")).Json["checklist"]![0]!["answer"]!["answer"]!;
        Assert.Equal("2名が受講していない", (string?)saved["fact"]);
        Assert.Equal("聞き取り", (string?)saved["note"]);
        Assert.Equal("minorNonconformity", (string?)saved["result"]);

        await auditor.OpenAsync("/audits/audit-FY2026-01?tab=checklist");
        await auditor.Page.Locator("details.question summary").First.ClickAsync();
        await Expect(auditor.Page.Locator("[name=fact]").First).ToHaveValueAsync("2名が受講していない");
        await auditor.Command("submit").ClickAsync();
        await auditor.SendAsync();
        await app.SettleAsync();
        Assert.Equal("reportApproval", (string?)(await app.GetAsync("auditor", "audits/audit-FY2026-01")).Json["stage"]);
    }

    [Theory]
    [InlineData("ja")]
    [InlineData("en")]
    public async Task A_department_lead_works_a_corrective_action_until_its_plan_is_proposed(string language)
    {
        await using var app = await RunningApp.StartAsync();
        (await app.PostAsync("secretariat", "years/FY2026/start")).Expect(202);
        await using var lead = await browser.VisitAsync(app, "owner:suzuki", language);
        await lead.OpenAsync("/actions");
        await lead.Command("raise").ClickAsync();
        await lead.Dialog.Locator("[name=department]").SelectOptionAsync("sales");
        await lead.Dialog.Locator("[name=fact]").FillAsync("契約書が机上に放置されていた");
        await lead.Dialog.Locator("[name=requirement]").FillAsync("クリアデスク");
        await lead.SendAsync();
        await app.SettleAsync();

        await lead.OpenAsync("/");
        await lead.Page.GetByRole(AriaRole.Link, new() { Name = "契約書が机上に放置されていた" }).First.ClickAsync();
        await lead.Command("correction").ClickAsync();
        await lead.Dialog.Locator("[name=description]").FillAsync("直ちに施錠保管した");
        await lead.SendAsync();
        await app.SettleAsync();
        await lead.OpenAsync("/actions/action-FY2026-001");
        await lead.Command("root-cause").ClickAsync();
        await lead.Dialog.Locator("[name=why1]").FillAsync("施錠棚が足りない");
        await lead.Dialog.Locator("[name=departments][value=it]").CheckAsync();
        await lead.Dialog.Locator("[name=result]").FillAsync("他部門では見つからなかった");
        await lead.SendAsync();
        await app.SettleAsync();
        await lead.OpenAsync("/actions/action-FY2026-001");
        await lead.Command("plan").ClickAsync();
        await lead.Dialog.Locator("[name=what1]").FillAsync("施錠棚を増設する");
        await lead.Dialog.Locator("[name=due1]").FillAsync("2026-05-15");
        await lead.SendAsync();
        await app.SettleAsync();
        Assert.Equal("planApproval", (string?)(await app.GetAsync("owner", "corrective-actions/action-FY2026-001")).Json["stage"]);
    }

    [Theory]
    [InlineData("ja")]
    [InlineData("en")]
    public async Task An_external_auditor_finds_evidence_reads_it_and_verifies_it_in_the_browser(string language)
    {
        await using var app = await RunningApp.StartAsync();
        (await app.PostAsync("secretariat", "years/FY2026/start")).Expect(202);
        await app.SettleAsync();
        var scope = new { personId = "external-auditor", until = "2026-12-31", fiscalYears = new[] { "FY2026" } };
        (await app.PostAsync("secretariat", "auditor-access", scope)).Expect(201);
        await using var auditor = await browser.VisitAsync(app, "externalAuditor", language);
        await auditor.OpenAsync("/evidence");
        await auditor.Page.Locator("tbody a").First.ClickAsync();
        await auditor.Command("verify").ClickAsync();
        await Expect(auditor.Dialog.Locator(".badge.ok")).ToHaveTextAsync(auditor.Text("verify.ok"));
        Assert.Equal(0, await auditor.Dialog.Locator(".proof .bad").CountAsync());
        await Expect(auditor.Dialog.Locator("[data-step=unsigned]")).ToBeVisibleAsync();

        // The head is signed; then the ledger grows, so that the signed head has to be shown to be its beginning.
        (await app.PostAsync("secretariat", "ledger/heads")).Expect(200);
        (await app.PostAsync("secretariat", "audits", new { departments = new[] { "sales" } })).Expect(202);
        await app.SettleAsync();
        await auditor.Page.Keyboard.PressAsync("Escape");
        await auditor.Command("verify").ClickAsync();
        await Expect(auditor.Dialog.Locator("[data-step=signature] .ok")).ToBeVisibleAsync();
        await Expect(auditor.Dialog.Locator("[data-step=consistent] .ok")).ToBeVisibleAsync();
        await Expect(auditor.Dialog).ToContainTextAsync(auditor.Text("verify.notProven"));
    }

    [Fact]
    public async Task A_signature_that_was_not_made_by_the_key_is_told()
    {
        await using var app = await RunningApp.StartAsync();
        (await app.PostAsync("secretariat", "years/FY2026/start")).Expect(202);
        await app.SettleAsync();
        (await app.PostAsync("secretariat", "ledger/heads")).Expect(200);
        await using var visit = await browser.VisitAsync(app, "secretariat:nakamura", "en");
        await visit.Page.RouteAsync("**/api/ledger/heads/*", async route =>
        {
            using var answer = await app.Http.SendAsync(Asked(route.Request.Url));
            var text = await answer.Content.ReadAsStringAsync();
            var node = System.Text.Json.Nodes.JsonNode.Parse(text)!;
            var signature = Convert.FromBase64String((string)node["signature"]!);
            signature[^1] ^= 1;
            node["signature"] = Convert.ToBase64String(signature);
            await route.FulfillAsync(new() { Status = 200, ContentType = "application/json", Body = node.ToJsonString() });
        });
        await visit.OpenAsync("/evidence");
        await visit.Page.Locator("tbody a").First.ClickAsync();
        await visit.Command("verify").ClickAsync();
        await Expect(visit.Dialog.Locator("[data-step=signature] .bad")).ToBeVisibleAsync();
        await Expect(visit.Dialog.Locator(".badge.bad")).ToHaveTextAsync(visit.Text("verify.bad"));

        static HttpRequestMessage Asked(string url)
        {
            var request = new HttpRequestMessage(HttpMethod.Get, url);
            request.Headers.Add("X-Isms-Persona", "secretariat:nakamura");
            return request;
        }
    }

    [Theory]
    [InlineData("ja")]
    [InlineData("en")]
    public async Task The_secretariat_records_the_report_to_the_commission_and_moves_an_audit(string language)
    {
        await using var app = await RunningApp.StartAsync();
        (await app.PostAsync("owner:suzuki", "incidents", new { kind = "unauthorisedAccess", nature = "actual", title = "顧客情報の漏えい", description = "外部から参照された", departments = new[] { "sales" }, detectedAt = "2026-03-31T20:00:00Z" })).Expect(202);
        (await app.PostAsync("secretariat", "audits", new { departments = new[] { "sales" } })).Expect(202);
        await app.SettleAsync();
        (await app.PostAsync("secretariat", "incidents/incident-FY2026-001/triage", new { extent = "outside", handler = "suzuki" })).Expect(200);
        await app.SettleAsync();

        await using var visit = await browser.VisitAsync(app, "secretariat:nakamura", language);
        await visit.OpenAsync("/incidents/incident-FY2026-001");
        Assert.Equal(0, await visit.Command("breach-report").CountAsync());
        await visit.Command("assess").ClickAsync();
        await visit.Dialog.Locator("[name=persons]").FillAsync("120");
        await visit.Dialog.Locator("[name=items]").FillAsync("氏名");
        await visit.Dialog.Locator("[name=unjustPurposeSuspected]").CheckAsync();
        await visit.Dialog.Locator("[name=reason]").FillAsync("ログを確認した");
        await visit.SendAsync();
        await visit.Command("breach-report").ClickAsync();
        await visit.Dialog.Locator("[name=dataItems]").FillAsync("氏名、メールアドレス");
        await visit.Dialog.Locator("[name=persons]").FillAsync("120");
        await visit.Dialog.Locator("[name=submittedAt]").FillAsync("2026-04-01T08:30");
        await visit.SendAsync();
        await Expect(visit.Page.Locator("main")).ToContainTextAsync(visit.Text("breach.preliminary"));
        await app.SettleAsync();
        var report = (await app.GetAsync("secretariat", "incidents/incident-FY2026-001")).Json["reports"]![0]!;
        Assert.Equal(120, (int)report["contents"]!["persons"]!);
        Assert.Equal(new DateTimeOffset(2026, 3, 31, 23, 30, 0, TimeSpan.Zero), (DateTimeOffset)report["submittedAt"]!);

        await visit.OpenAsync("/audits/audit-FY2026-01");
        await visit.Command("reschedule").ClickAsync();
        await visit.Dialog.Locator("[name=from]").FillAsync("2026-07-06");
        await visit.Dialog.Locator("[name=to]").FillAsync("2026-07-08");
        await visit.Dialog.Locator("[name=reason]").FillAsync("部門の繁忙期を避ける");
        await visit.SendAsync();
        Assert.Equal("2026-07-06", (string?)(await app.GetAsync("secretariat", "audits/audit-FY2026-01")).Json["from"]);
    }

    [Theory]
    [InlineData("ja")]
    [InlineData("en")]
    public async Task Evidence_is_held_and_a_spot_check_is_made_and_closed(string language)
    {
        await using var app = await RunningApp.StartAsync();
        await using var visit = await browser.VisitAsync(app, "secretariat:nakamura", language);
        await visit.OpenAsync("/retention");
        await visit.Command("place-hold").ClickAsync();
        await visit.Dialog.Locator("[name=reason]").FillAsync("係争中の案件");
        await visit.Dialog.Locator("[name=type]").SelectOptionAsync("incident");
        await visit.SendAsync();
        await Expect(visit.Page.Locator("main tbody")).ToContainTextAsync(visit.Text("retention.held"));

        await visit.OpenAsync("/spot-checks");
        await visit.Command("make").ClickAsync();
        await visit.Command("close").ClickAsync();
        await visit.SendAsync();
        await Expect(visit.Page.Locator("main .badge").First).ToHaveTextAsync(visit.Text("spot.closed"));
    }

    [Theory]
    [InlineData("ja")]
    [InlineData("en")]
    public async Task At_first_use_the_secretariat_sets_the_organisation_up_and_starts_the_year(string language)
    {
        await using var app = await RunningApp.StartAsync(organization: "");
        await using var visit = await browser.VisitAsync(app, "secretariat", language);
        await visit.OpenAsync("/");
        await visit.Page.Locator("main a.button").ClickAsync();
        await visit.Page.Locator("[name=nameJa]").FillAsync("試験商事株式会社");
        await visit.Page.Locator("[name=nameEn]").FillAsync("Test Trading");
        await visit.Page.Locator("[name=departments]").FillAsync("営業部、開発部");
        var lines = visit.Page.Locator("main tbody tr");
        string[] mails = ["top@example.jp", "manager@example.jp", "charge@example.jp", "office@example.jp", "sales@example.jp", "audit1@example.jp", "audit2@example.jp", "admin@example.jp"];
        for (var i = 0; i < mails.Length; i++)
        {
            var cells = lines.Nth(i).Locator("input");
            await cells.Nth(0).FillAsync("担当 " + (i + 1));
            await cells.Nth(1).FillAsync(mails[i]);
            await cells.Nth(2).FillAsync(i % 2 == 0 ? "営業部" : "開発部");
        }

        await visit.Page.ReloadAsync();
        await visit.ReadyAsync();
        await Expect(visit.Page.Locator("[name=nameJa]")).ToHaveValueAsync("試験商事株式会社");
        await visit.Page.Locator("[name=issuedOn]").FillAsync("2025-12-01");
        await visit.Page.Locator("[name=validUntil]").FillAsync("2028-11-30");
        await visit.Page.Locator("[name=body]").FillAsync("認証機構");
        await visit.Page.Locator("main button[type=submit]").ClickAsync();
        await visit.Command("start-year").ClickAsync();
        await Expect(visit.Page.Locator("main .badge.ok").First).ToBeVisibleAsync();
        await app.SettleAsync();
        Assert.Equal("running", (string?)(await app.GetAsync("secretariat", "years/FY2026")).Expect(200).Json["state"]);
        Assert.Equal("2028-11-30", (string?)(await app.GetAsync("secretariat", "organization")).Json["certification"]!["validUntil"]);
    }

    [Fact]
    public async Task Whoever_was_overtaken_in_a_register_is_told_and_keeps_what_they_typed()
    {
        await using var app = await RunningApp.StartAsync();
        (await app.PostAsync("secretariat", "registers/assets", new { values = new { name = "顧客名簿" } })).Expect(201);
        await using var visit = await browser.VisitAsync(app, "secretariat:nakamura", "ja");
        await visit.OpenAsync("/registers/assets/A-0001");
        await visit.Command("edit").ClickAsync();
        await visit.Dialog.Locator("[name=name]").FillAsync("顧客名簿(改)");
        var seen = await app.GetAsync("manager", "registers/assets/A-0001");
        (await app.SendAsync("manager", HttpMethod.Put, "registers/assets/A-0001", new { values = new { name = "顧客台帳" } }, "If-Match: " + seen.ETag)).Expect(200);
        visit.Expect(412);
        await visit.Dialog.Locator("button[type=submit]").ClickAsync();
        await Expect(visit.Dialog.Locator(".problem .changed li")).ToHaveTextAsync(["資産名: 顧客名簿 → 顧客台帳"]);
        await Expect(visit.Dialog.Locator("[name=name]")).ToHaveValueAsync("顧客名簿(改)");
        await visit.Dialog.Locator(".problem button").ClickAsync();
        await Expect(visit.Page.Locator("h1")).ToHaveTextAsync("A-0001 顧客台帳");
    }

    [Fact]
    public async Task Somebody_reports_a_near_miss()
    {
        await using var app = await RunningApp.StartAsync();
        await using var visit = await browser.VisitAsync(app, "owner:suzuki", "ja");
        await visit.OpenAsync("/incidents");
        await visit.Command("report").ClickAsync();
        await visit.Dialog.Locator("[name=nature]").SelectOptionAsync("nearMiss");
        await visit.Dialog.Locator("[name=kind]").SelectOptionAsync("misdelivery");
        await visit.Dialog.Locator("[name=title]").FillAsync("宛先の誤りに気付いた");
        await visit.Dialog.Locator("[name=description]").FillAsync("送信前に気付いた");
        await visit.Dialog.Locator("[name=departments][value=sales]").CheckAsync();
        await visit.SendAsync();
        await Expect(visit.Page.Locator("h1")).ToHaveTextAsync("宛先の誤りに気付いた");
    }
}
