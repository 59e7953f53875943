using System.Globalization;
using Isms.Rules;
using Isms.Text;
using static Isms.Meetings.MeetingConditions;

namespace Isms.Meetings;

/// <summary>
/// What may happen to a meeting until its minutes are approved, and what comes of it. Each method returns the meeting after the decision, or the refusal; what a
/// workflow does by itself returns the same meeting when there is nothing to do. What happens to its decisions then is said by <see cref="DecisionRules"/>.
/// </summary>
public static class MeetingRules
{
    /// <summary>Adds an input to a review, or a point to a committee's agenda.</summary>
    public const string Add = "add";

    /// <summary>Compiles inputs or agenda anew.</summary>
    public const string Refresh = "refresh";

    /// <summary>Sets the date, or another one.</summary>
    public const string Schedule = "schedule";

    /// <summary>Records that it was held.</summary>
    public const string Hold = "hold";

    /// <summary>Completes the minutes.</summary>
    public const string Write = "minutes";

    /// <summary>Hands the minutes in.</summary>
    public const string Submit = "submit";

    /// <summary>Approves the minutes.</summary>
    public const string Approve = "approve";

    /// <summary>Returns the minutes.</summary>
    public const string Return = "return";

    /// <summary>Calls the meeting off.</summary>
    public const string Cancel = "cancel";

    /// <summary>Reports a decision as carried out.</summary>
    public const string Complete = "complete-decision";

    /// <summary>Gives a decision another due date.</summary>
    public const string Extend = "extend-decision";

    /// <summary>Gives a decision up.</summary>
    public const string Withdraw = "withdraw-decision";

    internal const string System = "system";

    private static readonly Dictionary<MeetingStage, string[]> PossibleCommands = new()
    {
        [MeetingStage.Preparing] = [Cancel],
        [MeetingStage.InputsReady] = [Add, Refresh, Schedule, Cancel],
        [MeetingStage.Scheduled] = [Add, Refresh, Schedule, Hold, Cancel],
        [MeetingStage.Held] = [Write, Submit],
        [MeetingStage.Approval] = [Approve, Return],
        [MeetingStage.FollowingUp] = [Complete, Extend, Withdraw],
        [MeetingStage.Closed] = [],
        [MeetingStage.Cancelled] = [],
    };

    /// <summary>All commands that people give.</summary>
    public static IReadOnlyList<string> Commands { get; } =
        [Add, Refresh, Schedule, Hold, Write, Submit, Approve, Return, Cancel, Complete, Extend, Withdraw];

    /// <summary>The commands that a stage permits.</summary>
    public static IReadOnlyList<string> PossibleIn(MeetingStage stage) => PossibleCommands[stage];

    /// <summary>What a stage is called.</summary>
    public static LocalizedText NameOf(MeetingStage stage) => Texts.Get("meeting.stage." + stage);

    /// <summary>What a meeting is called, such as マネジメントレビュー(2026年度).</summary>
    public static LocalizedText NameOf(Meeting meeting)
    {
        ArgumentNullException.ThrowIfNull(meeting);
        return Texts.Get("meeting.name", Texts.Get("meeting.kind." + meeting.Kind), meeting.Id);
    }

    /// <summary>A command is refused where the stage does not permit it, and the refusal lists what is possible; null where it is permitted.</summary>
    public static Refusal? CommandIsPossible(Meeting meeting, string command)
    {
        ArgumentNullException.ThrowIfNull(meeting);
        return PossibleIn(meeting.Stage).Contains(command)
            ? null
            : Refusal.Of(
                RefusalKind.IllegalState, "meeting-command-not-possible", null, meeting.Stage.ToString(), meeting.Id, NameOf(meeting.Stage),
                Texts.Get("meeting.command." + command)) with
            {
                Possible = PossibleIn(meeting.Stage),
            };
    }

    /// <summary>A new meeting.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="kind">Its kind.</param>
    /// <param name="fiscalYear">The fiscal year.</param>
    /// <param name="item">The plan item that it does; null for none.</param>
    /// <param name="due">The day by which it is to be over.</param>
    /// <param name="by">Who calls it.</param>
    /// <param name="at">When.</param>
    public static Meeting IsCalled(string id, MeetingKind kind, string fiscalYear, string? item, DateOnly due, string by, DateTimeOffset at) => new()
    {
        Id = id,
        Kind = kind,
        FiscalYear = fiscalYear,
        Item = item,
        Due = due,
        StageSince = at,
        CalledBy = by,
        CalledAt = at,
        Log = [new MeetingEntry("call", by, at, MeetingStage.Preparing)],
    };

    /// <summary>
    /// The workflow has compiled the inputs. A review then waits for its date; a committee, which meets every month, is invited for the proposed day at once.
    /// </summary>
    public static Meeting MaterialIsCompiled(Meeting meeting, MeetingMaterial material, Appointment proposal, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(meeting);
        if (meeting.Stage != MeetingStage.Preparing)
        {
            return meeting;
        }

        return meeting.Kind == MeetingKind.ManagementReview
            ? Enter(meeting, MeetingStage.InputsReady, "compile", System, at) with { Material = material }
            : Enter(meeting, MeetingStage.Scheduled, Schedule, System, at) with { Material = material, Appointment = proposal };
    }

    /// <summary>Inputs or agenda are compiled anew, as long as the papers are not given out.</summary>
    public static Outcome<Meeting> MaterialIsRefreshed(Meeting meeting, MeetingMaterial material, MeetingActor by)
    {
        ArgumentNullException.ThrowIfNull(by);
        return (CommandIsPossible(meeting, Refresh) ?? LooksAfterMeetings(by) ?? PapersAreNotGivenOut(meeting)) is { } refusal
            ? refusal
            : Note(meeting, Refresh, by) with { Material = material };
    }

    /// <summary>Somebody provides an input of a review.</summary>
    public static Outcome<Meeting> InputIsAdded(Meeting meeting, AddInput command, MeetingActor by)
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        return (CommandIsPossible(meeting, Add) ?? IsOfKind(meeting, MeetingKind.ManagementReview) ?? IsKnown(command.Topic) ?? IsSaid(command.Text, "text")) is { } refusal
            ? refusal
            : WithContribution(meeting, by, new Contribution(
                NextContribution(meeting), command.Text, by.Person, by.At, command.Topic, null, command.Evidence ?? [], command.NothingToReport));
    }

    /// <summary>Somebody puts a point on a committee's agenda.</summary>
    public static Outcome<Meeting> PointIsAdded(Meeting meeting, AddPoint command, MeetingActor by)
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        return (CommandIsPossible(meeting, Add) ?? IsOfKind(meeting, MeetingKind.Committee) ?? IsSaid(command.Title, "title") ?? IsShort(command.Text, "text")) is { } refusal
            ? refusal
            : WithContribution(meeting, by, new Contribution(
                NextContribution(meeting), command.Text ?? "", by.Person, by.At, null, command.Title, command.Evidence ?? []));
    }

    /// <summary>The date is set, or set anew; papers that were given out for another date are given out again.</summary>
    public static Outcome<Meeting> DateIsSet(Meeting meeting, SetDate command, MeetingActor by)
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        if ((CommandIsPossible(meeting, Schedule) ?? LooksAfterMeetings(by) ?? ReasonOfChangeIsGiven(meeting, command)) is { } refusal)
        {
            return refusal;
        }

        var proposal = MeetingPlanning.Propose(meeting, by.Organization, by.Today);
        var appointment = new Appointment(
            command.Date ?? proposal.Date, command.Invitees ?? meeting.Appointment?.Invitees, command.Time ?? meeting.Appointment?.Time,
            command.Place ?? meeting.Appointment?.Place);
        return (DateIsAWorkingDayAhead(appointment.Date, by) ?? PeopleAreKnown(command.Invitees, "invitees", by.Organization)
            ?? Quorum.IsInvited(meeting.Kind, MeetingPlanning.InviteesOf(meeting with { Appointment = appointment }, by.Organization), by.Organization)) is { } forbidden
            ? forbidden
            : Enter(meeting, MeetingStage.Scheduled, Schedule, by.Person, by.At, command.Reason) with { Appointment = appointment };
    }

    /// <summary>The papers are given out: from here on they stay as they are.</summary>
    public static Meeting PapersAreIssued(Meeting meeting, MeetingMaterial material, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(meeting);
        return meeting.Stage != MeetingStage.Scheduled || IsIssuedForItsDate(meeting)
            ? meeting
            : meeting with
            {
                Material = material,
                Issued = new IssuedPapers((meeting.Issued?.Version ?? 0) + 1, meeting.Serial, at, material, meeting.Contributions),
                Log = [.. meeting.Log, new MeetingEntry("issue", System, at, meeting.Stage)],
            };
    }

    /// <summary>Whether the papers were given out for the date that is set now.</summary>
    public static bool IsIssuedForItsDate(Meeting meeting)
    {
        ArgumentNullException.ThrowIfNull(meeting);
        return meeting.Issued?.Serial == meeting.Serial;
    }

    /// <summary>The meeting is called off, with a reason, before it was held.</summary>
    public static Outcome<Meeting> MeetingIsCancelled(Meeting meeting, string? reason, MeetingActor by)
    {
        ArgumentNullException.ThrowIfNull(by);
        return (CommandIsPossible(meeting, Cancel) ?? LooksAfterMeetings(by) ?? IsSaid(reason, "reason")) is { } refusal
            ? refusal
            : Enter(meeting, MeetingStage.Cancelled, Cancel, by.Person, by.At, reason);
    }

    /// <summary>The plan item that it was to do was waived: it is called off, unless it was held by then.</summary>
    public static Meeting ItsItemIsWaived(Meeting meeting, string? reason, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(meeting);
        return PossibleIn(meeting.Stage).Contains(Cancel) ? Enter(meeting, MeetingStage.Cancelled, Cancel, System, at, reason) : meeting;
    }

    internal static Meeting Enter(Meeting meeting, MeetingStage stage, string what, string by, DateTimeOffset at, string? comment = null) => meeting with
    {
        Stage = stage,
        Serial = meeting.Serial + 1,
        StageSince = at,
        Log = [.. meeting.Log, new MeetingEntry(what, by, at, stage, comment)],
    };

    internal static Meeting Note(Meeting meeting, string what, MeetingActor by) =>
        meeting with { Log = [.. meeting.Log, new MeetingEntry(what, by.Person, by.At, meeting.Stage)] };

    private static Meeting WithContribution(Meeting meeting, MeetingActor by, Contribution contribution) =>
        Note(meeting, Add, by) with { Contributions = [.. meeting.Contributions, contribution] };

    private static string NextContribution(Meeting meeting) => string.Create(CultureInfo.InvariantCulture, $"c-{meeting.Contributions.Count + 1:00}");
}
