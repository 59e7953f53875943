using System.Globalization;
using Isms.Organizations;
using Isms.Risks;
using Isms.Text;

namespace IsmsFunctions.Registers.Risks;

/// <summary>The heat map as it is answered: texts in one language, so that a page can draw it as it comes.</summary>
public sealed record HeatMapView(
    DateOnly AsOf,
    IReadOnlyList<ScaleView> Likelihood,
    IReadOnlyList<ScaleView> Impact,
    IReadOnlyList<BandView> Bands,
    int AcceptanceLine,
    IReadOnlyList<HeatMapCell> Initial,
    IReadOnlyList<HeatMapCell> Remaining,
    IReadOnlyList<string> NotAssessed)
{
    /// <summary>The map of the risks of a day.</summary>
    public static HeatMapView Of(DateOnly asOf, RiskMethod method, RiskHeatMap map, CultureInfo culture)
    {
        ArgumentNullException.ThrowIfNull(method);
        ArgumentNullException.ThrowIfNull(map);
        return new HeatMapView(
            asOf,
            ScaleView.Of(method.Likelihood, culture),
            ScaleView.Of(method.Impact, culture),
            [.. method.Bands.Select(b => new BandView(b.Id, b.Title.In(culture), b.Colour, b.From, map.Initial.Where(c => c.Band == b.Id).Sum(c => c.Count), map.Remaining.Where(c => c.Band == b.Id).Sum(c => c.Count)))],
            method.AcceptanceLine,
            map.Initial,
            map.Remaining,
            map.NotAssessed);
    }
}

/// <summary>A place on a scale.</summary>
public sealed record ScaleView(int Value, string Title, string Meaning)
{
    internal static IReadOnlyList<ScaleView> Of(IReadOnlyList<ScaleLevel> scale, CultureInfo culture) =>
        [.. scale.Select((level, i) => new ScaleView(i + 1, level.Title.In(culture), level.Meaning.In(culture)))];
}

/// <summary>A band, and how many risks lie in it before and after treatment.</summary>
public sealed record BandView(string Id, string Title, string Colour, int From, int Initial, int Remaining);

/// <summary>A comparison as it is answered.</summary>
public sealed record ComparisonView(
    DateOnly From,
    DateOnly To,
    IReadOnlyList<RiskMovement> New,
    IReadOnlyList<RiskMovement> Closed,
    IReadOnlyList<RiskMovement> Risen,
    IReadOnlyList<RiskMovement> Fallen,
    int Unchanged,
    IReadOnlyList<DepartmentView> Departments)
{
    /// <summary>The comparison of two days.</summary>
    public static ComparisonView Of(DateOnly from, DateOnly to, RiskComparison comparison, Organization organization, CultureInfo culture)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        ArgumentNullException.ThrowIfNull(organization);
        return new ComparisonView(
            from, to, comparison.New, comparison.Closed, comparison.Risen, comparison.Fallen, comparison.Unchanged,
            [.. comparison.Departments.Select(d => new DepartmentView(organization.FindDepartment(d.Department)?.Name.In(culture) ?? d.Department, d))]);
    }
}

/// <summary>A department's comparison with its name.</summary>
public sealed record DepartmentView(string Name, DepartmentComparison Counts);

/// <summary>What needs attention, as it is answered.</summary>
public sealed record AttentionView(DateOnly AsOf, int Days, IReadOnlyList<PointView> Items)
{
    /// <summary>The open points of a day.</summary>
    public static AttentionView Of(DateOnly asOf, int days, IEnumerable<RiskPoint> points) => new(asOf, days, [.. points.Select(PointView.Of)]);
}

/// <summary>An open point.</summary>
public sealed record PointView(
    RiskConcern Concern, LocalizedText Text, string Risk, string Title, string? Department, string? Owner, int? Level, DateOnly? On, string? Treatment)
{
    internal static PointView Of(RiskPoint point) => new(
        point.Concern,
        Texts.Get("risk-concern." + point.Concern),
        point.Risk.Id,
        point.Risk.Title,
        point.Risk.Department is { Length: > 0 } department ? department : null,
        point.Risk.Owner is { Length: > 0 } owner ? owner : null,
        point.Risk.RemainingLevel,
        point.On,
        point.Treatment);
}
