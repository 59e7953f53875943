using Isms.Registers;
using Isms.Rules;
using IsmsFunctions.Documents.Office.Reading;
using IsmsFunctions.Hosting.Http;
using IsmsFunctions.Hosting.Problems;
using IsmsFunctions.Registers.Files;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace IsmsFunctions.Registers;

/// <summary>A statement of applicability of 2013 as JSON.</summary>
/// <param name="Rows">Its rows.</param>
public sealed record OldStatementBody(IReadOnlyList<OldStatementRow> Rows);

/// <summary>A row of it.</summary>
/// <param name="Control">The number, such as <c>A.9.2.5</c>.</param>
/// <param name="Applicable">Whether it applied; null where that was open.</param>
/// <param name="Justification">Why.</param>
/// <param name="Implementation">How far it was implemented, in words as in a file.</param>
public sealed record OldStatementRow(string Control, bool? Applicable = null, string? Justification = null, string? Implementation = null);

/// <summary>The statement of applicability as a whole, and its migration from the 2013 edition.</summary>
public sealed class StatementHttp(RegisterDesk desk, RegisterImports imports, StatementEvidence evidence, TimeProvider clock)
{
    private const string Json = "json";

    /// <summary>All 93 controls with what was decided, the newest evidence, and what an auditor would miss (<c>?asOf=</c>).</summary>
    [Function(nameof(GetStatementOfApplicability))]
    public async Task<IResult> GetStatementOfApplicability(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/statement-of-applicability")] HttpRequest request, CancellationToken cancellationToken)
    {
        var visit = await desk.ReceiveAsync(request, cancellationToken);
        var book = await desk.BookAsync(request, visit, cancellationToken);
        var newest = await evidence.ReadAsync(visit.Organization, cancellationToken);
        return Answers.Ok(StatementView.Of(StatementOfApplicability.Of(book.Entries(ControlFields.Register), newest), Problem.CultureOf(request)));
    }

    /// <summary>
    /// Proposes the decisions of 2022 from a statement of 2013 in the body (<c>?format=csv|xlsx|json</c>) as the preview of an import into <c>controls</c>. Nothing
    /// changes until that import is applied.
    /// </summary>
    [Function(nameof(MigrateStatement))]
    public async Task<IResult> MigrateStatement(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/registers/controls/migrate")] HttpRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var visit = await desk.ReceiveAsync(request, cancellationToken);
        var definition = visit.Definition(ControlFields.Register);
        if (!visit.Access.KeepsAll)
        {
            throw new RefusedException(Refusal.Of(RefusalKind.NotAllowed, "register-import-not-yours", null, null, definition.Title));
        }

        var command = request.Command(clock);
        var migration = StatementMigrationRules.Migrate(await RowsAsync(request, cancellationToken));
        Refuse(migration.Errors);
        var culture = Problem.CultureOf(request);
        var table = StatementMigrationRules.ToTable(migration, culture);
        var hidden = visit.Access.Hidden(definition);
        var (import, plan) = await imports.PreviewAsync(
            definition, table, ImportMode.Merge, hidden, visit.Actor.PersonId, command.IdempotencyKey, cancellationToken);
        return Answers.Ok(MigrationView.Of(migration, ImportView.Of(import, plan, culture), culture));
    }

    private static async Task<IReadOnlyList<StatementRow2013>> RowsAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var format = request.Query["format"].FirstOrDefault() ?? Json;
        var table = format == Json
            ? TableOf(await request.ReadBodyAsync<OldStatementBody>(cancellationToken))
            : await TableFiles.Get(format).ReadAsync(request.Body, StatementFile2013.Definition, TableLimits.Default, cancellationToken);
        var rows = StatementFile2013.Read(table, out var errors);
        Refuse(errors);
        return rows;
    }

    private static TableText TableOf(OldStatementBody body) => new(
        ["control", "applicable", "justification", "implementation"],
        [.. body.Rows.Select((r, i) => new TableRow(i + 1, [r.Control, r.Applicable switch { true => "true", false => "false", null => "" }, r.Justification ?? "", r.Implementation ?? ""]))]);

    private static void Refuse(IReadOnlyList<FieldError> errors)
    {
        if (errors.Count > 0)
        {
            var causes = errors.Take(100).Select(e => new Refusal(
                RefusalKind.InvalidInput, e.Code, e.Title, e.Remedy, e.Row is { } row ? $"rows[{row}].{e.Field}" : e.Field, e.Value));
            throw new RefusedException(Refusal.Of(RefusalKind.InvalidInput, "migration-file-has-errors", null, null, errors.Count) with { Causes = [.. causes] });
        }
    }
}
