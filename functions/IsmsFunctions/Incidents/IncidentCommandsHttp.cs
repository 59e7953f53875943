using Isms.CorrectiveActions;
using Isms.Incidents;
using Isms.Organizations;
using Isms.Rules;
using Isms.Year;
using IsmsFunctions.Evidence;
using IsmsFunctions.Hosting.Http;
using IsmsFunctions.Hosting.Identity;
using IsmsFunctions.Hosting.Workflows;
using IsmsFunctions.Organizations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace IsmsFunctions.Incidents;

/// <summary>The steps of the response to an incident, as people report them.</summary>
public sealed class IncidentCommandsHttp(WorkflowGate gate, IncidentStore incidents, IEvidenceStore evidence, OrganizationStore organizations, TimeProvider clock)
{
    /// <summary>Judges what was reported.</summary>
    [Function(nameof(JudgeIncident))]
    public Task<IResult> JudgeIncident(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/incidents/{id}/triage")] HttpRequest request,
        string id, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken) =>
        DecideAsync<TriageIncident>(
            request, id, client, IncidentRules.Triage, _ => null, (incident, body, by, organization) => IncidentRules.IsJudged(incident, body, by, organization), cancellationToken);

    /// <summary>Says that it is no incident.</summary>
    [Function(nameof(DismissReportedIncident))]
    public Task<IResult> DismissReportedIncident(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/incidents/{id}/dismiss")] HttpRequest request,
        string id, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken) =>
        DecideAsync<DismissIncident>(
            request, id, client, IncidentRules.Dismiss, _ => null, (incident, body, by, _) => IncidentRules.IsDismissed(incident, body, by), cancellationToken);

    /// <summary>Changes the facts; severity and clocks follow.</summary>
    [Function(nameof(AssessIncidentFacts))]
    public Task<IResult> AssessIncidentFacts(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/incidents/{id}/assess")] HttpRequest request,
        string id, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken) =>
        DecideAsync<AssessIncident>(
            request, id, client, IncidentRules.Assess, _ => null, (incident, body, by, organization) => IncidentRules.FactsHaveChanged(incident, body, by, organization), cancellationToken);

    /// <summary>Notes what happened when.</summary>
    [Function(nameof(NoteIncident))]
    public Task<IResult> NoteIncident(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/incidents/{id}/note")] HttpRequest request,
        string id, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken) =>
        DecideAsync<NoteIncidentEvent>(
            request, id, client, IncidentRules.Note, _ => null, (incident, body, by, _) => IncidentRules.EventIsNoted(incident, body, by), cancellationToken);

    /// <summary>Reports that it is contained.</summary>
    [Function(nameof(ReportIncidentContained))]
    public Task<IResult> ReportIncidentContained(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/incidents/{id}/contained")] HttpRequest request,
        string id, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken) =>
        DecideAsync<ReportIncidentStep>(
            request, id, client, IncidentRules.Contain, body => body.Evidence, (incident, body, by, _) => IncidentRules.IsContained(incident, body, by), cancellationToken);

    /// <summary>Reports cause and extent.</summary>
    [Function(nameof(ReportIncidentInvestigated))]
    public Task<IResult> ReportIncidentInvestigated(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/incidents/{id}/investigated")] HttpRequest request,
        string id, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken) =>
        DecideAsync<ReportInvestigation>(
            request, id, client, IncidentRules.Investigate, body => body.Evidence, (incident, body, by, _) => IncidentRules.IsInvestigated(incident, body, by), cancellationToken);

    /// <summary>Records a report to the Commission, or the notice to the persons concerned.</summary>
    [Function(nameof(FileIncidentBreachReport))]
    public Task<IResult> FileIncidentBreachReport(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/incidents/{id}/breach-report")] HttpRequest request,
        string id, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken) =>
        DecideAsync<FileBreachReport>(
            request, id, client, IncidentRules.FileReport, body => body.Evidence, (incident, body, by, _) => IncidentFollowUp.ReportIsMade(incident, body, by), cancellationToken);

    /// <summary>Goes on to the recovery, the preliminary report having been made.</summary>
    [Function(nameof(CompleteIncidentReporting))]
    public Task<IResult> CompleteIncidentReporting(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/incidents/{id}/complete-reporting")] HttpRequest request,
        string id, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken) =>
        DecideAsync<Remark>(
            request, id, client, IncidentRules.CompleteReporting, _ => null, (incident, body, by, _) => IncidentRules.ReportingIsComplete(incident, body.Comment, by), cancellationToken,
            new Remark());

    /// <summary>Reports that things are back to normal.</summary>
    [Function(nameof(ReportIncidentRecovered))]
    public Task<IResult> ReportIncidentRecovered(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/incidents/{id}/recovered")] HttpRequest request,
        string id, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken) =>
        DecideAsync<ReportIncidentStep>(
            request, id, client, IncidentRules.Recover, body => body.Evidence, (incident, body, by, _) => IncidentRules.IsRecovered(incident, body, by), cancellationToken);

    /// <summary>Adds what was learned.</summary>
    [Function(nameof(AddIncidentLessons))]
    public Task<IResult> AddIncidentLessons(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/incidents/{id}/lessons")] HttpRequest request,
        string id, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken) =>
        DecideAsync<LearnLessons>(
            request, id, client, IncidentRules.Learn, _ => null, (incident, body, by, organization) => IncidentFollowUp.LessonsAreLearned(incident, body, by, organization), cancellationToken);

    /// <summary>Closes it.</summary>
    [Function(nameof(CloseIncident))]
    public Task<IResult> CloseIncident(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/incidents/{id}/close")] HttpRequest request,
        string id, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken) =>
        DecideAsync<Remark>(
            request, id, client, IncidentRules.Close, _ => null, (incident, body, by, _) => IncidentRules.IsClosed(incident, body.Comment, by), cancellationToken, new Remark());

    private async Task<IResult> DecideAsync<TBody>(
        HttpRequest request,
        string id,
        DurableTaskClient client,
        string name,
        Func<TBody, IReadOnlyList<string>?> evidenceOf,
        Func<Incident, TBody, ActingPerson, Organization, Outcome<Incident>> decide,
        CancellationToken cancellationToken,
        TBody? whenEmpty = null)
        where TBody : class
    {
        var body = whenEmpty is null
            ? await request.ReadBodyAsync<TBody>(cancellationToken)
            : await request.ReadOptionalBodyAsync<TBody>(cancellationToken) ?? whenEmpty;
        var command = request.Command(clock);
        var organization = await organizations.GetAsync(cancellationToken);
        var today = OfficeTime.Of(organization.TimeZone).DateAt(command.At);
        var by = new ActingPerson(command.Actor.PersonId, command.At, today, command.Actor.HasAny([AppRoles.Secretariat, AppRoles.Manager]));
        var present = await incidents.GetAsync(id, cancellationToken);
        var repeated = command.IdempotencyKey is { } key && present.AppliedKeys.Contains(key);

        // A command that the stage forbids is refused for that, before anything is said about the evidence it names.
        if ((IncidentAccess.Refusal(present.Value, command.Actor, organization)
            ?? (repeated ? null : IncidentRules.CommandIsPossible(present.Value, name) ?? await evidence.FirstUnknownAsync(evidenceOf(body), "evidence", cancellationToken))) is { } refusal)
        {
            throw new RefusedException(refusal);
        }

        var stored = await gate.ApplyAsync<Incident>(
            client, IncidentStore.Kind, id, command, incident => decide(incident, body, by, organization), cancellationToken);
        return Answers.Ok(request, stored, IncidentDetails.Details(stored.Value, organization, command.At));
    }
}
