using IsmsFunctions.Hosting.Workflows;
using IsmsFunctions.Year;
using Microsoft.Extensions.DependencyInjection;

namespace IsmsFunctions.AccessReviews;

/// <summary>Registers reviews of access rights.</summary>
public static class AccessReviewServices
{
    /// <summary>Adds reviews of access rights to the app.</summary>
    public static IServiceCollection AddAccessReviews(this IServiceCollection services) => services
        .AddSingleton<AccessReviewStore>()
        .AddSingleton<AccessReviewSheets>()
        .AddSingleton<SnapshotReader>()
        .AddSingleton<AccessReviewStarter>()
        .AddSingleton<IPlannedWork, PlannedAccessReview>()
        .AddWorkflow(AccessReviewStore.Kind, nameof(AccessReviewOrchestrator.RunAccessReview), id => new AccessReviewCheckpoint(id));
}
