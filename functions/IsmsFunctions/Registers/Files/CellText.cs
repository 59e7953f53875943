using System.Globalization;
using Isms.Registers;

namespace IsmsFunctions.Registers.Files;

/// <summary>How a field's values stand in a file: choices by their titles, where those are read back as the same choice.</summary>
internal sealed class CellText(FieldDefinition? field, CultureInfo culture)
{
    /// <summary>A spreadsheet counts with about 15 digits; what is longer is kept as text, to the last digit.</summary>
    private const int MostDigits = 15;

    private readonly Dictionary<string, string> shown = new(StringComparer.Ordinal);

    /// <summary>The value as people read it.</summary>
    public string Shown(string value)
    {
        if (field is not { Type: FieldType.Choice } || value.Length == 0)
        {
            return value;
        }

        if (!shown.TryGetValue(value, out var text))
        {
            text = string.Join(RegisterRules.ListSeparator, RegisterRules.Items(value).Select(TitleOf));
            shown.Add(value, text = RegisterRules.Canonical(field, text, out _) == value ? text : value);
        }

        return text;
    }

    /// <summary>Whether a value of this field is a number, not a text of digits.</summary>
    public bool IsNumber(string value) => field is { Type: FieldType.Integer or FieldType.Number }
        && decimal.TryParse(value, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
        && number.ToString(CultureInfo.InvariantCulture) == value;

    /// <summary>Whether it is a number that a spreadsheet keeps exactly.</summary>
    public bool IsExactNumber(string value) => IsNumber(value) && value.Count(char.IsAsciiDigit) <= MostDigits;

    private string TitleOf(string value) => field!.Choices.FirstOrDefault(c => c.Value == value)?.Title.In(culture) ?? value;
}
