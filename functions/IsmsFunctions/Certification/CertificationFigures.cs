using IsmsFunctions.Year;

namespace IsmsFunctions.Certification;

/// <summary>What the certification body's audits found, in the year's summary.</summary>
public sealed class CertificationFigures(CertificationStore audits) : IYearFigures
{
    /// <inheritdoc/>
    public async Task<YearFigures> OfYearAsync(string fiscalYear, CancellationToken cancellationToken)
    {
        var held = (await audits.AllAsync(cancellationToken)).Where(a => a.FiscalYear == fiscalYear && a.Outcome is not null).ToList();
        return new YearFigures(held.Count, [.. held.SelectMany(a => a.FindingsSoFar()).Select(f => f.Grade)]);
    }
}
