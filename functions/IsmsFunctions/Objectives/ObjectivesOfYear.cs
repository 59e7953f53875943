using Isms.Objectives;
using IsmsFunctions.Year;

namespace IsmsFunctions.Objectives;

/// <summary>How the objectives came out, in the year's summary.</summary>
public sealed class ObjectivesOfYear(ObjectiveRegister objectives) : IYearFigures
{
    /// <inheritdoc/>
    public async Task<YearFigures> OfYearAsync(string fiscalYear, CancellationToken cancellationToken)
    {
        var achieved = (await objectives.ReadAsync(fiscalYear, cancellationToken)).Select(o => o.Year.Achievement).ToList();
        return new YearFigures(0, [], achieved.Count == 0 ? null : ObjectiveFigures.Of(achieved));
    }
}
