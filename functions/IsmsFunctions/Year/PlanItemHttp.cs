using Isms.Organizations;
using Isms.Rules;
using Isms.Year;
using IsmsFunctions.Hosting.Http;
using IsmsFunctions.Hosting.State;
using IsmsFunctions.Hosting.Workflows;
using IsmsFunctions.Organizations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace IsmsFunctions.Year;

/// <summary>What people do with plan items, over HTTP. The item's id in the route is the one within the year, such as <c>backup-check-m03</c>.</summary>
public sealed class PlanItemHttp(
    YearStore years, RequiredEvidence required, WorkflowGate gate, IWorkflowStarter workflows, OrganizationStore organizations, TimeProvider clock)
{
    private const string Route = "api/years/{fy}/items/{id}";

    /// <summary>An item: its state and history, its records with the evidence found for them, and what is possible now.</summary>
    [Function(nameof(GetPlanItem))]
    public async Task<IResult> GetPlanItem(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Route)] HttpRequest request, string fy, string id, CancellationToken cancellationToken) =>
        await AnswerAsync(request, await FindAsync(fy, id, cancellationToken), cancellationToken);

    /// <summary>Submits an item with its records.</summary>
    [Function(nameof(SubmitPlanItem))]
    public async Task<IResult> SubmitPlanItem(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Route + "/submit")] HttpRequest request,
        string fy,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        var body = await request.ReadOptionalBodyAsync<Remark>(cancellationToken);
        var item = await FindAsync(fy, id, cancellationToken);
        var found = await required.FindAsync(item.Value, cancellationToken);
        return await ApplyAsync(
            request, client, item, (i, o, who, at) => PlanItemRules.Submit(i, o, who, found, body?.Comment, at), cancellationToken);
    }

    /// <summary>Approves an item.</summary>
    [Function(nameof(ApprovePlanItem))]
    public async Task<IResult> ApprovePlanItem(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Route + "/approve")] HttpRequest request,
        string fy,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        var body = await request.ReadOptionalBodyAsync<Remark>(cancellationToken);
        var item = await FindAsync(fy, id, cancellationToken);
        return await ApplyAsync(request, client, item, (i, o, who, at) => PlanItemRules.Approve(i, o, who, body?.Comment, at), cancellationToken);
    }

    /// <summary>Gives an item back with a comment.</summary>
    [Function(nameof(ReturnPlanItem))]
    public async Task<IResult> ReturnPlanItem(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Route + "/return")] HttpRequest request,
        string fy,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        var body = await request.ReadBodyAsync<Remark>(cancellationToken);
        var item = await FindAsync(fy, id, cancellationToken);
        return await ApplyAsync(request, client, item, (i, o, who, at) => PlanItemRules.Return(i, o, who, body.Comment, at), cancellationToken);
    }

    /// <summary>Waives an item for a reason.</summary>
    [Function(nameof(WaivePlanItem))]
    public async Task<IResult> WaivePlanItem(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Route + "/waive")] HttpRequest request,
        string fy,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        var body = await request.ReadBodyAsync<Waiver>(cancellationToken);
        var item = await FindAsync(fy, id, cancellationToken);
        var answer = await ApplyAsync(request, client, item, (i, _, who, at) => PlanItemRules.Waive(i, who, body.Reason, at), cancellationToken);

        // An item that never opened has no workflow yet; its waiver has to be recorded all the same.
        await workflows.EnsureRunningAsync(client, YearStore.Item, item.Id, cancellationToken);
        return answer;
    }

    /// <summary>Gives an item another due date for a reason.</summary>
    [Function(nameof(ReschedulePlanItem))]
    public async Task<IResult> ReschedulePlanItem(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Route + "/reschedule")] HttpRequest request,
        string fy,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        var body = await request.ReadBodyAsync<Rescheduling>(cancellationToken);
        var item = await FindAsync(fy, id, cancellationToken);
        var year = (await years.FindStartedAsync(item.Value.FiscalYear, cancellationToken)).Value.ToFiscalYear();
        return await ApplyAsync(
            request,
            client,
            item,
            (i, o, who, at) => PlanItemRules.Reschedule(
                i, year, WorkingDays.Of(o), who, body.Due, body.Reason, OfficeTime.Of(o.TimeZone).DateAt(at), at),
            cancellationToken);
    }

    private async Task<Stored<PlanItem>> FindAsync(string fy, string id, CancellationToken cancellationToken)
    {
        var startMonth = (await organizations.GetAsync(cancellationToken)).FiscalYearStartMonth;
        var year = await years.FindStartedAsync(YearRules.Named(fy, startMonth).Value.Id, cancellationToken);
        return await years.FindItemAsync(year.Value.FiscalYear, id, cancellationToken);
    }

    private async Task<IResult> ApplyAsync(
        HttpRequest request,
        DurableTaskClient client,
        Stored<PlanItem> item,
        Func<PlanItem, Organization, Acting, DateTimeOffset, Outcome<PlanItem>> decide,
        CancellationToken cancellationToken)
    {
        var organization = await organizations.GetAsync(cancellationToken);
        var command = request.Command(clock);
        var acting = ActingRoles.Of(command.Actor, organization);
        var stored = await gate.ApplyAsync<PlanItem>(
            client, YearStore.Item, item.Id, command, i => decide(i, organization, acting, command.At), cancellationToken);
        return await AnswerAsync(request, stored, cancellationToken);
    }

    private async Task<IResult> AnswerAsync(HttpRequest request, Stored<PlanItem> item, CancellationToken cancellationToken)
    {
        var organization = await organizations.GetAsync(cancellationToken);
        var today = OfficeTime.Of(organization.TimeZone).DateAt(clock.GetUtcNow());

        // What was submitted rests on the evidence it was submitted with, whatever has been filed since.
        var isFiled = item.Value.State is not (PlanItemState.Scheduled or PlanItemState.Open or PlanItemState.Returned);
        var found = isFiled ? item.Value.Filed : await required.FindAsync(item.Value, cancellationToken);
        var supporting = await required.FindSupportingAsync(item.Value, cancellationToken);
        return Answers.Ok(request, item, YearViews.Detail(item.Value, found, supporting, organization, today));
    }

    private sealed record Remark(string? Comment = null);

    private sealed record Waiver(string? Reason = null);

    private sealed record Rescheduling(DateOnly Due, string? Reason = null);
}
