using Isms.ManagementReviews;
using Isms.Text;

namespace Isms.Meetings;

/// <summary>What has changed between the papers and the meeting: the papers stay as they were given out, so the minutes say what is different by now.</summary>
public static class MaterialChanges
{
    /// <summary>The differences, one line each; none where all is as the papers say.</summary>
    /// <param name="issued">The papers.</param>
    /// <param name="now">What the sources say now.</param>
    /// <param name="contributions">What people have added by now.</param>
    public static IReadOnlyList<LocalizedText> Between(IssuedPapers issued, MeetingMaterial now, IReadOnlyList<Contribution> contributions)
    {
        ArgumentNullException.ThrowIfNull(issued);
        ArgumentNullException.ThrowIfNull(now);
        ArgumentNullException.ThrowIfNull(contributions);
        return
        [
            .. now.Inputs.SelectMany(i => InputChanges(issued.Material.Inputs.FirstOrDefault(b => b.Topic == i.Topic && b.Title == i.Title), i)),
            .. now.Agenda.SelectMany(p => PointChanges(issued.Material.Agenda.FirstOrDefault(b => b.Key == p.Key), p)),
            .. contributions.Skip(issued.Contributions.Count).Select(Added),
        ];
    }

    private static IEnumerable<LocalizedText> InputChanges(ReviewInput? before, ReviewInput after)
    {
        var head = Texts.Get("meeting.change.input", ReviewCoverage.NameOf(after.Topic), after.Title);
        if (before is null)
        {
            yield return Texts.Get("meeting.change.new", head);
            yield break;
        }

        foreach (var figure in after.Figures)
        {
            var was = before.Figures.FirstOrDefault(f => f.Name == figure.Name)?.Value;
            if (was != figure.Value)
            {
                yield return Texts.Get("meeting.change.figure", head, figure.Name, was ?? Texts.Get("document.none"), figure.Value);
            }
        }

        foreach (var sentence in after.Sentences.Except(before.Sentences))
        {
            yield return Texts.Get("meeting.change.line", head, sentence);
        }
    }

    private static IEnumerable<LocalizedText> PointChanges(AgendaPoint? before, AgendaPoint after) =>
        after.Lines.Except(before?.Lines ?? []).Select(line => Texts.Get("meeting.change.line", after.Title, line));

    private static LocalizedText Added(Contribution contribution) => Texts.Get(
        "meeting.change.line", contribution.Topic is { } topic ? ReviewCoverage.NameOf(topic) : LocalizedText.Same(contribution.Title ?? ""), MeetingPoints.Said(contribution));
}
