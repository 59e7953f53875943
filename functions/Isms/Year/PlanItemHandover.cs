using Isms.Organizations;

namespace Isms.Year;

/// <summary>
/// Open work moves with the role (clause 5.3). An item remembers in whose hands it was; where that changes – a role is handed over, a delegate steps in, the
/// settings are edited – the change goes on record, and whoever has it now is told.
/// </summary>
public static class PlanItemHandover
{
    /// <summary>Notes in whose hands an item is from its present state on, which is no handover.</summary>
    public static PlanItem Begin(PlanItem item, Organization organization)
    {
        ArgumentNullException.ThrowIfNull(item);
        return item with { Turn = new PlanItemTurn(item.State, [.. item.InHand(organization).Select(p => p.Id)]) };
    }

    /// <summary>Notes that the item has passed into other hands; the same reference when it has not.</summary>
    public static PlanItem Note(PlanItem item, Organization organization, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(item);
        if (item.State is not (PlanItemState.Open or PlanItemState.Returned or PlanItemState.Submitted))
        {
            return item;
        }

        var next = Begin(item, organization);
        if (item.Turn is not { } turn || turn.State != item.State)
        {
            return next;
        }

        string[] newcomers = [.. next.Turn!.People.Except(turn.People)];
        return newcomers.Length > 0
            ? next with { Log = [.. item.Log, new PlanItemEntry(at, YearPlanning.System, PlanItemAct.HandedOver, HandedTo: newcomers)] }
            : turn.People.Except(next.Turn.People).Any() ? next
            : item;
    }
}
