using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Wordprocessing;

namespace IsmsFunctions.Documents.Office;

/// <summary>Paragraphs of a Word document.</summary>
internal static class WordText
{
    /// <summary>A paragraph in a style of <see cref="WordStyles"/>; a line break of the text stays one.</summary>
    public static Paragraph Styled(string style, string text)
    {
        var paragraph = new Paragraph(new ParagraphProperties(new ParagraphStyleId { Val = style }));
        if (text.Length > 0)
        {
            paragraph.Append(RunOf(text));
        }

        return paragraph;
    }

    /// <summary>A paragraph whose lines may be links.</summary>
    public static Paragraph Linked(string style, string text, IReadOnlyDictionary<string, Uri> targets, WordLinks links)
    {
        var paragraph = Styled(style, "");
        var lines = text.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            if (i > 0)
            {
                paragraph.Append(new Run(new Break()));
            }

            var run = RunOf(lines[i]);
            if (targets.TryGetValue(lines[i], out var target))
            {
                run.RunProperties = new RunProperties(new RunStyle { Val = "Hyperlink" });
                paragraph.Append(new Hyperlink(run) { Id = links.IdOf(target), History = true });
            }
            else
            {
                paragraph.Append(run);
            }
        }

        return paragraph;
    }

    /// <summary>A field that Word fills in, such as <c>PAGE</c>.</summary>
    public static IEnumerable<Run> Field(string instruction) =>
    [
        new Run(new FieldChar { FieldCharType = FieldCharValues.Begin }),
        new Run(new FieldCode($" {instruction} ") { Space = SpaceProcessingModeValues.Preserve }),
        new Run(new FieldChar { FieldCharType = FieldCharValues.Separate }),
        new Run(new Text("1")),
        new Run(new FieldChar { FieldCharType = FieldCharValues.End }),
    ];

    private static Run RunOf(string text)
    {
        var run = new Run();
        var lines = OfficeText.Printable(text).Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            if (i > 0)
            {
                run.Append(new Break());
            }

            AppendLine(run, lines[i]);
        }

        return run;
    }

    private static void AppendLine(Run run, string line)
    {
        var parts = line.Split('\t');
        for (var i = 0; i < parts.Length; i++)
        {
            if (i > 0)
            {
                run.Append(new TabChar());
            }

            run.Append(new Text(parts[i]) { Space = SpaceProcessingModeValues.Preserve });
        }
    }
}

/// <summary>The addresses outside that a document leads to, each once.</summary>
internal sealed class WordLinks
{
    private readonly Dictionary<string, string> ids = [];

    /// <summary>The relationships that stand for them.</summary>
    public IReadOnlyList<OfficeLink> Relationships => [.. ids.Select(i => new OfficeLink(i.Value, "hyperlink", i.Key, IsExternal: true))];

    /// <summary>The id of an address.</summary>
    public string IdOf(Uri target)
    {
        if (!ids.TryGetValue(target.OriginalString, out var id))
        {
            ids.Add(target.OriginalString, id = $"link{ids.Count + 1}");
        }

        return id;
    }
}
