using Isms.Objectives;
using Isms.Rules;
using Isms.Year;
using IsmsFunctions.Evidence;
using IsmsFunctions.Hosting.Http;
using IsmsFunctions.Hosting.Workflows;
using IsmsFunctions.Registers;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace IsmsFunctions.Objectives;

/// <summary>Measuring on demand, entering values, and having the sheet recorded.</summary>
public sealed class KpiCommandsHttp(
    KpiStore store, KpiMeasuring measuring, ObjectiveRegister register, RegisterStore registers, RegisterDesk desk, WorkflowGate gate, IEvidenceStore evidence, TimeProvider clock)
{
    private const int MostEvidence = 20;

    /// <summary>Enters the value of an objective for a quarter. In place of what the system measured it needs a reason; both stay on record.</summary>
    [Function(nameof(EnterKpiValue))]
    public async Task<IResult> EnterKpiValue(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/kpis/{id}/measurements")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        var body = await request.ReadBodyAsync<EnteredValue>(cancellationToken);
        var visit = await desk.ReceiveAsync(request, cancellationToken);
        var command = request.Command(clock);
        var quarter = QuarterOf(body.Quarter, visit);
        await CheckAsync(id, visit, cancellationToken);
        await CheckAsync(body.Evidence ?? [], cancellationToken);
        var stored = await store.FindOrStartAsync(client, quarter, null, command.Actor.PersonId, cancellationToken);
        if (stored.Value.Lines.All(l => l.Objective.Id != id || (l.Objective.Measure is not null && l.System is null)))
        {
            stored = await measuring.MeasureAsync(stored, YearPlanning.System, null, cancellationToken);
        }

        var entry = new KpiEntry(body.Value, command.Actor.PersonId, command.At, body.Evidence ?? [], body.Reason);
        var entered = await gate.ApplyAsync<KpiMeasurement>(client, KpiStore.Kind, stored.Id, command, m => KpiRules.ValueIsEntered(m, id, entry), cancellationToken);
        await register.WriteAsync(entered.Value, command.Actor.PersonId, cancellationToken);
        await store.WakeAsync(client, entered, cancellationToken);
        return Answers.Ok(request, entered, MeasurementView.Of(entered.Value));
    }

    /// <summary>Measures a quarter now (<c>?quarter=FY2026-q1</c>, by default the present one); values that people entered stay.</summary>
    [Function(nameof(MeasureKpis))]
    public async Task<IResult> MeasureKpis(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/kpis/measure")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        var (visit, command, quarter) = await ReceiveAsync(request, cancellationToken);
        var stored = await store.FindOrStartAsync(client, quarter, null, command.Actor.PersonId, cancellationToken);
        var measured = await measuring.MeasureAsync(stored, visit.Actor.PersonId, command.IdempotencyKey, cancellationToken);
        await store.WakeAsync(client, measured, cancellationToken);
        return Answers.Ok(request, measured, MeasurementView.Of(measured.Value));
    }

    /// <summary>Has the sheet of a quarter recorded before its day (<c>?quarter=</c>); a reason is due where values are missing.</summary>
    [Function(nameof(RecordKpis))]
    public async Task<IResult> RecordKpis(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/kpis/record")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        var remark = await request.ReadOptionalBodyAsync<RecordingWish>(cancellationToken);
        var (_, command, quarter) = await ReceiveAsync(request, cancellationToken);
        var id = KpiMeasurement.IdOf(quarter);
        await store.GetAsync(id, cancellationToken);
        var ordered = await gate.ApplyAsync<KpiMeasurement>(
            client, KpiStore.Kind, id, command, m => KpiRules.RecordingIsOrdered(m, command.Actor.PersonId, remark?.Reason, command.At), cancellationToken);
        await store.WakeAsync(client, ordered, cancellationToken);
        return Answers.Accepted(request, $"/kpi-measurements/{id}", MeasurementView.Of(ordered.Value));
    }

    private async Task<(RegisterVisit Visit, CommandContext Command, FiscalQuarter Quarter)> ReceiveAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var visit = await desk.ReceiveAsync(request, cancellationToken);
        return visit.Access.KeepsAll
            ? (visit, request.Command(clock), QuarterOf(request.Query["quarter"].FirstOrDefault(), visit))
            : throw new RefusedException(Refusal.Of(RefusalKind.NotAllowed, "kpi-keepers-only"));
    }

    private FiscalQuarter QuarterOf(string? text, RegisterVisit visit)
    {
        var organization = visit.Organization;
        var today = OfficeTime.Of(organization.TimeZone).DateAt(clock.GetUtcNow());
        if (text is null)
        {
            return FiscalQuarter.Of(today, organization.FiscalYearStartMonth);
        }

        return !FiscalQuarter.TryParse(text, organization.FiscalYearStartMonth, out var quarter)
            ? throw new RefusedException(Refusal.Of(RefusalKind.InvalidInput, "kpi-quarter-malformed", "quarter", text, text))
            : quarter.From <= today ? quarter
            : throw new RefusedException(Refusal.Of(RefusalKind.RuleBroken, "kpi-quarter-not-begun", "quarter", text, KpiTexts.NameOf(quarter), quarter.From));
    }

    /// <summary>An objective's value is entered by its owner, or by who may keep its entry.</summary>
    private async Task CheckAsync(string objective, RegisterVisit visit, CancellationToken cancellationToken)
    {
        var book = await registers.ReadAsync(cancellationToken);
        if (book.Find(ObjectiveFields.Register, objective) is not { IsDeleted: false } entry)
        {
            throw new RefusedException(Refusal.Of(RefusalKind.NotFound, "unknown-kpi", "id", objective, objective));
        }

        if (entry["owner"] != visit.Actor.PersonId && visit.Access.MayNotKeep(visit.Definition(ObjectiveFields.Register), entry.Values) is not null)
        {
            throw new RefusedException(Refusal.Of(RefusalKind.NotAllowed, "kpi-not-yours", "id", objective, objective));
        }
    }

    private async Task CheckAsync(IReadOnlyList<string> named, CancellationToken cancellationToken)
    {
        if (named.Count > MostEvidence)
        {
            throw new RefusedException(Refusal.Of(RefusalKind.InvalidInput, "too-many-clauses", "evidence", null, "evidence", MostEvidence));
        }

        foreach (var id in named)
        {
            if (await evidence.FindAsync(id, cancellationToken) is null)
            {
                throw new RefusedException(Refusal.Of(RefusalKind.InvalidInput, "kpi-evidence-unknown", "evidence", id, id));
            }
        }
    }

    private sealed record EnteredValue(decimal Value, string? Quarter = null, IReadOnlyList<string>? Evidence = null, string? Reason = null);

    private sealed record RecordingWish(string? Reason = null);
}
