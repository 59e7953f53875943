namespace Isms.Registers;

/// <summary>Registers as tables of text, for files.</summary>
public static class RegisterTables
{
    /// <summary>The column that names an entry.</summary>
    public const string IdColumn = "id";

    /// <summary>The entries that are not deleted, in the order of their ids.</summary>
    public static TableText ToTable(RegisterDefinition definition, IEnumerable<RegisterEntry> entries)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(entries);
        var rows = entries
            .Where(e => !e.IsDeleted)
            .OrderBy(e => e.Id, Comparer<string>.Create(RegisterRules.CompareIds))
            .Select((e, i) => new TableRow(i + 2, [e.Id, .. definition.Fields.Select(f => e[f.Name])]));
        return new TableText([IdColumn, .. definition.Fields.Select(f => f.Name)], [.. rows]);
    }

    /// <summary>What importing a table would do.</summary>
    /// <param name="book">All registers as they are.</param>
    /// <param name="definition">The register.</param>
    /// <param name="table">The table. A column that is absent leaves its field alone; an empty cell takes the value away; an empty id makes a new entry.</param>
    /// <param name="mode">What happens to entries that the table does not mention.</param>
    /// <param name="hidden">Fields that whoever imports may not see, and so not write.</param>
    /// <param name="definitions">The organisation's registers.</param>
    /// <param name="rules">The rules of registers.</param>
    /// <param name="context">What rules and checks may know.</param>
    public static ImportPlan Plan(
        RegisterBook book,
        RegisterDefinition definition,
        TableText table,
        ImportMode mode,
        IReadOnlySet<string> hidden,
        RegisterDefinitions definitions,
        IReadOnlyList<IRegisterRule> rules,
        RuleContext context)
    {
        ArgumentNullException.ThrowIfNull(book);
        ArgumentNullException.ThrowIfNull(definition);
        var reading = new TableReading(book, definition, hidden);
        reading.Read(table);
        if (reading.IsUnreadable)
        {
            return new ImportPlan([], reading.Errors, 0);
        }

        List<ProposedChange> proposals = [.. reading.Proposals];
        if (mode == ImportMode.Replace)
        {
            proposals.AddRange(book.Entries(definition.Name)
                .Where(e => !e.IsDeleted && !reading.MentionedIds.Contains(e.Id))
                .Select(e => new ProposedChange(definition.Name, e.Id, RegisterChangeKind.Deleted, new Dictionary<string, string>(), e.Revision)));
        }

        var decision = RegisterDecisions.Decide(book, proposals, definitions, rules, context);
        List<FieldError> errors = [.. reading.Errors, .. decision.Errors];
        if (decision.Errors.Count == 0)
        {
            errors.AddRange(reading.ComputedCellsThatDiffer(decision.Changes));
        }

        return errors.Count > 0
            ? new ImportPlan([], [.. errors.OrderBy(e => e.Row ?? 0)], 0)
            : new ImportPlan([.. Planned(book, proposals, decision.Changes)], [], proposals.Count - decision.Changes.Count);
    }

    /// <summary>The proposals that a plan stands for, to be decided about again when it is applied.</summary>
    public static IReadOnlyList<ProposedChange> Proposals(string register, ImportPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return [.. plan.Changes.Select(c => new ProposedChange(register, c.Id, c.Kind, c.Values, c.BaseRevision == 0 ? null : c.BaseRevision, c.Row))];
    }

    private static IEnumerable<PlannedChange> Planned(RegisterBook book, List<ProposedChange> proposals, IReadOnlyList<CommittedChange> changes)
    {
        // Changes come in the order of the proposals, without those that change nothing.
        var next = 0;
        foreach (var change in changes)
        {
            while (!IsOf(proposals[next], change, book))
            {
                next++;
            }

            var proposal = proposals[next++];
            yield return new PlannedChange(change.Id, proposal.Row, change.Kind, change.Revision - 1, proposal.Values, change.Fields);
        }
    }

    private static bool IsOf(ProposedChange proposal, CommittedChange change, RegisterBook book) =>
        proposal.Id == change.Id || (proposal.Id is null && book.Find(change.Register, change.Id) is null);
}
