using Isms.Certification;
using Isms.CorrectiveActions;
using Isms.Year;
using IsmsFunctions.CorrectiveActions;
using IsmsFunctions.Hosting.State;
using IsmsFunctions.Notifications;
using IsmsFunctions.Organizations;
using IsmsFunctions.Year;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace IsmsFunctions.Certification;

/// <summary>What the workflow of an audit of the certification body does. Each activity can be repeated.</summary>
public sealed class CertificationActivities(
    StateStore states, CertificationStore audits, ActionStarter actions, INotifier notifier, OrganizationStore organizations, TimeProvider clock)
{
    /// <summary>Reads the audit's state, with the dates that the settings give it now, and notes that its workflow has seen it.</summary>
    [Function(nameof(LookAtCertificationAudit))]
    public async Task<CertificationView> LookAtCertificationAudit([ActivityTrigger] CertificationLook input, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        var stored = await audits.GetAsync(input.Id, cancellationToken);
        await states.AcknowledgeAsync(stored, cancellationToken);
        var organization = await organizations.GetAsync(cancellationToken);
        var audit = await WithPresentDatesAsync(stored.Value, organization, cancellationToken);
        var office = OfficeTime.Of(organization.TimeZone);
        var next = CertificationSchedule.NextMoment(audit, office, new DateTimeOffset(input.HandledUntil, TimeSpan.Zero));
        var open = audit.Stage == CertificationAuditStage.Held
            ? audit.Nonconformities().Where(f => audit.Actions.All(a => a.Finding != f.Id)).Select(f => f.Id)
            : [];
        return new CertificationView(
            audit.Id, audit.Stage, audit.Serial, audit.StageSince.UtcDateTime, audit.HasEnded(), next?.UtcDateTime,
            audit.Stage is CertificationAuditStage.Responding or CertificationAuditStage.Accepted && audit.Responses.Count > 0, [.. open]);
    }

    /// <summary>Writes what people have to know about the stage that was entered.</summary>
    [Function(nameof(WriteCertificationLetters))]
    public async Task WriteCertificationLetters([ActivityTrigger] CertificationStep input, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        var audit = (await audits.GetAsync(input.Id, cancellationToken)).Value;
        if (audit.Serial == input.Serial)
        {
            // Otherwise somebody was faster than the mail, and what it would say is no longer so.
            var organization = await organizations.GetAsync(cancellationToken);
            await notifier.NotifyAsync(audit.Id, audit.Serial, CertificationLetters.OnEntering(audit, organization), cancellationToken);
        }
    }

    /// <summary>Starts the corrective action of a nonconformity, which carries the body's deadline; doing it again finds the one there is.</summary>
    [Function(nameof(StartActionOfCertificationFinding))]
    public async Task StartActionOfCertificationFinding(
        [ActivityTrigger] CertificationFindingStep input, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        var audit = (await audits.GetAsync(input.Id, cancellationToken)).Value;
        var finding = audit.FindingsSoFar().First(f => f.Id == input.Finding);
        var organization = await organizations.GetAsync(cancellationToken);
        var nonconformity = new Nonconformity(
            finding.Department, finding.Requirement, finding.Fact, audit.Outcome!.Evidence, finding.Clause, finding.Control, finding.Grade,
            CertificationFindings.UrgencyOf(finding), audit.RespondBy);
        var owner = organization.FindDepartment(finding.Department)?.LeadId ?? audit.Outcome.By;
        var action = await actions.RaiseAsync(
            client, new ActionSource(ActionOrigin.ExternalAudit, audit.Id, finding.Id), nonconformity, owner, audit.Outcome.By, $"{audit.Id}/{finding.Id}", clock.GetUtcNow(),
            cancellationToken);
        await ChangeAsync(input.Id, a => CertificationAuditRules.ActionIsStarted(a, finding.Id, action.Id), cancellationToken);
    }

    /// <summary>The result is on record: the body is answered where it found nonconformities, and the plan item demands the answer.</summary>
    [Function(nameof(NoteCertificationResult))]
    public async Task NoteCertificationResult([ActivityTrigger] CertificationStep input, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        var audit = (await audits.GetAsync(input.Id, cancellationToken)).Value;
        if (audit.PlanItem is { } item && audit.Nonconformities().Any() && await states.FindAsync<PlanItem>(YearStore.Item, item, cancellationToken) is not null)
        {
            await states.UpdateAsync<PlanItem>(YearStore.Item, item, CertificationPlanning.WithCorrectivePlan, cancellationToken: cancellationToken);
        }

        await ChangeAsync(input.Id, a => CertificationAuditRules.ResultIsRecorded(a, clock.GetUtcNow()), cancellationToken);
    }

    /// <summary>Tells of milestones, reminds and escalates what has come due, and closes the audit once all is done.</summary>
    [Function(nameof(FollowCertificationCalendar))]
    public async Task FollowCertificationCalendar([ActivityTrigger] CertificationTime input, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        var organization = await organizations.GetAsync(cancellationToken);
        var office = OfficeTime.Of(organization.TimeZone);
        var (after, until) = (new DateTimeOffset(input.After, TimeSpan.Zero), new DateTimeOffset(input.Until, TimeSpan.Zero));
        var audit = (await ChangeAsync(input.Id, a => CertificationAuditRules.AuditIsClosedWhenAllIsDone(a, clock.GetUtcNow()), cancellationToken)).Value;
        var letters = CertificationSchedule.MilestonesBetween(audit, after, until, office).SelectMany(m => CertificationLetters.At(m, audit, organization))
            .Concat((CertificationSchedule.DeadlineOf(audit)?.Between(after, until, office) ?? []).SelectMany(m => CertificationLetters.At(m, audit, organization)));
        await notifier.NotifyAsync(audit.Id, audit.Serial, [.. letters], cancellationToken);
    }

    private async Task<CertificationAudit> WithPresentDatesAsync(CertificationAudit audit, Isms.Organizations.Organization organization, CancellationToken cancellationToken)
    {
        var track = audit.Track is { } id ? CertificationStarter.TrackOf(organization, clock.GetUtcNow()).Find(id) : null;
        return ReferenceEquals(CertificationAuditRules.DatesAreMoved(audit, track), audit)
            ? audit
            : (await ChangeAsync(audit.Id, a => CertificationAuditRules.DatesAreMoved(a, track), cancellationToken)).Value;
    }

    private Task<Stored<CertificationAudit>> ChangeAsync(string id, Func<CertificationAudit, CertificationAudit> change, CancellationToken cancellationToken) =>
        states.UpdateAsync(CertificationStore.Kind, id, change, cancellationToken: cancellationToken);
}
