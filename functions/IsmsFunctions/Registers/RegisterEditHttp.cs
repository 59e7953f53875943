using System.Text.Json;
using Isms.Registers;
using Isms.Rules;
using IsmsFunctions.Hosting.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace IsmsFunctions.Registers;

/// <summary>What somebody writes into an entry.</summary>
/// <param name="Values">The values by field; what is left out has no value.</param>
/// <param name="Id">The id of a new entry of a register with fixed ids; otherwise null.</param>
public sealed record EntryBody(IReadOnlyDictionary<string, JsonElement> Values, string? Id = null);

/// <summary>Edits entries.</summary>
public sealed class RegisterEditHttp(RegisterDesk desk, RegisterStore store, RegisterEditor editor, TimeProvider clock)
{
    private static readonly IReadOnlyDictionary<string, string> Nothing = new Dictionary<string, string>();

    /// <summary>Creates an entry.</summary>
    [Function(nameof(CreateRegisterEntry))]
    public async Task<IResult> CreateRegisterEntry(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/registers/{name}")] HttpRequest request, string name, CancellationToken cancellationToken)
    {
        var visit = await desk.ReceiveAsync(request, cancellationToken);
        var definition = visit.Definition(name);
        var body = await request.ReadBodyAsync<EntryBody>(cancellationToken);
        var values = ValuesOf(definition, body, Nothing, new HashSet<string>());
        Permit(visit.Access.MayNotKeep(definition, values) ?? WritesHidden(definition, body, visit.Access.Hidden(definition, values)));
        var proposal = new ProposedChange(name, body.Id, RegisterChangeKind.Created, values);
        var committed = await editor.ApplyAsync([proposal], Author(request), null, cancellationToken);
        var entry = committed.Book.Find(name, committed.Earlier?.Id ?? committed.Changes[0].Id)!;
        request.HttpContext.Response.Headers.ETag = RegisterETag.Of(entry);
        return Answers.Created(request, $"/registers/{name}/{entry.Id}", EntryView.Of(definition, entry, visit.Access));
    }

    /// <summary>Replaces the values of an entry; needs <c>If-Match</c>.</summary>
    [Function(nameof(ChangeRegisterEntry))]
    public async Task<IResult> ChangeRegisterEntry(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "api/registers/{name}/{id}")] HttpRequest request,
        string name,
        string id,
        CancellationToken cancellationToken)
    {
        var visit = await desk.ReceiveAsync(request, cancellationToken);
        var definition = visit.Definition(name);
        var body = await request.ReadBodyAsync<EntryBody>(cancellationToken);
        return await WriteAsync(request, visit, definition, id, RegisterChangeKind.Changed, before =>
        {
            var values = ValuesOf(definition, body, before.Values, visit.Access.Hidden(definition, before.Values));
            Permit(visit.Access.MayNotKeep(definition, values));
            return values;
        }, cancellationToken);
    }

    /// <summary>Deletes an entry that nothing refers to; it can be restored. Needs <c>If-Match</c>.</summary>
    [Function(nameof(DeleteRegisterEntry))]
    public async Task<IResult> DeleteRegisterEntry(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "api/registers/{name}/{id}")] HttpRequest request,
        string name,
        string id,
        CancellationToken cancellationToken)
    {
        var visit = await desk.ReceiveAsync(request, cancellationToken);
        return await WriteAsync(request, visit, visit.Definition(name), id, RegisterChangeKind.Deleted, _ => Nothing, cancellationToken);
    }

    /// <summary>Takes a deletion back; what the entry refers to must be there.</summary>
    [Function(nameof(RestoreRegisterEntry))]
    public async Task<IResult> RestoreRegisterEntry(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/registers/{name}/{id}/restore")] HttpRequest request,
        string name,
        string id,
        CancellationToken cancellationToken)
    {
        var visit = await desk.ReceiveAsync(request, cancellationToken);
        return await WriteAsync(request, visit, visit.Definition(name), id, RegisterChangeKind.Restored, _ => Nothing, cancellationToken);
    }

    private async Task<IResult> WriteAsync(
        HttpRequest request,
        RegisterVisit visit,
        RegisterDefinition definition,
        string id,
        RegisterChangeKind kind,
        Func<RegisterEntry, IReadOnlyDictionary<string, string>> valuesFrom,
        CancellationToken cancellationToken)
    {
        var author = Author(request);
        var book = await store.ReadAsync(cancellationToken);
        if (author.Key is null || book.FindKey(author.Key) is null)
        {
            var before = book.Find(definition.Name, id) ?? throw new RefusedException(RegisterRefusals.UnknownEntry(id));
            Permit(visit.Access.MayNotKeep(definition, before.Values));
            var ifMatch = request.Headers.IfMatch.FirstOrDefault() ?? (kind == RegisterChangeKind.Restored ? "*" : null);
            var proposal = new ProposedChange(definition.Name, id, kind, valuesFrom(before), RegisterETag.Expected(ifMatch, before));
            book = (await editor.ApplyAsync([proposal], author, null, cancellationToken)).Book;
        }

        var entry = book.Find(definition.Name, id)!;
        request.HttpContext.Response.Headers.ETag = RegisterETag.Of(entry);
        return Answers.Ok(EntryView.Of(definition, entry, visit.Access));
    }

    /// <summary>The values of a body in canonical form. What its writer does not see stays as it is.</summary>
    private static Dictionary<string, string> ValuesOf(
        RegisterDefinition definition, EntryBody body, IReadOnlyDictionary<string, string> before, IReadOnlySet<string> hidden)
    {
        Permit(WritesHidden(definition, body, hidden));
        var values = new Dictionary<string, string>(RegisterEditor.Canonical(definition, RegisterJson.Texts(body.Values)), StringComparer.Ordinal);
        foreach (var field in definition.Fields)
        {
            var present = before.GetValueOrDefault(field.Name, "");
            if (field.IsComputed && values.Remove(field.Name, out var given) && given != present)
            {
                throw new RefusedException(RegisterRefusals.Of(
                    [FieldError.Of("computed-field-changed", field.Name, given, field.Title, present.Length == 0 ? "–" : present)]));
            }

            if (hidden.Contains(field.Name) && present.Length > 0)
            {
                values[field.Name] = present;
            }
        }

        return values;
    }

    private static Refusal? WritesHidden(RegisterDefinition definition, EntryBody body, IReadOnlySet<string> hidden) =>
        body.Values.Keys.FirstOrDefault(hidden.Contains) is { } invisible
            ? RegisterRefusals.Of([FieldError.Of("field-not-visible", invisible, "", definition.Find(invisible)!.Title)])
            : null;

    private static void Permit(Refusal? refusal)
    {
        if (refusal is not null)
        {
            throw new RefusedException(refusal);
        }
    }

    private RegisterAuthor Author(HttpRequest request)
    {
        var command = request.Command(clock);
        return new RegisterAuthor(command.Actor.PersonId, RegisterChange.Edit, command.IdempotencyKey is { } key ? $"{request.Method} {key}" : null);
    }
}
