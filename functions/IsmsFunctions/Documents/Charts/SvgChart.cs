using System.Globalization;
using System.Net;
using System.Text;
using Isms.Documents;
using IsmsFunctions.Documents.Office;

namespace IsmsFunctions.Documents.Charts;

/// <summary>Draws a chart into a page: SVG without scripts, styles or fonts of its own, with every value as text.</summary>
internal sealed class SvgChart
{
    private const int Width = 720;
    private const int TitleHeight = 30;
    private const int LegendHeight = 26;
    private const int AxisHeight = 20;
    private const int Letter = 7;
    private readonly StringBuilder svg = new();
    private readonly Chart chart;
    private readonly CultureInfo culture;
    private readonly decimal top;
    private readonly int height;

    private SvgChart(Chart chart, CultureInfo culture)
    {
        (this.chart, this.culture, top) = (chart, culture, ChartLook.TopOf(chart));
        height = ChartLook.HeightOf(chart) * 4;
    }

    private int Bottom => height - AxisHeight - (chart.Series.Count > 1 ? LegendHeight : 0);

    /// <summary>The drawing as markup.</summary>
    public static string Render(Chart chart, CultureInfo culture) => new SvgChart(chart, culture).Render();

    private string Render()
    {
        var title = chart.Title.In(culture);
        Append($"<svg class=\"chart\" role=\"img\" viewBox=\"0 0 {Width} {height}\" xmlns=\"http://www.w3.org/2000/svg\" font-size=\"12\">\n<title>{Encode(title)}</title>\n");
        Append($"<rect width=\"{Width}\" height=\"{height}\" fill=\"#fff\"/>\n");
        Words(Width / 2, 18, title, "middle", "font-size=\"14\" font-weight=\"600\"");
        if (ChartLook.IsLying(chart))
        {
            DrawLying();
        }
        else
        {
            DrawStanding();
        }

        DrawLegend();
        return svg.Append("</svg>\n").ToString();
    }

    private void DrawLying()
    {
        var left = Math.Clamp(chart.Categories.Select(c => ColumnWidths.ColumnsOf(c.In(culture))).DefaultIfEmpty().Max() * Letter, 60, 270) + 14;
        var (plot, band) = ((decimal)(Width - left - 44), (decimal)(Bottom - TitleHeight) / Math.Max(1, chart.Categories.Count));
        decimal X(decimal value) => left + (value / top * plot);
        for (var value = 0m; value <= top; value += ChartLook.StepOf(top))
        {
            Ruler(X(value), TitleHeight, X(value), Bottom);
            Words(X(value), Bottom + 15, ChartLook.Text(value), "middle", "fill=\"#555\" font-size=\"11\"");
        }

        for (var i = 0; i < chart.Categories.Count; i++)
        {
            var y = TitleHeight + (band * i);
            Words(left - 8, y + (band / 2) + 4, Cut(chart.Categories[i].In(culture), (left - 14) / Letter), "end");
            if (chart.Kind == ChartKind.StackedBars)
            {
                DrawStack(i, y + (band * 0.18m), band * 0.64m, X);
            }
            else
            {
                var bar = band * 0.7m / chart.Series.Count;
                for (var s = 0; s < chart.Series.Count; s++)
                {
                    var value = chart.Series[s].Values[i];
                    var at = y + (band * 0.15m) + (bar * s);
                    Bar(left, at, X(value ?? 0) - left, bar, s);
                    Words(X(value ?? 0) + 5, at + (bar / 2) + 4, value is { } v ? ChartLook.Text(v) : "", "start");
                }
            }
        }
    }

    private void DrawStack(int category, decimal y, decimal thickness, Func<decimal, decimal> x)
    {
        var sum = 0m;
        for (var s = 0; s < chart.Series.Count; s++)
        {
            if (chart.Series[s].Values[category] is { } value and > 0)
            {
                Bar(x(sum), y, x(sum + value) - x(sum), thickness, s);
                Words((x(sum) + x(sum + value)) / 2, y + (thickness / 2) + 4, ChartLook.Text(value), "middle");
                sum += value;
            }
        }
    }

    private void DrawStanding()
    {
        const int Left = 48;
        var (plot, band) = ((decimal)(Bottom - TitleHeight - 12), (decimal)(Width - Left - 16) / Math.Max(1, chart.Categories.Count));
        decimal Y(decimal value) => Bottom - (value / top * plot);
        for (var value = 0m; value <= top; value += ChartLook.StepOf(top))
        {
            Ruler(Left, Y(value), Width - 16, Y(value));
            Words(Left - 6, Y(value) + 4, ChartLook.Text(value), "end", "fill=\"#555\" font-size=\"11\"");
        }

        for (var i = 0; i < chart.Categories.Count; i++)
        {
            Words(Left + (band * i) + (band / 2), Bottom + 15, Cut(chart.Categories[i].In(culture), (int)(band / Letter)), "middle");
        }

        for (var s = 0; s < chart.Series.Count; s++)
        {
            if (chart.Kind == ChartKind.Lines)
            {
                DrawLine(s, i => Left + (band * i) + (band / 2), Y);
                continue;
            }

            var bar = band * 0.7m / chart.Series.Count;
            for (var i = 0; i < chart.Categories.Count; i++)
            {
                if (chart.Series[s].Values[i] is { } value)
                {
                    var x = Left + (band * i) + (band * 0.15m) + (bar * s);
                    Bar(x, Y(value), bar, Bottom - Y(value), s);
                    Words(x + (bar / 2), Y(value) - 4, ChartLook.Text(value), "middle");
                }
            }
        }
    }

    private void DrawLine(int series, Func<int, decimal> x, Func<decimal, decimal> y)
    {
        var values = chart.Series[series].Values;
        for (var i = 0; i < values.Count; i++)
        {
            if (values[i] is not { } value)
            {
                continue;
            }

            if (i > 0 && values[i - 1] is { } before)
            {
                Append($"<line x1=\"{Number(x(i - 1))}\" y1=\"{Number(y(before))}\" x2=\"{Number(x(i))}\" y2=\"{Number(y(value))}\" stroke=\"#{ChartLook.ColorOf(chart, series)}\" stroke-width=\"2\"/>\n");
            }

            Append($"<circle cx=\"{Number(x(i))}\" cy=\"{Number(y(value))}\" r=\"3.5\" fill=\"#{ChartLook.ColorOf(chart, series)}\"/>\n");
            Words(x(i), y(value) - 8, ChartLook.Text(value), "middle");
        }
    }

    private void DrawLegend()
    {
        if (chart.Series.Count < 2)
        {
            return;
        }

        var names = chart.Series.Select(s => s.Name.In(culture)).ToList();
        var widths = names.Select(n => (ColumnWidths.ColumnsOf(n) * Letter) + 34).ToList();
        var x = Math.Max(4, (Width - widths.Sum()) / 2);
        for (var s = 0; s < names.Count; s++)
        {
            Bar(x, height - 18, 12, 12, s);
            Words(x + 17, height - 8, names[s], "start");
            x += widths[s];
        }
    }

    private void Bar(decimal x, decimal y, decimal width, decimal thickness, int series) => Append(
        $"<rect x=\"{Number(x)}\" y=\"{Number(y)}\" width=\"{Number(Math.Max(0, width))}\" height=\"{Number(Math.Max(0, thickness))}\" fill=\"#{ChartLook.ColorOf(chart, series)}\"/>\n");

    private void Ruler(decimal x1, decimal y1, decimal x2, decimal y2) =>
        Append($"<line x1=\"{Number(x1)}\" y1=\"{Number(y1)}\" x2=\"{Number(x2)}\" y2=\"{Number(y2)}\" stroke=\"#d5d9de\"/>\n");

    private void Words(decimal x, decimal y, string text, string anchor, string more = "")
    {
        if (text.Length > 0)
        {
            Append($"<text x=\"{Number(x)}\" y=\"{Number(y)}\" text-anchor=\"{anchor}\"{(more.Length > 0 ? " " + more : "")}>{Encode(text)}</text>\n");
        }
    }

    private void Append(FormattableString markup) => svg.Append(markup.ToString(CultureInfo.InvariantCulture));

    private static string Number(decimal number) => number.ToString("0.#", CultureInfo.InvariantCulture);

    private static string Encode(string text) => WebUtility.HtmlEncode(OfficeText.Printable(text)).Replace('\n', ' ');

    /// <summary>A name that is too long for its place is cut; the table beside the chart has it whole.</summary>
    private static string Cut(string text, int columns)
    {
        if (ColumnWidths.ColumnsOf(text) <= columns)
        {
            return text;
        }

        var cut = text;
        while (cut.Length > 1 && ColumnWidths.ColumnsOf(cut) > columns - 1)
        {
            cut = cut[..^(char.IsLowSurrogate(cut[^1]) ? 2 : 1)];
        }

        return cut + "…";
    }
}
