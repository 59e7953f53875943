using Isms.Objectives;
using Isms.Organizations;
using Isms.Year;

namespace Isms.Tests.Objectives;

/// <summary>Objectives and measurements for tests.</summary>
internal static class KpiPlay
{
    public static readonly DateTimeOffset Now = new(2026, 6, 16, 0, 0, 0, TimeSpan.Zero);

    public static Organization Firm { get; } = new()
    {
        Name = new("甲社", "A Inc."),
        Departments = [new("it", new("情報システム部", "IT"), "ito")],
        People =
        [
            new("watanabe", new("渡辺", "Watanabe"), "w@example.co.jp", "it", [Role.IsmsManager]),
            new("kobayashi", new("小林", "Kobayashi"), "k@example.co.jp", "it", [Role.PersonInCharge]),
            new("ito", new("伊藤", "Ito"), "i@example.co.jp", "it", [Role.DepartmentLead]),
            new("mori", new("森", "Mori"), "m@example.co.jp", "it", []),
        ],
    };

    public static FiscalQuarter Quarter(int number = 1) => new(new FiscalYear(2026, 4), number);

    public static Objective Percent(string id, string? measure = null, string owner = "ito") => new()
    {
        Id = id, FiscalYear = "FY2026", Name = "教育の受講率", Owner = owner, Target = 95, Unit = "%", Direction = TargetDirection.AtLeast,
        Frequency = MeasurementFrequency.Quarterly, Measure = measure, Source = "受講記録",
    };

    public static KpiMeasurement Planned(int quarter = 1) => KpiRules.IsPlanned(Quarter(quarter), "item-FY2026-kpi-measurement-q1", Firm, "system", Now);

    /// <summary>What the register says of an objective, and what the system measured.</summary>
    public static ObjectiveReading Reading(
        Objective objective, decimal? measured = null, decimal? typed = null, int quarter = 1, string by = "system", DateTimeOffset? at = null, decimal? result = null, decimal? ofYear = null)
    {
        var quarters = new decimal?[4];
        quarters[quarter - 1] = typed;
        return new ObjectiveReading(
            new ObjectiveYear(objective, quarters, result), objective.Measure is null ? null : Value(measured), ofYear is null ? null : Value(ofYear), by, at ?? Now);
    }

    public static SystemValue Value(decimal? value) => new()
    {
        Measure = "m", At = Now, From = new(2026, 4, 1), Until = new(2026, 6, 30), Value = value, NothingBecause = value is null ? new("なし", "none") : null, Evidence = ["e-1"],
    };

    public static KpiMeasurement Measured(params ObjectiveReading[] readings) => KpiRules.IsMeasured(Planned(), readings, "system", Now);

    public static KpiEntry Entry(decimal value, string? reason = null, string by = "ito", DateTimeOffset? at = null) => new(value, by, at ?? Now.AddHours(1), [], reason);
}
