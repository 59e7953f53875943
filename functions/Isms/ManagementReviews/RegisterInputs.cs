using Isms.Organizations;
using Isms.Registers;
using Isms.Reports;
using Isms.Risks;
using Isms.Year;
using static Isms.ManagementReviews.ReviewInputs;

namespace Isms.ManagementReviews;

/// <summary>What the registers have to say to a management review.</summary>
public static class RegisterInputs
{
    private const int DaysAhead = 90;

    /// <summary>Clause 9.3.2 c: interested parties and legal or contractual requirements that were added or changed in the period.</summary>
    public static ReviewInput OfParties(RegisterBook book, ReviewPeriod period, Organization organization, IReadOnlyList<string> evidence)
    {
        ArgumentNullException.ThrowIfNull(organization);
        var office = OfficeTime.Of(organization.TimeZone);
        var (parties, requirements) = (Present(book, "interested-parties"), Present(book, "requirements"));
        var changedParties = parties.Where(e => ChangedIn(e, period, office)).ToList();
        var changedRequirements = requirements.Where(e => ChangedIn(e, period, office)).ToList();
        return new ReviewInput
        {
            Topic = ReviewTopic.InterestedParties,
            Title = Say("parties.title"),
            Sentences = parties.Count == 0
                ? []
                : [
                    Say("parties", parties.Count, changedParties.Count, requirements.Count, changedRequirements.Count),
                    .. Some(changedParties.Concat(changedRequirements).Select(e => Say("entry", e.Id, e["name"]))),
                ],
            Figures = parties.Count == 0
                ? []
                : [
                    Figure("parties.count", parties.Count), Figure("parties.changed", changedParties.Count), Figure("parties.not-addressed", parties.Count(e => e["isAddressed"] == "false")),
                    Figure("requirements.changed", changedRequirements.Count),
                ],
            Evidence = evidence,
            Gap = parties.Count == 0 ? Say("parties.gap") : null,
        };
    }

    /// <summary>Clause 9.3.2 e: feedback that customers and others gave, as far as it was registered as a suggestion.</summary>
    public static ReviewInput OfFeedback(RegisterBook book, ReviewPeriod period, Organization organization)
    {
        ArgumentNullException.ThrowIfNull(organization);
        var office = OfficeTime.Of(organization.TimeZone);
        var feedback = Present(book, "suggestions").Where(e => e["source"] == "customer" && RegisteredIn(e, period, office)).ToList();
        return new ReviewInput
        {
            Topic = ReviewTopic.Feedback,
            Title = Say("feedback.title"),
            Sentences = [.. Some(feedback.Select(e => Say("entry", e.Id, e["name"])))],
            Figures = feedback.Count == 0 ? [] : [Figure("feedback.count", feedback.Count)],

            // Nobody registered anything: whether nobody said anything is for the secretariat to say.
            Gap = feedback.Count == 0 ? Say("feedback.gap") : null,
        };
    }

    /// <summary>Clause 9.3.2 f: the risks that were assessed, and how far their treatment has come.</summary>
    public static ReviewInput OfRisks(
        IReadOnlyCollection<Risk> risks, IReadOnlyCollection<PlannedTreatment> treatments, ReviewPeriod period, RiskMethod method, IReadOnlyList<string> evidence)
    {
        ArgumentNullException.ThrowIfNull(risks);
        ArgumentNullException.ThrowIfNull(treatments);
        ArgumentNullException.ThrowIfNull(period);
        ArgumentNullException.ThrowIfNull(method);
        var concerns = new RiskAttention(method, treatments, period.Until, DaysAhead).Of(risks);
        int With(RiskConcern concern) => concerns.Where(c => c.Concern == concern).Select(c => c.Risk.Id).Distinct().Count();
        var above = risks.Count(r => r.RemainingLevel is { } level && method.IsAboveTheLine(level));
        var settled = treatments.Count(t => t.IsSettled);
        var overdue = treatments.Count(t => !t.IsSettled && t.Due < period.Until);
        return new ReviewInput
        {
            Topic = ReviewTopic.Risks,
            Title = Say("risks.title"),
            Sentences = risks.Count == 0
                ? []
                : [
                    Say("risks", risks.Count, above, With(RiskConcern.NotAccepted)), Say("treatments", treatments.Count, settled, overdue),
                    .. Some(risks.Where(r => r.RemainingLevel is { } level && method.IsAboveTheLine(level)).OrderByDescending(r => r.RemainingLevel)
                        .ThenBy(r => r.Id, StringComparer.Ordinal).Select(r => Say("risk", r.Id, r.Title, r.RemainingLevel))),
                ],
            Figures = risks.Count == 0
                ? []
                : [
                    Figure("risks.count", risks.Count), Figure("risks.above", above), Figure("risks.not-assessed", With(RiskConcern.NotAssessed)),
                    Figure("risks.not-accepted", With(RiskConcern.NotAccepted)), Figure("treatments.count", treatments.Count), Figure("treatments.done", settled),
                    Figure("treatments.overdue", overdue),
                ],
            Evidence = evidence,
            Gap = risks.Count == 0 ? Say("risks.gap") : null,
        };
    }

    /// <summary>Clause 9.3.2 g: suggestions of the period, and what became of them.</summary>
    public static ReviewInput OfSuggestions(RegisterBook book, ReviewPeriod period, Organization organization, IReadOnlyList<string> evidence)
    {
        ArgumentNullException.ThrowIfNull(organization);
        var office = OfficeTime.Of(organization.TimeZone);
        var all = Present(book, "suggestions");
        var suggested = all.Where(e => RegisteredIn(e, period, office)).ToList();
        var open = all.Where(e => e["decision"] is "open" or "adopted").ToList();
        ReportFigure Decided(string decision) => Figure("suggestions." + decision, suggested.Count(e => e["decision"] == decision));
        return new ReviewInput
        {
            Topic = ReviewTopic.Improvement,
            Title = Say("suggestions.title"),
            Sentences = all.Count == 0 ? [] : [Say("suggestions", suggested.Count, open.Count), .. Some(open.Select(e => Say("entry", e.Id, e["name"])))],
            Figures = all.Count == 0 ? [] : [Figure("suggestions.count", suggested.Count), Decided("open"), Decided("adopted"), Decided("done"), Decided("rejected")],
            Evidence = evidence,
            Gap = all.Count == 0 ? Say("suggestions.gap") : null,
        };
    }

    private static IReadOnlyList<RegisterEntry> Present(RegisterBook book, string register)
    {
        ArgumentNullException.ThrowIfNull(book);
        return [.. book.Entries(register).Where(e => !e.IsDeleted && !e.IsSample)];
    }

    private static bool ChangedIn(RegisterEntry entry, ReviewPeriod period, OfficeTime office)
    {
        var day = office.DateAt(entry.ChangedAt);
        return day >= period.From && day <= period.Until;
    }

    private static bool RegisteredIn(RegisterEntry entry, ReviewPeriod period, OfficeTime office)
    {
        var day = RiskFields.DateOf(entry["proposedAt"]) ?? office.DateAt(entry.CreatedAt);
        return day >= period.From && day <= period.Until;
    }
}
