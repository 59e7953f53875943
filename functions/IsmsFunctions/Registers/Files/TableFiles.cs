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

    /// <summary>Reads a file whole, up to the limit.</summary>
    internal static async Task<MemoryStream> TakeAsync(Stream source, TableLimits limits, CancellationToken cancellationToken)
    {
        var taken = new MemoryStream();
        var chunk = new byte[81_920];
        int read;
        while ((read = await source.ReadAsync(chunk, cancellationToken)) > 0)
        {
            if (taken.Length + read > limits.Bytes)
            {
                throw Refused("table-too-large", null, limits.Bytes / (1024 * 1024));
            }

            taken.Write(chunk, 0, read);
        }

        taken.Position = 0;
        return taken;
    }

    /// <summary>A refusal of the file.</summary>
    internal static RefusedException Refused(string code, string? value, params ReadOnlySpan<object?> arguments) =>
        new(Refusal.Of(RefusalKind.InvalidInput, code, "file", value, arguments));
}
