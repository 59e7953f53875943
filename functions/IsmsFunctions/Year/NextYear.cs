using Isms.Rules;
using Isms.Year;
using IsmsFunctions.Hosting.Identity;
using IsmsFunctions.Organizations;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace IsmsFunctions.Year;

/// <summary>Prepares the year whose plan was approved: its workflow waits for its first day.</summary>
public sealed partial class NextYear(YearPlanner planner, OrganizationStore organizations, ILogger<NextYear> logger)
{
    /// <summary>Starts the year after the one that the item was planned in. One that was started before, by hand or by an earlier attempt, is left as it is.</summary>
    public async Task PrepareAsync(PlanItem item, DurableTaskClient client, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(item);
        var startMonth = (await organizations.GetAsync(cancellationToken)).FiscalYearStartMonth;
        var plannedIn = YearRules.Named(item.CarriedFrom?.FiscalYear ?? item.FiscalYear, startMonth).Value;
        var approver = item.Log.Last(e => e.Act == PlanItemAct.Approved).Actor;
        try
        {
            await planner.StartAsync(plannedIn.Next.Id, new Actor(approver, []), client, cancellationToken);
        }
        catch (RefusedException e)
        {
            // The approval came so late that the year is over; the item is settled all the same.
            NotPrepared(logger, plannedIn.Next.Id, e.Refusal.Code);
        }
    }

    [LoggerMessage(EventId = 3102, EventName = "YearNotStarted", Level = LogLevel.Warning, Message = "{Year}, whose plan was approved, could not be started: {Code}")]
    private static partial void NotPrepared(ILogger logger, string year, string code);
}
