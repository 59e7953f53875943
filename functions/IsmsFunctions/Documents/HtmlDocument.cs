using System.Globalization;
using System.Net;
using System.Text;
using Isms.Documents;
using Isms.Text;
using IsmsFunctions.Documents.Charts;

namespace IsmsFunctions.Documents;

/// <summary>
/// Renders a <see cref="PrintedDocument"/> as one self-contained HTML page that prints on A4: no scripts, nothing loaded from outside, every text
/// encoded. It opens offline from an auditor's pack, years later.
/// </summary>
public static class HtmlDocument
{
    /// <summary>The copy in the language of <paramref name="culture"/>.</summary>
    public static string Render(PrintedDocument document, CultureInfo culture)
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(culture);
        var html = new StringBuilder();
        var title = Encode(document.Title.In(culture));
        html.Append("<!DOCTYPE html>\n<html lang=\"").Append(culture.TwoLetterISOLanguageName).Append("\">\n<head>\n<meta charset=\"utf-8\">\n<title>")
            .Append(title).Append(" – ").Append(Encode(document.Number)).Append("</title>\n<style>\n").Append(document.IsLandscape ? Sideways : Upright).Append(Style).Append("</style>\n</head>\n<body>\n");
        AppendHead(html, document, culture, title);
        foreach (var block in document.Blocks)
        {
            AppendBlock(html, block, culture);
        }

        return html.Append("</body>\n</html>\n").ToString();
    }

    private static void AppendHead(StringBuilder html, PrintedDocument document, CultureInfo culture, string title)
    {
        html.Append("<header>\n<div>\n<p class=\"organization\">").Append(Encode(document.Organization.In(culture))).Append("</p>\n<h1>").Append(title)
            .Append("</h1>\n<p class=\"number\">").Append(Label("document.number", culture)).Append(": ").Append(Encode(document.Number))
            .Append(" &emsp; ").Append(Label("document.version", culture)).Append(": ").Append(Encode(document.Version))
            .Append(" &emsp; ").Append(Label("document.date", culture)).Append(": ").Append(Day(document.Date, culture)).Append("</p>\n</div>\n");
        if (document.Approvals.Count > 0)
        {
            html.Append("<table class=\"approvals\">\n<tr>");
            AppendCells(html, "th", document.Approvals.Select(a => a.Act.In(culture)));
            html.Append("</tr>\n<tr>");
            AppendCells(html, "td", document.Approvals.Select(a => $"{a.Name?.In(culture)}\n{(a.On is { } on ? Day(on, culture) : "")}"));
            html.Append("</tr>\n</table>\n");
        }

        html.Append("</header>\n");
    }

    private static void AppendBlock(StringBuilder html, Block block, CultureInfo culture)
    {
        switch (block)
        {
            case Heading heading:
                var level = heading.Level == 1 ? "h2" : "h3";
                html.Append('<').Append(level).Append('>').Append(Encode(heading.Text.In(culture))).Append("</").Append(level).Append(">\n");
                break;
            case Paragraph paragraph:
                html.Append("<p>").Append(Encode(paragraph.Text.In(culture))).Append("</p>\n");
                break;
            case Bullets bullets:
                html.Append("<ul>\n").AppendJoin("", bullets.Items.Select(i => $"<li>{Encode(i.In(culture))}</li>\n")).Append("</ul>\n");
                break;
            case Facts facts:
                html.Append("<table class=\"facts\">\n")
                    .AppendJoin("", facts.Items.Select(f => $"<tr><th>{Encode(f.Name.In(culture))}</th><td>{Encode(f.Value.In(culture))}</td></tr>\n"))
                    .Append("</table>\n");
                break;
            case Chart chart:
                html.Append("<figure>\n").Append(SvgChart.Render(chart, culture)).Append("</figure>\n");
                break;
            case Table table:
                AppendTable(html, table, culture);
                break;
            default:
                throw new ArgumentException($"A block of type {block.GetType().Name} cannot be rendered.", nameof(block));
        }
    }

    private static void AppendTable(StringBuilder html, Table table, CultureInfo culture)
    {
        html.Append("<table>\n<thead><tr>");
        foreach (var column in table.Columns)
        {
            var width = column.Width == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" style=\"width:{column.Width}%\"");
            html.Append("<th").Append(width).Append('>').Append(Encode(column.Name.In(culture))).Append("</th>");
        }

        html.Append("</tr></thead>\n<tbody>\n");
        foreach (var row in table.Rows)
        {
            html.Append("<tr>").AppendJoin("", row.Select(c => $"<td>{Linked(c.In(culture), table.Links)}</td>")).Append("</tr>\n");
        }

        html.Append("</tbody>\n</table>\n");
    }

    private static void AppendCells(StringBuilder html, string element, IEnumerable<string> texts) =>
        html.AppendJoin("", texts.Select(t => $"<{element}>{Encode(t)}</{element}>"));

    private static string Linked(string text, IReadOnlyDictionary<string, Uri> links) => links.Count == 0
        ? Encode(text)
        : string.Join("<br>", text.Split('\n').Select(line => links.TryGetValue(line, out var target)
            ? $"<a href=\"{Encode(target.OriginalString)}\">{Encode(line)}</a>"
            : Encode(line)));

    private static string Label(string key, CultureInfo culture) => Encode(Texts.Get(key).In(culture));

    private static string Day(DateOnly day, CultureInfo culture) => Texts.Get("document.day", day).In(culture);

    /// <summary>Encodes for HTML; a line break of the text stays one.</summary>
    private static string Encode(string text) => WebUtility.HtmlEncode(text).Replace("\n", "<br>", StringComparison.Ordinal);

    private const string Upright = "@page { size: A4; margin: 18mm 15mm; }\nbody { max-width: 180mm; }\n";

    private const string Sideways = "@page { size: A4 landscape; margin: 15mm; }\nbody { max-width: 267mm; }\n";

    private const string Style = """
        * { box-sizing: border-box; }
        body { margin: 0 auto; padding: 8mm 0; color: #111; background: #fff; font: 10pt/1.6 "Noto Sans JP", "Noto Sans CJK JP", "Yu Gothic", Meiryo, "Hiragino Sans", "Segoe UI", sans-serif; }
        header { display: flex; justify-content: space-between; align-items: flex-end; gap: 6mm; border-bottom: 2px solid #111; padding-bottom: 3mm; margin-bottom: 5mm; }
        h1 { font-size: 17pt; line-height: 1.3; margin: 0 0 1mm; }
        h2 { font-size: 12pt; margin: 7mm 0 2mm; padding-left: 2.5mm; border-left: 4px solid #2b5c8a; break-after: avoid; }
        h3 { font-size: 10.5pt; margin: 5mm 0 1.5mm; break-after: avoid; }
        p { margin: 0 0 2mm; }
        ul { margin: 0 0 2mm; padding-left: 6mm; }
        .organization, .number { margin: 0; font-size: 9pt; color: #444; }
        table { width: 100%; border-collapse: collapse; margin: 0 0 3mm; }
        th, td { border: 1px solid #888; padding: 1.2mm 2mm; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
        th { background: #eef2f6; font-weight: 600; }
        thead { display: table-header-group; }
        tr { break-inside: avoid; }
        .facts th { width: 26%; }
        figure { margin: 2mm 0 4mm; break-inside: avoid; }
        .chart { display: block; width: 100%; max-width: 180mm; height: auto; font-family: inherit; }
        .approvals { width: auto; margin: 0; flex: none; font-size: 8.5pt; }
        .approvals th, .approvals td { text-align: center; min-width: 26mm; white-space: nowrap; }
        .approvals td { height: 13mm; vertical-align: middle; }
        @media print { body { max-width: none; padding: 0; } th, .chart { -webkit-print-color-adjust: exact; print-color-adjust: exact; } }

        """;
}
