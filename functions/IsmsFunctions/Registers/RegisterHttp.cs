using Isms.Registers;
using Isms.Rules;
using IsmsFunctions.Hosting.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace IsmsFunctions.Registers;

/// <summary>Shows registers and their entries.</summary>
public sealed class RegisterHttp(RegisterDesk desk, RegisterStore store)
{
    /// <summary>The registers there are, with their definitions.</summary>
    [Function(nameof(ListRegisters))]
    public async Task<IResult> ListRegisters(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/registers")] HttpRequest request, CancellationToken cancellationToken)
    {
        var visit = await desk.ReceiveAsync(request, cancellationToken);
        var book = await desk.BookAsync(request, visit, cancellationToken);
        return Answers.Ok(new RegisterList(book.Version, [.. visit.Definitions.All.Select(d => Summary(book, d))]));
    }

    /// <summary>The entries of a register, a page at a time (<c>?top=&amp;continuationToken=&amp;asOf=&amp;deleted=no|only|all&amp;{field}=</c>).</summary>
    [Function(nameof(ListRegisterEntries))]
    public async Task<IResult> ListRegisterEntries(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/registers/{name}")] HttpRequest request, string name, CancellationToken cancellationToken)
    {
        var visit = await desk.ReceiveAsync(request, cancellationToken);
        var definition = visit.Definition(name);
        var query = RegisterQuery.Of(request, definition, visit.Access.Hidden(definition));
        var page = PageRequest.Of(request, name + "/");
        var book = await desk.BookAsync(request, visit, cancellationToken);
        var after = page.After?[(name.Length + 1)..];
        var following = book.Entries(name).Where(e => (after is null || RegisterRules.CompareIds(e.Id, after) > 0) && query.Matches(e));
        var found = await page.TakeAsync(following.ToAsyncEnumerable(), e => $"{name}/{e.Id}", cancellationToken);
        return Answers.Ok(new ListPage<EntryView>([.. found.Items.Select(e => EntryView.Of(definition, e, visit.Access))], found.ContinuationToken));
    }

    /// <summary>One entry with its links both ways; its entity tag is its revision.</summary>
    [Function(nameof(GetRegisterEntry))]
    public async Task<IResult> GetRegisterEntry(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/registers/{name}/{id}")] HttpRequest request,
        string name,
        string id,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var visit = await desk.ReceiveAsync(request, cancellationToken);
        var definition = visit.Definition(name);
        var book = await desk.BookAsync(request, visit, cancellationToken);
        var entry = book.Find(name, id) ?? throw new RefusedException(RegisterRefusals.UnknownEntry(id));
        request.HttpContext.Response.Headers.ETag = RegisterETag.Of(entry);
        return Answers.Ok(EntryView.Of(definition, entry, visit.Access).WithLinks(book, definition, entry, visit.Definitions));
    }

    /// <summary>Everything that ever happened to an entry.</summary>
    [Function(nameof(GetRegisterEntryHistory))]
    public async Task<IResult> GetRegisterEntryHistory(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/registers/{name}/{id}/history")] HttpRequest request,
        string name,
        string id,
        CancellationToken cancellationToken)
    {
        var visit = await desk.ReceiveAsync(request, cancellationToken);
        var definition = visit.Definition(name);
        var entry = (await store.ReadAsync(cancellationToken)).Find(name, id) ?? throw new RefusedException(RegisterRefusals.UnknownEntry(id));
        var changes = await store.HistoryAsync(name, id, cancellationToken);
        var hidden = visit.Access.Hidden(definition, entry.Values);
        return Answers.Ok(new EntryHistory(name, id, [.. changes.Select(c => ChangeView.Of(c, hidden))]));
    }

    private static RegisterSummary Summary(RegisterBook book, RegisterDefinition definition)
    {
        var kept = book.Entries(definition.Name).Where(e => !e.IsDeleted).ToList();
        return new RegisterSummary(definition.Name, definition.Title, kept.Count, kept.Count(e => e.IsSample), definition);
    }
}

/// <summary>The entity tag of entries.</summary>
internal static class RegisterETag
{
    /// <summary>An entry's tag.</summary>
    public static string Of(RegisterEntry entry) => $"\"{entry.Revision}\"";

    /// <summary>The revision that a change is based on: the entry's, when the request says so or says that it does not matter.</summary>
    /// <exception cref="RefusedException">The request does not say, or it says another one.</exception>
    public static int Expected(string? ifMatch, RegisterEntry entry) =>
        ifMatch is null ? throw new RefusedException(Refusal.Of(RefusalKind.VersionMissing, "if-match-missing", "If-Match", null, Of(entry)))
        : ifMatch == "*" || ifMatch == Of(entry) ? entry.Revision
        : throw new RefusedException(Refusal.Of(RefusalKind.Stale, "changed-by-someone-else", "If-Match", ifMatch, Of(entry)));
}
