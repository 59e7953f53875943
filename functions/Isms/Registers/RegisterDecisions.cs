using System.Globalization;
using Isms.Catalogues;

namespace Isms.Registers;

/// <summary>What somebody wants to do to an entry.</summary>
/// <param name="Register">The register.</param>
/// <param name="Id">The entry; null for a new one that gets the next id.</param>
/// <param name="Kind">What is wanted.</param>
/// <param name="Values">The canonical values of all fields that the register has and that are not computed; left alone by deleting and restoring.</param>
/// <param name="BaseRevision">The revision that the wish is based on; null when it does not matter.</param>
/// <param name="Row">The row of the file it comes from.</param>
public sealed record ProposedChange(
    string Register, string? Id, RegisterChangeKind Kind, IReadOnlyDictionary<string, string> Values, int? BaseRevision = null, int? Row = null)
{
    /// <summary>
    /// Values of computed fields that a command of the app decides, such as the acceptance of a risk. Edits and imports have none; the register's rules judge them.
    /// </summary>
    public IReadOnlyDictionary<string, string> Decided { get; init; } = new Dictionary<string, string>();
}

/// <summary>What becomes of proposals: all of them, or none with the reasons.</summary>
/// <param name="Changes">The changes to commit; proposals that change nothing are left out.</param>
/// <param name="Errors">Why nothing can be done.</param>
public sealed record RegisterDecision(IReadOnlyList<CommittedChange> Changes, IReadOnlyList<FieldError> Errors);

/// <summary>
/// Decides about proposals, as a pure function of the book they are made against: edits, imports and starter content alike. What is decided is only true of that
/// book; a commit that came in between asks for another decision.
/// </summary>
public static class RegisterDecisions
{
    /// <summary>The code of the error that somebody else changed the entry since.</summary>
    public const string Outdated = "entry-changed-meanwhile";

    /// <summary>The code of the error that something still refers to the entry.</summary>
    public const string InUse = "entry-in-use";

    /// <summary>The code of the error that there is no such entry, or that it is deleted.</summary>
    public const string Unknown = "entry-unknown";

    /// <summary>The code of the error that the id is taken.</summary>
    public const string Exists = "entry-exists";

    /// <summary>Decides.</summary>
    /// <param name="book">All registers as they are.</param>
    /// <param name="proposals">What is wanted; at most one an entry.</param>
    /// <param name="definitions">The organisation's registers.</param>
    /// <param name="rules">The rules of registers.</param>
    /// <param name="context">What rules and checks may know; its lookup knows the book.</param>
    public static RegisterDecision Decide(
        RegisterBook book, IReadOnlyList<ProposedChange> proposals, RegisterDefinitions definitions, IReadOnlyList<IRegisterRule> rules, RuleContext context)
    {
        ArgumentNullException.ThrowIfNull(book);
        ArgumentNullException.ThrowIfNull(proposals);
        ArgumentNullException.ThrowIfNull(definitions);
        ArgumentNullException.ThrowIfNull(context);
        var errors = new List<FieldError>();
        var drafts = Draft(book, proposals, definitions, errors);
        if (errors.Count > 0)
        {
            return new RegisterDecision([], errors);
        }

        var after = new LookupAfter(context.Lookup, drafts);
        var contextAfter = context with { Lookup = after };
        var rulesOf = rules.ToLookup(r => r.Register, StringComparer.Ordinal);
        foreach (var draft in drafts.Where(d => d.Kind != RegisterChangeKind.Deleted && d.HasChanged))
        {
            errors.AddRange(Judge(draft, rulesOf[draft.Definition.Name], contextAfter).Select(e => e with { Id = draft.Id, Row = draft.Row }));
        }

        errors.AddRange(DefinitionsWithUniqueFields(drafts).SelectMany(d => Duplicates(book, d, drafts)));
        errors.AddRange(BrokenReferences(book, drafts, definitions));
        return errors.Count > 0
            ? new RegisterDecision([], errors)
            : new RegisterDecision([.. drafts.Where(d => d.HasChanged).Select(d => d.ToChange())], []);
    }

    /// <summary>The values that belong to fields of the definition.</summary>
    internal static Dictionary<string, string> Known(RegisterDefinition definition, IReadOnlyDictionary<string, string> values) =>
        definition.Fields.Where(f => values.ContainsKey(f.Name)).ToDictionary(f => f.Name, f => values[f.Name], StringComparer.Ordinal);

    /// <summary>Whether an id is one that this register hands out, so that a file may bring it along.</summary>
    internal static bool IsIdOf(RegisterDefinition definition, string id) => definition.HasFixedIds
        ? Standard.FindControl(id) is not null
        : id.Length <= definition.IdPrefix.Length + 10
            && id.StartsWith(definition.IdPrefix + "-", StringComparison.Ordinal)
            && int.TryParse(id.AsSpan(definition.IdPrefix.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number is > 0 and < 100_000_000
            && IdOf(definition, number) == id;

    /// <summary>The id of a number.</summary>
    internal static string IdOf(RegisterDefinition definition, int number) => string.Create(CultureInfo.InvariantCulture, $"{definition.IdPrefix}-{number:0000}");

    private static List<EntryDraft> Draft(RegisterBook book, IReadOnlyList<ProposedChange> proposals, RegisterDefinitions definitions, List<FieldError> errors)
    {
        var drafts = new List<EntryDraft>(proposals.Count);
        var numbers = LastNumbers(book, proposals, definitions);
        foreach (var proposal in proposals)
        {
            var definition = definitions.Find(proposal.Register) ?? throw new ArgumentException($"There is no register '{proposal.Register}'.", nameof(proposals));
            if (proposal.Id is null && definition.HasFixedIds)
            {
                errors.Add(FieldError.Of("id-missing", "id", "", definition.Title) with { Row = proposal.Row });
                continue;
            }

            var id = proposal.Id ?? IdOf(definition, ++numbers[definition.Name]);
            var before = book.Find(definition.Name, id);
            if (Impossible(definition, proposal, id, before) is { } impossible)
            {
                errors.Add(impossible with { Id = id, Row = proposal.Row });
            }
            else
            {
                drafts.Add(new EntryDraft(definition, id, proposal, before));
            }
        }

        return drafts;
    }

    /// <summary>New ids come after all that were ever given and after those that the proposals bring along.</summary>
    private static Dictionary<string, int> LastNumbers(RegisterBook book, IReadOnlyList<ProposedChange> proposals, RegisterDefinitions definitions)
    {
        var numbers = proposals.Select(p => p.Register).Distinct().ToDictionary(name => name, book.LastNumber, StringComparer.Ordinal);
        foreach (var proposal in proposals)
        {
            if (proposal.Id is { } id && definitions.Find(proposal.Register) is { HasFixedIds: false } definition && IsIdOf(definition, id))
            {
                var number = int.Parse(id.AsSpan(definition.IdPrefix.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture);
                numbers[definition.Name] = Math.Max(numbers[definition.Name], number);
            }
        }

        return numbers;
    }

    private static FieldError? Impossible(RegisterDefinition definition, ProposedChange proposal, string id, RegisterEntry? before) => proposal.Kind switch
    {
        RegisterChangeKind.Created when !IsIdOf(definition, id) => FieldError.Of("id-not-of-register", "id", id, definition.Title, id, definition.HasFixedIds ? "5.1" : IdOf(definition, 1)),
        RegisterChangeKind.Created when before is not null => FieldError.Of(Exists, "id", id, id),
        RegisterChangeKind.Created => null,
        _ when before is null || (before.IsDeleted != (proposal.Kind == RegisterChangeKind.Restored)) => FieldError.Of(Unknown, "id", id, id),
        _ when proposal.BaseRevision is { } revision && revision != before.Revision => FieldError.Of(Outdated, "id", id, id, before.Revision, before.ChangedBy),
        _ => null,
    };

    private static List<FieldError> Judge(EntryDraft draft, IEnumerable<IRegisterRule> rules, RuleContext context)
    {
        var errors = new List<FieldError>();
        foreach (var rule in rules)
        {
            var result = rule.Apply(draft.Before, draft.After, context with { Id = draft.Id });
            draft.Compute(result.Computed);
            errors.AddRange(result.Errors);
        }

        errors.InsertRange(0, RegisterRules.Check(draft.Definition, Known(draft.Definition, draft.After), context.Lookup, draft.Before?.Values));
        return errors;
    }

    private static IEnumerable<RegisterDefinition> DefinitionsWithUniqueFields(List<EntryDraft> drafts) =>
        drafts.Select(d => d.Definition).Distinct().Where(d => d.Fields.Any(f => f.IsUnique));

    private static IEnumerable<FieldError> Duplicates(RegisterBook book, RegisterDefinition definition, List<EntryDraft> drafts)
    {
        var drafted = drafts.Where(d => d.Definition == definition).ToDictionary(d => d.Id, StringComparer.Ordinal);
        foreach (var field in definition.Fields.Where(f => f.IsUnique))
        {
            var holders = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
            foreach (var entry in book.Entries(definition.Name).Where(e => !e.IsDeleted && e[field.Name].Length > 0 && !drafted.ContainsKey(e.Id)))
            {
                holders.TryAdd(entry[field.Name], entry.Id);
            }

            foreach (var draft in drafted.Values.Where(d => d.Kind != RegisterChangeKind.Deleted && d.After.GetValueOrDefault(field.Name, "").Length > 0))
            {
                var value = draft.After[field.Name];
                if (!holders.TryAdd(value, draft.Id))
                {
                    yield return FieldError.Of("value-not-unique", field.Name, field.IsSensitive ? "" : value, field.Title, holders[value]) with { Id = draft.Id, Row = draft.Row };
                }
            }
        }
    }

    /// <summary>Whatever would still refer to an entry that is being deleted.</summary>
    private static IEnumerable<FieldError> BrokenReferences(RegisterBook book, List<EntryDraft> drafts, RegisterDefinitions definitions)
    {
        var deleted = drafts.Where(d => d.Kind == RegisterChangeKind.Deleted).ToDictionary(d => (d.Definition.Name, d.Id));
        if (deleted.Count == 0)
        {
            return [];
        }

        var drafted = drafts.ToDictionary(d => (d.Definition.Name, d.Id));
        var referrers = new Dictionary<(string, string), List<string>>();
        foreach (var definition in definitions.All.Where(d => d.Fields.Any(f => f.Type == FieldType.Reference)))
        {
            var kept = book.Entries(definition.Name).Where(e => !e.IsDeleted && !drafted.ContainsKey((definition.Name, e.Id))).Select(e => (e.Id, e.Values));
            var written = drafts.Where(d => d.Definition.Name == definition.Name && d.Kind != RegisterChangeKind.Deleted)
                .Select(d => (d.Id, (IReadOnlyDictionary<string, string>)d.After));
            foreach (var (id, values) in kept.Concat(written))
            {
                foreach (var target in RegisterRules.References(definition, values).Where(deleted.ContainsKey))
                {
                    (referrers.TryGetValue(target, out var list) ? list : referrers[target] = []).Add($"{definition.Name}/{id}");
                }
            }
        }

        return referrers.Select(r => FieldError.Of(InUse, "id", r.Key.Item2, r.Key.Item2, Some(r.Value)) with { Id = r.Key.Item2, Row = deleted[r.Key].Row });
    }

    private static string Some(List<string> referrers) =>
        string.Join(", ", referrers.Take(10)) + (referrers.Count > 10 ? $" (+{referrers.Count - 10})" : "");
}
