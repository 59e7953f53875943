using Isms.Catalogues;

namespace Isms.Registers;

/// <summary>Decisions about the entries of registers.</summary>
public static class RegisterRules
{
    /// <summary>What stands between the items of a list.</summary>
    public const string ListSeparator = "; ";

    /// <summary>The most characters of all values of an entry together: an entry and its history fit into a storage row each.</summary>
    public const int MostCharactersOfAnEntry = 100_000;

    /// <summary>The most characters of one value of a text field.</summary>
    public static int MostCharacters(FieldType type) => type == FieldType.LongText ? 20_000 : 2_000;

    /// <summary>The canonical form of a value, or empty text and the reason why it has none.</summary>
    public static string Canonical(FieldDefinition field, string raw, out FieldError? error)
    {
        ArgumentNullException.ThrowIfNull(field);
        ArgumentNullException.ThrowIfNull(raw);
        var canonical = CanonicalValue.Of(field, raw, out error);
        error = error is null ? null : Quiet(field, error);
        return canonical;
    }

    /// <summary>The items of a list field's canonical value; of another field's, the value itself if there is one.</summary>
    public static IReadOnlyList<string> Items(string canonical) =>
        canonical.Length == 0 ? [] : canonical.Split(ListSeparator);

    /// <summary>What is wrong with an entry's values: fields that do not exist, are missing, not canonical, or refer to nothing.</summary>
    /// <param name="definition">The register.</param>
    /// <param name="values">The values.</param>
    /// <param name="lookup">What they may refer to.</param>
    /// <param name="before">The values as they were: a person who left, or a limit that came later, is not held against a value that stays as it was.</param>
    public static IReadOnlyList<FieldError> Check(
        RegisterDefinition definition, IReadOnlyDictionary<string, string> values, IRegisterLookup lookup, IReadOnlyDictionary<string, string>? before = null)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(values);
        var errors = new List<FieldError>();
        foreach (var (name, value) in values)
        {
            if (definition.Find(name) is null)
            {
                errors.Add(FieldError.Of("field-unknown", name, "", name));
            }
        }

        foreach (var field in definition.Fields)
        {
            errors.AddRange(Check(field, values.GetValueOrDefault(field.Name, ""), before?.GetValueOrDefault(field.Name, "") ?? "", lookup));
        }

        if (values.Values.Sum(v => v.Length) > MostCharactersOfAnEntry)
        {
            errors.Add(FieldError.Of("entry-too-large", definition.TitleField, "", MostCharactersOfAnEntry));
        }

        return errors;
    }

    /// <summary>The values that differ, by field name.</summary>
    public static IReadOnlyList<FieldChange> Difference(IReadOnlyDictionary<string, string> before, IReadOnlyDictionary<string, string> after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        return [.. before.Keys.Union(after.Keys, StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)
            .Select(name => new FieldChange(name, before.GetValueOrDefault(name, ""), after.GetValueOrDefault(name, "")))
            .Where(change => change.Before != change.After)];
    }

    /// <summary>An entry as it was at a moment, from its history in any order; null when it did not exist yet.</summary>
    public static RegisterEntry? AsOf(IEnumerable<RegisterChange> history, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(history);
        RegisterEntry? entry = null;
        foreach (var change in history.Where(c => c.At <= at).OrderBy(c => c.Revision))
        {
            entry = Apply(entry, change);
        }

        return entry;
    }

    /// <summary>The entry after a change.</summary>
    public static RegisterEntry Apply(RegisterEntry? entry, RegisterChange change)
    {
        ArgumentNullException.ThrowIfNull(change);
        var values = new Dictionary<string, string>(entry?.Values ?? new Dictionary<string, string>(), StringComparer.Ordinal);
        foreach (var field in change.Fields)
        {
            if (field.After.Length == 0)
            {
                values.Remove(field.Field);
            }
            else
            {
                values[field.Field] = field.After;
            }
        }

        return new RegisterEntry
        {
            Id = change.Id,
            Revision = change.Revision,
            Values = values,
            IsDeleted = change.Kind == RegisterChangeKind.Deleted,
            IsSample = change.Origin == RegisterChange.Sample || (entry?.IsSample == true && StaysSample(change)),
            ChangedAt = change.At,
            ChangedBy = change.By,
            CreatedAt = entry?.CreatedAt ?? change.At,
            CreatedBy = entry?.CreatedBy ?? change.By,
        };
    }

    /// <summary>The ids an entry refers to, by register.</summary>
    public static IEnumerable<(string Register, string Id)> References(RegisterDefinition definition, IReadOnlyDictionary<string, string> values)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(values);
        return definition.Fields
            .Where(f => f.Type == FieldType.Reference)
            .SelectMany(f => Items(values.GetValueOrDefault(f.Name, "")).Select(id => (f.References!, id)))
            .Distinct();
    }

    /// <summary>Orders ids as people count: A-9999 before A-10000, 5.9 before 5.10.</summary>
    public static int CompareIds(string x, string y)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        int i = 0, j = 0;
        while (i < x.Length && j < y.Length)
        {
            var a = Chunk(x, i);
            var b = Chunk(y, j);
            var order = char.IsAsciiDigit(a[0]) && char.IsAsciiDigit(b[0]) ? CompareNumbers(a, b) : a.CompareTo(b, StringComparison.Ordinal);
            if (order != 0)
            {
                return order;
            }

            (i, j) = (i + a.Length, j + b.Length);
        }

        return (x.Length - i).CompareTo(y.Length - j);
    }

    private static int CompareNumbers(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        var x = a.TrimStart('0');
        var y = b.TrimStart('0');
        return x.Length != y.Length ? x.Length.CompareTo(y.Length)
            : x.SequenceEqual(y) ? a.Length.CompareTo(b.Length)
            : x.CompareTo(y, StringComparison.Ordinal);
    }

    private static ReadOnlySpan<char> Chunk(string text, int start)
    {
        var end = start + 1;
        while (end < text.Length && char.IsAsciiDigit(text[start]) && char.IsAsciiDigit(text[end]))
        {
            end++;
        }

        return text.AsSpan(start, end - start);
    }

    private static bool StaysSample(RegisterChange change) => change.Kind is RegisterChangeKind.Deleted or RegisterChangeKind.Restored || change.Origin == RegisterChange.Rule;

    private static IEnumerable<FieldError> Check(FieldDefinition field, string value, string before, IRegisterLookup lookup)
    {
        if (value.Length == 0)
        {
            return field.IsRequired ? [FieldError.Of("value-missing", field.Name, "", field.Title)] : [];
        }

        // References into registers are always whole: an entry may have been deleted while this one was, too.
        if (value == before && field.Type != FieldType.Reference)
        {
            return [];
        }

        if (Canonical(field, value, out var error) != value)
        {
            return [Quiet(field, error ?? FieldError.Of("value-not-canonical", field.Name, value, field.Title))];
        }

        var known = field.Type == FieldType.Reference ? [] : Items(before);
        return (field.IsList ? Items(value) : [value])
            .Where(item => !known.Contains(item) && !Exists(field, item, lookup))
            .Select(item => Quiet(field, FieldError.Of("value-refers-to-nothing", field.Name, item, field.Title, item)));
    }

    /// <summary>What is sensitive is not repeated in errors, which may end in logs.</summary>
    private static FieldError Quiet(FieldDefinition field, FieldError error) => field.IsSensitive ? error with { Value = "" } : error;

    private static bool Exists(FieldDefinition field, string item, IRegisterLookup lookup) => field.Type switch
    {
        FieldType.Person => lookup.HasPerson(item),
        FieldType.Department => lookup.HasDepartment(item),
        FieldType.Site => lookup.HasSite(item),
        FieldType.Control => Standard.FindControl(item) is not null,
        FieldType.Clause => Standard.FindClause(item) is not null,
        FieldType.Evidence => lookup.HasEvidence(item),
        FieldType.Reference => lookup.HasEntry(field.References!, item),
        _ => true,
    };
}
