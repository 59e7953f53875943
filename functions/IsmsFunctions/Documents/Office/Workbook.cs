using System.Globalization;
using Isms.Documents;

namespace IsmsFunctions.Documents.Office;

/// <summary>What a workbook (XLSX) holds. Its rows are asked for while it is written, so that a long sheet need not exist in memory.</summary>
/// <param name="Sheets">Its sheets; the first is the one that opens.</param>
/// <param name="Properties">What a file browser shows of it.</param>
internal sealed record Workbook(IReadOnlyList<Sheet> Sheets, OfficeProperties Properties);

/// <summary>A sheet.</summary>
internal sealed record Sheet
{
    /// <summary>Its name, as <see cref="SheetNames"/> makes them.</summary>
    public required string Name { get; init; }

    /// <summary>Its columns' widths, in characters.</summary>
    public required IReadOnlyList<double> Widths { get; init; }

    /// <summary>The columns that people do not see, from 0.</summary>
    public IReadOnlySet<int> HiddenColumns { get; init; } = new HashSet<int>();

    /// <summary>How cells look that are filled in later, by column; null leaves them plain.</summary>
    public IReadOnlyList<CellStyle>? ColumnStyles { get; init; }

    /// <summary>Its rows, from the first.</summary>
    public required IEnumerable<SheetRow> Rows { get; init; }

    /// <summary>Whether people do not see it.</summary>
    public bool IsHidden { get; init; }

    /// <summary>How many rows stay in place when the rest is scrolled.</summary>
    public int FrozenRows { get; init; }

    /// <summary>How many columns do.</summary>
    public int FrozenColumns { get; init; }

    /// <summary>The cells that have filter buttons, such as <c>A2:F90</c>.</summary>
    public string? Filter { get; init; }

    /// <summary>The cells in which only a value of a list may be chosen.</summary>
    public IReadOnlyList<SheetChoice> Choices { get; init; } = [];

    /// <summary>Where cells lead to.</summary>
    public IReadOnlyList<SheetLink> Links { get; init; } = [];

    /// <summary>The chart of its numbers; null for none.</summary>
    public SheetChart? Chart { get; init; }

    /// <summary>How it is printed.</summary>
    public SheetPrint Print { get; init; } = new();
}

/// <summary>A row.</summary>
/// <param name="Cells">Its cells, from the first column.</param>
/// <param name="IsHidden">Whether people do not see it.</param>
internal sealed record SheetRow(IReadOnlyList<SheetCell> Cells, bool IsHidden = false);

/// <summary>A cell. What is not a number or a boolean is text, and never a formula.</summary>
/// <param name="Text">Its text; for numbers in the invariant form, for booleans <c>1</c> or <c>0</c>.</param>
/// <param name="Style">How it looks.</param>
/// <param name="Kind">What it holds.</param>
internal readonly record struct SheetCell(string Text, CellStyle Style = CellStyle.Text, CellKind Kind = CellKind.Text);

/// <summary>What a cell holds.</summary>
internal enum CellKind
{
    Text,
    Number,
    Boolean,
}

/// <summary>Cells in which one of a list is chosen.</summary>
/// <param name="Cells">The cells, such as <c>C3:C1048576</c>.</param>
/// <param name="Source">The list: cells of a sheet, such as <c>'choices'!$A$1:$A$4</c>.</param>
/// <param name="IsRequired">Whether it may not be left empty.</param>
internal sealed record SheetChoice(string Cells, string Source, bool IsRequired);

/// <summary>A cell that leads to an address.</summary>
internal sealed record SheetLink(string Cell, Uri Target);

/// <summary>A chart on a sheet whose first cells hold its numbers.</summary>
/// <param name="Chart">The chart.</param>
/// <param name="Row">The row above which it begins, from 0.</param>
/// <param name="Culture">Its language.</param>
internal sealed record SheetChart(Chart Chart, int Row, CultureInfo Culture);

/// <summary>How a sheet is printed: as wide as the page.</summary>
internal sealed record SheetPrint
{
    /// <summary>Whether it takes A3 instead of A4, as tables of many columns of text do.</summary>
    public bool IsA3 { get; init; }

    /// <summary>Whether the pages lie on their long side.</summary>
    public bool IsLandscape { get; init; }

    /// <summary>The rows that every page begins with, such as <c>$1:$1</c>.</summary>
    public string? RepeatedRows { get; init; }

    /// <summary>What stands at the left of every page's foot; the page numbers stand at its right.</summary>
    public string Foot { get; init; } = "";
}
