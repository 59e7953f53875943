using System.Globalization;
using Isms.Registers;
using Isms.Text;
using IsmsFunctions.Documents.Office;

namespace IsmsFunctions.Registers.Files;

/// <summary>The sheet that explains a register's workbook: how it is edited, and what goes into each column.</summary>
internal static class AboutSheet
{
    private static readonly string[] Advice = ["edit", "add", "remove", "formulas", "import"];
    private static readonly string[] Heads = ["field", "title", "type", "required", "help"];

    public static Sheet Of(string name, RegisterDefinition register, CultureInfo culture) => new()
    {
        Name = name,
        Widths = [22, 26, 20, 8, 80],
        Rows = [.. Rows(register, culture)],
        Print = new SheetPrint { IsLandscape = true, Foot = register.Title.In(culture) },
    };

    private static IEnumerable<SheetRow> Rows(RegisterDefinition register, CultureInfo culture)
    {
        string Text(string key, params ReadOnlySpan<object?> arguments) => Texts.Get("register-file." + key, arguments).In(culture);
        yield return new SheetRow([new SheetCell(register.Title.In(culture), CellStyle.Title)]);
        foreach (var key in Advice)
        {
            yield return new SheetRow([new SheetCell("• " + Text(key), CellStyle.Plain)]);
        }

        yield return new SheetRow([]);
        yield return new SheetRow([.. Heads.Select(h => new SheetCell(Text("head." + h), CellStyle.Head))]);
        yield return Row(RegisterTables.IdColumn, Text("id"), Text("type.id"), "", Text("id-help"));
        foreach (var field in register.Fields)
        {
            var type = Text("type." + char.ToLowerInvariant(field.Type.ToString()[0]) + field.Type.ToString()[1..]);
            yield return Row(
                field.Name, field.Title.In(culture), field.IsList ? Text("list", type) : type, field.IsRequired ? Text("yes") : "",
                string.Join('\n', Notes(field, culture).Where(n => n.Length > 0)));
        }
    }

    private static IEnumerable<string> Notes(FieldDefinition field, CultureInfo culture)
    {
        yield return field.Help?.In(culture) ?? "";
        if (field.Choices.Count > 0)
        {
            var shown = new CellText(field, culture);
            yield return Texts.Get("register-file.choices", Texts.Join(field.Choices.Select(c => LocalizedText.Same(shown.Shown(c.Value))))).In(culture);
        }

        if (field.References is { } register && RegisterCatalogue.Find(register) is { } target)
        {
            yield return Texts.Get("register-file.references", target.Title).In(culture);
        }

        yield return (field.Min, field.Max) switch
        {
            ({ } min, { } max) => Texts.Get("register-file.range", min, max).In(culture),
            ({ } min, null) => Texts.Get("register-file.least", min).In(culture),
            (null, { } max) => Texts.Get("register-file.most", max).In(culture),
            _ => "",
        };
        yield return field.IsComputed ? Texts.Get("register-file.computed").In(culture) : "";
        yield return field.IsSensitive ? Texts.Get("register-file.sensitive").In(culture) : "";
    }

    private static SheetRow Row(params ReadOnlySpan<string> texts)
    {
        var cells = new List<SheetCell>();
        foreach (var text in texts)
        {
            cells.Add(new SheetCell(text));
        }

        return new SheetRow(cells);
    }
}
