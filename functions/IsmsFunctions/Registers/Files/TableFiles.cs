using Isms.Rules;

namespace IsmsFunctions.Registers.Files;

/// <summary>The file formats there are.</summary>
public static class TableFiles
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<ITableFile> All { get; } = [new CsvTableFile(), new XlsxTableFile()];

    /// <summary>The format of this name.</summary>
    /// <exception cref="RefusedException">There is none.</exception>
    public static ITableFile Get(string? format) => All.FirstOrDefault(f => f.Format == format)
        ?? throw new RefusedException(Refusal.Of(RefusalKind.InvalidInput, "table-format-unknown", "format", format, format ?? "", string.Join(", ", All.Select(f => f.Format))));
}
