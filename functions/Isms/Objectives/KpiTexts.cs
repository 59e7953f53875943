using System.Globalization;
using Isms.Text;

namespace Isms.Objectives;

/// <summary>How values, targets and judgements read.</summary>
public static class KpiTexts
{
    /// <summary>A value with its unit, such as <c>95.5 %</c>.</summary>
    public static string Value(decimal? value, string unit) =>
        value is { } number ? (number.ToString("#,0.##", CultureInfo.InvariantCulture) + " " + unit).TrimEnd() : "–";

    /// <summary>A value without its unit.</summary>
    public static LocalizedText Number(decimal? value) => LocalizedText.Same(Value(value, ""));

    /// <summary>A target, such as 95 % 以上.</summary>
    public static LocalizedText Target(Objective objective)
    {
        ArgumentNullException.ThrowIfNull(objective);
        return Texts.Get(objective.Direction == TargetDirection.AtLeast ? "kpi.at-least" : "kpi.at-most", Value(objective.Target, objective.Unit));
    }

    /// <summary>What a judgement is called.</summary>
    public static LocalizedText NameOf(Achievement achievement) => Texts.Get("kpi.achievement." + achievement);

    /// <summary>What a stage is called.</summary>
    public static LocalizedText NameOf(KpiStage stage) => Texts.Get("kpi.stage." + stage);

    /// <summary>A trend as an arrow with its name: better points up, whichever way the numbers go.</summary>
    public static LocalizedText NameOf(Trend trend) => Texts.Get("kpi.trend." + trend);

    /// <summary>Objectives by what they came to, in a sentence.</summary>
    public static LocalizedText Figures(ObjectiveFigures figures)
    {
        ArgumentNullException.ThrowIfNull(figures);
        return Texts.Get("kpi.figures", figures.Total, figures.Met, figures.NearlyMet, figures.NotMet, figures.NotMeasured);
    }

    /// <summary>A quarter, such as FY2026 第1四半期.</summary>
    public static LocalizedText NameOf(FiscalQuarter quarter)
    {
        ArgumentNullException.ThrowIfNull(quarter);
        return Texts.Get("kpi.quarter", quarter.Year.Id, quarter.Number);
    }
}
