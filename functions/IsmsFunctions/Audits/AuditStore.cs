using Isms.Audits;
using Isms.Rules;
using IsmsFunctions.Hosting.State;

namespace IsmsFunctions.Audits;

/// <summary>Keeps audits: the audit itself, its checklist, and one row for each answer, so that auditors who write at the same time never collide.</summary>
public sealed class AuditStore(StateStore states)
{
    /// <summary>The kind of an audit's state; its id is the workflow's instance id.</summary>
    public const string Kind = "audit";

    private const string ChecklistKind = "audit-checklist";
    private const string AnswerKind = "audit-answer";

    /// <summary>The audit.</summary>
    /// <exception cref="RefusedException">There is none of this id.</exception>
    public async Task<Stored<Audit>> GetAsync(string id, CancellationToken cancellationToken) =>
        await states.FindAsync<Audit>(Kind, id, cancellationToken)
        ?? throw new RefusedException(Refusal.Of(RefusalKind.NotFound, "unknown-audit", "id", id, id));

    /// <summary>All audits, ordered by id; those of one fiscal year where it is given.</summary>
    public async Task<IReadOnlyList<Stored<Audit>>> ListAsync(string? fiscalYear, CancellationToken cancellationToken) =>
        await ListAfterAsync(fiscalYear, null, cancellationToken).ToListAsync(cancellationToken);

    /// <summary>Those of <see cref="ListAsync"/> whose id comes after <paramref name="after"/>.</summary>
    public IAsyncEnumerable<Stored<Audit>> ListAfterAsync(string? fiscalYear, string? after, CancellationToken cancellationToken) =>
        states.ListAfterAsync<Audit>(Kind, PrefixOf(fiscalYear), after, cancellationToken);

    /// <summary>What the ids of all audits begin with; those of one fiscal year where it is given.</summary>
    public static string PrefixOf(string? fiscalYear) => fiscalYear is null ? "audit-" : $"audit-{fiscalYear}-";

    /// <summary>The checklist; empty while it has not been drawn up.</summary>
    public async Task<Checklist> ChecklistAsync(string auditId, CancellationToken cancellationToken) =>
        (await states.FindAsync<Checklist>(ChecklistKind, auditId, cancellationToken))?.Value ?? new Checklist([]);

    /// <summary>Stores the checklist, unless there is one: what auditors prepare with must not change under them.</summary>
    public Task PutChecklistOnceAsync(string auditId, Checklist checklist, CancellationToken cancellationToken) =>
        states.TryCreateAsync(ChecklistKind, auditId, checklist, cancellationToken: cancellationToken);

    /// <summary>The answers given so far, by question, in order.</summary>
    public async Task<IReadOnlyDictionary<string, AnswerSheet>> AnswersAsync(string auditId, CancellationToken cancellationToken)
    {
        var answers = new SortedDictionary<string, AnswerSheet>(StringComparer.Ordinal);
        await foreach (var sheet in states.ListAsync<AnswerSheet>(AnswerKind, auditId + ".", cancellationToken))
        {
            answers.Add(sheet.Value.Question, sheet.Value);
        }

        return answers;
    }

    /// <summary>The versions of the answers that were submitted, by question.</summary>
    public async Task<IReadOnlyDictionary<string, GivenAnswer>> SubmittedAnswersAsync(Audit audit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(audit);
        var submitted = audit.Submission?.Answers ?? new Dictionary<string, int>();
        var sheets = await AnswersAsync(audit.Id, cancellationToken);
        return submitted.OrderBy(s => s.Key, StringComparer.Ordinal).ToDictionary(s => s.Key, s => sheets[s.Key].Versions.First(v => v.Version == s.Value));
    }

    /// <summary>Adds an answer as the newest version of its sheet; saying the same again adds nothing.</summary>
    public async Task<GivenAnswer> AnswerAsync(string auditId, AnswerDraft answer, string by, DateTimeOffset at, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(answer);
        var row = $"{auditId}.{answer.Question}";
        var first = new AnswerSheet(answer.Question, [new GivenAnswer(1, by, at, answer)]);
        var created = await states.TryCreateAsync(AnswerKind, row, first, cancellationToken: cancellationToken);
        var stored = created ?? await states.UpdateAsync<AnswerSheet>(AnswerKind, row, sheet => sheet.With(by, at, answer), cancellationToken: cancellationToken);
        return stored.Value.Latest;
    }

    /// <summary>Adds an answer unless somebody has answered since the version that it was made from; null then, and nothing is added.</summary>
    /// <param name="auditId">The audit.</param>
    /// <param name="answer">The answer.</param>
    /// <param name="basedOn">The newest version that its author knew; 0 when there was none.</param>
    /// <param name="by">Who answers.</param>
    /// <param name="at">When.</param>
    /// <param name="cancellationToken">Cancels before anything is sent.</param>
    public async Task<GivenAnswer?> AnswerAsync(string auditId, AnswerDraft answer, int basedOn, string by, DateTimeOffset at, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(answer);
        var row = $"{auditId}.{answer.Question}";
        var first = new AnswerSheet(answer.Question, [new GivenAnswer(1, by, at, answer)]);
        var created = basedOn == 0 ? await states.TryCreateAsync(AnswerKind, row, first, cancellationToken: cancellationToken) : null;
        var stored = created ?? await states.UpdateAsync<AnswerSheet>(
            AnswerKind, row, sheet => sheet.Latest.Version == basedOn ? sheet.With(by, at, answer) : sheet, cancellationToken: cancellationToken);

        // A request that was repeated below us finds its own answer.
        var latest = stored.Value.Latest;
        return latest.By == by && latest.Answer.SaysTheSameAs(answer) ? latest : null;
    }
}
