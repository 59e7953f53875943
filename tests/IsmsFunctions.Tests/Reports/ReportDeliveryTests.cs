using IsmsFunctions.Notifications;
using IsmsFunctions.Tests.Hosting;
using IsmsFunctions.Tests.Notifications;
using Microsoft.Extensions.DependencyInjection;

namespace IsmsFunctions.Tests.Reports;

public sealed class ReportDeliveryTests
{
    private readonly RecordingTransport mails = new();

    [Fact]
    public async Task The_monthly_report_goes_to_top_management_once_is_evidence_of_its_plan_item_and_carries_the_head_of_the_ledger()
    {
        await using var app = await RunningApp.StartAsync(
            new DateTimeOffset(2026, 4, 28, 9, 0, 0, TimeSpan.FromHours(9)), configure: builder => builder.Services.AddSingleton<IMailTransport>(mails));
        (await app.PostAsync("secretariat", "years/FY2026/start")).Expect(202);
        await app.SettleAsync();
        (await app.PostAsync("manager", "years/FY2026/items/legal-review/waive", new { reason = "前年度末に実施済みのため" })).Expect(200); // brings something into the ledger
        await app.SettleAsync();

        await app.RunUntilAsync(new DateTimeOffset(2026, 5, 12, 0, 0, 0, TimeSpan.FromHours(9)));

        Assert.Equal(
            ["management-report-2026-04.sato", "management-report-2026-05.sato"],
            mails.Sent.Select(m => m.Id).Where(id => id.StartsWith("management-report-", StringComparison.Ordinal)));
        var recorded = (await app.GetAsync("topManagement", "evidence?fy=FY2026&record=management-report&subject=item-FY2026-management-report-m02")).Expect(200).Json;
        var manifest = Assert.Single(recorded["items"]!.AsArray())!;
        Assert.Equal("management-review", (string?)manifest["type"]);
        var data = (await app.GetAsync("topManagement", $"evidence/{manifest["id"]}/files/management-report.json")).Expect(200).Json;
        var (root, size) = ((string)data["ledger"]!["root"]!, (long)data["ledger"]!["size"]!);
        Assert.True(size >= 2);
        var mail = mails.Sent.Single(m => m.Id == "management-report-2026-05.sato");
        Assert.Contains(root, mail.Body, StringComparison.Ordinal);
        Assert.Contains("期限を過ぎている主な項目", mail.Body, StringComparison.Ordinal);
        Assert.Contains("佐藤 誠 様", mail.Body, StringComparison.Ordinal);
        (await app.PostAsync("secretariat", "years/FY2026/items/management-report-m02/submit")).Expect(200);
    }

    [Fact]
    public async Task The_secretariat_is_told_each_week_once_also_where_the_app_was_away_on_Monday()
    {
        await using var app = await RunningApp.StartAsync(configure: builder => builder.Services.AddSingleton<IMailTransport>(mails));
        (await app.PostAsync("secretariat", "years/FY2026/start")).Expect(202);
        await app.RunUntilAsync(new DateTimeOffset(2026, 4, 11, 0, 0, 0, TimeSpan.FromHours(9)));
        await app.RestartAsync(new DateTimeOffset(2026, 4, 22, 12, 0, 0, TimeSpan.FromHours(9)));

        await app.RunUntilAsync(new DateTimeOffset(2026, 4, 25, 0, 0, 0, TimeSpan.FromHours(9)));

        // The week of the 13th went by without the app: nobody is told now what stood then.
        Assert.Equal(
            ["weekly-overview-2026-03-30.nakamura", "weekly-overview-2026-04-06.nakamura", "weekly-overview-2026-04-20.nakamura"],
            mails.Sent.Select(m => m.Id).Where(id => id.StartsWith("weekly-", StringComparison.Ordinal)));
    }
}
