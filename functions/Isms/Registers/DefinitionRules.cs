using Isms.Catalogues;

namespace Isms.Registers;

/// <summary>What must hold of the definitions of registers before the app can run on them.</summary>
public static class DefinitionRules
{
    /// <summary>The most fields of a register, an organisation's own ones included.</summary>
    public const int MostFields = 60;

    /// <summary>Names that say something else than a field.</summary>
    public static IReadOnlyList<string> ReservedNames { get; } =
        ["id", "revision", "isDeleted", "isSample", "changedAt", "changedBy", "createdAt", "createdBy", "asOf", "deleted", "top", "continuationToken"];

    /// <summary>The first rule that a set of definitions breaks, in words; null when there is none.</summary>
    public static string? FirstBrokenRule(IReadOnlyCollection<RegisterDefinition> definitions)
    {
        ArgumentNullException.ThrowIfNull(definitions);
        var names = definitions.Select(d => d.Name).ToHashSet(StringComparer.Ordinal);
        return Twice(definitions.Select(d => d.Name), "register name")
            ?? Twice(definitions.Select(d => d.IdPrefix), "id prefix")
            ?? definitions.Select(d => Broken(d, names) is { } why ? $"Register '{d.Name}': {why}" : null).FirstOrDefault(why => why is not null);
    }

    /// <summary>The first rule that an organisation's own fields of a register break, in words; null when there is none.</summary>
    public static string? FirstBrokenRule(RegisterDefinition definition, IReadOnlyList<FieldDefinition> own, IReadOnlySet<string> registers)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(own);
        return own.FirstOrDefault(f => !f.Name.StartsWith("x-", StringComparison.Ordinal)) is { } misnamed
                ? $"field '{misnamed.Name}': an organisation's own fields begin with 'x-'."
            : own.FirstOrDefault(f => f.IsComputed) is { } computed
                ? $"field '{computed.Name}': only rules of the app compute fields."
            : Broken(RegisterCatalogue.WithOwnFields(definition, own), registers);
    }

    private static string? Broken(RegisterDefinition d, IReadOnlySet<string> registers) =>
        !IsPlain(d.Name) ? "its name is made of lower-case letters and hyphens."
        : d.IdPrefix.Length is < 1 or > 4 || !d.IdPrefix.All(char.IsAsciiLetterUpper) ? "its id prefix is one to four capitals."
        : d.Fields.Count is < 1 or > MostFields ? $"it has one to {MostFields} fields."
        : Twice(d.Fields.Select(f => f.Name), "field name")
            ?? d.Fields.Select(f => Broken(f, registers) is { } why ? $"field '{f.Name}': {why}" : null).FirstOrDefault(why => why is not null)
            ?? BrokenLayout(d)
            ?? BrokenRequirements(d);

    private static string? Broken(FieldDefinition f, IReadOnlySet<string> registers)
    {
        var isId = f.Type is FieldType.Choice or FieldType.Person or FieldType.Department or FieldType.Site or FieldType.Control
            or FieldType.Clause or FieldType.Evidence or FieldType.Reference;
        return !IsFieldName(f.Name) ? "its name is a lower-case letter followed by letters and digits."
            : ReservedNames.Contains(f.Name) ? "this name means something else."
            : f.Title.Ja.Length == 0 || f.Title.En.Length == 0 ? "its title is missing in a language."
            : f.IsList && !isId ? "only fields of ids and choices can be lists."
            : f.IsList && f.IsUnique ? "a list cannot be unique."
            : f.IsComputed && f.IsRequired ? "a computed field cannot be required."
            : f.MaxLength is not null && f.Type is not (FieldType.Text or FieldType.LongText) ? "only texts have a greatest length."
            : f.MaxLength is < 1 || f.MaxLength > RegisterRules.MostCharacters(f.Type) ? $"its greatest length is 1 to {RegisterRules.MostCharacters(f.Type)}."
            : (f.Min is not null || f.Max is not null) && f.Type is not (FieldType.Integer or FieldType.Number) ? "only numbers have a least and a greatest."
            : f.Min > f.Max ? "its least exceeds its greatest."
            : (f.Type == FieldType.Choice) != (f.Choices.Count > 0) ? "choices belong to choice fields, and those need them."
            : f.Choices.FirstOrDefault(c => !IsChoiceValue(c.Value)) is { } bad ? $"choice '{bad.Value}' is not made of letters, digits, dots and hyphens."
            : Twice(f.Choices.Select(c => c.Value), "choice")
                ?? ((f.Type == FieldType.Reference) != (f.References is not null) ? "references belong to reference fields, and those need them."
                : f.References is { } register && !registers.Contains(register) ? $"there is no register '{register}' to refer to."
                : f.Width is < 5 or > 400 ? "its printed width is 5 to 400 mm."
                : null);
    }

    private static string? BrokenLayout(RegisterDefinition d) =>
        d.Find(d.TitleField) is not { Type: FieldType.Text or FieldType.LongText } ? $"its title field '{d.TitleField}' is not one of its texts."
        : d.DepartmentField is { } department && d.Find(department) is not { Type: FieldType.Department, IsList: false } ? $"its department field '{department}' is not one of a single department."
        : d.Layout.Columns.Concat(d.Layout.OrderBy).FirstOrDefault(c => c != "id" && d.Find(c) is null) is { } unknown ? $"its layout names '{unknown}', which is no field."
        : d.Layout.Columns.Count == 0 ? "its layout has no columns."
        : Twice(d.Layout.Columns, "column");

    private static string? BrokenRequirements(RegisterDefinition d) =>
        d.Clauses.FirstOrDefault(c => Standard.ClausesUnder(c).Count == 0) is { } clause ? $"there is no clause '{clause}'."
        : d.Controls.FirstOrDefault(c => Standard.FindControl(c) is null) is { } control ? $"there is no control '{control}'."
        : null;

    private static string? Twice(IEnumerable<string> names, string what) =>
        names.GroupBy(n => n, StringComparer.OrdinalIgnoreCase).FirstOrDefault(g => g.Count() > 1) is { } twice ? $"the {what} '{twice.Key}' is there twice." : null;

    private static bool IsPlain(string name) => name.Length is > 0 and <= 40 && name.All(c => char.IsAsciiLetterLower(c) || c == '-') && name[0] != '-';

    private static bool IsFieldName(string name)
    {
        var rest = name.StartsWith("x-", StringComparison.Ordinal) ? name[2..] : name;
        return name.Length <= 40 && rest.Length > 0 && char.IsAsciiLetterLower(rest[0]) && rest.All(char.IsAsciiLetterOrDigit);
    }

    private static bool IsChoiceValue(string value) => value.Length is > 0 and <= 60 && value.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.');
}
