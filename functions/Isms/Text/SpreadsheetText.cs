using System.Buffers;

namespace Isms.Text;

/// <summary>
/// Keeps what people typed from being evaluated when a file of text, such as CSV, is opened in a spreadsheet: an apostrophe goes before whatever could be
/// taken for a formula, and before a text that begins with an apostrophe itself, so that taking one away always gives the text back.
/// </summary>
public static class SpreadsheetText
{
    private const char Apostrophe = '\'';
    private static readonly SearchValues<char> Evaluated = SearchValues.Create("=+-@\t\r\n|%＝＋－＠");

    /// <summary>The text as it goes into the file.</summary>
    public static string Guard(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length > 0 && NeedsGuard(text[0]) ? Apostrophe + text : text;
    }

    /// <summary>The text of what stands in the file. An apostrophe that guards nothing was typed by somebody and stays.</summary>
    public static string Unguard(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length > 1 && text[0] == Apostrophe && NeedsGuard(text[1]) ? text[1..] : text;
    }

    private static bool NeedsGuard(char first) => first == Apostrophe || Evaluated.Contains(first);
}
