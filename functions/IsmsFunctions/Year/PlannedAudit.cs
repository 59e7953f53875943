using Isms.Audits;
using Isms.Rules;
using Isms.Year;
using IsmsFunctions.Audits;
using IsmsFunctions.Hosting.Workflows;
using IsmsFunctions.Organizations;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace IsmsFunctions.Year;

/// <summary>
/// Brings the plan and the internal audits together (clause 9.2.2: an audit programme is planned, established and implemented): proposes an audit of the
/// departments that no audit of the year covers, for somebody to approve; where all are covered, the newest audit is the item's.
/// </summary>
public sealed partial class PlannedAudit(
    AuditStore audits, AuditStarter starter, IWorkflowStarter workflows, OrganizationStore organizations, TimeProvider clock, ILogger<PlannedAudit> logger)
    : IPlannedWork
{
    /// <inheritdoc/>
    public string Kind => "audit";

    /// <inheritdoc/>
    public async Task<string?> FindOrStartAsync(PlanItem item, DurableTaskClient client, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(item);
        var organization = await organizations.GetAsync(cancellationToken);
        var ofTheYear = (await audits.ListAsync(item.FiscalYear, cancellationToken)).Where(a => a.Value.Stage != AuditStage.Cancelled).ToList();
        var covered = ofTheYear.SelectMany(a => a.Value.Plan.Departments).ToHashSet();
        string[] uncovered = [.. organization.Departments.Select(d => d.Id).Where(d => !covered.Contains(d))];
        if (uncovered is [] && ofTheYear is [.., var newest])
        {
            if (newest.Pending)
            {
                // Stored by an attempt that a crash cut off: waiting for the sweep would cost the audit hours.
                await workflows.EnsureRunningAsync(client, AuditStore.Kind, newest.Id, cancellationToken);
            }

            return newest.Id;
        }

        try
        {
            var request = new AuditRequest(item.FiscalYear, uncovered);
            return (await starter.StartAsync(client, request, YearPlanning.System, item.InstanceId, clock.GetUtcNow(), cancellationToken)).Id;
        }
        catch (RefusedException e)
        {
            // Nobody is qualified, say: the item's notices go on asking for it, and every look at the item tries again.
            NotProposed(logger, item.InstanceId, e.Refusal.Code);
            return null;
        }
    }

    [LoggerMessage(EventId = 3101, EventName = "AuditNotProposed", Level = LogLevel.Warning, Message = "No audit could be proposed for {Item}: {Code}")]
    private static partial void NotProposed(ILogger logger, string item, string code);
}
