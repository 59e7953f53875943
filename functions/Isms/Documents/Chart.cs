using Isms.Text;

namespace Isms.Documents;

/// <summary>
/// A chart. It is data, not a picture: office files hold it as a chart of their own that people can change, pages as a drawing without scripts, and every value is
/// written out, so that nothing depends on colours or on a printer that has them.
/// </summary>
/// <param name="Title">What it shows.</param>
/// <param name="Kind">How it is drawn.</param>
/// <param name="Categories">What the values belong to, in order, such as departments.</param>
/// <param name="Series">The rows of values, each with one for every category.</param>
public sealed record Chart(LocalizedText Title, ChartKind Kind, IReadOnlyList<LocalizedText> Categories, IReadOnlyList<ChartSeries> Series) : Block;

/// <summary>How a chart is drawn.</summary>
public enum ChartKind
{
    /// <summary>Bars that lie, for categories with long names.</summary>
    Bars,

    /// <summary>Bars that lie, the series one after the other in each.</summary>
    StackedBars,

    /// <summary>Columns side by side, for a few categories such as years.</summary>
    Columns,

    /// <summary>Lines, for what changes with time.</summary>
    Lines,
}

/// <summary>A row of values.</summary>
/// <param name="Name">What they are.</param>
/// <param name="Values">The values, one for every category; null where there is none.</param>
/// <param name="Color">The colour as six hexadecimal digits; null for one of the usual ones.</param>
public sealed record ChartSeries(LocalizedText Name, IReadOnlyList<decimal?> Values, string? Color = null);
