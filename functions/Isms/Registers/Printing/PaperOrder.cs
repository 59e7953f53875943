using System.Globalization;
using Isms.Organizations;

namespace Isms.Registers.Printing;

/// <summary>Orders the entries of a printed register: by the fields its layout names, as people would, then by id.</summary>
internal sealed class PaperOrder(RegisterDefinition register, Organization organization) : IComparer<RegisterEntry>
{
    private readonly List<FieldDefinition> fields = [.. register.Layout.OrderBy.Select(register.Find).OfType<FieldDefinition>()];

    public int Compare(RegisterEntry? x, RegisterEntry? y)
    {
        foreach (var field in fields)
        {
            var order = Compare(field, x![field.Name], y![field.Name]);
            if (order != 0)
            {
                return order;
            }
        }

        return RegisterRules.CompareIds(x!.Id, y!.Id);
    }

    /// <summary>What has no value comes last.</summary>
    private int Compare(FieldDefinition field, string a, string b) => (a.Length, b.Length) switch
    {
        (0, 0) => 0,
        (0, _) => 1,
        (_, 0) => -1,
        _ => field.Type switch
        {
            FieldType.Integer or FieldType.Number => Number(a).CompareTo(Number(b)),
            FieldType.Choice => Place(field.Choices.Select(c => c.Value), a).CompareTo(Place(field.Choices.Select(c => c.Value), b)),
            FieldType.Department => Place(organization.Departments.Select(d => d.Id), a).CompareTo(Place(organization.Departments.Select(d => d.Id), b)),
            _ => RegisterRules.CompareIds(a, b),
        },
    };

    private static decimal Number(string value) => decimal.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : decimal.MaxValue;

    private static int Place(IEnumerable<string> all, string value) => all.TakeWhile(v => v != value).Count();
}
