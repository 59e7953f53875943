using System.Globalization;
using Isms.Documents;
using IsmsFunctions.Documents.Office;

namespace IsmsFunctions.Documents.Charts;

/// <summary>The numbers of a chart as a sheet: categories down, series across. The chart refers to them.</summary>
internal sealed class ChartSheet(Chart chart, string name, CultureInfo culture)
{
    /// <summary>Rows with numbers and their heads.</summary>
    public int RowCount => chart.Categories.Count + 1;

    /// <summary>The rows.</summary>
    public IEnumerable<SheetRow> Rows()
    {
        yield return new SheetRow([new SheetCell(chart.Title.In(culture), CellStyle.Head), .. chart.Series.Select(s => new SheetCell(s.Name.In(culture), CellStyle.Head))]);
        for (var i = 0; i < chart.Categories.Count; i++)
        {
            yield return new SheetRow([new SheetCell(chart.Categories[i].In(culture)), .. chart.Series.Select(s => CellOf(s.Values[i]))]);
        }
    }

    /// <summary>The cells with the categories.</summary>
    public string Categories => Cells(0);

    /// <summary>The cell with a series' name.</summary>
    public string NameOf(int series) => string.Create(CultureInfo.InvariantCulture, $"{SheetNames.Quoted(name)}!${SheetNames.ColumnOf(series + 1)}$1");

    /// <summary>The cells with a series' values.</summary>
    public string ValuesOf(int series) => Cells(series + 1);

    /// <summary>A workbook with nothing but this sheet: what opens when somebody changes the numbers of a chart in a Word document.</summary>
    public byte[] ToWorkbook() => WorkbookFile.ToBytes(new Workbook(
        [new Sheet { Name = name, Widths = [32, .. chart.Series.Select(_ => 14.0)], Rows = Rows() }], new OfficeProperties(chart.Title.In(culture), "IsmsFunctions", culture.Name)));

    private string Cells(int column)
    {
        var letter = SheetNames.ColumnOf(column);
        return string.Create(CultureInfo.InvariantCulture, $"{SheetNames.Quoted(name)}!${letter}$2:${letter}${RowCount}");
    }

    private static SheetCell CellOf(decimal? value) => value is { } number ? new SheetCell(ChartLook.Text(number), CellStyle.Number, CellKind.Number) : new SheetCell("");
}
