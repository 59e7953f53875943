namespace Isms.Year;

/// <summary>What happens to a plan item by itself, without a person's command. Each step is done once, however often it is asked for.</summary>
public static class PlanItemProgress
{
    /// <summary>Opens the item when its window has come.</summary>
    public static PlanItem Open(PlanItem item, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(item);
        return item.State == PlanItemState.Scheduled ? Next(item, PlanItemState.Open, PlanItemAct.Opened, at) : item;
    }

    /// <summary>Whether the work that does the item is still to be found or started.</summary>
    public static bool LacksItsWork(PlanItem item)
    {
        ArgumentNullException.ThrowIfNull(item);
        return item is { Work: not null, WorkId: null, State: PlanItemState.Open };
    }

    /// <summary>Notes the work that does what the item demands.</summary>
    public static PlanItem AssignWork(PlanItem item, string work, DateTimeOffset at) => !LacksItsWork(item)
        ? item
        : item with { WorkId = work, Log = [.. item.Log, new PlanItemEntry(at, YearPlanning.System, PlanItemAct.WorkAssigned, Comment: work)] };

    /// <summary>Notes that the item was brought before the ISMS manager or top management.</summary>
    public static PlanItem Escalate(PlanItem item, PlanItemAct level, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(item);
        return WasEscalated(item, level) ? item : Next(item, item.State, level, at);
    }

    /// <summary>Closes the item once its completion record is among the evidence.</summary>
    public static PlanItem Complete(PlanItem item, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(item);
        return item.State == PlanItemState.Approved ? Next(item, PlanItemState.Done, PlanItemAct.Completed, at) : item;
    }

    /// <summary>Hands the item over to the next year, unless it is settled already.</summary>
    public static PlanItem CarryOver(PlanItem item, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(item);
        return item.HasEnded || item.State == PlanItemState.Approved ? item : Next(item, PlanItemState.CarriedOver, PlanItemAct.CarriedOver, at);
    }

    /// <summary>Whether the item was brought before that level in this year, for its present due date.</summary>
    private static bool WasEscalated(PlanItem item, PlanItemAct level)
    {
        var sinceDueDate = item.Log.Reverse().TakeWhile(e => e.Due is null);
        return sinceDueDate.Any(e => e.Act == level);
    }

    private static PlanItem Next(PlanItem item, PlanItemState state, PlanItemAct act, DateTimeOffset at) =>
        item with { State = state, Log = [.. item.Log, new PlanItemEntry(at, YearPlanning.System, act)] };
}
