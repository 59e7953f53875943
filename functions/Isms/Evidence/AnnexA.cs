using System.Globalization;

namespace Isms.Evidence;

/// <summary>The numbers that ISO/IEC 27001:2022 gives to its clauses and to the 93 controls of Annex A.</summary>
public static class AnnexA
{
    private static readonly Dictionary<string, int> ControlsPerTheme = new() { ["5"] = 37, ["6"] = 8, ["7"] = 14, ["8"] = 34 };

    /// <summary>A control's number without the annex's letter, such as <c>5.18</c> for <c>A.5.18</c>; null when there is no such control.</summary>
    public static string? ControlOf(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var plain = text.StartsWith("A.", StringComparison.OrdinalIgnoreCase) ? text[2..] : text;
        return plain.Split('.') is [var theme, var number]
            && ControlsPerTheme.TryGetValue(theme, out var count)
            && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var n)
            && n >= 1 && n <= count && number[0] != '0'
                ? plain
                : null;
    }

    /// <summary>Whether this is how a clause of 4–10 is written: <c>9.2</c>, <c>6.1.3</c>, or with its item as in <c>6.1.3 d</c>.</summary>
    public static bool IsClause(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var number = text.Length > 2 && text[^2] == ' ' && char.IsAsciiLetterLower(text[^1]) ? text[..^2] : text;
        var parts = number.Split('.');
        return parts.Length <= 3
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var clause) && clause is >= 4 and <= 10 && parts[0][0] != '0'
            && parts.Skip(1).All(p => p.Length == 1 && p[0] is >= '1' and <= '9');
    }
}
