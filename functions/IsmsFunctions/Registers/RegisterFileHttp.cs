using System.Globalization;
using Isms.Registers;
using Isms.Rules;
using IsmsFunctions.Documents.Office.Reading;
using IsmsFunctions.Hosting.Http;
using IsmsFunctions.Hosting.Problems;
using IsmsFunctions.Registers.Files;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Azure.Functions.Worker;

namespace IsmsFunctions.Registers;

/// <summary>Registers from and to files.</summary>
public sealed class RegisterFileHttp(RegisterDesk desk, RegisterImports imports, TimeProvider clock)
{
    /// <summary>Says what importing the file in the body would do (<c>?format=csv|xlsx&amp;mode=merge|replace</c>). Nothing changes yet.</summary>
    [Function(nameof(ImportRegister))]
    public async Task<IResult> ImportRegister(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/registers/{name}/import")] HttpRequest request,
        string name,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var visit = await desk.ReceiveAsync(request, cancellationToken);
        var definition = visit.Definition(name);
        MustKeepAll(visit, definition);
        var command = request.Command(clock);
        var mode = ModeOf(request.Query["mode"]);
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = TableLimits.Default.Bytes + 1L;
        }

        var table = await TableFiles.Get(request.Query["format"]).ReadAsync(request.Body, definition, TableLimits.Default, cancellationToken);
        var hidden = visit.Access.Hidden(definition);
        var (import, plan) = await imports.PreviewAsync(definition, table, mode, hidden, visit.Actor.PersonId, command.IdempotencyKey, cancellationToken);
        return Answers.Ok(ImportView.Of(import, plan, Problem.CultureOf(request)));
    }

    /// <summary>An import: what it would do or did, and what is wrong with it.</summary>
    [Function(nameof(GetRegisterImport))]
    public async Task<IResult> GetRegisterImport(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/registers/{name}/imports/{id}")] HttpRequest request,
        string name,
        string id,
        CancellationToken cancellationToken)
    {
        var visit = await desk.ReceiveAsync(request, cancellationToken);
        MustKeepAll(visit, visit.Definition(name));
        var (import, plan) = await imports.GetAsync(name, id, cancellationToken);
        return Answers.Ok(ImportView.Of(import, plan, Problem.CultureOf(request)));
    }

    /// <summary>Applies an import that was previewed: all of it, or nothing.</summary>
    [Function(nameof(ApplyRegisterImport))]
    public async Task<IResult> ApplyRegisterImport(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/registers/{name}/imports/{id}/apply")] HttpRequest request,
        string name,
        string id,
        CancellationToken cancellationToken)
    {
        var visit = await desk.ReceiveAsync(request, cancellationToken);
        MustKeepAll(visit, visit.Definition(name));
        var (import, plan) = await imports.ApplyAsync(name, id, visit.Actor.PersonId, cancellationToken);
        return Answers.Accepted(request, $"/registers/{name}/imports/{id}", ImportView.Of(import, plan, Problem.CultureOf(request)));
    }

    /// <summary>The register as a file (<c>?format=csv|xlsx&amp;asOf=</c>), without the fields that the person does not see.</summary>
    [Function(nameof(ExportRegister))]
    public async Task<IResult> ExportRegister(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/registers/{name}/export")] HttpRequest request,
        string name,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var visit = await desk.ReceiveAsync(request, cancellationToken);
        var hidden = visit.Access.Hidden(visit.Definition(name));
        var definition = visit.Definition(name) with { Fields = [.. visit.Definition(name).Fields.Where(f => !hidden.Contains(f.Name))] };
        var file = TableFiles.Get(request.Query["format"]);
        var book = await desk.BookAsync(request, visit, cancellationToken);
        var table = RegisterTables.ToTable(definition, book.Entries(name));
        var culture = Problem.CultureOf(request);
        return Results.Stream(body => file.WriteAsync(table, definition, culture, body, cancellationToken), file.MediaType, $"{name}.{file.Format}");
    }

    private static void MustKeepAll(RegisterVisit visit, RegisterDefinition definition)
    {
        if (!visit.Access.KeepsAll)
        {
            throw new RefusedException(Refusal.Of(RefusalKind.NotAllowed, "register-import-not-yours", null, null, definition.Title));
        }
    }

    private static ImportMode ModeOf(string? mode) => mode switch
    {
        null or "" or "merge" => ImportMode.Merge,
        "replace" => ImportMode.Replace,
        _ => throw new RefusedException(Refusal.Of(RefusalKind.InvalidInput, "import-mode-unknown", "mode", mode, mode)),
    };
}

/// <summary>An import as its sender sees it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Register">The register.</param>
/// <param name="Mode">What happens to entries that the file does not mention.</param>
/// <param name="State">How far it is.</param>
/// <param name="Created">How many entries are created.</param>
/// <param name="Changed">How many are changed.</param>
/// <param name="Deleted">How many are deleted.</param>
/// <param name="Restored">How many deletions are taken back.</param>
/// <param name="Unchanged">How many rows change nothing.</param>
/// <param name="ErrorCount">How many things are wrong.</param>
/// <param name="Errors">The first of them, by row.</param>
/// <param name="Changes">The first changes.</param>
/// <param name="By">Who sent the file.</param>
/// <param name="At">When.</param>
public sealed record ImportView(
    string Id,
    string Register,
    ImportMode Mode,
    ImportState State,
    int Created,
    int Changed,
    int Deleted,
    int Restored,
    int Unchanged,
    int ErrorCount,
    IReadOnlyList<ImportErrorView> Errors,
    IReadOnlyList<ImportChangeView> Changes,
    string By,
    DateTimeOffset At)
{
    private const int MostErrors = 500;
    private const int MostChanges = 200;

    /// <summary>The import in a language.</summary>
    public static ImportView Of(RegisterImport import, ImportPlan plan, CultureInfo culture)
    {
        ArgumentNullException.ThrowIfNull(import);
        ArgumentNullException.ThrowIfNull(plan);
        var kinds = plan.Changes.CountBy(c => c.Kind).ToDictionary();
        return new ImportView(
            import.Id, import.Register, import.Mode, import.State,
            kinds.GetValueOrDefault(RegisterChangeKind.Created), kinds.GetValueOrDefault(RegisterChangeKind.Changed),
            kinds.GetValueOrDefault(RegisterChangeKind.Deleted), kinds.GetValueOrDefault(RegisterChangeKind.Restored), plan.Unchanged, plan.Errors.Count,
            [.. plan.Errors.Take(MostErrors).Select(e => new ImportErrorView(e.Row, e.Id, e.Field, e.Value, e.Code, e.Title.In(culture), e.Remedy.In(culture)))],
            [.. plan.Changes.Take(MostChanges).Select(c => new ImportChangeView(c.Row, c.Id, c.Kind, c.Fields))],
            import.By, import.At);
    }
}

/// <summary>What is wrong with a row.</summary>
/// <param name="Row">The line or row; null for the header.</param>
/// <param name="Id">The entry.</param>
/// <param name="Field">The field.</param>
/// <param name="Value">The value.</param>
/// <param name="Code">The stable code.</param>
/// <param name="Title">What is wrong.</param>
/// <param name="Detail">What to do about it.</param>
public sealed record ImportErrorView(int? Row, string? Id, string Field, string Value, string Code, string Title, string Detail);

/// <summary>What becomes of an entry.</summary>
/// <param name="Row">The line or row; null for an entry that the file does not mention.</param>
/// <param name="Id">The entry.</param>
/// <param name="Kind">What happens.</param>
/// <param name="Fields">The values before and after.</param>
public sealed record ImportChangeView(int? Row, string Id, RegisterChangeKind Kind, IReadOnlyList<FieldChange> Fields);
