using Isms.Notifications;
using Isms.Organizations;
using Isms.Text;

namespace Isms.SpotChecks;

/// <summary>Whom a spot-check writes to.</summary>
public static class SpotLetters
{
    /// <summary>Tells the secretariat what there is to decide and whom to look at, and what of the spot-checks before is overdue.</summary>
    /// <param name="check">The spot-check.</param>
    /// <param name="overdue">Tasks of earlier spot-checks whose day has passed and whose exception is still there.</param>
    /// <param name="organization">Who is written to.</param>
    public static IReadOnlyList<Letter> Made(SpotCheck check, IReadOnlyList<string> overdue, Organization organization)
    {
        ArgumentNullException.ThrowIfNull(check);
        ArgumentNullException.ThrowIfNull(overdue);
        ArgumentNullException.ThrowIfNull(organization);
        object?[] arguments =
        [
            check.Period, check.Undecided.Count(), check.Points.Count(p => p.Result is SpotResult.NoEvidence or SpotResult.Incomplete), check.Sample?.People.Count ?? 0, overdue.Count,
        ];
        var facts = Texts.Get("spot-letter.facts", check.Id, arguments[0], arguments[1], arguments[2], arguments[3], arguments[4]);
        return [.. Letter.ToEach(
            "made", Texts.Get("spot-letter.made.subject", arguments), Texts.Get("spot-letter.made.body", arguments), facts,
            organization.InRole(Role.Secretariat).Select(p => p.Id), organization).Select(l => l with { Delivery = Delivery.Digest })];
    }

    /// <summary>Tells somebody what they are to mend.</summary>
    public static IReadOnlyList<Letter> Task(SpotPoint point, SpotCheck check, Organization organization)
    {
        ArgumentNullException.ThrowIfNull(point);
        ArgumentNullException.ThrowIfNull(check);
        ArgumentNullException.ThrowIfNull(organization);
        var decision = point.Decision!;
        object?[] arguments = [SpotCatalogue.NameOf(point, check), decision.Due, point.Exceptions, decision.Reason];
        var facts = Texts.Get("spot-letter.task-facts", check.Id, arguments[0], SpotCatalogue.LimitOf(point.Id, organization.Policy), arguments[1]);
        return Letter.ToEach(
            "task-" + point.Id, Texts.Get("spot-letter.task.subject", arguments), Texts.Get("spot-letter.task.body", arguments), facts, [decision.Owner!], organization);
    }
}
