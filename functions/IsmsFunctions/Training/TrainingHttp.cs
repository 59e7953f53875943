using Isms.Rules;
using Isms.Training;
using Isms.Year;
using IsmsFunctions.Evidence;
using IsmsFunctions.Hosting.Http;
using IsmsFunctions.Hosting.Identity;
using IsmsFunctions.Organizations;
using IsmsFunctions.Year;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace IsmsFunctions.Training;

/// <summary>Starts training campaigns, and shows them with their participants.</summary>
public sealed class TrainingHttp(
    TrainingStarter starter, TrainingStore trainings, CourseRegister courses, YearStore years, IEvidenceStore evidence, OrganizationStore organizations, TimeProvider clock)
{
    /// <summary>Starts a campaign.</summary>
    [Function(nameof(StartTraining))]
    public async Task<IResult> StartTraining(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/trainings")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        var body = await request.ReadBodyAsync<StartTraining>(cancellationToken);
        var organization = await organizations.GetAsync(cancellationToken);
        var command = request.Command(clock);
        var today = OfficeTime.Of(organization.TimeZone).DateAt(command.At);
        var course = body.Course is { } id ? await courses.GetAsync(id, cancellationToken) : null;
        var year = FiscalYear.Of(body.From ?? today, organization.FiscalYearStartMonth);
        var item = body.Item is { } named ? (await years.FindItemAsync(year.Id, named, cancellationToken)).Value.InstanceId : null;
        if (await evidence.FirstUnknownAsync(body.Material?.Evidence, "material.evidence", cancellationToken) is { } unknown)
        {
            throw new RefusedException(unknown);
        }

        var plan = TrainingPlanning.Of(body, course, item, organization, today).Value;
        var stored = await starter.StartAsync(client, plan, command.Actor.PersonId, command.IdempotencyKey, command.At, cancellationToken);
        return Answers.Accepted(request, $"/trainings/{stored.Id}", TrainingSummary.Of(stored.Value, today));
    }

    /// <summary>
    /// Campaigns by id, a page at a time (<c>?top=&amp;continuationToken=</c>); those of one year with <c>?fy=</c>, in one stage with <c>?stage=</c>, of one kind with
    /// <c>?kind=</c>.
    /// </summary>
    [Function(nameof(ListTrainings))]
    public async Task<IResult> ListTrainings(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/trainings")] HttpRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var year = request.Query["fy"].FirstOrDefault();
        var stage = request.Query["stage"].FirstOrDefault();
        var kind = request.Query["kind"].FirstOrDefault();
        var today = await TodayAsync(cancellationToken);
        var page = PageRequest.Of(request, TrainingStore.PrefixOf(year));
        var listed = trainings.ListAfterAsync(year, page.After, cancellationToken)
            .Where(t => stage is null || t.Value.Stage.ToString().Equals(stage, StringComparison.OrdinalIgnoreCase))
            .Where(t => kind is null || t.Value.Kind.ToString().Equals(kind, StringComparison.OrdinalIgnoreCase))
            .Select(t => TrainingSummary.Of(t.Value, today));
        return Answers.Ok(await page.TakeAsync(listed, t => t.Id, cancellationToken));
    }

    /// <summary>One campaign: audience, progress by department, log, and what is possible now.</summary>
    [Function(nameof(GetTraining))]
    public async Task<IResult> GetTraining(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/trainings/{id}")] HttpRequest request, string id, CancellationToken cancellationToken)
    {
        var stored = await trainings.GetAsync(id, cancellationToken);
        var participants = await trainings.ParticipantsAsync(id, cancellationToken);
        return Answers.Ok(request, stored, TrainingDetails.Details(stored.Value, participants, await TodayAsync(cancellationToken)));
    }

    /// <summary>
    /// The participants whom the caller may see, by id, a page at a time; those who stand somewhere with <c>?status=</c>, of a department of the settings with
    /// <c>?department=</c>.
    /// </summary>
    [Function(nameof(ListTrainingParticipants))]
    public async Task<IResult> ListTrainingParticipants(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/trainings/{id}/participants")] HttpRequest request, string id, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var campaign = (await trainings.GetAsync(id, cancellationToken)).Value;
        var access = TrainingAccess.Of(Actor.Of(request), await organizations.GetAsync(cancellationToken));
        var status = StatusOf(request.Query["status"].FirstOrDefault());
        var department = request.Query["department"].FirstOrDefault();
        var prefix = TrainingStore.ParticipantPrefixOf(id);
        var page = PageRequest.Of(request, prefix);
        var listed = trainings.ParticipantsAfterAsync(id, page.After, cancellationToken)
            .Select(p => p.Value)
            .Where(access.MaySee)
            .Where(p => department is null || p.DepartmentId == department)
            .Select(p => ParticipantView.Of(p, campaign.PassMark))
            .Where(p => status is null || p.Status == status);
        return Answers.Ok(await page.TakeAsync(listed, p => prefix + p.Id, cancellationToken));
    }

    private async Task<DateOnly> TodayAsync(CancellationToken cancellationToken) =>
        OfficeTime.Of((await organizations.GetAsync(cancellationToken)).TimeZone).DateAt(clock.GetUtcNow());

    private static ParticipantStatus? StatusOf(string? given) =>
        string.IsNullOrEmpty(given) ? null
        : Enum.TryParse<ParticipantStatus>(given, ignoreCase: true, out var status) && Enum.IsDefined(status) && !char.IsAsciiDigit(given[0]) ? status
        : throw new RefusedException(Refusal.Of(
            RefusalKind.InvalidInput, "training-status-unknown", "status", given, given, string.Join(", ", Enum.GetNames<ParticipantStatus>())));
}
