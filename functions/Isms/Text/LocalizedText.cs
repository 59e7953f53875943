using System.Globalization;

namespace Isms.Text;

/// <summary>A text that people read, in the two languages of the product.</summary>
/// <param name="Ja">Japanese.</param>
/// <param name="En">English.</param>
public sealed record LocalizedText(string Ja, string En)
{
    /// <summary>The text in the language of <paramref name="culture"/>: English for English cultures, Japanese for all others.</summary>
    public string In(CultureInfo culture)
    {
        ArgumentNullException.ThrowIfNull(culture);
        return culture.TwoLetterISOLanguageName == "en" ? En : Ja;
    }

    /// <summary>A text that is the same in both languages, such as a number or a product name.</summary>
    public static LocalizedText Same(string text) => new(text, text);
}
