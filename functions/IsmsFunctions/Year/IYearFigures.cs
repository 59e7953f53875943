using Isms.Audits;
using Isms.Objectives;

namespace IsmsFunctions.Year;

/// <summary>What a capability adds to a year's summary.</summary>
/// <param name="AuditsHeld">Audits of the year that are not internal ones.</param>
/// <param name="Findings">The grades of what those audits found.</param>
/// <param name="Objectives">How the year's objectives came out; null where it keeps none.</param>
public sealed record YearFigures(int AuditsHeld, IReadOnlyList<AnswerResult> Findings, ObjectiveFigures? Objectives = null);

/// <summary>Adds to a year's summary; register it in the capability's services.</summary>
public interface IYearFigures
{
    /// <summary>The figures of a fiscal year.</summary>
    Task<YearFigures> OfYearAsync(string fiscalYear, CancellationToken cancellationToken);
}
