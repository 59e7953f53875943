using Isms.Deadlines;
using Isms.Notifications;
using Isms.Organizations;
using Isms.Text;

namespace Isms.Training;

/// <summary>Whom a campaign writes to, and what.</summary>
public static class TrainingLetters
{
    /// <summary>The key of invitations.</summary>
    public const string Invitation = "invite";

    /// <summary>Asks somebody to attend.</summary>
    public static Letter Invite(TrainingCampaign campaign, Participant participant, Organization organization) =>
        Write(Invitation, "invite", campaign, participant, organization);

    /// <summary>Reminds somebody of attending, or of passing the test; null where nothing is left for them to do.</summary>
    public static Letter? Remind(DeadlineMoment moment, TrainingCampaign campaign, Participant participant, Organization organization)
    {
        ArgumentNullException.ThrowIfNull(moment);
        ArgumentNullException.ThrowIfNull(campaign);
        var text = ParticipantRules.StatusOf(participant, campaign.PassMark) switch
        {
            ParticipantStatus.Missing => moment.Kind == DeadlineKind.Upcoming ? "remind" : "overdue",
            ParticipantStatus.Failed => "again",
            _ => null,
        };
        return text is null ? null : Write(moment.Key, text, campaign, participant, organization);
    }

    /// <summary>Tells the secretariat where the campaign stands, around its due date.</summary>
    public static IReadOnlyList<Letter> State(DeadlineMoment moment, TrainingCampaign campaign, TrainingProgress progress, Organization organization)
    {
        ArgumentNullException.ThrowIfNull(moment);
        var text = moment.Kind == DeadlineKind.Upcoming ? "state" : "state-overdue";
        return [.. ToSecretariat("state-" + moment.Key, text, campaign, progress, organization).Select(l => l with { Delivery = Delivery.Digest })];
    }

    /// <summary>Tells the secretariat that the directory does not say who has to attend.</summary>
    public static IReadOnlyList<Letter> DirectoryIsSilent(TrainingCampaign campaign, DateOnly today, TrainingProgress progress, Organization organization) =>
        [.. ToSecretariat(
            FormattableString.Invariant($"directory-{today:yyyy-MM-dd}"), "directory", campaign, progress, organization).Select(l => l with { Delivery = Delivery.Digest })];

    /// <summary>Tells the secretariat about the stage that was entered; nothing where nobody has to know.</summary>
    public static IReadOnlyList<Letter> OnEntering(TrainingCampaign campaign, TrainingProgress progress, Organization organization)
    {
        ArgumentNullException.ThrowIfNull(campaign);
        ArgumentNullException.ThrowIfNull(progress);
        var text = campaign.Stage switch
        {
            TrainingStage.Running when progress.Obliged > 0 => "started",
            TrainingStage.Closed => progress.Obliged == 0 ? "closed-empty" : "closed",
            TrainingStage.Cancelled => "cancelled",
            _ => null,
        };
        return text is null ? [] : [.. ToSecretariat(text, text, campaign, progress, organization).Select(l => l with { Delivery = Delivery.Digest })];
    }

    private static Letter Write(string key, string text, TrainingCampaign campaign, Participant participant, Organization organization)
    {
        ArgumentNullException.ThrowIfNull(campaign);
        ArgumentNullException.ThrowIfNull(participant);
        ArgumentNullException.ThrowIfNull(organization);
        var facts = FactsFor(campaign);
        object?[] arguments = [campaign.Title, campaign.Due];
        var body = Texts.Get($"training-letter.{text}.body", arguments);
        return new Letter(
            key, participant.PersonId ?? participant.Id, Texts.Get($"training-letter.{text}.subject", arguments),
            Texts.Get("item-notice.letter", LocalizedText.Same(participant.Name), body, facts, organization.Name), facts, Delivery.Digest);
    }

    /// <summary>What a participant has to know, one fact a line; a fact that there is none of has no line.</summary>
    private static LocalizedText FactsFor(TrainingCampaign campaign)
    {
        var lines = new List<LocalizedText> { Texts.Get("training-letter.fact.due", campaign.Due) };
        if (campaign.HeldOn is { } day)
        {
            lines.Add(Texts.Get("training-letter.fact.held", day));
        }

        if (campaign.PassMark is { } mark)
        {
            lines.Add(Texts.Get("training-letter.fact.mark", mark));
        }

        if (campaign.Material.Link is { } link)
        {
            lines.Add(Texts.Get("training-letter.fact.link", link));
        }

        return new LocalizedText(string.Join('\n', lines.Select(l => l.Ja)), string.Join('\n', lines.Select(l => l.En)));
    }

    private static IReadOnlyList<Letter> ToSecretariat(
        string key, string text, TrainingCampaign campaign, TrainingProgress progress, Organization organization)
    {
        object?[] arguments = [campaign.Title, campaign.Due, progress.Missing];
        var facts = Texts.Get(
            "training-letter.facts", campaign.Id, campaign.Title, campaign.Due, progress.Obliged, progress.Done, progress.Missing,
            TrainingPapers.Percent(progress.Coverage));
        return Letter.ToEach(
            key, Texts.Get($"training-letter.{text}.subject", arguments), Texts.Get($"training-letter.{text}.body", arguments), facts,
            organization.InRole(Role.Secretariat).Select(p => p.Id), organization);
    }
}
