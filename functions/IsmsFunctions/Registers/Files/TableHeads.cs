using System.Globalization;
using System.Text;
using Isms.Registers;
using Isms.Text;

namespace IsmsFunctions.Registers.Files;

/// <summary>The heads of a register's columns: people read titles, in their language; a file may also name the fields.</summary>
internal sealed class TableHeads
{
    private const string Required = " *";
    private static readonly LocalizedText IdTitle = Texts.Get("register-file.id");
    private readonly Dictionary<string, string> columns = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> ambiguous = new(StringComparer.OrdinalIgnoreCase);

    public TableHeads(RegisterDefinition register)
    {
        // Names come first: a title that is another field's name means that field.
        columns.Add(RegisterTables.IdColumn, RegisterTables.IdColumn);
        foreach (var field in register.Fields)
        {
            columns.TryAdd(Plain(field.Name), field.Name);
        }

        var names = columns.Keys.ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var (title, name) in register.Fields.SelectMany(f => new[] { (f.Title.Ja, f.Name), (f.Title.En, f.Name) })
            .Prepend((IdTitle.En, RegisterTables.IdColumn)).Prepend((IdTitle.Ja, RegisterTables.IdColumn)))
        {
            var plain = Plain(title);
            if (!names.Contains(plain) && !columns.TryAdd(plain, name) && columns[plain] != name)
            {
                ambiguous.Add(plain);
            }
        }
    }

    /// <summary>The column that a head means; null when it means none, or more than one.</summary>
    public string? ColumnOf(string head)
    {
        var plain = Plain(head);
        return ambiguous.Contains(plain) ? null : columns.GetValueOrDefault(plain);
    }

    /// <summary>The head of a column: its title where nothing else is called so.</summary>
    public string HeadOf(string column, RegisterDefinition register, CultureInfo culture)
    {
        var field = register.Find(column);
        var title = column == RegisterTables.IdColumn ? IdTitle.In(culture) : field?.Title.In(culture);
        return title is null || ColumnOf(title) != column ? column : title;
    }

    /// <summary>The head of a column, with a mark where every entry must have a value.</summary>
    public string MarkedHeadOf(string column, RegisterDefinition register, CultureInfo culture) =>
        HeadOf(column, register, culture) + (register.Find(column) is { IsRequired: true } ? Required : "");

    /// <summary>Heads are compared as people see them: full-width or not, in one line, with or without the mark.</summary>
    private static string Plain(string head)
    {
        try
        {
            var plain = head.Normalize(NormalizationForm.FormKC).Replace("\n", "", StringComparison.Ordinal).Replace("\r", "", StringComparison.Ordinal).Trim();
            return plain.Length > 1 && plain.EndsWith('*') ? plain[..^1].TrimEnd() : plain;
        }
        catch (ArgumentException)
        {
            // Half of a surrogate pair: no head of ours.
            return head;
        }
    }
}
