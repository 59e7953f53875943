using System.Globalization;
using Isms.Documents;

namespace IsmsFunctions.Documents.Charts;

/// <summary>What charts have in common, however they are drawn.</summary>
internal static class ChartLook
{
    private static readonly string[] Palette = ["2B5C8A", "E08A2E", "5B9A68", "B5485D", "7A6AA8", "8C8C8C"];

    /// <summary>The colour of a series.</summary>
    public static string ColorOf(Chart chart, int series) => chart.Series[series].Color ?? Palette[series % Palette.Length];

    /// <summary>Whether the categories stand one below the other.</summary>
    public static bool IsLying(Chart chart) => chart.Kind is ChartKind.Bars or ChartKind.StackedBars;

    /// <summary>How high a chart is in millimetres, so that its labels have room.</summary>
    public static int HeightOf(Chart chart)
    {
        var bars = chart.Kind == ChartKind.Bars ? chart.Categories.Count * Math.Max(1, chart.Series.Count) : chart.Categories.Count;
        return IsLying(chart) ? Math.Clamp(26 + (bars * (chart.Kind == ChartKind.Bars && chart.Series.Count > 1 ? 5 : 8)), 42, 200) : 72;
    }

    /// <summary>A value in the invariant form.</summary>
    public static string Text(decimal value) => value.ToString("0.####", CultureInfo.InvariantCulture);

    /// <summary>Where the axis ends: at a round number that no value, and no stack of values, exceeds; a value written at its bar's end has room.</summary>
    public static decimal TopOf(Chart chart)
    {
        decimal Sum(int category) => chart.Kind == ChartKind.StackedBars
            ? chart.Series.Sum(s => s.Values[category] ?? 0)
            : chart.Series.Select(s => s.Values[category] ?? 0).DefaultIfEmpty().Max();
        var most = Enumerable.Range(0, chart.Categories.Count).Select(Sum).DefaultIfEmpty().Max();
        var step = StepOf(most);

        // A value stands above its column: the highest one needs room for it.
        return chart.Kind == ChartKind.StackedBars ? step * Math.Max(1, Math.Ceiling(most / step)) : step * (Math.Floor(most / step) + 1);
    }

    /// <summary>The distance of the axis' lines: 1, 2 or 5, or ten times that, so that there are about five.</summary>
    public static decimal StepOf(decimal most)
    {
        decimal[] steps = [1, 2, 5];
        for (var power = 1m; ; power *= 10)
        {
            foreach (var step in steps)
            {
                if (step * power * 6 >= most)
                {
                    return step * power;
                }
            }
        }
    }
}
