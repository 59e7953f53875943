using System.Globalization;
using Isms.Registers;
using Isms.Rules;
using Isms.Year;
using IsmsFunctions.Hosting.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace IsmsFunctions.Registers;

/// <summary>How many entries of a register were written.</summary>
/// <param name="Register">The register.</param>
/// <param name="Entries">How many.</param>
public sealed record SampleCount(string Register, int Entries);

/// <summary>What loading or removing starter content did.</summary>
/// <param name="Items">The registers it touched.</param>
public sealed record SampleView(IReadOnlyList<SampleCount> Items)
{
    /// <summary>What a commit did.</summary>
    public static SampleView Of(RegisterCommitted committed)
    {
        ArgumentNullException.ThrowIfNull(committed);
        return new SampleView([.. committed.Changes.CountBy(c => c.Register).Select(c => new SampleCount(c.Key, c.Value))]);
    }
}

/// <summary>Starter content, loaded by choice and taken away again.</summary>
public sealed class RegisterSampleHttp(RegisterDesk desk, RegisterEditor editor, RegisterStore store, TimeProvider clock)
{
    private const int MostNamed = 12;

    /// <summary>Fills the empty registers with starter content, in the organisation's language or <c>?culture=ja-JP|en-US</c>.</summary>
    [Function(nameof(LoadSampleRegisters))]
    public async Task<IResult> LoadSampleRegisters(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/registers/sample")] HttpRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var visit = await desk.ReceiveAsync(request, cancellationToken);
        var command = request.Command(clock);
        var organization = visit.Organization;
        var culture = CultureOf(request.Query["culture"].FirstOrDefault() ?? organization.Culture);
        var year = FiscalYear.Of(OfficeTime.Of(organization.TimeZone).DateAt(clock.GetUtcNow()), organization.FiscalYearStartMonth);
        var proposals = SampleContent.For(organization, culture, year)
            .Select(e => new ProposedChange(e.Register, e.Id, RegisterChangeKind.Created, e.Values))
            .ToList();
        var author = new RegisterAuthor(visit.Actor.PersonId, RegisterChange.Sample, command.IdempotencyKey);
        var committed = await editor.ApplyAsync(proposals, author, RegistersAreInUse, cancellationToken);
        return Answers.Created(request, "/registers", SampleView.Of(committed));
    }

    /// <summary>Deletes the starter content that nobody has edited; refused while the organisation's own entries refer to it.</summary>
    [Function(nameof(RemoveSampleRegisters))]
    public async Task<IResult> RemoveSampleRegisters(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "api/registers/sample")] HttpRequest request, CancellationToken cancellationToken)
    {
        var visit = await desk.ReceiveAsync(request, cancellationToken);
        var command = request.Command(clock);
        var book = await store.ReadAsync(cancellationToken);
        var proposals = (from register in book.Registers
                         from entry in book.Entries(register)
                         where entry is { IsSample: true, IsDeleted: false }
                         select new ProposedChange(register, entry.Id, RegisterChangeKind.Deleted, new Dictionary<string, string>(), entry.Revision)).ToList();
        var author = new RegisterAuthor(visit.Actor.PersonId, RegisterChange.Edit, command.IdempotencyKey);
        return Answers.Ok(SampleView.Of(await editor.ApplyAsync(proposals, author, null, cancellationToken)));
    }

    /// <summary>The ids of starter content are fixed, since its entries refer to each other: it cannot be mixed with entries that have those ids.</summary>
    private static Refusal? RegistersAreInUse(RegisterBook book)
    {
        var used = book.Registers.Where(r => book.Entries(r).Count > 0).Take(MostNamed).ToList();
        return used.Count == 0 ? null
            : Refusal.Of(RefusalKind.IllegalState, "sample-registers-not-empty", null, null, string.Join(", ", used));
    }

    private static CultureInfo CultureOf(string name) => name is "ja-JP" or "en-US"
        ? CultureInfo.GetCultureInfo(name)
        : throw new RefusedException(Refusal.Of(RefusalKind.InvalidInput, "sample-culture-unknown", "culture", name, name));
}
