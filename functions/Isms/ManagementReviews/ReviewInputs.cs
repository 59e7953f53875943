using System.Globalization;
using Isms.Audits;
using Isms.CorrectiveActions;
using Isms.Meetings;
using Isms.Organizations;
using Isms.Reports;
using Isms.Text;
using Isms.Year;

namespace Isms.ManagementReviews;

/// <summary>What the plan, audits, corrective actions and earlier reviews have to say to a management review, as pure functions of what is stored.</summary>
public static class ReviewInputs
{
    private const int MostLines = 10;

    /// <summary>Clause 9.3.2 a: what earlier reviews decided, and how far it has come. The first review of an organisation says that it is the first.</summary>
    public static ReviewInput OfDecisions(IEnumerable<Meeting> reviews, ReviewPeriod period, Organization organization, IReadOnlyList<string> evidence)
    {
        ArgumentNullException.ThrowIfNull(reviews);
        ArgumentNullException.ThrowIfNull(period);
        var approved = reviews.Where(r => r.Approval is not null).ToList();
        var names = new AuditNames(organization);
        var decisions = approved.SelectMany(r => r.Decisions.Select(d => (Review: r, Decision: d))).ToList();

        // What was settled before the last review was reported to that one.
        var last = approved.MaxBy(r => r.Minutes!.HeldOn)?.Id;
        var reported = decisions.Where(d => d.Review.Id == last || d.Decision.Status == DecisionStatus.Open).ToList();
        var open = reported.Where(d => d.Decision.Status == DecisionStatus.Open).ToList();
        return new ReviewInput
        {
            Topic = ReviewTopic.PreviousActions,
            Title = Say("decisions.title"),
            Sentences = approved.Count == 0
                ? [Say("decisions.first")]
                : [
                    Say("decisions", last, reported.Count, reported.Count - open.Count, open.Count),
                    .. Some(open.OrderBy(d => d.Decision.Due).Select(d => Say(
                        d.Decision.IsOverdue(period.Until) ? "decision.overdue" : "decision", d.Review.Id, d.Decision.Id, d.Decision.What, names.Person(d.Decision.Owner), d.Decision.Due))),
                ],
            Figures = approved.Count == 0
                ? []
                : [
                    Figure("decisions.made", reported.Count), Figure("decisions.done", reported.Count(d => d.Decision.Status == DecisionStatus.Done)),
                    Figure("decisions.open", open.Count), Figure("decisions.overdue", open.Count(d => d.Decision.IsOverdue(period.Until))),
                ],
            Evidence = evidence,
        };
    }

    /// <summary>Clause 9.3.2 b: what the review of the context, and of legal requirements, came to.</summary>
    public static ReviewInput OfContext(IReadOnlyCollection<PlanItem> items, OfficeTime office, IReadOnlyList<string> evidence)
    {
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(office);
        ArgumentNullException.ThrowIfNull(evidence);
        var reviews = items.Where(i => i.Duty is "context-review" or "legal-review").OrderBy(i => i.Id, StringComparer.Ordinal).ToList();
        return new ReviewInput
        {
            Topic = ReviewTopic.Context,
            Title = Say("context.title"),
            Sentences = [.. reviews.Select(i => StateOf(i, office))],
            Evidence = evidence,
            Gap = evidence.Count == 0 ? Say("context.gap") : null,
        };
    }

    /// <summary>Clause 9.3.2 d 1: nonconformities and corrective actions of the period, and all that are open.</summary>
    public static ReviewInput OfActions(IReadOnlyCollection<CorrectiveAction> actions, ReviewPeriod period, Organization organization, IReadOnlyList<string> evidence)
    {
        ArgumentNullException.ThrowIfNull(actions);
        ArgumentNullException.ThrowIfNull(period);
        ArgumentNullException.ThrowIfNull(organization);
        var office = OfficeTime.Of(organization.TimeZone);
        var names = new AuditNames(organization);
        bool In(DateTimeOffset at) => office.DateAt(at) >= period.From && office.DateAt(at) <= period.Until;
        var raised = actions.Where(a => In(a.RaisedAt)).ToList();
        var closed = actions.Count(a => a.Stage == ActionStage.Closed && In(a.StageSince));
        var open = actions.Where(a => a.Stage != ActionStage.Closed).ToList();
        var overdue = open.Count(a => a.Due < period.Until);
        return new ReviewInput
        {
            Topic = ReviewTopic.Nonconformities,
            Title = Say("actions.title"),
            Sentences =
            [
                raised.Count + open.Count == 0 ? Say("actions.none") : Say("actions", raised.Count, closed, open.Count, overdue),
                .. raised.GroupBy(a => a.Source.Origin).OrderBy(g => g.Key).Select(g => Say("actions.origin", Texts.Get("action-record.origin." + g.Key), g.Count())),
                .. Some(open.OrderBy(a => a.Due ?? DateOnly.MaxValue).ThenBy(a => a.Id, StringComparer.Ordinal).Select(a => Say(
                    "action", a.Id, names.Department(a.Nonconformity.Department), ActionRules.NameOf(a.Stage), a.Nonconformity.Fact))),
            ],
            Figures =
            [
                Figure("actions.raised", raised.Count), Figure("actions.closed", closed), Figure("actions.open", open.Count), Figure("actions.overdue", overdue),
                Figure("actions.reopened", raised.Sum(a => a.Reopenings)),
            ],
            Evidence = evidence,
        };
    }

    /// <summary>Clause 9.3.2 d 2: how the yearly plan is kept.</summary>
    public static ReviewInput OfPlan(IReadOnlyCollection<PlanItem> items, ReviewPeriod period, Organization organization, IReadOnlyList<string> evidence)
    {
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(period);
        ArgumentNullException.ThrowIfNull(organization);
        var progress = YearProgress.Of(items, OfficeTime.Of(organization.TimeZone), period.Until);
        var percent = progress.OnTimePercent is { } p ? LocalizedText.Same(p.ToString("0.0", CultureInfo.InvariantCulture) + " %") : Texts.Get("document.none");
        return new ReviewInput
        {
            Topic = ReviewTopic.Measurement,
            Title = Say("plan.title"),
            Sentences =
            [
                Say("plan", PlanItemTexts.NameOfYear(period.FiscalYear), progress.Total, progress.Done, progress.Overdue, percent),
                .. Some(items.Where(i => i.IsOverdue(period.Until)).OrderBy(i => i.DueOn).ThenBy(i => i.Id, StringComparer.Ordinal).Select(i => Say("plan.overdue", i.Title, i.DueOn))),
            ],
            Figures = [Figure("plan.total", progress.Total), Figure("plan.done", progress.Done), Figure("plan.overdue", progress.Overdue), new ReportFigure(Name("plan.on-time"), percent)],
            Evidence = evidence,
            Gap = items.Count == 0 ? Say("plan.gap", period.FiscalYear) : null,
        };
    }

    /// <summary>Clause 9.3.2 d 3: the internal audits that were reported in the period.</summary>
    public static ReviewInput OfAudits(IEnumerable<Audit> audits, ReviewPeriod period, Organization organization, IReadOnlyList<string> evidence)
    {
        ArgumentNullException.ThrowIfNull(audits);
        ArgumentNullException.ThrowIfNull(period);
        ArgumentNullException.ThrowIfNull(organization);
        var office = OfficeTime.Of(organization.TimeZone);
        var reported = audits.Where(a => a.ReportApproval is { } approval && office.DateAt(approval.At) >= period.From && office.DateAt(approval.At) <= period.Until).ToList();
        var findings = reported.SelectMany(a => a.Findings).ToList();
        int Of(AnswerResult grade) => findings.Count(f => f.Grade == grade);
        var closed = reported.Sum(a => a.Actions.Count(x => x.Closed));
        return new ReviewInput
        {
            Topic = ReviewTopic.AuditResults,
            Title = Say("audits.title"),
            Sentences =
            [
                .. reported.Select(a => Say("audit", a.Id, a.Plan.From, a.Plan.To, a.Plan.Departments.Count, a.Findings.Count(f => f.IsNonconformity))),
                .. Some(findings.Where(f => f.Grade == AnswerResult.MajorNonconformity).Select(f => Say("audit.major", f.Fact))),
            ],
            Figures = reported.Count == 0
                ? []
                : [
                    Figure("audits.count", reported.Count), Figure("audits.major", Of(AnswerResult.MajorNonconformity)), Figure("audits.minor", Of(AnswerResult.MinorNonconformity)),
                    Figure("audits.observations", Of(AnswerResult.Observation)), Figure("audits.opportunities", Of(AnswerResult.Opportunity)), Figure("audits.actions-closed", closed),
                ],
            Evidence = evidence,
            Gap = reported.Count == 0 ? Say("audits.gap") : null,
        };
    }

    internal static LocalizedText Say(string key, params ReadOnlySpan<object?> arguments) => Texts.Get("review.say." + key, arguments);

    internal static LocalizedText Name(string key) => Texts.Get("review.figure." + key);

    internal static ReportFigure Figure(string key, int value) => new(Name(key), LocalizedText.Same(value.ToString(CultureInfo.InvariantCulture)));

    internal static IEnumerable<LocalizedText> Some(IEnumerable<LocalizedText> lines)
    {
        var all = lines.ToList();
        return all.Count <= MostLines ? all : [.. all.Take(MostLines), Texts.Get("agenda.more", all.Count - MostLines)];
    }

    private static LocalizedText StateOf(PlanItem item, OfficeTime office) => item.LastSubmission is { } submission
        ? Say("item.submitted", item.Title, office.DateAt(submission.At), PlanItemTexts.NameOf(item.State))
        : Say("item", item.Title, PlanItemTexts.NameOf(item.State), item.DueOn);
}
