using Isms.CorrectiveActions;
using Isms.Evidence;
using Isms.Incidents;
using Isms.Organizations;
using Isms.Text;
using Isms.Year;
using IsmsFunctions.CorrectiveActions;
using IsmsFunctions.Documents;
using IsmsFunctions.Evidence;
using IsmsFunctions.Hosting.State;
using IsmsFunctions.Notifications;
using IsmsFunctions.Organizations;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace IsmsFunctions.Incidents;

/// <summary>What an incident's workflow leaves behind: records, and the corrective actions and training that its lessons ask for.</summary>
public sealed class IncidentRecordActivities(
    StateStore states, IncidentStore incidents, ActionStarter actions, IEvidenceStore evidence, INotifier notifier, OrganizationStore organizations)
{
    /// <summary>The record's key of an incident or near miss.</summary>
    public const string Record = "incident-record";

    /// <summary>The record's key of a drill: what the plan's emergency drill demands.</summary>
    public const string DrillRecord = "drill-record";

    /// <summary>The record's key of a report that the law demands.</summary>
    public const string ReportRecord = "breach-report";

    private const int NoStage = 0;

    private static readonly string[] Controls = ["5.24", "5.25", "5.26", "5.27", "5.28", "6.8"];

    /// <summary>The id of the evidence that an incident's record is filed under.</summary>
    public static string RecordIdOf(Incident incident)
    {
        ArgumentNullException.ThrowIfNull(incident);
        return EvidenceIds.OfStep(incident.Id, "record");
    }

    /// <summary>Raises the corrective actions that lessons ask for, and asks the secretariat for the training.</summary>
    [Function(nameof(FollowUpIncidentLessons))]
    public async Task FollowUpIncidentLessons(
        [ActivityTrigger] IncidentStepInput input, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        var (incident, organization) = await ReadAsync(input.Id, cancellationToken);
        await notifier.NotifyAsync(incident.Id, NoStage, IncidentLetters.OnLessons(incident, organization), cancellationToken);
        foreach (var lesson in incident.Lessons)
        {
            // The organisation may have changed since the lesson was taken: an owner who left is replaced by the department's lead.
            if (IncidentFollowUp.ActionOf(incident, lesson) is { } raise
                && (ActionRaising.Check(raise, organization) is { Refusal: null } sound ? sound : ActionRaising.Check(raise with { Owner = null }, organization)) is { Refusal: null } action)
            {
                var (nonconformity, owner) = action.Value;
                var by = incident.Log.Last(d => d.What == IncidentRules.Learn).By;
                var stored = await actions.RaiseAsync(
                    client, new ActionSource(ActionOrigin.Incident, incident.Id, lesson.Id), nonconformity, owner, by, $"{incident.Id}/{lesson.Id}",
                    incident.Log.Last(d => d.What == IncidentRules.Learn).At, cancellationToken);
                await states.UpdateAsync<Incident>(
                    IncidentStore.Kind, incident.Id, i => IncidentFollowUp.ActionIsRaised(i, lesson.Id, stored.Id), cancellationToken: cancellationToken);
            }
        }
    }

    /// <summary>Puts the reports that were made on record.</summary>
    [Function(nameof(RecordBreachReports))]
    public async Task RecordBreachReports([ActivityTrigger] BreachReportsToRecord input, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        var (incident, organization) = await ReadAsync(input.Id, cancellationToken);
        foreach (var report in incident.Reports.Skip(input.Recorded))
        {
            var step = BreachReportPaper.StepOf(report);
            var draft = Draft(incident, organization, step, report.At, report.By) with
            {
                Title = Titled(BreachReportPaper.TitleOf(incident, report), incident),
                Period = new Period(incident.OccurredAt ?? incident.DetectedAt, report.SubmittedAt),
                Record = ReportRecord,
            };
            await evidence.RecordAsync(draft, DocumentFiles.Of(ReportRecord, BreachReportPaper.Write(incident, report, organization), report), cancellationToken);
        }
    }

    /// <summary>Puts the closed incident on record; a drill's record is the one that its plan item waits for.</summary>
    [Function(nameof(RecordIncident))]
    public async Task RecordIncident([ActivityTrigger] IncidentStepInput input, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        var (incident, organization) = await ReadAsync(input.Id, cancellationToken);
        var end = incident.Log[^1];
        var record = incident.IsDrill ? DrillRecord : Record;
        var draft = Draft(incident, organization, "record", end.At, end.By) with
        {
            Title = Titled(IncidentRecord.TitleOf(incident), incident),
            Period = new Period(incident.OccurredAt ?? incident.DetectedAt, end.At),
            Subject = incident.PlanItem ?? incident.Id,
            Record = record,
        };
        await evidence.RecordAsync(draft, DocumentFiles.Of(record, IncidentRecord.Write(incident, organization), incident), cancellationToken);
    }

    private static EvidenceDraft Draft(Incident incident, Organization organization, string step, DateTimeOffset at, string by) => new()
    {
        Id = EvidenceIds.OfStep(incident.Id, step),
        FiscalYear = FiscalYear.Of(OfficeTime.Of(organization.TimeZone).DateAt(at), organization.FiscalYearStartMonth).Id,
        Type = incident.IsDrill ? EvidenceType.Training : EvidenceType.Incident,
        Title = LocalizedText.Same(incident.Id),
        Clauses = incident.IsDrill ? ["7.4"] : [],
        Controls = incident.IsDrill ? [.. Controls, "5.29"] : Controls,
        Period = new Period(at, at),
        Subject = incident.Id,
        Source = new EvidenceSource { Workflow = new WorkflowSource(incident.Id, step, by) },
        CreatedBy = by,
    };

    private static LocalizedText Titled(LocalizedText title, Incident incident) => new($"{title.Ja} {incident.Id}", $"{title.En} {incident.Id}");

    private async Task<(Incident Incident, Organization Organization)> ReadAsync(string id, CancellationToken cancellationToken) =>
        ((await incidents.GetAsync(id, cancellationToken)).Value, await organizations.GetAsync(cancellationToken));
}
