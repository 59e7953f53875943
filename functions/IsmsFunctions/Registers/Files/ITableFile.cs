using System.Globalization;
using Isms.Registers;
using Isms.Rules;

namespace IsmsFunctions.Registers.Files;

/// <summary>A file format that registers are exported to and imported from. What it writes, it reads back to the same texts.</summary>
public interface ITableFile
{
    /// <summary>Its name in requests, such as <c>xlsx</c>; also the file's extension.</summary>
    string Format { get; }

    /// <summary>Its media type.</summary>
    string MediaType { get; }

    /// <summary>Writes a register as it comes; the target is only written to asynchronously.</summary>
    /// <param name="table">The rows.</param>
    /// <param name="register">Whose rows they are.</param>
    /// <param name="culture">The language of heads and choices.</param>
    /// <param name="target">Where to.</param>
    /// <param name="cancellationToken">Cancels the writing.</param>
    /// <exception cref="RefusedException">A value is longer than a cell can be.</exception>
    Task WriteAsync(TableText table, RegisterDefinition register, CultureInfo culture, Stream target, CancellationToken cancellationToken);

    /// <summary>Reads a file that people may have made or changed.</summary>
    /// <param name="source">The file.</param>
    /// <param name="register">Which register it is meant for: its fields are found by name or title.</param>
    /// <param name="limits">What is too much.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <returns>The cells as texts, not yet checked by the rules of the fields.</returns>
    /// <exception cref="RefusedException">It is no such file, too large, or holds what cannot be read as a table.</exception>
    Task<TableText> ReadAsync(Stream source, RegisterDefinition register, TableLimits limits, CancellationToken cancellationToken);
}

/// <summary>What a file may hold at most.</summary>
public sealed record TableLimits
{
    /// <summary>The limits of the product.</summary>
    public static TableLimits Default { get; } = new();

    /// <summary>Bytes of the file.</summary>
    public int Bytes { get; init; } = 50 * 1024 * 1024;

    /// <summary>Rows below the header.</summary>
    public int Rows { get; init; } = 100_000;

    /// <summary>Columns.</summary>
    public int Columns { get; init; } = 200;

    /// <summary>Characters of a cell; a spreadsheet holds no more.</summary>
    public int CellCharacters { get; init; } = 32_767;

    /// <summary>Characters of all cells: a small file can unpack to a very large one.</summary>
    public long Characters { get; init; } = 100_000_000;

    /// <summary>Bytes of a workbook's parts, unpacked.</summary>
    public long UnpackedBytes { get; init; } = 512L * 1024 * 1024;
}
