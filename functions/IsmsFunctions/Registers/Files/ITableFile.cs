using System.Globalization;
using Isms.Registers;
using Isms.Rules;
using IsmsFunctions.Documents.Office.Reading;

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
