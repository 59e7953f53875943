using Isms.Registers;
using IsmsFunctions.Documents.Office.Reading;

namespace IsmsFunctions.Registers.Files;

/// <summary>
/// Makes a table of the rows that a file's reader finds: the first row names the columns; a row of titles below a row of names (as in our workbooks) belongs
/// to the header; empty rows are nothing.
/// </summary>
internal sealed class TableReading(RegisterDefinition register, TableLimits limits)
{
    private readonly TableHeads heads = new(register);
    private readonly List<TableRow> rows = [];
    private List<string>? columns;
    private List<int> places = [];
    private long characters;

    /// <summary>Takes the file's next row.</summary>
    /// <param name="number">Its number, for errors.</param>
    /// <param name="cells">Its cells; the reader may use the list again.</param>
    public void Add(int number, IReadOnlyList<string> cells)
    {
        if (cells.All(string.IsNullOrWhiteSpace))
        {
            return;
        }

        if (columns is null)
        {
            ReadHeader(cells);
        }
        else if (rows.Count > 0 || !IsRowOfTitles(cells))
        {
            AddRow(number, cells);
        }
    }

    /// <summary>The table.</summary>
    public TableText Finish() => columns is null ? throw NoHeader() : new TableText(columns, rows);

    private void ReadHeader(IReadOnlyList<string> cells)
    {
        if (!cells.Any(c => heads.ColumnOf(c) is not null))
        {
            throw NoHeader();
        }

        // Columns without a head count only if something stands below it.
        places = [.. Enumerable.Range(0, cells.Count).Where(i => !string.IsNullOrWhiteSpace(cells[i]))];
        columns = [.. places.Select(i => heads.ColumnOf(cells[i]) ?? cells[i].Trim())];
        if (columns.GroupBy(c => c, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } twice)
        {
            throw TableInput.Refused("table-column-twice", twice.Key, twice.Key);
        }

        if (columns.Count > limits.Columns)
        {
            throw TableInput.Refused("table-too-wide", null, limits.Columns);
        }
    }

    /// <summary>No entry has the id "ID": where it stands, people have titles, whatever they made of the other ones.</summary>
    private bool IsRowOfTitles(IReadOnlyList<string> cells)
    {
        var id = columns!.IndexOf(RegisterTables.IdColumn);
        return id >= 0
            ? heads.ColumnOf(At(cells, places[id])) == RegisterTables.IdColumn
            : places.Select((place, i) => (Cell: At(cells, place), Column: columns[i])).All(c => c.Cell.Length == 0 || heads.ColumnOf(c.Cell) == c.Column);
    }

    private void AddRow(int number, IReadOnlyList<string> cells)
    {
        if (rows.Count == limits.Rows)
        {
            throw TableInput.Refused("table-too-long", null, limits.Rows);
        }

        var texts = new string[places.Count];
        for (var i = 0; i < places.Count; i++)
        {
            texts[i] = At(cells, places[i]);
            characters += texts[i].Length;
            if (texts[i].Length > limits.CellCharacters)
            {
                throw TableInput.Refused("table-cell-too-long", null, number, columns![i], limits.CellCharacters);
            }
        }

        if (cells.Count > places.Count)
        {
            RefuseStrayCells(number, cells);
        }

        if (characters > limits.Characters)
        {
            throw TableInput.Refused("table-too-much-text", null, limits.Characters / 1_000_000);
        }

        rows.Add(new TableRow(number, texts));
    }

    /// <summary>A text in a column without a head would be lost without a word; often a quote or a separator has gone astray.</summary>
    private void RefuseStrayCells(int number, IReadOnlyList<string> cells)
    {
        var next = 0;
        for (var i = 0; i < cells.Count; i++)
        {
            if (next < places.Count && places[next] == i)
            {
                next++;
            }
            else if (!string.IsNullOrWhiteSpace(cells[i]))
            {
                throw TableInput.Refused("table-cell-without-head", null, number, i + 1);
            }
        }
    }

    private static string At(IReadOnlyList<string> cells, int place) => place < cells.Count ? cells[place] : "";

    private Isms.Rules.RefusedException NoHeader() =>
        TableInput.Refused("table-header-missing", null, string.Join(", ", register.Fields.Take(5).Select(f => f.Name)), register.Title);
}
