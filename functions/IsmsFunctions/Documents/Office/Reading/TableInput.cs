using Isms.Rules;

namespace IsmsFunctions.Documents.Office.Reading;

/// <summary>Files that people send.</summary>
internal static class TableInput
{
    /// <summary>Reads a file whole, up to the limit.</summary>
    public static async Task<MemoryStream> TakeAsync(Stream source, TableLimits limits, CancellationToken cancellationToken)
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
    public static RefusedException Refused(string code, string? value, params ReadOnlySpan<object?> arguments) =>
        new(Refusal.Of(RefusalKind.InvalidInput, code, "file", value, arguments));
}
