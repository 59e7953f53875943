using Isms.Organizations;
using Isms.Rules;
using Isms.Text;

namespace Isms.Year;

/// <summary>What people may do with a plan item, and when. Every decision is a pure function of the item.</summary>
public static class PlanItemRules
{
    /// <summary>The longest comment or reason, in characters: a record is not a report.</summary>
    public const int LongestText = 2000;

    /// <summary>The commands that are possible in a state, whoever gives them.</summary>
    public static IReadOnlyList<string> PossibleIn(PlanItemState state) => state switch
    {
        PlanItemState.Scheduled => ["waive", "reschedule"],
        PlanItemState.Open or PlanItemState.Returned => ["submit", "waive", "reschedule"],
        PlanItemState.Submitted => ["approve", "return", "waive"],
        _ => [],
    };

    /// <summary>Submits the item with its records; where no approval is needed, that settles it.</summary>
    /// <param name="item">The item.</param>
    /// <param name="organization">Decides who is responsible.</param>
    /// <param name="acting">Who submits.</param>
    /// <param name="found">The evidence found for its records.</param>
    /// <param name="comment">What the person says about it.</param>
    /// <param name="at">When.</param>
    public static Outcome<PlanItem> Submit(
        PlanItem item, Organization organization, Acting acting, IReadOnlyList<FiledRecord> found, string? comment, DateTimeOffset at)
    {
        var refusal = ItsStatePermits(item, "submit")
            ?? TextFits(comment, "comment")
            ?? SubmitterIsResponsibleOrTheSecretariat(item, organization, acting)
            ?? EveryRequiredRecordIsFiled(item, found);
        if (refusal is not null)
        {
            return refusal;
        }

        var onBehalfOf = item.DoneOnBehalfOf(organization, acting.PersonId);
        var submitted = Next(
            item, item.Approver is null ? PlanItemState.Approved : PlanItemState.Submitted,
            new PlanItemEntry(at, acting.PersonId, PlanItemAct.Submitted, onBehalfOf, comment));
        return PlanItemHandover.Begin(submitted with { Filed = found }, organization);
    }

    /// <summary>Approves what was submitted.</summary>
    public static Outcome<PlanItem> Approve(PlanItem item, Organization organization, Acting acting, string? comment, DateTimeOffset at) =>
        (ItsStatePermits(item, "approve")
            ?? TextFits(comment, "comment")
            ?? ApproverIsNotWhoseWorkItIs(item, acting)
            ?? ApproverHoldsTheRole(item, organization, acting)) is { } refusal
            ? refusal
            : Next(item, PlanItemState.Approved, Entry(item, organization, acting, PlanItemAct.Approved, comment, at));

    /// <summary>Gives what was submitted back, saying what is missing.</summary>
    public static Outcome<PlanItem> Return(PlanItem item, Organization organization, Acting acting, string? comment, DateTimeOffset at) =>
        (ItsStatePermits(item, "return")
            ?? ReasonIsGiven(comment, "comment")
            ?? ApproverIsNotWhoseWorkItIs(item, acting)
            ?? ApproverHoldsTheRole(item, organization, acting)) is { } refusal
            ? refusal
            : PlanItemHandover.Begin(
                Next(item, PlanItemState.Returned, Entry(item, organization, acting, PlanItemAct.Returned, comment, at)), organization);

    /// <summary>Decides that the item is not done in this year.</summary>
    public static Outcome<PlanItem> Waive(PlanItem item, Acting acting, string? reason, DateTimeOffset at) =>
        (ItsStatePermits(item, "waive") ?? ReasonIsGiven(reason, "reason") ?? OnlyManagementWaives(acting)) is { } refusal
            ? refusal
            : Next(item, PlanItemState.Waived, new PlanItemEntry(
                at, acting.PersonId, PlanItemAct.Waived, acting.InPlaceOf(Role.IsmsManager, Role.TopManagement), reason));

    /// <summary>Gives the item another due date; a day off moves to the next working day.</summary>
    /// <param name="item">The item.</param>
    /// <param name="year">The item's year, which the date must lie in.</param>
    /// <param name="days">The organisation's working days.</param>
    /// <param name="acting">Who decides.</param>
    /// <param name="due">The new date.</param>
    /// <param name="reason">Why.</param>
    /// <param name="today">Today's local date.</param>
    /// <param name="at">When.</param>
    public static Outcome<PlanItem> Reschedule(
        PlanItem item, FiscalYear year, WorkingDays days, Acting acting, DateOnly due, string? reason, DateOnly today, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(days);
        var refusal = ItsStatePermits(item, "reschedule")
            ?? ReasonIsGiven(reason, "reason")
            ?? OnlyManagementOrTheSecretariatReschedules(acting)
            ?? NewDateIsAhead(item, year, due, today);
        if (refusal is not null)
        {
            return refusal;
        }

        var date = days.DueDate(due, year);
        var entry = new PlanItemEntry(
            at, acting.PersonId, PlanItemAct.Rescheduled, acting.InPlaceOf(Role.IsmsManager, Role.TopManagement, Role.Secretariat), reason, date);
        return item with { DueOn = date, Log = [.. item.Log, entry] };
    }

    private static Refusal? ItsStatePermits(PlanItem item, string command)
    {
        var possible = PossibleIn(item.State);
        return possible.Contains(command)
            ? null
            : Refusal.Of(RefusalKind.IllegalState, "item-state-forbids", "id", item.Id, item.Title, PlanItemTexts.NameOf(item.State), Commands(possible)) with { Possible = possible };
    }

    private static Refusal? SubmitterIsResponsibleOrTheSecretariat(PlanItem item, Organization organization, Acting acting)
    {
        var doers = item.Doers(organization);
        return acting.Is(Role.Secretariat) || doers.Any(p => p.Id == acting.PersonId)
            ? null
            : Refusal.Of(RefusalKind.NotAllowed, "submitter-not-responsible", null, null, item.Title, Names(doers));
    }

    private static Refusal? EveryRequiredRecordIsFiled(PlanItem item, IReadOnlyList<FiledRecord> found)
    {
        var missing = item.Records.Where(r => !found.Any(f => f.Record == r.Key && f.EvidenceIds.Count > 0)).ToList();
        return missing.Count == 0
            ? null
            : Refusal.Of(
                RefusalKind.IllegalState, "records-missing", "id", item.Id, item.Title, Texts.Join(missing.Select(r => r.Title)), item.InstanceId,
                List(missing.Select(r => r.Key))) with
            {
                Missing = [.. missing.Select(r => r.Key)],
                Possible = PossibleIn(item.State),
            };
    }

    private static Refusal? ApproverIsNotWhoseWorkItIs(PlanItem item, Acting acting) =>
        PlanItemParts.IsOwnWork(item, acting.PersonId) ? Refusal.Of(RefusalKind.NotAllowed, "approver-is-submitter", null, null, item.Title) : null;

    private static Refusal? ApproverHoldsTheRole(PlanItem item, Organization organization, Acting acting)
    {
        var approvers = item.Approvers(organization);
        return approvers.Any(p => p.Id == acting.PersonId)
            ? null
            : Refusal.Of(RefusalKind.NotAllowed, "approver-lacks-role", null, null, item.Title, Names(approvers));
    }

    private static Refusal? ReasonIsGiven(string? reason, string field) =>
        string.IsNullOrWhiteSpace(reason) ? Refusal.Of(RefusalKind.RuleBroken, "reason-missing", field) : TextFits(reason, field);

    private static Refusal? TextFits(string? text, string field) =>
        text?.Length > LongestText ? Refusal.Of(RefusalKind.InvalidInput, "text-too-long", field, null, LongestText) : null;

    private static Refusal? OnlyManagementWaives(Acting acting) =>
        acting.Is(Role.IsmsManager) || acting.Is(Role.TopManagement) ? null : Refusal.Of(RefusalKind.NotAllowed, "waiver-not-management");

    private static Refusal? OnlyManagementOrTheSecretariatReschedules(Acting acting) =>
        acting.Is(Role.IsmsManager) || acting.Is(Role.TopManagement) || acting.Is(Role.Secretariat)
            ? null
            : Refusal.Of(RefusalKind.NotAllowed, "rescheduler-not-allowed");

    private static Refusal? NewDateIsAhead(PlanItem item, FiscalYear year, DateOnly due, DateOnly today)
    {
        var earliest = today > item.OpensOn ? today : item.OpensOn;
        return due >= earliest && due <= year.End
            ? null
            : Refusal.Of(RefusalKind.RuleBroken, "due-out-of-range", "due", due.ToString("O", null), due, earliest, year.End);
    }

    private static PlanItemEntry Entry(PlanItem item, Organization organization, Acting acting, PlanItemAct act, string? comment, DateTimeOffset at) =>
        new(at, acting.PersonId, act, item.ApprovedOnBehalfOf(organization, acting.PersonId), comment);

    private static PlanItem Next(PlanItem item, PlanItemState state, PlanItemEntry entry) => item with { State = state, Log = [.. item.Log, entry] };

    private static LocalizedText Names(IReadOnlyList<Person> people) => Texts.Join(people.Select(p => p.Name));

    private static object Commands(IReadOnlyList<string> possible) => possible is [] ? Texts.Get("item-state-forbids.nothing") : List(possible);

    private static string List(IEnumerable<string> words) => string.Join(", ", words);
}
