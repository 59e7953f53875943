using Isms.Organizations;
using Isms.Registers;
using Isms.Rules;
using IsmsFunctions.Evidence;
using IsmsFunctions.Organizations;

namespace IsmsFunctions.Registers;

/// <summary>Writes registers, for people and for other capabilities alike: what is proposed is decided about by the rules, and committed as a whole or not at all.</summary>
public sealed class RegisterEditor(
    RegisterStore store, OrganizationStore organizations, IEvidenceStore evidence, IEnumerable<IRegisterRule> rules, TimeProvider clock)
{
    private const int LookupsAtOnce = 8;
    private readonly List<IRegisterRule> rules = [.. rules];

    /// <summary>Commits proposals.</summary>
    /// <param name="proposals">What is wanted; values are canonical, see <see cref="Canonical"/>.</param>
    /// <param name="author">Who wants it.</param>
    /// <param name="permit">Says what forbids it in the present book, beyond the rules of the registers; null for nothing.</param>
    /// <param name="cancellationToken">Cancels before anything is committed.</param>
    /// <exception cref="RefusedException">Something is wrong with it; nothing was changed.</exception>
    public async Task<RegisterCommitted> ApplyAsync(
        IReadOnlyList<ProposedChange> proposals, RegisterAuthor author, Func<RegisterBook, Refusal?>? permit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(author);
        var organization = await organizations.GetAsync(cancellationToken);
        var definitions = RegisterDefinitions.Of(organization);
        var known = await KnownEvidenceAsync(EvidenceIn(proposals, definitions), cancellationToken);
        return await store.CommitAsync(author, book =>
        {
            if (permit?.Invoke(book) is { } forbidden)
            {
                throw new RefusedException(forbidden);
            }

            var decision = RegisterDecisions.Decide(book, proposals, definitions, rules, Context(book, organization, known, author.By));
            return decision.Errors.Count == 0 ? decision.Changes : throw new RefusedException(RegisterRefusals.Of(decision.Errors));
        }, cancellationToken);
    }

    /// <summary>What importing a table would do to the registers as they are.</summary>
    public async Task<(ImportPlan Plan, RegisterBook Book)> PlanAsync(
        RegisterDefinition definition, TableText table, ImportMode mode, IReadOnlySet<string> hidden, string by, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(table);
        var organization = await organizations.GetAsync(cancellationToken);
        var known = await KnownEvidenceAsync(EvidenceIn(table, definition), cancellationToken);
        var book = await store.ReadAsync(cancellationToken);
        var plan = RegisterTables.Plan(
            book, definition, table, mode, hidden, RegisterDefinitions.Of(organization), rules, Context(book, organization, known, by));
        return (plan, book);
    }

    /// <summary>Values as people write them in their canonical form.</summary>
    /// <exception cref="RefusedException">A field does not exist, or a value has no canonical form.</exception>
    public static IReadOnlyDictionary<string, string> Canonical(RegisterDefinition definition, IReadOnlyDictionary<string, string> raw)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(raw);
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        var errors = new List<FieldError>();
        foreach (var (name, text) in raw)
        {
            FieldError? error = null;
            var value = definition.Find(name) is { } field ? RegisterRules.Canonical(field, text, out error) : "";
            if (definition.Find(name) is null)
            {
                error = FieldError.Of("field-unknown", name, "", name);
            }

            if (error is not null)
            {
                errors.Add(error);
            }
            else if (value.Length > 0)
            {
                values[name] = value;
            }
        }

        return errors.Count == 0 ? values : throw new RefusedException(RegisterRefusals.Of(errors));
    }

    private RuleContext Context(RegisterBook book, Organization organization, IReadOnlySet<string> known, string by) =>
        new(new RegisterLookup(book, organization, known), organization, clock.GetUtcNow(), by);

    private static IEnumerable<string> EvidenceIn(IReadOnlyList<ProposedChange> proposals, RegisterDefinitions definitions) =>
        from proposal in proposals
        from field in definitions.Find(proposal.Register)?.Fields.Where(f => f.Type == FieldType.Evidence) ?? []
        from id in RegisterRules.Items(proposal.Values.GetValueOrDefault(field.Name, ""))
        select id;

    private static IEnumerable<string> EvidenceIn(TableText table, RegisterDefinition definition) =>
        from column in Enumerable.Range(0, table.Columns.Count)
        let field = definition.Find(table.Columns[column])
        where field is { Type: FieldType.Evidence, IsComputed: false }
        from row in table.Rows
        where column < row.Cells.Count
        from id in RegisterRules.Items(RegisterRules.Canonical(field, row.Cells[column], out _))
        select id;

    private async Task<IReadOnlySet<string>> KnownEvidenceAsync(IEnumerable<string> ids, CancellationToken cancellationToken)
    {
        var known = new System.Collections.Concurrent.ConcurrentDictionary<string, bool>(StringComparer.Ordinal);
        var options = new ParallelOptions { MaxDegreeOfParallelism = LookupsAtOnce, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(ids.Distinct(), options, async (id, cancel) =>
        {
            if (await evidence.FindAsync(id, cancel) is not null)
            {
                known.TryAdd(id, true);
            }
        });
        return known.Keys.ToHashSet(StringComparer.Ordinal);
    }
}
