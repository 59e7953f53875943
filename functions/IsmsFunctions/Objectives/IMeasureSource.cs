using Isms.Objectives;

namespace IsmsFunctions.Objectives;

/// <summary>
/// Offers measures of a capability that the system counts by itself; register it in the capability's services. What cannot be counted is answered with
/// <see cref="MeasuredValue.Nothing"/> and the reason, never with a number that nothing stands behind.
/// </summary>
public interface IMeasureSource
{
    /// <summary>What it can measure.</summary>
    IReadOnlyList<Measure> Measures { get; }

    /// <summary>Measures one of <see cref="Measures"/> over a period. Asking twice for the same period gives the same value as long as the records are the same.</summary>
    /// <param name="measure">The measure's id.</param>
    /// <param name="period">What is measured over.</param>
    /// <param name="cancellationToken">Cancels the look-up.</param>
    Task<MeasuredValue> MeasureAsync(string measure, MeasurePeriod period, CancellationToken cancellationToken);
}
