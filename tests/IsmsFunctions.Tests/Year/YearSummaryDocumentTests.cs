using System.Globalization;
using Isms.Documents;
using Isms.Year;
using IsmsFunctions.Documents;
using IsmsFunctions.Year;

namespace IsmsFunctions.Tests.Year;

/// <summary>The summary stays one page, however much was left undone.</summary>
public sealed class YearSummaryDocumentTests
{
    private static readonly DateTimeOffset Start = new(2026, 4, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly OfficeTime Tokyo = OfficeTime.Of("Asia/Tokyo");
    private static readonly ManagementYear Year = new()
    {
        FiscalYear = "FY2026",
        StartMonth = 4,
        StartedAt = Start,
        StartedBy = "nakamura",
        Changes = [new() { Kind = PlanChangeKind.Drop, Duty = "supplier-review", Reason = "外部委託がないため" }],
    };

    [Fact]
    public void Of_many_items_carried_over_it_lists_five_and_says_how_many_more_there_are()
    {
        var page = Page(PlanItemState.CarriedOver);

        var tables = page.Blocks.OfType<Table>().ToList();
        Assert.Equal(5, tables[1].Rows.Count);
        var html = HtmlDocument.Render(page, CultureInfo.GetCultureInfo("ja-JP"));
        Assert.Contains("ほか", html, StringComparison.Ordinal);
        Assert.Contains("計画した", html, StringComparison.Ordinal);
        Assert.Equal(6, page.Blocks.OfType<Bullets>().Single().Items.Count);
    }

    [Fact]
    public void A_year_in_which_all_was_done_says_so()
    {
        var html = HtmlDocument.Render(Page(PlanItemState.Done), CultureInfo.GetCultureInfo("en-US"));

        Assert.Contains("None.", html, StringComparison.Ordinal);
        Assert.Contains("A.5.19", html, StringComparison.Ordinal);
    }

    private static PrintedDocument Page(PlanItemState state)
    {
        var firm = YearPlay.Firm();
        var items = YearPlan.Of(new FiscalYear(2026, 4), firm, Year.Changes, Start).Items.Select(i => i with { State = state }).ToList();
        var summary = YearSummary.Of(Year, items, [], new AuditFigures(1, 0, 3, 5), new ActionFigures(4, 2, 2, 1), Tokyo);
        return YearSummaryDocument.Page(Year, summary, firm);
    }
}
