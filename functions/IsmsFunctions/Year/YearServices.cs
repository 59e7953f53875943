using Isms.Year;
using IsmsFunctions.Hosting.Workflows;
using IsmsFunctions.Organizations;
using Microsoft.Extensions.DependencyInjection;

namespace IsmsFunctions.Year;

/// <summary>Registers the year.</summary>
public static class YearServices
{
    /// <summary>Adds years and plan items, and the workflows that work on them.</summary>
    public static IServiceCollection AddYear(this IServiceCollection services)
    {
        // Read now: a mistake in the catalogue is an app that does not start, rather than a year planned wrongly.
        _ = PlanCatalogue.Standard;
        return services
            .AddSingleton<YearStore>()
            .AddSingleton<YearPlanner>()
            .AddSingleton<YearPlans>()
            .AddSingleton<NextYear>()
            .AddSingleton<YearSummaries>()
            .AddSingleton<ISettingsListener, ItemsInHand>()
            .AddSingleton<RequiredEvidence>()
            .AddSingleton<PlanItemRecords>()
            .AddSingleton<IPlannedWork, PlannedAudit>()
            .AddWorkflow(YearStore.Year, nameof(YearOrchestrator), id => new YearCheckpoint(id))
            .AddWorkflow(YearStore.Item, nameof(PlanItemOrchestrator), id => new PlanItemCheckpoint(id, DateTimeOffset.MinValue));
    }
}
