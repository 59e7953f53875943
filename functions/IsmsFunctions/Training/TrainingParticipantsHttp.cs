using Isms.Rules;
using Isms.Training;
using Isms.Year;
using IsmsFunctions.Hosting.Http;
using IsmsFunctions.Hosting.Problems;
using IsmsFunctions.Organizations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace IsmsFunctions.Training;

/// <summary>Marks that somebody attended.</summary>
/// <param name="AttendedOn">The day.</param>
/// <param name="Score">The score of the test.</param>
/// <param name="Passed">Whether the test was passed, where only that is known.</param>
public sealed record MarkAttendance(DateOnly AttendedOn, decimal? Score = null, bool? Passed = null);

/// <summary>Takes a mark back that was made by mistake.</summary>
/// <param name="AttendedOn">The day that was marked.</param>
public sealed record UnmarkAttendance(DateOnly AttendedOn);

/// <summary>Who attended: files of attendance, and participants one by one.</summary>
public sealed class TrainingParticipantsHttp(TrainingStore trainings, TrainingImports imports, OrganizationStore organizations, TimeProvider clock)
{
    private const string Route = "api/trainings/{id}/participants/{participant}";

    /// <summary>Says what importing the file in the body would do (<c>?format=csv|xlsx</c>), row by row. Nothing changes.</summary>
    [Function(nameof(PreviewTrainingImport))]
    public async Task<IResult> PreviewTrainingImport(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/trainings/{id}/import/preview")] HttpRequest request, string id, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var (import, rows) = await imports.PreviewAsync(id, request.Query["format"], request.Body, request.Command(clock), cancellationToken);
        return Answers.Ok(TrainingImportView.Of(import, applied: false, rows, Problem.CultureOf(request)));
    }

    /// <summary>Imports the file in the body (<c>?format=csv|xlsx</c>): what can be is put on record, and each row is answered for.</summary>
    [Function(nameof(ImportTraining))]
    public async Task<IResult> ImportTraining(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/trainings/{id}/import")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var (import, rows) = await imports.ApplyAsync(id, request.Query["format"], request.Body, request.Command(clock), client, cancellationToken);
        return Answers.Ok(TrainingImportView.Of(import, applied: true, rows, Problem.CultureOf(request)));
    }

    /// <summary>Marks that somebody attended.</summary>
    [Function(nameof(MarkTrainingParticipant))]
    public async Task<IResult> MarkTrainingParticipant(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Route + "/mark")] HttpRequest request,
        string id,
        string participant,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        var body = await request.ReadBodyAsync<MarkAttendance>(cancellationToken);
        var attendance = new Attendance(body.AttendedOn, body.Score, body.Passed);
        return await ChangeAsync(request, id, participant, client, TrainingRules.Mark, (p, on) =>
        {
            on.Access.MustMark(p);
            return ParticipantRules.IsBelievable(attendance, on.Campaign, on.Today, on.YearStart) is { } refusal
                ? refusal
                : ParticipantRules.Attended(p, new AttendanceEntry(attendance, on.By, on.At));
        }, cancellationToken);
    }

    /// <summary>Takes a mark back that was made by mistake.</summary>
    [Function(nameof(UnmarkTrainingParticipant))]
    public async Task<IResult> UnmarkTrainingParticipant(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Route + "/unmark")] HttpRequest request,
        string id,
        string participant,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        var body = await request.ReadBodyAsync<UnmarkAttendance>(cancellationToken);
        return await ChangeAsync(request, id, participant, client, TrainingRules.Mark, (p, on) =>
        {
            on.Access.MustMark(p);
            return ParticipantRules.DidNotAttend(p, body.AttendedOn);
        }, cancellationToken);
    }

    /// <summary>Exempts somebody, for a reason; who does so is the approver.</summary>
    [Function(nameof(ExemptTrainingParticipant))]
    public async Task<IResult> ExemptTrainingParticipant(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Route + "/exempt")] HttpRequest request,
        string id,
        string participant,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        var body = await request.ReadBodyAsync<TrainingReason>(cancellationToken);
        return await ChangeAsync(
            request, id, participant, client, TrainingRules.Decide, (p, on) => ParticipantRules.IsExempted(p, body.Reason, on.By, on.At), cancellationToken);
    }

    /// <summary>Obliges somebody after all: takes an exemption back, or overrides the rule that excludes the account.</summary>
    [Function(nameof(ObligeTrainingParticipant))]
    public async Task<IResult> ObligeTrainingParticipant(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Route + "/oblige")] HttpRequest request,
        string id,
        string participant,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        var body = await request.ReadBodyAsync<TrainingReason>(cancellationToken);
        return await ChangeAsync(
            request, id, participant, client, TrainingRules.Decide, (p, on) => ParticipantRules.IsObliged(p, body.Reason, on.By, on.At), cancellationToken);
    }

    private async Task<IResult> ChangeAsync(
        HttpRequest request,
        string id,
        string participant,
        DurableTaskClient client,
        string name,
        Func<Participant, Occasion, Outcome<Participant>> decide,
        CancellationToken cancellationToken)
    {
        var command = request.Command(clock);
        var campaign = (await trainings.GetAsync(id, cancellationToken)).Value;
        if (TrainingRules.CommandIsPossible(campaign, name) is { } refusal)
        {
            throw new RefusedException(refusal);
        }

        var organization = await organizations.GetAsync(cancellationToken);
        FiscalYear.TryParse(campaign.FiscalYear, organization.FiscalYearStartMonth, out var year);
        var occasion = new Occasion(
            campaign, command.Actor.PersonId, command.At, OfficeTime.Of(organization.TimeZone).DateAt(command.At), year!.Start,
            TrainingAccess.Of(command.Actor, organization));
        var present = await trainings.GetParticipantAsync(id, participant, cancellationToken);
        var after = await trainings.ChangeAsync(id, present.Id, p => decide(p, occasion).Value, cancellationToken);
        await imports.NoteAsync(id, client, cancellationToken);
        return Answers.Ok(ParticipantView.Of(after, campaign.PassMark));
    }

    /// <summary>Who changes a participant, when, and in which campaign.</summary>
    private sealed record Occasion(TrainingCampaign Campaign, string By, DateTimeOffset At, DateOnly Today, DateOnly YearStart, TrainingAccess Access);
}
