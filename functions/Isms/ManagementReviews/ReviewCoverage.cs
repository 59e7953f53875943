using Isms.Meetings;
using Isms.Organizations;
using Isms.Text;

namespace Isms.ManagementReviews;

/// <summary>Which topics of clause 9.3.2 the inputs of a review cover, and who has to provide those that are missing.</summary>
public static class ReviewCoverage
{
    /// <summary>All topics, in the order of the clause.</summary>
    public static IReadOnlyList<ReviewTopic> Topics { get; } = Enum.GetValues<ReviewTopic>();

    /// <summary>A topic's name with its letter, such as "a) 前回までのレビューの決定事項の状況".</summary>
    public static LocalizedText NameOf(ReviewTopic topic) => Texts.Get("review.topic." + topic);

    /// <summary>The role that provides a topic which no source speaks on.</summary>
    public static Role ProviderOf(ReviewTopic topic) => topic switch
    {
        ReviewTopic.PreviousActions or ReviewTopic.Feedback or ReviewTopic.Training => Role.Secretariat,
        ReviewTopic.AuditResults => Role.InternalAuditor,
        ReviewTopic.Measurement or ReviewTopic.Objectives or ReviewTopic.Risks => Role.PersonInCharge,
        ReviewTopic.Incidents => Role.SystemAdministrator,
        _ => Role.IsmsManager,
    };

    /// <summary>
    /// The topics on which neither a source nor a person has said anything. That there is nothing to report has to be said by somebody: silence is no input.
    /// </summary>
    public static IReadOnlyList<ReviewTopic> Missing(IReadOnlyList<ReviewInput> inputs, IReadOnlyList<Contribution> contributions)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(contributions);
        return [.. Topics.Where(t => !inputs.Any(i => i.Topic == t && i.Gap is null) && contributions.All(c => c.Topic != t))];
    }

    /// <summary>Why a topic is missing, as far as its sources say.</summary>
    public static IReadOnlyList<LocalizedText> ReasonsFor(ReviewTopic topic, IReadOnlyList<ReviewInput> inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        return [.. inputs.Where(i => i.Topic == topic).Select(i => i.Gap).OfType<LocalizedText>()];
    }
}
