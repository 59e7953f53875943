using Isms.Reports;

namespace IsmsFunctions.Reports;

/// <summary>Which part of the monthly report a figure belongs to.</summary>
public enum ReportPart
{
    /// <summary>Key indicators.</summary>
    Indicators,

    /// <summary>Incidents.</summary>
    Incidents,
}

/// <summary>Adds figures of a capability to the monthly report; register it in the capability's services.</summary>
public interface IReportSource
{
    /// <summary>The part the figures belong to.</summary>
    ReportPart Part { get; }

    /// <summary>The figures of the month before <paramref name="month"/>.</summary>
    /// <param name="fiscalYear">The fiscal year.</param>
    /// <param name="month">The first day of the month in which the report is written.</param>
    /// <param name="cancellationToken">Cancels the look-up.</param>
    Task<IReadOnlyList<ReportFigure>> FiguresAsync(string fiscalYear, DateOnly month, CancellationToken cancellationToken);
}
