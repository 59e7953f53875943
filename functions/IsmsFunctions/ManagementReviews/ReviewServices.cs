using IsmsFunctions.ManagementReviews.Sources;
using Microsoft.Extensions.DependencyInjection;

namespace IsmsFunctions.ManagementReviews;

/// <summary>Registers the inputs of management reviews.</summary>
public static class ReviewServices
{
    /// <summary>Adds the inputs that come from what the app keeps anyway; other capabilities add theirs.</summary>
    public static IServiceCollection AddManagementReviews(this IServiceCollection services) => services
        .AddSingleton<ReviewEvidence>()
        .AddSingleton<IReviewInputSource, PlanInputs>()
        .AddSingleton<IReviewInputSource, ActionInputs>()
        .AddSingleton<IReviewInputSource, AuditInputs>()
        .AddSingleton<IReviewInputSource, RegisterInputSource>();
}
