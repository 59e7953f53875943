using DocumentFormat.OpenXml.Wordprocessing;

namespace IsmsFunctions.Documents.Office;

/// <summary>An A4 page, upright or on its side. Lengths are in twentieths of a point.</summary>
internal sealed class WordPage(bool isLandscape)
{
    private const int Short = 11906;
    private const int Long = 16838;
    private const int Sides = 850; // 15 mm
    private const int TopAndBottom = 1020; // 18 mm

    /// <summary>The width between the margins.</summary>
    public int TextWidth => (isLandscape ? Long : Short) - (2 * Sides);

    /// <summary>Whether a table of so many columns is set smaller.</summary>
    public bool IsDense(int columns) => columns > (isLandscape ? 10 : 7);

    /// <summary>The page with its header and footer.</summary>
    public SectionProperties Section() => new(
        new HeaderReference { Type = HeaderFooterValues.Default, Id = WordParts.HeaderId },
        new FooterReference { Type = HeaderFooterValues.Default, Id = WordParts.FooterId },
        isLandscape
            ? new PageSize { Width = Long, Height = Short, Orient = PageOrientationValues.Landscape }
            : new PageSize { Width = Short, Height = Long },
        new PageMargin { Top = TopAndBottom, Bottom = TopAndBottom, Left = Sides, Right = Sides, Header = 510, Footer = 510, Gutter = 0 });
}
