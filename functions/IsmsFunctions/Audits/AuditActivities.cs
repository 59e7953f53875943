using Isms.Audits;
using Isms.CorrectiveActions;
using Isms.Evidence;
using Isms.Text;
using Isms.Year;
using IsmsFunctions.CorrectiveActions;
using IsmsFunctions.Evidence;
using IsmsFunctions.Hosting.State;
using IsmsFunctions.Organizations;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace IsmsFunctions.Audits;

/// <summary>What an audit's workflow does to its state.</summary>
public sealed class AuditActivities(
    StateStore states,
    AuditStore audits,
    AuditProgrammes programmes,
    IAuditFocusSource focus,
    IEvidenceStore evidence,
    ActionStarter actions,
    ActionStore actionStore,
    OrganizationStore organizations,
    TimeProvider clock)
{
    private const int EvidencePage = 500;

    /// <summary>Reads the audit's state and notes that its workflow has seen it.</summary>
    [Function(nameof(LookAtAudit))]
    public async Task<AuditView> LookAtAudit([ActivityTrigger] AuditLook input, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        var stored = await audits.GetAsync(input.Id, cancellationToken);
        await states.AcknowledgeAsync(stored, cancellationToken);
        var audit = stored.Value;
        // The settings as they were written: as they stand today, the handover that has just come is no longer among them.
        var settings = (await organizations.FindAsync(cancellationToken))!.Value;
        var office = OfficeTime.Of(settings.TimeZone);
        var handled = new DateTimeOffset(input.HandledUntil, TimeSpan.Zero);
        DateTimeOffset?[] moments = [AuditSchedule.NextMoment(audit, office, handled), AuditSchedule.NextTeamChange(audit, settings, office, handled)];
        var next = moments.Min();
        var open = audit.Findings.Where(f => f.IsNonconformity && audit.Actions.All(a => a.Finding != f.Id)).Select(f => f.Id);
        return new AuditView(
            audit.Id, audit.Stage, audit.Serial, audit.StageSince.UtcDateTime, audit.Ended, next?.UtcDateTime, audit.Stage == AuditStage.FollowingUp ? [.. open] : []);
    }

    /// <summary>Draws the checklist up from scope, earlier findings and the evidence there is; the plan then waits for approval.</summary>
    [Function(nameof(DrawUpAuditChecklist))]
    public async Task DrawUpAuditChecklist([ActivityTrigger] AuditStep input, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        var audit = (await audits.GetAsync(input.Id, cancellationToken)).Value;
        var organization = await organizations.GetAsync(cancellationToken);
        var today = OfficeTime.Of(organization.TimeZone).DateAt(clock.GetUtcNow());
        var checklist = ChecklistGenerator.Generate(audit.Plan, organization, new ChecklistSources(today)
        {
            Earlier = [.. (await audits.ListAsync(null, cancellationToken)).Select(a => a.Value).Where(a => a.Id != audit.Id)],
            External = await programmes.ExternalAsync(cancellationToken),
            OverdueActions = await OverdueActionsAsync(today, cancellationToken),
            Focus = await focus.ReadAsync(cancellationToken),
            Evidence = await RecentEvidenceAsync(audit, organization.FiscalYearStartMonth, cancellationToken),
        });
        await audits.PutChecklistOnceAsync(audit.Id, checklist, cancellationToken);
        await ChangeAsync(input.Id, a => AuditRules.PlanIsWritten(a, clock.GetUtcNow()), cancellationToken);
    }

    /// <summary>Draws the findings from the submitted answers; the report then waits for approval.</summary>
    [Function(nameof(WriteAuditReport))]
    public async Task WriteAuditReport([ActivityTrigger] AuditStep input, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        var audit = (await audits.GetAsync(input.Id, cancellationToken)).Value;
        var checklist = await audits.ChecklistAsync(audit.Id, cancellationToken);
        var answers = await audits.SubmittedAnswersAsync(audit, cancellationToken);
        var findings = Findings.From(checklist, answers);
        var counts = AnswerCounts.Of(checklist.Questions.Count, answers.Values.Select(a => a.Answer.Result));
        await ChangeAsync(input.Id, a => AuditRules.ReportIsWritten(a, findings, counts, clock.GetUtcNow()), cancellationToken);
    }

    /// <summary>Starts the corrective action of a nonconformity; doing it again finds the one there is.</summary>
    [Function(nameof(StartActionOfFinding))]
    public async Task StartActionOfFinding(
        [ActivityTrigger] AuditFinding input, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        var audit = (await audits.GetAsync(input.Id, cancellationToken)).Value;
        var finding = audit.Findings.First(f => f.Id == input.Finding);
        var organization = await organizations.GetAsync(cancellationToken);
        var nonconformity = new Nonconformity(
            finding.Department, finding.Requirement ?? LocalizedText.Same(""), finding.Fact, finding.Evidence, finding.Clause, finding.Control, finding.Grade,
            finding.Urgency);
        var owner = organization.FindDepartment(finding.Department)?.LeadId ?? audit.Plan.LeadAuditor;
        var source = new ActionSource(ActionOrigin.Audit, audit.Id, finding.Id);
        var action = await actions.RaiseAsync(
            client, source, nonconformity, owner, finding.Auditor, $"{audit.Id}/{finding.Id}", clock.GetUtcNow(), cancellationToken);
        await ChangeAsync(input.Id, a => AuditRules.ActionIsStarted(a, finding.Id, action.Id), cancellationToken);
    }

    private Task<Stored<Audit>> ChangeAsync(string id, Func<Audit, Audit> change, CancellationToken cancellationToken) =>
        states.UpdateAsync(AuditStore.Kind, id, change, cancellationToken: cancellationToken);

    private async Task<IReadOnlyList<OverdueAction>> OverdueActionsAsync(DateOnly today, CancellationToken cancellationToken) =>
        await actionStore.ListAfterAsync(null, null, cancellationToken)
            .Select(a => a.Value)
            .Where(a => a.Stage != ActionStage.Closed && a.Due < today)
            .Select(a => new OverdueAction(
                a.Id, a.Nonconformity.Department, a.Nonconformity.Clause, a.Nonconformity.Control, a.Nonconformity.Fact, ActionRules.NameOf(a.Stage), a.Due!.Value))
            .ToListAsync(cancellationToken);

    /// <summary>The evidence of the audit's year and the one before: older items show nothing about the present.</summary>
    private async Task<List<EvidenceManifest>> RecentEvidenceAsync(Audit audit, int startMonth, CancellationToken cancellationToken)
    {
        var items = new List<EvidenceManifest>();
        var year = FiscalYear.Of(audit.Plan.From, startMonth);
        foreach (var fiscalYear in new[] { year.Previous, year })
        {
            string? token = null;
            do
            {
                var page = await evidence.ListAsync(new EvidenceQuery(fiscalYear.Id), EvidencePage, token, cancellationToken);
                items.AddRange(page.Items);
                token = page.ContinuationToken;
            }
            while (token is not null);
        }

        return items;
    }
}
