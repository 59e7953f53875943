using Isms.Organizations;
using Isms.Year;
using static Isms.Tests.Year.YearSamples;

namespace Isms.Tests.Year;

/// <summary>Every row of the plan table in years that start in January, April and October: its window, what bars its submission, and its record.</summary>
public sealed class PlanTableTests
{
    private static readonly Organization TwoSites = Firm with
    {
        Sites = [new("head-office", new("本社", "Head office"), "sato"), new("osaka", new("大阪営業所", "Osaka office"), "suzuki")],
    };

    /// <summary>Duty, first and last month, occurrences for each doer, whether every department does it, who does it, who approves it.</summary>
    private static readonly (string Duty, int First, int Last, int Times, bool Departments, Role By, Role? Approver)[] Table =
    [
        ("context-review", 1, 1, 1, false, Role.IsmsManager, Role.TopManagement),
        ("legal-review", 1, 1, 1, false, Role.Secretariat, null),
        ("policy-review", 1, 1, 1, false, Role.TopManagement, null),
        ("asset-review", 1, 2, 1, true, Role.DepartmentLead, Role.IsmsManager),
        ("risk-assessment", 1, 3, 1, false, Role.PersonInCharge, Role.IsmsManager),
        ("risk-treatment", 3, 3, 1, false, Role.PersonInCharge, Role.TopManagement),
        ("soa-review", 3, 3, 1, false, Role.PersonInCharge, Role.TopManagement),
        ("objectives", 1, 3, 1, false, Role.IsmsManager, Role.TopManagement),
        ("training-plan", 1, 3, 1, false, Role.PersonInCharge, null),
        ("staff-training", 3, 6, 1, false, Role.Secretariat, null),
        ("newcomer-training", 1, 12, 12, false, Role.Secretariat, null),
        ("specialist-training", 4, 8, 1, false, Role.Secretariat, null),
        ("emergency-drill", 7, 9, 1, false, Role.Secretariat, null),
        ("refresher-training", 10, 12, 1, false, Role.Secretariat, null),
        ("access-review", 1, 12, 4, true, Role.DepartmentLead, Role.IsmsManager),
        ("backup-check", 1, 12, 12, false, Role.SystemAdministrator, null),
        ("log-review", 1, 12, 12, false, Role.SystemAdministrator, null),
        ("supplier-review", 5, 8, 1, true, Role.DepartmentLead, null),
        ("document-review", 7, 10, 1, false, Role.PersonInCharge, null),
        ("committee", 1, 12, 12, false, Role.Secretariat, null),
        ("spot-check", 1, 12, 4, false, Role.Secretariat, null),
        ("operations-check", 7, 9, 1, true, Role.DepartmentLead, null),
        ("internal-audit", 4, 6, 1, false, Role.InternalAuditor, Role.TopManagement),
        ("kpi-measurement", 1, 12, 4, false, Role.PersonInCharge, null),
        ("control-effectiveness", 8, 9, 1, false, Role.PersonInCharge, null),
        ("management-report", 1, 12, 12, false, Role.Secretariat, null),
        ("management-review", 7, 9, 1, false, Role.TopManagement, null),
        ("corrective-action", 1, 12, 0, false, Role.DepartmentLead, Role.IsmsManager),
        ("improvement-plan", 10, 12, 1, false, Role.IsmsManager, Role.TopManagement),
        ("next-year-plan", 11, 12, 1, false, Role.IsmsManager, Role.TopManagement),
        ("certification-audit", 1, 12, 0, false, Role.Secretariat, null),
    ];

    public static TheoryData<string, int> RowsAndStartMonths
    {
        get
        {
            var data = new TheoryData<string, int>();
            foreach (var row in Table)
            {
                foreach (var startMonth in new[] { 1, 4, 10 })
                {
                    data.Add(row.Duty, startMonth);
                }
            }

            return data;
        }
    }

    [Fact]
    public void The_catalogue_has_exactly_the_rows_of_the_table() =>
        Assert.Equal(Table.Select(r => r.Duty), PlanCatalogue.Standard.Duties.Select(d => d.Id));

    [Theory]
    [MemberData(nameof(RowsAndStartMonths))]
    public void A_row_comes_up_in_its_window_for_whoever_does_it(string duty, int startMonth)
    {
        var row = Table.Single(r => r.Duty == duty);
        var year = new FiscalYear(2026, startMonth);
        var items = ItemsOf(duty, year);

        Assert.Equal(row.Times * (row.Departments ? 3 : 1), items.Count);
        Assert.Equal(row.Departments, items is [{ Department: not null }, ..]);
        Assert.All(items, i => Assert.Equal((row.By, row.Approver), (i.Responsible, i.Approver)));
        if (items.Count > 0)
        {
            var months = (row.Last - row.First + 1) / row.Times;
            Assert.Equal(
                Enumerable.Range(0, row.Times).Select(n => year.FirstDayOf(row.First + (n * months))),
                items.Select(i => i.OpensOn).Distinct());
            Assert.Equal(
                Enumerable.Range(1, row.Times).Select(n => WorkingDays.Of(TwoSites).DueDate(year.LastDayOf(row.First - 1 + (n * months)), year)),
                items.Select(i => i.DueOn).Distinct());
        }
    }

    [Theory]
    [MemberData(nameof(RowsAndStartMonths))]
    public void A_row_is_submitted_with_all_its_records_and_not_without_any_of_them(string duty, int startMonth)
    {
        var year = new FiscalYear(2026, startMonth);
        var at = Tokyo.MorningOf(year.End);
        foreach (var item in ItemsOf(duty, year).Select(i => PlanItemProgress.Open(i, at)))
        {
            var doer = item.ResponsiblePeople(TwoSites)[0];
            var acting = new Acting(doer.Id, doer.Roles);
            var all = Everything(item);
            foreach (var missing in item.Records)
            {
                var refused = PlanItemRules.Submit(item, TwoSites, acting, [.. all.Where(f => f.Record != missing.Key)], null, at);
                Assert.Equal([missing.Key], refused.Refusal?.Missing);
            }

            var submitted = PlanItemRules.Submit(item, TwoSites, acting, all, null, at).Value;

            Assert.Equal(item.Approver is null ? PlanItemState.Approved : PlanItemState.Submitted, submitted.State);
            Assert.Equal(item.Records.Select(r => r.Key), submitted.Filed.Select(f => f.Record));
            Assert.Null(submitted.Log[^1].OnBehalfOf);
            Assert.Equal(item.Approver is not null, submitted.Approvers(TwoSites).Count > 0);
        }
    }

    private static List<PlanItem> ItemsOf(string duty, FiscalYear year) =>
        [.. YearPlanning.Plan(year, TwoSites, PlanCatalogue.Standard, Tokyo.MorningOf(year.Start)).Where(i => i.Duty == duty)];
}
