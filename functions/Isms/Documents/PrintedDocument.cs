using Isms.Text;

namespace Isms.Documents;

/// <summary>
/// What a printed record says, once for both languages: the renderers (HTML, DOCX, XLSX) take each text in the language of the copy they make, so that the
/// Japanese and the English copy never differ in content. Clause 7.5.2 asks for identification, format, and approval: hence number, version and approvals.
/// </summary>
public sealed record PrintedDocument
{
    /// <summary>What the document is, such as 内部監査計画書.</summary>
    public required LocalizedText Title { get; init; }

    /// <summary>The organisation whose document it is.</summary>
    public required LocalizedText Organization { get; init; }

    /// <summary>The document number, such as <c>audit-FY2026-01-plan</c>.</summary>
    public required string Number { get; init; }

    /// <summary>The version, such as <c>1</c>.</summary>
    public required string Version { get; init; }

    /// <summary>The day it was written, in the organisation's time zone.</summary>
    public required DateOnly Date { get; init; }

    /// <summary>Whether the pages lie on their long side, as wide tables need.</summary>
    public bool IsLandscape { get; init; }

    /// <summary>Whether tables that people filter and work on are what it is about: its office file is a workbook then, and a Word document otherwise.</summary>
    public bool IsTabular { get; init; }

    /// <summary>Who prepared, checked and approved it, in that order; an open one is an empty box to sign.</summary>
    public IReadOnlyList<Approval> Approvals { get; init; } = [];

    /// <summary>The content, from top to bottom.</summary>
    public required IReadOnlyList<Block> Blocks { get; init; }
}

/// <summary>One box of the approval block.</summary>
/// <param name="Act">What the person did, such as 承認.</param>
/// <param name="Name">Who; null while nobody has.</param>
/// <param name="On">When; null while nobody has.</param>
public sealed record Approval(LocalizedText Act, LocalizedText? Name, DateOnly? On);

/// <summary>A part of a document.</summary>
public abstract record Block;

/// <summary>A heading of a section.</summary>
/// <param name="Text">The heading.</param>
/// <param name="Level">1 for a section, 2 for a part of one.</param>
public sealed record Heading(LocalizedText Text, int Level = 1) : Block;

/// <summary>A paragraph of plain text.</summary>
/// <param name="Text">The text.</param>
public sealed record Paragraph(LocalizedText Text) : Block;

/// <summary>A list of points.</summary>
/// <param name="Items">The points.</param>
public sealed record Bullets(IReadOnlyList<LocalizedText> Items) : Block;

/// <summary>Names and values, one pair a line.</summary>
/// <param name="Items">The pairs.</param>
public sealed record Facts(IReadOnlyList<Fact> Items) : Block;

/// <summary>A name and its value.</summary>
/// <param name="Name">The name.</param>
/// <param name="Value">The value.</param>
public sealed record Fact(LocalizedText Name, LocalizedText Value);

/// <summary>A table.</summary>
/// <param name="Columns">The heads of its columns.</param>
/// <param name="Rows">Its rows, each with as many cells as there are columns.</param>
public sealed record Table(IReadOnlyList<Column> Columns, IReadOnlyList<IReadOnlyList<LocalizedText>> Rows) : Block
{
    /// <summary>Where lines of cells lead to: a line that is one of these texts, such as an evidence id, becomes a link.</summary>
    public IReadOnlyDictionary<string, Uri> Links { get; init; } = new Dictionary<string, Uri>();
}

/// <summary>A column of a table.</summary>
/// <param name="Name">Its head.</param>
/// <param name="Width">Its share of the width in per cent; 0 leaves it to the content.</param>
public sealed record Column(LocalizedText Name, int Width = 0);
