namespace Isms.Registers;

/// <summary>An entry as a proposal would leave it, while it is being decided about.</summary>
internal sealed class EntryDraft
{
    private static readonly IReadOnlyDictionary<string, string> Nothing = new Dictionary<string, string>();

    public EntryDraft(RegisterDefinition definition, string id, ProposedChange proposal, RegisterEntry? before)
    {
        (Definition, Id, Before, Kind, Row) = (definition, id, before, proposal.Kind, proposal.Row);
        var keepsValues = proposal.Kind == RegisterChangeKind.Deleted || (proposal.Kind == RegisterChangeKind.Restored && proposal.Values.Count == 0);
        After = new Dictionary<string, string>(before?.Values ?? Nothing, StringComparer.Ordinal);
        if (keepsValues)
        {
            return;
        }

        // Values of fields that the organisation has given up stay where they are: nobody asked to remove them.
        foreach (var field in definition.Fields.Where(f => !f.IsComputed))
        {
            Set(field.Name, proposal.Values.GetValueOrDefault(field.Name, ""));
        }

        Compute(proposal.Decided);
    }

    public RegisterDefinition Definition { get; }

    public string Id { get; }

    public RegisterEntry? Before { get; }

    public RegisterChangeKind Kind { get; }

    public int? Row { get; }

    public Dictionary<string, string> After { get; }

    /// <summary>Whether anything would be different.</summary>
    public bool HasChanged => Kind != RegisterChangeKind.Changed || RegisterRules.Difference(Before!.Values, After).Count > 0;

    /// <summary>Takes over what a rule computed, or a command of the app decided.</summary>
    public void Compute(IReadOnlyDictionary<string, string> computed)
    {
        foreach (var (name, value) in computed)
        {
            if (Definition.Find(name) is not { IsComputed: true })
            {
                throw new InvalidOperationException($"A rule or command of '{Definition.Name}' computes '{name}', which is no computed field.");
            }

            Set(name, value);
        }
    }

    public CommittedChange ToChange() => new(
        Definition.Name, Id, (Before?.Revision ?? 0) + 1, Kind, RegisterRules.Difference(Before?.Values ?? Nothing, After), Before?.Commit ?? 0);

    /// <summary>The entry for those who look it up while the change is being decided about.</summary>
    public RegisterEntry ToEntry() => new()
    {
        Id = Id,
        Revision = (Before?.Revision ?? 0) + 1,
        Values = After,
        IsDeleted = Kind == RegisterChangeKind.Deleted,
        IsSample = Before?.IsSample ?? false,
        ChangedAt = Before?.ChangedAt ?? default,
        ChangedBy = Before?.ChangedBy ?? "",
    };

    private void Set(string name, string value)
    {
        if (value.Length == 0)
        {
            After.Remove(name);
        }
        else
        {
            After[name] = value;
        }
    }
}

/// <summary>Looks up entries as the proposals would leave them.</summary>
internal sealed class LookupAfter(IRegisterLookup before, IEnumerable<EntryDraft> drafts) : IRegisterLookup
{
    private readonly Dictionary<(string, string), EntryDraft> drafts = drafts.ToDictionary(d => (d.Definition.Name, d.Id));

    public bool HasPerson(string id) => before.HasPerson(id);

    public bool HasDepartment(string id) => before.HasDepartment(id);

    public bool HasSite(string id) => before.HasSite(id);

    public bool HasEvidence(string id) => before.HasEvidence(id);

    public bool HasEntry(string register, string id) =>
        drafts.TryGetValue((register, id), out var draft) ? draft.Kind != RegisterChangeKind.Deleted : before.HasEntry(register, id);

    public RegisterEntry? FindEntry(string register, string id) =>
        drafts.TryGetValue((register, id), out var draft) ? draft.ToEntry() : before.FindEntry(register, id);
}
