using Isms.Catalogues;

namespace Isms.Evidence;

/// <summary>How the numbers of ISO/IEC 27001:2022 are written: its clauses, and the 93 controls of Annex A.</summary>
public static class AnnexA
{
    /// <summary>A control's number without the annex's letter, such as <c>5.18</c> for <c>A.5.18</c>; null when there is no such control.</summary>
    public static string? ControlOf(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Standard.FindControl(text.StartsWith("A.", StringComparison.OrdinalIgnoreCase) ? text[2..] : text)?.Id;
    }

    /// <summary>Whether this is a clause of 4–10: a heading as in <c>9.2</c>, a clause as in <c>6.1.3</c>, or one with the letter of its item as in <c>6.1.3 d</c>.</summary>
    public static bool IsClause(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var isItem = text.Length > 2 && text[^2] == ' ' && char.IsAsciiLetterLower(text[^1]);
        return isItem ? Standard.FindClause(text[..^2]) is not null : Standard.FindInOutline(text) is not null;
    }
}
