using System.Security.Cryptography;
using System.Text;
using Isms.AccessReviews;
using Isms.Rules;
using IsmsFunctions.Hosting.State;

namespace IsmsFunctions.AccessReviews;

/// <summary>Keeps reviews of access rights, and one row for each command that answered rows of a sheet, so that many people who answer at the same time never collide.</summary>
public sealed class AccessReviewStore(StateStore states)
{
    /// <summary>The kind of a review's state; its id is the workflow's instance id.</summary>
    public const string Kind = "access-review";

    private const string AnswerKind = "access-review-answer";

    /// <summary>The review.</summary>
    /// <exception cref="RefusedException">There is none of this id.</exception>
    public async Task<Stored<AccessReview>> GetAsync(string id, CancellationToken cancellationToken) =>
        await states.FindAsync<AccessReview>(Kind, id, cancellationToken)
        ?? throw new RefusedException(Refusal.Of(RefusalKind.NotFound, "unknown-access-review", "id", id, id));

    /// <summary>Reviews, ordered by id, whose id comes after <paramref name="after"/>; those of one fiscal year where it is given.</summary>
    public IAsyncEnumerable<Stored<AccessReview>> ListAfterAsync(string? fiscalYear, string? after, CancellationToken cancellationToken) =>
        states.ListAfterAsync<AccessReview>(Kind, PrefixOf(fiscalYear), after, cancellationToken);

    /// <summary>What the ids of all reviews begin with; those of one fiscal year where it is given.</summary>
    public static string PrefixOf(string? fiscalYear) => fiscalYear is null ? "access-review-" : $"access-review-{fiscalYear}-";

    /// <summary>The answers to a sheet, in an order of their own.</summary>
    public async Task<IReadOnlyList<AnswerBatch>> AnswersAsync(string review, string sheet, CancellationToken cancellationToken) =>
        await states.ListAsync<AnswerBatch>(AnswerKind, $"{review}.{sheet}.", cancellationToken).Select(a => a.Value).ToListAsync(cancellationToken);

    /// <summary>The answers to all sheets of a review that count, by sheet.</summary>
    public async Task<IReadOnlyDictionary<string, IReadOnlyDictionary<int, StandingAnswer>>> CountedAsync(AccessReview review, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(review);
        var all = await states.ListAsync<AnswerBatch>(AnswerKind, review.Id + ".", cancellationToken)
            .Select(a => (Sheet: a.Id.Split('.')[1], a.Value)).ToListAsync(cancellationToken);
        return review.Sheets.ToDictionary(s => s.Id, s =>
        {
            var counted = s.SignOff?.Counted.ToHashSet(StringComparer.Ordinal);
            return SheetAnswers.Standing(all.Where(a => a.Sheet == s.Id && counted?.Contains(a.Value.Id) != false).Select(a => a.Value));
        });
    }

    /// <summary>Stores what a command said. The same command again is known by its id, and changes nothing.</summary>
    public Task AddAnswerAsync(string review, string sheet, AnswerBatch batch, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batch);
        return states.TryCreateAsync(AnswerKind, $"{review}.{sheet}.{batch.Id}", batch, cancellationToken: cancellationToken);
    }

    /// <summary>The id of what a command says: made from what makes it that command and no other.</summary>
    public static string BatchIdOf(string origin) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(origin)))[..20];
}
