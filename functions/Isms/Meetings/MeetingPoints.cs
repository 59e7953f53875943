using System.Text.Json;
using Isms.ManagementReviews;
using Isms.Text;

namespace Isms.Meetings;

/// <summary>The points that a meeting goes through, each with what the papers say in short: the draft of its minutes.</summary>
public static class MeetingPoints
{
    /// <summary>The key of a topic, such as <c>auditResults</c>.</summary>
    public static string KeyOf(ReviewTopic topic) => JsonNamingPolicy.CamelCase.ConvertName(topic.ToString());

    /// <summary>The points of a meeting.</summary>
    /// <param name="kind">The meeting's kind.</param>
    /// <param name="material">The papers.</param>
    /// <param name="contributions">What people added, the last ones perhaps after the papers were given out.</param>
    public static IReadOnlyList<MinutesPoint> Of(MeetingKind kind, MeetingMaterial material, IReadOnlyList<Contribution> contributions)
    {
        ArgumentNullException.ThrowIfNull(material);
        ArgumentNullException.ThrowIfNull(contributions);
        if (kind == MeetingKind.ManagementReview)
        {
            return [.. ReviewCoverage.Topics.Select(t => new MinutesPoint(KeyOf(t), ReviewCoverage.NameOf(t), Lines(
                [.. material.Inputs.Where(i => i.Topic == t).SelectMany(Said), .. contributions.Where(c => c.Topic == t).Select(Said)])))];
        }

        return
        [
            .. material.Agenda.Select(p => new MinutesPoint(p.Key, p.Title, Lines(p.Lines))),
            .. contributions.Select(c => new MinutesPoint(c.Id, LocalizedText.Same(c.Title!), LocalizedText.Same(c.Text))),
        ];
    }

    /// <summary>Several lines as one text.</summary>
    public static LocalizedText Lines(IReadOnlyList<LocalizedText> lines)
    {
        ArgumentNullException.ThrowIfNull(lines);
        return new LocalizedText(string.Join('\n', lines.Select(l => l.Ja)), string.Join('\n', lines.Select(l => l.En)));
    }

    /// <summary>What somebody added, as a line.</summary>
    public static LocalizedText Said(Contribution contribution)
    {
        ArgumentNullException.ThrowIfNull(contribution);
        return contribution.NothingToReport ? Texts.Get("review.nothing-to-report", contribution.Text) : LocalizedText.Same(contribution.Text);
    }

    private static IEnumerable<LocalizedText> Said(ReviewInput input) => input.Gap is null ? input.Sentences : [];
}
