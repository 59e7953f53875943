using Isms.Objectives;
using Isms.Rules;
using Isms.Year;
using IsmsFunctions.Hosting.Http;
using IsmsFunctions.Registers;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace IsmsFunctions.Objectives;

/// <summary>Whether controls are effective: shown, judged, and put on record.</summary>
public sealed class EffectivenessHttp(EffectivenessDesk desk, RegisterDesk registers, TimeProvider clock)
{
    /// <summary>The applicable controls of a fiscal year (<c>?fy=</c>, by default the present one): evidence, figures, doubts, and the judgement.</summary>
    [Function(nameof(GetEffectiveness))]
    public async Task<IResult> GetEffectiveness(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/effectiveness")] HttpRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var visit = await registers.ReceiveAsync(request, cancellationToken);
        var year = YearOf(request.Query["fy"].FirstOrDefault(), visit);
        var controls = await desk.CompileAsync(year, visit.Organization, cancellationToken);
        return Answers.Ok(Overview.Of(year, controls, await desk.ReviewAsync(year.Id, cancellationToken)));
    }

    /// <summary>Judges a control: confirms what is proposed, or judges otherwise for a reason.</summary>
    [Function(nameof(JudgeControl))]
    public async Task<IResult> JudgeControl(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/effectiveness/{control}/judgement")] HttpRequest request,
        string control,
        CancellationToken cancellationToken)
    {
        var body = await request.ReadBodyAsync<JudgementBody>(cancellationToken);
        var visit = await KeeperAsync(request, cancellationToken);
        var command = request.Command(clock);
        var year = YearOf(body.Fy, visit);
        var judged = (await desk.CompileAsync(year, visit.Organization, cancellationToken)).FirstOrDefault(c => c.Row.Control.Id == control)
            ?? throw new RefusedException(Refusal.Of(RefusalKind.NotFound, "control-not-applicable", "control", control, control));
        var review = await desk.ChangeAsync(
            year.Id, r => r.Judge(judged, body.Judgement, body.Reason, command.Actor.PersonId, command.At).Value, command.IdempotencyKey, cancellationToken);
        return Answers.Ok(ControlView.Of(judged, review));
    }

    /// <summary>Records the sheet; who has it recorded confirms the judgements that nobody changed.</summary>
    [Function(nameof(RecordEffectiveness))]
    public async Task<IResult> RecordEffectiveness(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/effectiveness/record")] HttpRequest request, CancellationToken cancellationToken)
    {
        var body = await request.ReadOptionalBodyAsync<SheetBody>(cancellationToken);
        var visit = await KeeperAsync(request, cancellationToken);
        var command = request.Command(clock);
        var year = YearOf(body?.Fy, visit);
        var controls = await desk.CompileAsync(year, visit.Organization, cancellationToken);
        if (controls.Count == 0)
        {
            throw new RefusedException(Refusal.Of(RefusalKind.RuleBroken, "effectiveness-nothing-applies"));
        }

        var review = await desk.ChangeAsync(year.Id, r => r.IsRecorded(command.Actor.PersonId, command.At), command.IdempotencyKey, cancellationToken);
        var recorded = await desk.RecordAsync(year, review, controls, visit.Organization, cancellationToken);
        return Answers.Created(request, $"/evidence/{recorded.Id}", new RecordedSheet(recorded.Id, recorded.Subject, controls.Count));
    }

    private async Task<RegisterVisit> KeeperAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var visit = await registers.ReceiveAsync(request, cancellationToken);
        return visit.Access.KeepsAll ? visit : throw new RefusedException(Refusal.Of(RefusalKind.NotAllowed, "kpi-keepers-only"));
    }

    private FiscalYear YearOf(string? name, RegisterVisit visit) => name is null
        ? FiscalYear.Of(OfficeTime.Of(visit.Organization.TimeZone).DateAt(clock.GetUtcNow()), visit.Organization.FiscalYearStartMonth)
        : YearRules.Named(name, visit.Organization.FiscalYearStartMonth).Value;

    private sealed record JudgementBody(ControlJudgement Judgement, string? Reason = null, string? Fy = null);

    private sealed record SheetBody(string? Fy = null);

    private sealed record RecordedSheet(string Evidence, string? Subject, int Controls);

    private sealed record Overview(string FiscalYear, int Effective, int Partly, int NotShown, IReadOnlyList<ControlView> Items)
    {
        public static Overview Of(FiscalYear year, IReadOnlyList<ControlEffectiveness> controls, EffectivenessReview review)
        {
            var views = controls.Select(c => ControlView.Of(c, review)).ToList();
            int Count(ControlJudgement judgement) => views.Count(v => v.Judgement == judgement);
            return new Overview(year.Id, Count(ControlJudgement.Effective), Count(ControlJudgement.Partly), Count(ControlJudgement.NotShown), views);
        }
    }
}
