using Isms.Objectives;
using Isms.Text;
using Microsoft.Extensions.DependencyInjection;

namespace IsmsFunctions.Objectives;

/// <summary>Everything the system can measure, whoever offers it.</summary>
/// <param name="services">Where the sources are found: asked at the first question, since sources may need what itself needs this catalogue.</param>
public sealed class MeasureCatalogue(IServiceProvider services)
{
    private readonly Lazy<Dictionary<string, (Measure Measure, IMeasureSource Source)>> measures = new(() =>
        services.GetServices<IMeasureSource>()
            .SelectMany(source => source.Measures.Select(measure => (Measure: measure, Source: source)))
            .ToDictionary(m => m.Measure.Id, StringComparer.Ordinal));

    /// <summary>All measures, ordered by id.</summary>
    public IReadOnlyList<Measure> All => [.. measures.Value.Values.Select(m => m.Measure).OrderBy(m => m.Id, StringComparer.Ordinal)];

    /// <summary>The measure of this id, or null.</summary>
    public Measure? Find(string id) => measures.Value.TryGetValue(id, out var found) ? found.Measure : null;

    /// <summary>Measures. A measure that nobody offers (any more) is nothing to measure: an objective may name one that an earlier release had.</summary>
    public async Task<MeasuredValue> MeasureAsync(string id, MeasurePeriod period, CancellationToken cancellationToken) =>
        measures.Value.TryGetValue(id, out var found)
            ? await found.Source.MeasureAsync(id, period, cancellationToken)
            : MeasuredValue.Nothing(Texts.Get("measure.not-offered"));
}
