using Isms.Registers;
using Isms.Text;

namespace IsmsFunctions.Registers;

/// <summary>A register in the list of them.</summary>
/// <param name="Name">Its name in routes.</param>
/// <param name="Title">What people call it.</param>
/// <param name="Entries">How many entries it has.</param>
/// <param name="Samples">How many of them are starter content.</param>
/// <param name="Definition">Its fields and the rest of its definition.</param>
public sealed record RegisterSummary(string Name, LocalizedText Title, int Entries, int Samples, RegisterDefinition Definition);

/// <summary>All registers as of a version.</summary>
/// <param name="Version">How many commits there have been.</param>
/// <param name="Items">The registers.</param>
public sealed record RegisterList(long Version, IReadOnlyList<RegisterSummary> Items);

/// <summary>An entry that another one refers to, or is referred to by.</summary>
/// <param name="Register">Its register.</param>
/// <param name="Id">Its id.</param>
/// <param name="Title">What it is called.</param>
public sealed record EntryLink(string Register, string Id, string Title);

/// <summary>An entry as one person sees it.</summary>
public sealed record EntryView
{
    /// <summary>Its register.</summary>
    public required string Register { get; init; }

    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>Its revision, which is its entity tag.</summary>
    public required int Revision { get; init; }

    /// <summary>Its values as JSON of their types; a field without a value is absent.</summary>
    public required IReadOnlyDictionary<string, object> Values { get; init; }

    /// <summary>Fields whose values this person does not see.</summary>
    public IReadOnlyList<string>? Masked { get; init; }

    /// <summary>Whether it is deleted.</summary>
    public bool IsDeleted { get; init; }

    /// <summary>Whether it is starter content.</summary>
    public bool IsSample { get; init; }

    /// <summary>When it was last written.</summary>
    public DateTimeOffset ChangedAt { get; init; }

    /// <summary>Who wrote it last.</summary>
    public required string ChangedBy { get; init; }

    /// <summary>When it was created.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who created it.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>The entries it refers to; only of a single entry.</summary>
    public IReadOnlyList<EntryLink>? References { get; init; }

    /// <summary>The entries that refer to it; only of a single entry.</summary>
    public IReadOnlyList<EntryLink>? ReferredToBy { get; init; }

    /// <summary>The entry for a person.</summary>
    public static EntryView Of(RegisterDefinition definition, RegisterEntry entry, RegisterAccess access)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(entry);
        ArgumentNullException.ThrowIfNull(access);
        var hidden = access.Hidden(definition, entry.Values);
        var shown = definition.Fields.Where(f => entry[f.Name].Length > 0 && !hidden.Contains(f.Name));
        return new EntryView
        {
            Register = definition.Name,
            Id = entry.Id,
            Revision = entry.Revision,
            Values = shown.ToDictionary(f => f.Name, f => RegisterJson.Typed(f, entry[f.Name])),
            Masked = hidden.Count == 0 ? null : [.. hidden.Order(StringComparer.Ordinal)],
            IsDeleted = entry.IsDeleted,
            IsSample = entry.IsSample,
            ChangedAt = entry.ChangedAt,
            ChangedBy = entry.ChangedBy,
            CreatedAt = entry.CreatedAt,
            CreatedBy = entry.CreatedBy,
        };
    }

    /// <summary>The entry with its links both ways.</summary>
    public EntryView WithLinks(RegisterBook book, RegisterDefinition definition, RegisterEntry entry, RegisterDefinitions definitions)
    {
        ArgumentNullException.ThrowIfNull(book);
        ArgumentNullException.ThrowIfNull(entry);
        ArgumentNullException.ThrowIfNull(definitions);
        var referrers = from other in definitions.All
                        where other.Fields.Any(f => f.References == definition.Name)
                        from referrer in book.Entries(other.Name)
                        where !referrer.IsDeleted && RegisterRules.References(other, referrer.Values).Contains((definition.Name, entry.Id))
                        select Link(other, referrer);
        var references = from target in RegisterRules.References(definition, entry.Values)
                         where definitions.Find(target.Register) is not null && book.Find(target.Register, target.Id) is not null
                         select Link(definitions.Find(target.Register)!, book.Find(target.Register, target.Id)!);
        return this with { References = [.. references], ReferredToBy = [.. referrers] };

        static EntryLink Link(RegisterDefinition d, RegisterEntry e) => new(d.Name, e.Id, d.Find(d.TitleField)!.IsSensitive ? "" : e[d.TitleField]);
    }
}

/// <summary>One line of an entry's history as a person sees it.</summary>
/// <param name="Revision">The revision after the change.</param>
/// <param name="Kind">What happened.</param>
/// <param name="At">When.</param>
/// <param name="By">Who did it.</param>
/// <param name="Origin">How.</param>
/// <param name="Fields">The values before and after; those of hidden fields are left out.</param>
/// <param name="Masked">Hidden fields that changed.</param>
public sealed record ChangeView(
    int Revision, RegisterChangeKind Kind, DateTimeOffset At, string By, string Origin, IReadOnlyList<FieldChange> Fields, IReadOnlyList<string>? Masked)
{
    /// <summary>The change for a person who does not see some fields.</summary>
    public static ChangeView Of(RegisterChange change, IReadOnlySet<string> hidden)
    {
        ArgumentNullException.ThrowIfNull(change);
        List<string> masked = [.. change.Fields.Select(f => f.Field).Where(hidden.Contains)];
        return new ChangeView(
            change.Revision, change.Kind, change.At, change.By, change.Origin, [.. change.Fields.Where(f => !hidden.Contains(f.Field))], masked.Count == 0 ? null : masked);
    }
}

/// <summary>An entry's history.</summary>
/// <param name="Register">The register.</param>
/// <param name="Id">The entry.</param>
/// <param name="Items">The changes, newest first.</param>
public sealed record EntryHistory(string Register, string Id, IReadOnlyList<ChangeView> Items);
