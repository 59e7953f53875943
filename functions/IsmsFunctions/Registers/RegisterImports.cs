using System.Globalization;
using Isms.Registers;
using Isms.Rules;
using IsmsFunctions.Hosting.State;

namespace IsmsFunctions.Registers;

/// <summary>How far an import is.</summary>
public enum ImportState
{
    /// <summary>It has errors and cannot be applied.</summary>
    Refused,

    /// <summary>It can be applied; nothing has changed yet.</summary>
    Previewed,

    /// <summary>Everything it planned is in the register.</summary>
    Applied,
}

/// <summary>An import.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Register">The register.</param>
/// <param name="Mode">What happens to entries that the file does not mention.</param>
/// <param name="State">How far it is.</param>
/// <param name="By">Who sent the file.</param>
/// <param name="At">When.</param>
/// <param name="BaseVersion">The commit that the plan was made after.</param>
/// <param name="Version">The commit that applied it; null before.</param>
public sealed record RegisterImport(
    string Id, string Register, ImportMode Mode, ImportState State, string By, DateTimeOffset At, long BaseVersion, long? Version = null);

/// <summary>
/// Imports tables into registers: first a plan that changes nothing, then all of it in one commit – as long as nobody changed the register in between. See
/// docs/decisions/0050.
/// </summary>
public sealed class RegisterImports(RegisterEditor editor, RegisterStore store, RegisterBlobs blobs, StateStore states, Sequences sequences, TimeProvider clock)
{
    private const string Kind = "register-import";
    private const int MostRowsNamed = 100;

    /// <summary>Plans an import and keeps the plan.</summary>
    /// <param name="definition">The register.</param>
    /// <param name="table">The table.</param>
    /// <param name="mode">What happens to entries that the table does not mention.</param>
    /// <param name="hidden">Fields that whoever imports does not see.</param>
    /// <param name="by">The person.</param>
    /// <param name="key">The same key makes one import; null for none.</param>
    /// <param name="cancellationToken">Cancels before the plan is kept.</param>
    public async Task<(RegisterImport Import, ImportPlan Plan)> PreviewAsync(
        RegisterDefinition definition, TableText table, ImportMode mode, IReadOnlySet<string> hidden, string by, string? key, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(definition);
        var (plan, book) = await editor.PlanAsync(definition, table, mode, hidden, by, cancellationToken);
        var number = await sequences.TakeAsync(Kind, key, cancellationToken);
        var id = string.Create(CultureInfo.InvariantCulture, $"import-{number:0000}");
        var state = plan.Errors.Count == 0 ? ImportState.Previewed : ImportState.Refused;
        await blobs.AddPlanAsync(id, plan, cancellationToken);
        var stored = await states.TryCreateAsync(
            Kind, id, new RegisterImport(id, definition.Name, mode, state, by, clock.GetUtcNow(), book.Version), cancellationToken: cancellationToken);
        return stored is null ? await GetAsync(definition.Name, id, cancellationToken) : (stored.Value, plan);
    }

    /// <summary>An import with its plan.</summary>
    /// <exception cref="RefusedException">There is none of this id for this register.</exception>
    public async Task<(RegisterImport Import, ImportPlan Plan)> GetAsync(string register, string id, CancellationToken cancellationToken)
    {
        var import = (await FindAsync(register, id, cancellationToken)).Value;
        return (import, await blobs.ReadPlanAsync(id, cancellationToken));
    }

    /// <summary>Applies an import: all of it, or nothing. Doing it again changes nothing.</summary>
    /// <exception cref="RefusedException">It has errors, or the register changed since the preview.</exception>
    public async Task<(RegisterImport Import, ImportPlan Plan)> ApplyAsync(string register, string id, string by, CancellationToken cancellationToken)
    {
        var stored = await FindAsync(register, id, cancellationToken);
        var plan = await blobs.ReadPlanAsync(id, cancellationToken);
        var import = stored.Value;
        if (import.State == ImportState.Applied)
        {
            return (import, plan);
        }

        if (import.State == ImportState.Refused)
        {
            throw new RefusedException(Refusal.Of(RefusalKind.IllegalState, "import-has-errors", "id", id, id, plan.Errors.Count));
        }

        var author = new RegisterAuthor(by, RegisterChange.OfImport(id), KeyOf(id));
        var committed = await editor.ApplyAsync(RegisterTables.Proposals(register, plan), author, book => ChangedSince(book, import, plan), cancellationToken);
        var applied = import with { State = ImportState.Applied, Version = committed.Earlier?.Version ?? committed.Book.Version };
        await states.TryReplaceAsync(stored, applied, cancellationToken: cancellationToken);
        return (applied, plan);
    }

    private static string KeyOf(string id) => "import " + id;

    /// <summary>What was planned is only true of the register it was planned for.</summary>
    private static Refusal? ChangedSince(RegisterBook book, RegisterImport import, ImportPlan plan)
    {
        var rows = plan.Changes.ToDictionary(c => c.Id, c => c.Row, StringComparer.Ordinal);
        var causes = book.Entries(import.Register)
            .Where(e => e.Commit > import.BaseVersion)
            .Take(MostRowsNamed)
            .Select(e => Refusal.Of(
                RefusalKind.IllegalState, "import-entry-changed", RowOf(rows.GetValueOrDefault(e.Id)), e.Id, e.Id, e.ChangedBy, e.Revision))
            .ToList();
        return causes.Count == 0 ? null : Refusal.Of(RefusalKind.IllegalState, "import-outdated", "id", import.Id, import.Id) with { Causes = causes };
    }

    private static string? RowOf(int? row) => row is { } number ? string.Create(CultureInfo.InvariantCulture, $"rows[{number}]") : null;

    /// <summary>The import; the registers know better than its row whether it was applied, if a crash came between the two.</summary>
    private async Task<Stored<RegisterImport>> FindAsync(string register, string id, CancellationToken cancellationToken)
    {
        var stored = await states.FindAsync<RegisterImport>(Kind, id, cancellationToken);
        if (stored is null || stored.Value.Register != register)
        {
            throw new RefusedException(Refusal.Of(RefusalKind.NotFound, "import-unknown", "id", id, id));
        }

        return stored.Value.State == ImportState.Previewed && (await store.ReadAsync(cancellationToken)).FindKey(KeyOf(id)) is { } applied
            ? stored with { Value = stored.Value with { State = ImportState.Applied, Version = applied.Version } }
            : stored;
    }
}
