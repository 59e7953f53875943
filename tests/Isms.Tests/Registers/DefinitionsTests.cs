using Isms.Registers;
using Isms.Year;

namespace Isms.Tests.Registers;

public sealed class DefinitionsTests
{
    [Fact]
    public void There_are_the_twelve_registers_of_the_management_system() => Assert.Equal(
        ["assets", "controls", "courses", "documents", "interested-parties", "meetings", "objectives", "requirements", "risks", "suggestions", "suppliers", "treatments"],
        RegisterCatalogue.All.Select(d => d.Name));

    [Fact]
    public void Every_record_type_is_one_that_the_plan_asks_for()
    {
        var records = PlanCatalogue.Standard.Duties.SelectMany(d => d.Records).Select(r => r.Key).ToHashSet();
        Assert.All(RegisterCatalogue.All, d => Assert.True(d.RecordType is null || records.Contains(d.RecordType), d.Name));
    }

    [Fact]
    public void Printed_columns_have_a_width_and_are_not_sensitive() => Assert.All(
        from definition in RegisterCatalogue.All
        from column in definition.Layout.Columns
        where column != "id"
        select (Where: $"{definition.Name}.{column}", Field: definition.Find(column)!),
        c => Assert.True(c.Field is { Width: not null, IsSensitive: false }, c.Where));

    [Fact]
    public void Document_numbers_differ() =>
        Assert.Equal(RegisterCatalogue.All.Count, RegisterCatalogue.All.Select(d => d.Layout.DocumentNumber).Distinct().Count());

    [Fact]
    public void The_contact_at_a_supplier_is_sensitive() => Assert.True(RegisterCatalogue.Find("suppliers")!.Find("contact")!.IsSensitive);

    [Fact]
    public void References_do_not_go_round_in_circles()
    {
        // A starter set and an import of several registers can be loaded in one order only if this holds.
        var loaded = new HashSet<string>();
        var waiting = RegisterCatalogue.All.ToList();
        while (waiting.FirstOrDefault(d => d.Fields.All(f => f.References is null || loaded.Contains(f.References))) is { } next)
        {
            loaded.Add(next.Name);
            waiting.Remove(next);
        }

        Assert.Empty(waiting.Select(d => d.Name));
    }
}
