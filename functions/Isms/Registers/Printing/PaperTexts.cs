using Isms.Catalogues;
using Isms.Organizations;
using Isms.Text;

namespace Isms.Registers.Printing;

/// <summary>How values stand on paper: people and departments by their names, choices by their titles, references with what they are called.</summary>
/// <param name="organization">Names its people, departments and sites.</param>
/// <param name="find">Finds an entry of a register; null where there is none.</param>
public sealed class PaperTexts(Organization organization, Func<string, string, RegisterEntry?> find)
{
    private static readonly LocalizedText Nothing = LocalizedText.Same("");

    /// <summary>A value, one item a line.</summary>
    public LocalizedText Of(FieldDefinition field, string value)
    {
        ArgumentNullException.ThrowIfNull(field);
        ArgumentNullException.ThrowIfNull(value);
        if (value.Length == 0)
        {
            return Nothing;
        }

        if (field.Type is FieldType.Control or FieldType.Clause)
        {
            return LocalizedText.Same(value.Replace(RegisterRules.ListSeparator, ", ", StringComparison.Ordinal));
        }

        return field.IsList ? Lines(RegisterRules.Items(value).Select(item => Item(field, item))) : Item(field, value);
    }

    /// <summary>Several texts, one a line.</summary>
    public static LocalizedText Lines(IEnumerable<LocalizedText> texts)
    {
        var lines = texts.Where(t => t.Ja.Length > 0).ToList();
        return lines.Count == 1 ? lines[0] : new LocalizedText(string.Join('\n', lines.Select(t => t.Ja)), string.Join('\n', lines.Select(t => t.En)));
    }

    private LocalizedText Item(FieldDefinition field, string item) => field.Type switch
    {
        FieldType.Boolean => Texts.Get(item == "true" ? "register-paper.yes" : "register-paper.no"),
        FieldType.Choice => field.Choices.FirstOrDefault(c => c.Value == item)?.Title ?? LocalizedText.Same(item),
        FieldType.Person => organization.FindPerson(item)?.Name ?? LocalizedText.Same(item),
        FieldType.Department => organization.FindDepartment(item)?.Name ?? LocalizedText.Same(item),
        FieldType.Site => organization.Sites.FirstOrDefault(s => s.Id == item)?.Name ?? LocalizedText.Same(item),
        FieldType.Reference => Reference(field.References!, item),
        _ => LocalizedText.Same(item),
    };

    private LocalizedText Reference(string register, string id)
    {
        var title = RegisterCatalogue.Find(register)?.TitleField is { } field && find(register, id) is { } entry ? entry[field] : "";
        return LocalizedText.Same(title.Length == 0 ? id : $"{id} {title}");
    }

    /// <summary>The name of a control, from the catalogue.</summary>
    internal static LocalizedText ControlName(string id) => Standard.FindControl(id)?.Title ?? LocalizedText.Same(id);
}
