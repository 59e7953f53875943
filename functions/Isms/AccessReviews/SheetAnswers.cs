using System.Globalization;
using Isms.Organizations;
using Isms.Rules;
using Isms.Text;
using Isms.Year;

namespace Isms.AccessReviews;

/// <summary>Answers rows of a sheet: some by number, and the rest of them alike.</summary>
/// <param name="Answers">Answers to rows by their numbers.</param>
/// <param name="Rest">What all rows get that nobody has answered; rows that are conspicuous only where it gives a reason.</param>
public sealed record AnswerSheet(IReadOnlyList<AnswerRows>? Answers = null, AnswerRest? Rest = null);

/// <summary>The same answer to several rows.</summary>
/// <param name="Rows">The numbers of the rows.</param>
/// <param name="Decision">What is decided.</param>
/// <param name="Reason">Why; demanded where a conspicuous right is kept.</param>
/// <param name="ChangeTo">What the right is changed to; demanded for a change.</param>
public sealed record AnswerRows(IReadOnlyList<int> Rows, ReviewDecision Decision, string? Reason = null, string? ChangeTo = null);

/// <summary>The answer to the rows that have none.</summary>
/// <param name="Decision">Keep or revoke; what a right is changed to is said row by row.</param>
/// <param name="Reason">Why.</param>
public sealed record AnswerRest(ReviewDecision Decision, string? Reason = null);

/// <summary>What one command said about rows of a sheet: a row of the storage, written once.</summary>
/// <param name="Id">Its id within the review and sheet.</param>
/// <param name="By">The person id.</param>
/// <param name="At">When.</param>
/// <param name="OnBehalfOf">In whose place.</param>
/// <param name="Entries">The answers.</param>
public sealed record AnswerBatch(string Id, string By, DateTimeOffset At, string? OnBehalfOf, IReadOnlyList<AnswerEntry> Entries);

/// <summary>An answer to several rows.</summary>
/// <param name="Rows">The numbers of the rows.</param>
/// <param name="Decision">What is decided.</param>
/// <param name="Reason">Why.</param>
/// <param name="ChangeTo">What the right is changed to.</param>
/// <param name="IsRest">Whether it was said of the rest: it never replaces what was said of a row by number.</param>
public sealed record AnswerEntry(IReadOnlyList<int> Rows, ReviewDecision Decision, string? Reason = null, string? ChangeTo = null, bool IsRest = false);

/// <summary>The answer to a row that stands.</summary>
/// <param name="Decision">What is decided.</param>
/// <param name="Reason">Why.</param>
/// <param name="ChangeTo">What the right is changed to.</param>
/// <param name="By">The person id of who said so.</param>
/// <param name="At">When.</param>
/// <param name="OnBehalfOf">In whose place.</param>
/// <param name="IsRest">Whether it was said of the rest.</param>
public sealed record StandingAnswer(
    ReviewDecision Decision, string? Reason, string? ChangeTo, string By, DateTimeOffset At, string? OnBehalfOf, bool IsRest);

/// <summary>Answers to the rows of a sheet: which stand, and which are accepted.</summary>
public static class SheetAnswers
{
    private const int LongestText = 1_000;

    /// <summary>
    /// The answer that stands for each row. The later one counts; but what was said of "the rest" gives way to what was said of a row by number, whichever came first:
    /// two people at the same sheet must not lose a revocation to somebody's "keep the others".
    /// </summary>
    /// <param name="batches">All that was said, in any order.</param>
    public static IReadOnlyDictionary<int, StandingAnswer> Standing(IEnumerable<AnswerBatch> batches)
    {
        ArgumentNullException.ThrowIfNull(batches);
        var standing = new Dictionary<int, StandingAnswer>();
        foreach (var batch in batches.OrderBy(b => b.At).ThenBy(b => b.Id, StringComparer.Ordinal))
        {
            foreach (var entry in batch.Entries)
            {
                var answer = new StandingAnswer(entry.Decision, entry.Reason, entry.ChangeTo, batch.By, batch.At, batch.OnBehalfOf, entry.IsRest);
                foreach (var row in entry.Rows)
                {
                    if (!entry.IsRest || !standing.TryGetValue(row, out var present) || present.IsRest)
                    {
                        standing[row] = answer;
                    }
                }
            }
        }

        return standing;
    }

    /// <summary>What a command comes to, row by row, or the rule that it breaks.</summary>
    /// <param name="command">The command.</param>
    /// <param name="sheet">The sheet.</param>
    /// <param name="rows">Its rows.</param>
    /// <param name="standing">The answers that stand.</param>
    /// <param name="by">Who answers.</param>
    /// <param name="organization">Who answers which sheet.</param>
    public static Outcome<IReadOnlyList<AnswerEntry>> Check(
        AnswerSheet command, ReviewSheet sheet, IReadOnlyList<Assignment> rows, IReadOnlyDictionary<int, StandingAnswer> standing, Acting by, Organization organization)
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(standing);
        ArgumentNullException.ThrowIfNull(by);
        var answers = command.Answers ?? [];
        if (answers.Count == 0 && command.Rest is null)
        {
            return Refusal.Of(RefusalKind.InvalidInput, "access-review-nothing-answered", "answers");
        }

        var byNumber = rows.ToDictionary(r => r.Number);
        for (var i = 0; i < answers.Count; i++)
        {
            if (FirstProblemOf(answers[i], $"answers[{i}]", byNumber) is { } refusal)
            {
                return refusal;
            }
        }

        var named = answers.SelectMany(a => a.Rows).ToHashSet();
        if (SheetReviewers.NobodyReviewsTheirOwnRights(sheet, named.Select(n => byNumber[n]), by, organization) is { } own)
        {
            return own;
        }

        var entries = answers.Select(a => new AnswerEntry(a.Rows, a.Decision, Said(a.Reason), Said(a.ChangeTo))).ToList();
        if (command.Rest is not { } rest)
        {
            return entries;
        }

        if (rest.Decision == ReviewDecision.Change)
        {
            return Refusal.Of(RefusalKind.InvalidInput, "access-review-change-without-target", "rest.decision");
        }

        if (SheetReviewers.AnswersTheSheet(sheet, by, organization) is { } notTheirs)
        {
            return notTheirs;
        }

        var left = rows.Where(r => !named.Contains(r.Number) && !standing.ContainsKey(r.Number) && !SheetReviewers.IsOwn(r, by.PersonId))
            .Where(r => rest.Decision == ReviewDecision.Revoke || r.Flags.Count == 0 || Said(rest.Reason) is not null)
            .Select(r => r.Number).ToList();
        if (left.Count > 0)
        {
            entries.Add(new AnswerEntry(left, rest.Decision, Said(rest.Reason), IsRest: true));
        }

        return entries;
    }

    /// <summary>Refuses to sign a sheet with rows that nobody has answered; names the first of them.</summary>
    public static Refusal? EveryRowIsAnswered(IReadOnlyList<Assignment> rows, IReadOnlyDictionary<int, StandingAnswer> standing)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(standing);
        var open = rows.Where(r => !standing.ContainsKey(r.Number)).Select(r => r.Number).ToList();
        return open.Count == 0
            ? null
            : Refusal.Of(RefusalKind.IllegalState, "access-review-rows-unanswered", null, null, open.Count, string.Join(", ", open.Take(10))) with
            {
                Missing = [.. open.Take(50).Select(n => n.ToString(CultureInfo.InvariantCulture))],
                Possible = [AccessReviewRules.Answer],
            };
    }

    private static Refusal? FirstProblemOf(AnswerRows answer, string path, Dictionary<int, Assignment> rows)
    {
        if (answer.Rows is null or [])
        {
            return Refusal.Of(RefusalKind.InvalidInput, "access-review-nothing-answered", path + ".rows");
        }

        if (answer.Rows.FirstOrDefault(n => !rows.ContainsKey(n)) is var unknown && unknown != 0)
        {
            return Refusal.Of(
                RefusalKind.InvalidInput, "access-review-unknown-row", path + ".rows", unknown.ToString(CultureInfo.InvariantCulture), unknown, rows.Count);
        }

        if (answer.Rows.Contains(0))
        {
            return Refusal.Of(RefusalKind.InvalidInput, "access-review-unknown-row", path + ".rows", "0", 0, rows.Count);
        }

        if ((answer.Reason?.Length ?? 0) > LongestText || (answer.ChangeTo?.Length ?? 0) > LongestText)
        {
            return Refusal.Of(RefusalKind.InvalidInput, "access-review-text-too-long", path + ".reason", null, LongestText);
        }

        if (answer.Decision == ReviewDecision.Change && Said(answer.ChangeTo) is null)
        {
            return Refusal.Of(RefusalKind.RuleBroken, "access-review-change-without-target", path + ".changeTo") with { Missing = ["changeTo"] };
        }

        var flagged = answer.Decision == ReviewDecision.Keep && Said(answer.Reason) is null ? answer.Rows.FirstOrDefault(n => rows[n].Flags.Count > 0) : 0;
        return flagged == 0
            ? null
            : Refusal.Of(
                RefusalKind.RuleBroken, "access-review-kept-without-reason", path + ".reason", null, flagged,
                Texts.Join(rows[flagged].Flags.Select(f => Texts.Get("access-review.flag." + f)))) with
            {
                Missing = ["reason"],
            };
    }

    private static string? Said(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
