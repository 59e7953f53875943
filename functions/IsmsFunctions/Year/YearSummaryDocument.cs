using System.Globalization;
using Isms.Documents;
using Isms.Organizations;
using Isms.Text;
using Isms.Year;

namespace IsmsFunctions.Year;

/// <summary>The printed summary of a year, one page that a manager can read, and its annex with every item.</summary>
public static class YearSummaryDocument
{
    /// <summary>More rows than this would not leave one page; the rest is in the annex, and the page says how many.</summary>
    private const int MostListed = 5;

    /// <summary>A reason that takes more than two lines of its cell is cut; the annex has all of it.</summary>
    private const int LongestReason = 60;

    /// <summary>The page.</summary>
    public static PrintedDocument Page(ManagementYear year, YearSummary summary, Organization organization)
    {
        ArgumentNullException.ThrowIfNull(year);
        ArgumentNullException.ThrowIfNull(summary);
        ArgumentNullException.ThrowIfNull(organization);
        return Document(
            year,
            organization,
            "year-summary.title",
            "summary",
            [
                new Paragraph(Headline(summary)),
                new Facts(
                [
                    new(Texts.Get("year-summary.on-time-percent"), OnTime(summary)),
                    new(Texts.Get("year-summary.escalated"), Number(summary.Progress.Escalated)),
                    new(Texts.Get("year-summary.audits"), Texts.Get(
                        "year-summary.audits-value", summary.Audits.Held, summary.Audits.MajorNonconformities, summary.Audits.MinorNonconformities, summary.Audits.Observations)),
                    new(Texts.Get("year-summary.actions"), Texts.Get(
                        "year-summary.actions-value", summary.Actions.Raised, summary.Actions.Closed, summary.Actions.Open, summary.Actions.Reopened)),
                    .. Objectives(summary),
                ]),
                new Heading(Texts.Get("year-summary.phases")),
                Phases(summary.Phases),
                new Heading(Texts.Get("year-summary.unsettled")),
                .. Unsettled(summary.Unsettled),
                new Heading(Texts.Get("year-summary.unshown")),
                Unshown(summary.Unshown),
                .. Changes(year),
            ]);
    }

    /// <summary>The annex.</summary>
    public static PrintedDocument Annex(ManagementYear year, IReadOnlyList<PlanItem> items, Organization organization)
    {
        ArgumentNullException.ThrowIfNull(year);
        ArgumentNullException.ThrowIfNull(organization);
        return Document(
            year,
            organization,
            "year-items.title",
            "items",
            [
                new Table(
                    [new(Texts.Get("completion.item")), new(Texts.Get("completion.requirements"), 22), new(Texts.Get("year-summary.due"), 18), new(Texts.Get("completion.state"), 16)],
                    [.. items.Select(i => (IReadOnlyList<LocalizedText>)[i.Title, PlanItemTexts.Requirements(i), Texts.Get("completion.day", i.DueOn), State(i)])]),
            ]);
    }

    private static PrintedDocument Document(ManagementYear year, Organization organization, string title, string part, IReadOnlyList<Block> blocks)
    {
        var fiscalYear = year.ToFiscalYear();
        return new PrintedDocument
        {
            Title = Texts.Get(title, PlanItemTexts.NameOfYear(year.FiscalYear)),
            Organization = organization.Name,
            Number = $"{year.InstanceId}-{part}",
            Version = "1",
            Date = fiscalYear.End,
            Blocks = blocks,
        };
    }

    private static IEnumerable<Fact> Objectives(YearSummary summary)
    {
        if (summary.Objectives is { } o)
        {
            yield return new Fact(Texts.Get("year-summary.objectives"), Texts.Get("year-summary.objectives-value", o.Total, o.Met, o.NearlyMet, o.NotMet, o.NotMeasured));
        }
    }

    private static LocalizedText Headline(YearSummary summary)
    {
        var progress = summary.Progress;
        return Texts.Get("year-summary.headline", progress.Total, progress.Done, progress.CarriedOver, progress.Waived);
    }

    private static LocalizedText OnTime(YearSummary summary)
    {
        var share = Percent(summary.Progress.OnTimePercent);
        return summary.OnTimePercentBefore is { } before ? Texts.Get("year-summary.with-before", share, Percent(before)) : share;
    }

    private static Table Phases(IReadOnlyList<PhaseProgress> phases) => new(
        [
            new(Texts.Get("annual-plan.phase")), new(Texts.Get("year-summary.total"), 14), new(Texts.Get("year-summary.done"), 14),
            new(Texts.Get("year-summary.on-time"), 16), new(Texts.Get("year-summary.carried-over"), 16), new(Texts.Get("year-summary.waived"), 14),
        ],
        [
            .. phases.Select(p => (IReadOnlyList<LocalizedText>)
            [
                PlanItemTexts.NameOf(p.Phase), Number(p.Progress.Total), Number(p.Progress.Done), Number(p.Progress.OnTime), Number(p.Progress.CarriedOver), Number(p.Progress.Waived),
            ]),
        ]);

    private static IEnumerable<Block> Unsettled(IReadOnlyList<PlanItem> items)
    {
        if (items.Count == 0)
        {
            yield return new Paragraph(Texts.Get("year-summary.nothing-unsettled"));
            yield break;
        }

        yield return new Table(
            [
                new(Texts.Get("completion.item"), 36), new(Texts.Get("completion.requirements"), 18), new(Texts.Get("completion.state"), 16),
                new(Texts.Get("annual-plan.reason")),
            ],
            [.. items.Take(MostListed).Select(i => (IReadOnlyList<LocalizedText>)[i.Title, PlanItemTexts.Requirements(i), State(i), LocalizedText.Same(Reason(i))])]);
        if (items.Count > MostListed)
        {
            yield return new Paragraph(Texts.Get("year-summary.more", items.Count - MostListed));
        }
    }

    private static Block Unshown(IReadOnlyList<UnshownRequirement> requirements)
    {
        if (requirements.Count == 0)
        {
            return new Paragraph(Texts.Get("year-summary.nothing-unshown"));
        }

        var listed = requirements.Take(MostListed).Select(r => Texts.Get("year-summary.unshown-line", PlanItemTexts.Requirements(r.Clauses, r.Controls), r.Title));
        return new Bullets(requirements.Count > MostListed ? [.. listed, Texts.Get("year-summary.more", requirements.Count - MostListed)] : [.. listed]);
    }

    private static IEnumerable<Block> Changes(ManagementYear year)
    {
        if (year.Changes.Count > 0)
        {
            yield return new Paragraph(Texts.Get("year-summary.changes", year.Changes.Count, YearPlans.Record));
        }
    }

    private static string Reason(PlanItem item)
    {
        var reason = item.State == PlanItemState.Waived ? item.Log.Last(e => e.Act == PlanItemAct.Waived).Comment ?? "" : "";
        return reason.Length > LongestReason ? reason[..LongestReason] + "…" : reason;
    }

    private static LocalizedText State(PlanItem item) => PlanItemTexts.NameOf(item.State == PlanItemState.Approved ? PlanItemState.Done : item.State);

    private static LocalizedText Number(int value) => LocalizedText.Same(value.ToString(CultureInfo.InvariantCulture));

    private static LocalizedText Percent(double? value) => LocalizedText.Same(value is { } share ? share.ToString("0.0", CultureInfo.InvariantCulture) + " %" : "–");
}
