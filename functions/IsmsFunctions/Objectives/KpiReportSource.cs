using Isms.Objectives;
using Isms.Reports;
using Isms.Text;
using IsmsFunctions.Reports;

namespace IsmsFunctions.Objectives;

/// <summary>Objectives in the monthly report: how many are met, and which are not. Of a year without objectives there is nothing to say.</summary>
public sealed class KpiReportSource(ObjectiveRegister register) : IReportSource
{
    private const int MostMissed = 5;

    /// <inheritdoc/>
    public ReportPart Part => ReportPart.Indicators;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ReportFigure>> FiguresAsync(string fiscalYear, DateOnly month, CancellationToken cancellationToken)
    {
        var objectives = (await register.ReadAsync(fiscalYear, cancellationToken)).Select(o => o.Year).ToList();
        if (objectives.Count == 0)
        {
            return [];
        }

        var missed = objectives.Where(o => o.Achievement == Achievement.NotMet).Take(MostMissed).Select(o => new ReportFigure(
            Texts.Get("effectiveness.objective", o.Objective.Id, o.Objective.Name),
            Texts.Get("kpi-report.missed", KpiTexts.NameOf(o.Achievement), KpiTexts.Value(o.Newest, o.Objective.Unit), KpiTexts.Target(o.Objective))));
        return [new ReportFigure(Texts.Get("kpi-report.objectives"), KpiTexts.Figures(ObjectiveFigures.Of(objectives.Select(o => o.Achievement)))), .. missed];
    }
}
