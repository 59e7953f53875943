using Isms.Rules;
using Isms.Training;
using Isms.Year;
using IsmsFunctions.Evidence;
using IsmsFunctions.Hosting.Http;
using IsmsFunctions.Hosting.Workflows;
using IsmsFunctions.Organizations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace IsmsFunctions.Training;

/// <summary>Moves a campaign's due date.</summary>
/// <param name="Due">The day by which everybody has attended.</param>
/// <param name="Comment">Why.</param>
public sealed record NewDueDate(DateOnly Due, string? Comment = null);

/// <summary>Why a campaign, or a participant's part in it, ends.</summary>
/// <param name="Reason">The reason.</param>
public sealed record TrainingReason(string? Reason = null);

/// <summary>What the secretariat does with a campaign.</summary>
public sealed class TrainingCommandsHttp(
    WorkflowGate gate, TrainingStore trainings, IEvidenceStore evidence, OrganizationStore organizations, TimeProvider clock)
{
    /// <summary>Names the material: items of evidence, a link, or both.</summary>
    [Function(nameof(NameTrainingMaterial))]
    public async Task<IResult> NameTrainingMaterial(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/trainings/{id}/material")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        var body = await request.ReadBodyAsync<TrainingMaterial>(cancellationToken);
        return await evidence.FirstUnknownAsync(body.Evidence, "evidence", cancellationToken) is { } unknown
            ? throw new RefusedException(unknown)
            : await ApplyAsync(request, id, client, (c, command, _) => TrainingRules.MaterialIsNamed(c, body, command.Actor.PersonId, command.At), cancellationToken);
    }

    /// <summary>Moves the due date.</summary>
    [Function(nameof(RescheduleTraining))]
    public async Task<IResult> RescheduleTraining(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/trainings/{id}/reschedule")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        var body = await request.ReadBodyAsync<NewDueDate>(cancellationToken);
        return await ApplyAsync(
            request, id, client, (c, command, today) => TrainingRules.IsRescheduled(c, body.Due, body.Comment, command.Actor.PersonId, command.At, today), cancellationToken);
    }

    /// <summary>Closes a campaign, with the reason where somebody is missing; its records are written then.</summary>
    [Function(nameof(CloseTraining))]
    public async Task<IResult> CloseTraining(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/trainings/{id}/close")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        var body = await request.ReadOptionalBodyAsync<TrainingReason>(cancellationToken);
        var campaign = (await trainings.GetAsync(id, cancellationToken)).Value;
        var progress = TrainingProgress.Of(await trainings.ParticipantsAsync(id, cancellationToken), campaign.PassMark);
        return await ApplyAsync(
            request, id, client, (c, command, _) => TrainingRules.IsClosed(c, progress, body?.Reason, command.Actor.PersonId, command.At), cancellationToken);
    }

    /// <summary>Calls a campaign off.</summary>
    [Function(nameof(CancelTraining))]
    public async Task<IResult> CancelTraining(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/trainings/{id}/cancel")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        var body = await request.ReadOptionalBodyAsync<TrainingReason>(cancellationToken);
        return await ApplyAsync(request, id, client, (c, command, _) => TrainingRules.IsCancelled(c, body?.Reason, command.Actor.PersonId, command.At), cancellationToken);
    }

    private async Task<IResult> ApplyAsync(
        HttpRequest request,
        string id,
        DurableTaskClient client,
        Func<TrainingCampaign, CommandContext, DateOnly, Outcome<TrainingCampaign>> decide,
        CancellationToken cancellationToken)
    {
        var command = request.Command(clock);
        var organization = await organizations.GetAsync(cancellationToken);
        var today = OfficeTime.Of(organization.TimeZone).DateAt(command.At);
        var stored = await gate.ApplyAsync<TrainingCampaign>(client, TrainingStore.Kind, id, command, c => decide(c, command, today), cancellationToken);
        return Answers.Ok(request, stored, TrainingSummary.Of(stored.Value, today));
    }
}
