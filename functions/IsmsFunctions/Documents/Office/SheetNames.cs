using System.Globalization;

namespace IsmsFunctions.Documents.Office;

/// <summary>Names of sheets and cells as workbooks demand them.</summary>
internal static class SheetNames
{
    private const int Longest = 31;

    /// <summary>A name for a sheet that none of <paramref name="taken"/> has: at most 31 characters, none of those that references are made of.</summary>
    public static string Unused(string title, IReadOnlyCollection<string> taken)
    {
        var name = string.Concat(OfficeText.Printable(title).Select(c => "[]:*?/\\\n\t'".Contains(c, StringComparison.Ordinal) ? ' ' : c)).Trim();
        name = name.Length == 0 ? "Sheet" : Cut(name, Longest);
        for (var n = 2; taken.Contains(name, StringComparer.OrdinalIgnoreCase); n++)
        {
            var suffix = string.Create(CultureInfo.InvariantCulture, $" ({n})");
            name = Cut(name, Longest - suffix.Length) + suffix;
        }

        return name;
    }

    /// <summary>The name of a column, from 0: A, B … Z, AA …</summary>
    public static string ColumnOf(int index)
    {
        var name = "";
        for (var n = index + 1; n > 0; n = (n - 1) / 26)
        {
            name = (char)('A' + ((n - 1) % 26)) + name;
        }

        return name;
    }

    /// <summary>A sheet's name in a reference.</summary>
    public static string Quoted(string sheet) => $"'{sheet}'";

    private static string Cut(string text, int length) =>
        text.Length <= length ? text : text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)].TrimEnd();
}
