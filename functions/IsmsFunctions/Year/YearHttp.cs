using System.Globalization;
using Isms.Rules;
using Isms.Year;
using IsmsFunctions.Hosting.Http;
using IsmsFunctions.Hosting.Identity;
using IsmsFunctions.Hosting.State;
using IsmsFunctions.Organizations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace IsmsFunctions.Year;

/// <summary>Years over HTTP.</summary>
public sealed class YearHttp(YearStore years, YearPlanner planner, OrganizationStore organizations, TimeProvider clock)
{
    /// <summary>Starts a year. Starting one that runs already answers the same.</summary>
    [Function(nameof(StartYear))]
    public async Task<IResult> StartYear(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/years/{fy}/start")] HttpRequest request,
        string fy,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        var year = await planner.StartAsync(fy, Actor.Of(request), client, cancellationToken);
        return Answers.Accepted(request, $"/years/{year.Value.FiscalYear}", await ViewAsync(year, withItems: false, cancellationToken));
    }

    /// <summary>All years that were started, oldest first.</summary>
    [Function(nameof(ListYears))]
    public async Task<IResult> ListYears(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/years")] HttpRequest request, CancellationToken cancellationToken)
    {
        var views = new List<YearView>();
        foreach (var year in await years.AllAsync(cancellationToken))
        {
            views.Add(await ViewAsync(year, withItems: false, cancellationToken));
        }

        return Answers.Ok(new YearList(views));
    }

    /// <summary>A year with its progress and items.</summary>
    [Function(nameof(GetYear))]
    public async Task<IResult> GetYear(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/years/{fy}")] HttpRequest request, string fy, CancellationToken cancellationToken)
    {
        var year = await years.FindStartedAsync(await NamedAsync(fy, cancellationToken), cancellationToken);
        return Answers.Ok(request, year, await ViewAsync(year, withItems: true, cancellationToken));
    }

    /// <summary>
    /// The year's items by <c>?state=</c>, <c>?responsible=</c> (a person's id or a role), and <c>?due=</c> (due by that date), a page at a time
    /// (<c>?top=&amp;continuationToken=</c>).
    /// </summary>
    [Function(nameof(ListPlanItems))]
    public async Task<IResult> ListPlanItems(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/years/{fy}/items")] HttpRequest request, string fy, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var year = await years.FindStartedAsync(await NamedAsync(fy, cancellationToken), cancellationToken);
        var (state, due) = (StateOf(request.Query["state"]), DateOf(request.Query["due"]));
        var responsible = request.Query["responsible"].ToString();
        var organization = await organizations.GetAsync(cancellationToken);
        var today = OfficeTime.Of(organization.TimeZone).DateAt(clock.GetUtcNow());
        var page = PageRequest.Of(request, PlanItem.InstancePrefixOf(year.Value.FiscalYear));
        var lines = years.ItemsAfterAsync(year.Value.FiscalYear, page.After, cancellationToken)
            .Select(i => YearViews.Line(i.Value, organization, today))
            .Where(i => state is null || i.State == state)
            .Where(i => due is null || i.DueOn <= due)
            .Where(i => responsible.Length == 0 || i.ResponsiblePeople.Contains(responsible)
                || i.Responsible.ToString().Equals(responsible, StringComparison.OrdinalIgnoreCase));
        return Answers.Ok(await page.TakeAsync(lines, i => i.Instance, cancellationToken));
    }

    private async Task<YearView> ViewAsync(Stored<ManagementYear> year, bool withItems, CancellationToken cancellationToken)
    {
        var organization = await organizations.GetAsync(cancellationToken);
        var today = OfficeTime.Of(organization.TimeZone).DateAt(clock.GetUtcNow());
        var items = await years.ItemsAsync(year.Value.FiscalYear, cancellationToken);
        return YearViews.Of(year.Value, [.. items.Select(i => i.Value)], organization, today, withItems);
    }

    private async Task<string> NamedAsync(string fy, CancellationToken cancellationToken) =>
        YearRules.Named(fy, (await organizations.GetAsync(cancellationToken)).FiscalYearStartMonth).Value.Id;

    private static PlanItemState? StateOf(string? given)
    {
        if (string.IsNullOrEmpty(given))
        {
            return null;
        }

        return Enum.GetNames<PlanItemState>().Contains(given, StringComparer.OrdinalIgnoreCase)
            ? Enum.Parse<PlanItemState>(given, ignoreCase: true)
            : throw new RefusedException(Refusal.Of(
                RefusalKind.InvalidInput, "item-filter-unknown", "state", given, given, string.Join(", ", Enum.GetNames<PlanItemState>())));
    }

    private static DateOnly? DateOf(string? given)
    {
        if (string.IsNullOrEmpty(given))
        {
            return null;
        }

        return DateOnly.TryParseExact(given, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? date
            : throw new RefusedException(Refusal.Of(RefusalKind.InvalidInput, "date-malformed", "due", given, given));
    }

    private sealed record YearList(IReadOnlyList<YearView> Items);
}
