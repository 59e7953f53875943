using Isms.Deadlines;
using Isms.Year;

namespace Isms.CorrectiveActions;

/// <summary>The due dates of a corrective action's steps.</summary>
public static class ActionSchedule
{
    /// <summary>Days between implementation and effectiveness check, unless the plan says otherwise.</summary>
    public const int UsualWaitingDays = 30;

    /// <summary>The shortest waiting period: less shows nothing.</summary>
    public const int ShortestWaitingDays = 7;

    /// <summary>The longest waiting period.</summary>
    public const int LongestWaitingDays = 365;

    private const int DaysToCheck = 14;

    /// <summary>The correction is due a week after the owner was told.</summary>
    public static DateOnly CorrectionDue(DateOnly today) => today.AddDays(7);

    /// <summary>The cause and the plan are due two weeks after the correction.</summary>
    public static DateOnly RootCauseDue(DateOnly today) => today.AddDays(14);

    /// <summary>The correction of what somebody outside waits for is due by their day at the latest.</summary>
    public static DateOnly CorrectionDue(Nonconformity nonconformity, DateOnly today) => NotAfter(nonconformity, CorrectionDue(today), today);

    /// <summary>The cause and the plan of what somebody outside waits for are due by their day at the latest.</summary>
    public static DateOnly RootCauseDue(Nonconformity nonconformity, DateOnly today) => NotAfter(nonconformity, RootCauseDue(today), today);

    /// <summary>The approval is due a week after the plan was proposed.</summary>
    public static DateOnly ApprovalDue(DateOnly today) => today.AddDays(7);

    /// <summary>The effectiveness check is due two weeks after the waiting period.</summary>
    public static DateOnly EffectivenessDue(DateOnly implemented, int waitingDays) => implemented.AddDays(waitingDays + DaysToCheck);

    /// <summary>The first day on which effectiveness can be judged.</summary>
    public static DateOnly EffectivenessFrom(CorrectiveAction action, OfficeTime office)
    {
        ArgumentNullException.ThrowIfNull(action);
        ArgumentNullException.ThrowIfNull(office);
        return office.DateAt(action.Round.Implementation!.At).AddDays(action.Round.Plan!.WaitingDays);
    }

    /// <summary>The deadline of the present step; null when nothing is due.</summary>
    public static Deadline? DeadlineOf(CorrectiveAction action)
    {
        ArgumentNullException.ThrowIfNull(action);
        return action.Due is { } due ? new Deadline(due) { DaysBefore = BeforeOf(action.Stage), ManagerAfter = 7, TopManagementAfter = 21 } : null;
    }

    /// <summary>The next moment at which somebody is reminded or told; null when nobody is waited for.</summary>
    public static DateTimeOffset? NextMoment(CorrectiveAction action, OfficeTime office, DateTimeOffset after) =>
        DeadlineOf(action)?.NextAfter(after, office)?.At;

    /// <summary>A day that has passed cannot be kept any more: then the usual one holds.</summary>
    private static DateOnly NotAfter(Nonconformity nonconformity, DateOnly due, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(nonconformity);
        return nonconformity.RespondBy is { } day && day >= today && day < due ? day : due;
    }

    /// <summary>The effectiveness check is announced when its window opens, fourteen days before it is due.</summary>
    private static int[] BeforeOf(ActionStage stage) => stage == ActionStage.EffectivenessCheck ? [DaysToCheck, 3] : [3];
}
