using Isms.Rules;
using Isms.Text;
using Isms.Year;

namespace Isms.Training;

/// <summary>
/// What may happen to a campaign, and what comes of it. Each method returns the campaign after the decision, or the refusal; what a workflow does by itself
/// returns the same campaign when there is nothing to do.
/// </summary>
public static class TrainingRules
{
    /// <summary>Brings attendance.</summary>
    public const string Import = "import";

    /// <summary>Marks one person.</summary>
    public const string Mark = "mark";

    /// <summary>Decides who has to attend.</summary>
    public const string Decide = "exempt";

    /// <summary>Names the material.</summary>
    public const string NameMaterial = "material";

    /// <summary>Moves the due date.</summary>
    public const string Reschedule = "reschedule";

    /// <summary>Closes it.</summary>
    public const string Close = "close";

    /// <summary>Calls it off.</summary>
    public const string Cancel = "cancel";

    private const string System = "system";

    private static readonly Dictionary<TrainingStage, string[]> PossibleCommands = new()
    {
        [TrainingStage.Planned] = [NameMaterial, Reschedule, Cancel],
        [TrainingStage.Running] = [Import, Mark, Decide, NameMaterial, Reschedule, Close, Cancel],
        [TrainingStage.Closing] = [],
        [TrainingStage.Closed] = [],
        [TrainingStage.Cancelled] = [],
    };

    /// <summary>The commands that a stage permits.</summary>
    public static IReadOnlyList<string> PossibleIn(TrainingStage stage) => PossibleCommands[stage];

    /// <summary>What a stage is called.</summary>
    public static LocalizedText NameOf(TrainingStage stage) => Texts.Get("training.stage." + stage);

    /// <summary>A new campaign.</summary>
    public static TrainingCampaign IsPlanned(string id, TrainingPlan plan, string by, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return new TrainingCampaign
        {
            Id = id,
            FiscalYear = plan.FiscalYear,
            Title = plan.Title,
            Kind = plan.Kind,
            Audience = plan.Audience,
            From = plan.From,
            Due = plan.Due,
            HeldOn = plan.HeldOn,
            PassMark = plan.PassMark,
            Material = plan.Material,
            Course = plan.Course,
            Item = plan.Item,
            StageSince = at,
            RequestedBy = by,
            RequestedAt = at,
            Log = [new TrainingDecision("plan", by, at, TrainingStage.Planned)],
        };
    }

    /// <summary>A command is refused where the stage does not permit it, and the refusal lists what is possible; null where it is permitted.</summary>
    public static Refusal? CommandIsPossible(TrainingCampaign campaign, string command)
    {
        ArgumentNullException.ThrowIfNull(campaign);
        if (PossibleIn(campaign.Stage).Contains(command))
        {
            return null;
        }

        var refusal = Refusal.Of(
            RefusalKind.IllegalState, "training-command-not-possible", null, campaign.Stage.ToString(), campaign.Id, NameOf(campaign.Stage),
            Texts.Get("training.command." + command));
        return refusal with { Possible = PossibleIn(campaign.Stage) };
    }

    /// <summary>Its first day has come.</summary>
    public static TrainingCampaign Begins(TrainingCampaign campaign, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(campaign);
        return campaign.Stage == TrainingStage.Planned ? Enter(campaign, TrainingStage.Running, "begin", System, at) : campaign;
    }

    /// <summary>The directory was asked who has to attend.</summary>
    /// <param name="campaign">The campaign.</param>
    /// <param name="at">When.</param>
    /// <param name="problem">Why it did not answer in full; null when it did.</param>
    public static TrainingCampaign DirectoryWasAsked(TrainingCampaign campaign, DateTimeOffset at, string? problem)
    {
        ArgumentNullException.ThrowIfNull(campaign);
        return campaign with { Roster = new RosterLook(at, problem is null ? at : campaign.Roster.ReadAt, problem) };
    }

    /// <summary>Something about its participants has changed.</summary>
    public static TrainingCampaign ParticipantsChanged(TrainingCampaign campaign)
    {
        ArgumentNullException.ThrowIfNull(campaign);
        return campaign with { Changes = campaign.Changes + 1 };
    }

    /// <summary>The material is named.</summary>
    public static Outcome<TrainingCampaign> MaterialIsNamed(TrainingCampaign campaign, TrainingMaterial material, string by, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(material);
        return (CommandIsPossible(campaign, NameMaterial) ?? TrainingPlanning.FirstProblemOf(material)) is { } refusal
            ? refusal
            : campaign with { Material = material, Log = [.. campaign.Log, new TrainingDecision(NameMaterial, by, at, campaign.Stage)] };
    }

    /// <summary>It gets another due date.</summary>
    public static Outcome<TrainingCampaign> IsRescheduled(TrainingCampaign campaign, DateOnly due, string? comment, string by, DateTimeOffset at, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(campaign);
        return CommandIsPossible(campaign, Reschedule) is { } refusal ? refusal
            : due < today || due < campaign.From ? Refusal.Of(RefusalKind.InvalidInput, "training-due-too-early", "due", null, due)
            : campaign with { Due = due, Log = [.. campaign.Log, new TrainingDecision(Reschedule, by, at, campaign.Stage, comment)] };
    }

    /// <summary>
    /// Whether everybody is done, as far as the directory has been asked: of newcomers only once their window is over, and nobody at all is only believed of them.
    /// </summary>
    public static bool IsComplete(TrainingCampaign campaign, TrainingProgress progress, OfficeTime office)
    {
        ArgumentNullException.ThrowIfNull(campaign);
        ArgumentNullException.ThrowIfNull(progress);
        ArgumentNullException.ThrowIfNull(office);
        return campaign is { Stage: TrainingStage.Running, Roster.ReadAt: { } readAt } && progress.Missing == 0
            && (campaign.Audience.Kind == AudienceKind.Newcomers ? office.DateAt(readAt) > campaign.Audience.JoinedUntil : progress.Obliged > 0);
    }

    /// <summary>Everybody has attended.</summary>
    public static TrainingCampaign EverybodyIsDone(TrainingCampaign campaign, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(campaign);
        return campaign.Stage == TrainingStage.Running
            ? Enter(campaign, TrainingStage.Closing, "complete", System, at) with { End = new TrainingEnd(System, at) }
            : campaign;
    }

    /// <summary>The secretariat closes it; with a reason, where somebody is missing.</summary>
    public static Outcome<TrainingCampaign> IsClosed(TrainingCampaign campaign, TrainingProgress progress, string? reason, string by, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(progress);
        return CommandIsPossible(campaign, Close) is { } refusal ? refusal
            : string.IsNullOrWhiteSpace(reason) && (progress.Missing > 0 || progress.Obliged == 0)
                ? Refusal.Of(RefusalKind.RuleBroken, "training-closed-without-reason", "reason", null, progress.Missing)
            : Enter(campaign, TrainingStage.Closing, Close, by, at, reason) with { End = new TrainingEnd(by, at, reason) };
    }

    /// <summary>Its records are among the evidence.</summary>
    public static TrainingCampaign IsRecorded(TrainingCampaign campaign, TrainingProgress outcome, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(campaign);
        return campaign.Stage == TrainingStage.Closing
            ? Enter(campaign, TrainingStage.Closed, "record", System, at) with { Outcome = outcome }
            : campaign;
    }

    /// <summary>It is called off.</summary>
    public static Outcome<TrainingCampaign> IsCancelled(TrainingCampaign campaign, string? reason, string by, DateTimeOffset at) =>
        CommandIsPossible(campaign, Cancel) is { } refusal ? refusal
        : string.IsNullOrWhiteSpace(reason) ? Refusal.Of(RefusalKind.InvalidInput, "training-reason-missing", "reason")
        : Enter(campaign, TrainingStage.Cancelled, Cancel, by, at, reason);

    /// <summary>Its plan item was waived, or was done on records that came another way: then nobody is invited and reminded for nothing.</summary>
    public static TrainingCampaign EndsWithItsItem(TrainingCampaign campaign, PlanItemState item, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(campaign);
        return campaign.Stage is (TrainingStage.Planned or TrainingStage.Running) && item is (PlanItemState.Waived or PlanItemState.Done)
            ? Enter(campaign, TrainingStage.Cancelled, "item-" + item.ToString().ToLowerInvariant(), System, at)
            : campaign;
    }

    private static TrainingCampaign Enter(
        TrainingCampaign campaign, TrainingStage stage, string what, string by, DateTimeOffset at, string? comment = null) =>
        campaign with
        {
            Stage = stage,
            Serial = campaign.Serial + 1,
            StageSince = at,
            Log = [.. campaign.Log, new TrainingDecision(what, by, at, stage, comment)],
        };
}
