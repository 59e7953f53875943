using System.IO.Compression;
using System.Text;
using System.Xml.Linq;
using IsmsFunctions.Testing;

namespace IsmsFunctions.Tests;

/// <summary>Files that somebody has looked at and approved: <c>tests/IsmsFunctions.Tests/Approved</c>.</summary>
internal static class Approved
{
    /// <summary>The text must be the approved one; else it is written beside the tests' assembly, to be looked at and copied over.</summary>
    public static void Matches(string name, string text)
    {
        var approved = Path.Combine(Repository.Root, "tests", "IsmsFunctions.Tests", "Approved", name);
        var received = Path.Combine(AppContext.BaseDirectory, "received." + name);
        File.WriteAllText(received, text);
        Assert.True(File.Exists(approved) && File.ReadAllText(approved) == text, $"{received} is not {approved}. Compare them; if the new one is right, copy it over.");
    }

    /// <summary>The parts of an Office file in their order, each element on a line of its own.</summary>
    public static string PartsOf(byte[] file)
    {
        var text = new StringBuilder();
        using var zip = new ZipArchive(new MemoryStream(file));
        foreach (var entry in zip.Entries)
        {
            using var content = entry.Open();
            text.Append("== ").Append(entry.FullName).Append(' ').Append(entry.LastWriteTime.ToString("yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture)).Append('\n')
                .Append(XDocument.Load(content, LoadOptions.PreserveWhitespace).ToString(SaveOptions.DisableFormatting).Replace("><", ">\n<", StringComparison.Ordinal)).Append('\n');
        }

        return text.ToString();
    }
}
