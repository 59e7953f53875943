using IsmsFunctions.Evidence;
using IsmsFunctions.Hosting.Workflows;
using Microsoft.Extensions.DependencyInjection;

namespace IsmsFunctions.Retention;

/// <summary>Registers retention and disposal.</summary>
public static class RetentionServices
{
    /// <summary>Adds the policy, legal holds and disposals.</summary>
    public static IServiceCollection AddRetention(this IServiceCollection services) => services
        .AddSingleton<RetentionStore>()
        .AddSingleton<IDisposedItems, DisposedItems>()
        .AddWorkflow(RetentionStore.DisposalKind, nameof(DisposalOrchestrator.RunDisposal), id => new DisposalCheckpoint(id));
}
