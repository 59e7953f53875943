using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Isms.Catalogues;

namespace Isms.Registers;

/// <summary>
/// The one canonical text of every value, by its field's type. People write dates, numbers and lists in several ways, on Japanese keyboards also with
/// full-width digits; the register, its history and its files know one.
/// </summary>
internal static partial class CanonicalValue
{
    public static string Of(FieldDefinition field, string raw, out FieldError? error)
    {
        error = null;
        if (!TryNormalize(raw, out var text))
        {
            error = FieldError.Of("value-not-text", field.Name, "", field.Title);
            return "";
        }

        return text.Length == 0 ? ""
            : field.IsList ? List(field, text, ref error)
            : Single(field, text, ref error);
    }

    private static string Single(FieldDefinition field, string text, ref FieldError? error) => field.Type switch
    {
        FieldType.Text or FieldType.LongText => Text(field, text, ref error),
        FieldType.Integer or FieldType.Number => Number(field, text, ref error),
        FieldType.Date => Date(field, text, ref error),
        FieldType.Boolean => Boolean(field, text, ref error),
        FieldType.Choice => Choice(field, text, ref error),
        FieldType.Control => Id(field, ControlPrefix().Replace(Narrow(text), ""), ref error),
        _ => Id(field, Narrow(text), ref error),
    };

    private static string List(FieldDefinition field, string text, ref FieldError? error)
    {
        var items = new List<string>();
        foreach (var part in text.Split([';', '；', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            items.Add(Single(field, part, ref error));
            if (error is not null)
            {
                return "";
            }
        }

        return string.Join(RegisterRules.ListSeparator, items.Distinct(StringComparer.Ordinal).Order(ItemOrder.Of(field)));
    }

    private static string Text(FieldDefinition field, string text, ref FieldError? error)
    {
        if (text.Any(c => char.IsControl(c) && c is not ('\n' or '\t')))
        {
            error = FieldError.Of("value-has-control-characters", field.Name, "", field.Title);
        }

        var most = field.MaxLength ?? RegisterRules.MostCharacters(field.Type);
        if (text.Length > most)
        {
            error = FieldError.Of("value-too-long", field.Name, text[..Math.Min(40, text.Length)] + "…", field.Title, most, text.Length);
        }

        return error is null ? text : "";
    }

    private static string Number(FieldDefinition field, string text, ref FieldError? error)
    {
        var plain = Narrow(text).Replace('\u2212', '-');
        if (GroupedNumber().IsMatch(plain))
        {
            plain = plain.Replace(",", "", StringComparison.Ordinal);
        }

        const NumberStyles Styles = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        var isNumber = plain.Count(char.IsAsciiDigit) <= 28 & decimal.TryParse(plain, Styles, CultureInfo.InvariantCulture, out var number);
        if (!isNumber || (field.Type == FieldType.Integer && number != decimal.Truncate(number)))
        {
            error = FieldError.Of(field.Type == FieldType.Integer ? "value-not-integer" : "value-not-number", field.Name, text, field.Title);
            return "";
        }

        if (number < field.Min || number > field.Max)
        {
            error = FieldError.Of("value-out-of-range", field.Name, text, field.Title, Write(field.Min), Write(field.Max));
            return "";
        }

        return Write(number);
    }

    private static string Write(decimal? number) => number is { } n ? n.ToString("0.############################", CultureInfo.InvariantCulture) is "-0" ? "0" : n.ToString("0.############################", CultureInfo.InvariantCulture) : "–";

    private static string Date(FieldDefinition field, string text, ref FieldError? error)
    {
        string[] forms = ["yyyy-M-d", "yyyy/M/d", "yyyy.M.d", "yyyy年M月d日"];
        if (DateOnly.TryParseExact(Narrow(text), forms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) && date.Year >= 1900)
        {
            return date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        }

        error = FieldError.Of("value-not-date", field.Name, text, field.Title);
        return "";
    }

    private static string Boolean(FieldDefinition field, string text, ref FieldError? error)
    {
        switch (Narrow(text).ToUpperInvariant())
        {
            case "TRUE" or "YES" or "1" or "はい" or "○":
                return "true";
            case "FALSE" or "NO" or "0" or "いいえ" or "×":
                return "false";
            default:
                error = FieldError.Of("value-not-boolean", field.Name, text, field.Title);
                return "";
        }
    }

    private static string Choice(FieldDefinition field, string text, ref FieldError? error)
    {
        var choice = field.Choices.FirstOrDefault(c => c.Value == text)
            ?? field.Choices.FirstOrDefault(c => Same(c.Value, text) || Same(c.Title.Ja, text) || Same(c.Title.En, text));
        if (choice is null)
        {
            error = FieldError.Of("value-not-a-choice", field.Name, text, field.Title, string.Join(", ", field.Choices.Select(c => c.Value)));
        }

        return choice?.Value ?? "";
    }

    private static string Id(FieldDefinition field, string text, ref FieldError? error)
    {
        if (text.Length <= 200 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_'))
        {
            return text;
        }

        error = FieldError.Of("value-not-an-id", field.Name, text[..Math.Min(200, text.Length)], field.Title);
        return "";
    }

    private static bool Same(string a, string b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);

    /// <summary>Full-width digits, letters and signs as their narrow ones.</summary>
    private static string Narrow(string text) => text.Normalize(NormalizationForm.FormKC).Trim();

    private static bool TryNormalize(string raw, out string text)
    {
        text = LineEnds().Replace(raw, "\n");
        try
        {
            text = text.Normalize(NormalizationForm.FormC).Trim();
            return true;
        }
        catch (ArgumentException)
        {
            // Half of a surrogate pair: no text, and no storage keeps it.
            return false;
        }
    }

    [GeneratedRegex("\r\n|[\r\u000b\u000c\u0085\u2028\u2029]")]
    private static partial Regex LineEnds();

    [GeneratedRegex(@"^[+-]?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?$")]
    private static partial Regex GroupedNumber();

    [GeneratedRegex(@"^[Aa]\.")]
    private static partial Regex ControlPrefix();

    /// <summary>The order of a list's items: as the standard, as the choices, or as the ids were handed out.</summary>
    private sealed class ItemOrder(Func<string, int> rank) : IComparer<string>
    {
        public static ItemOrder Of(FieldDefinition field) => new(field.Type switch
        {
            FieldType.Control => id => Standard.OrderOf(null, id),
            FieldType.Clause => id => Standard.OrderOf(id, null),
            FieldType.Choice => value => IndexOf(field.Choices, value),
            _ => id => 0,
        });

        public int Compare(string? x, string? y)
        {
            var byRank = rank(x!).CompareTo(rank(y!));
            return byRank != 0 ? byRank : RegisterRules.CompareIds(x!, y!);
        }

        private static int IndexOf(IReadOnlyList<FieldChoice> choices, string value) =>
            choices.Select((c, i) => (c.Value, Index: i)).First(c => c.Value == value).Index;
    }
}
