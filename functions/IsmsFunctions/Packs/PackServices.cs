using IsmsFunctions.Hosting.Workflows;
using Microsoft.Extensions.DependencyInjection;

namespace IsmsFunctions.Packs;

/// <summary>Registers packs.</summary>
public static class PackServices
{
    /// <summary>Adds the making and downloading of packs.</summary>
    public static IServiceCollection AddPacks(this IServiceCollection services) => services
        .AddSingleton<PackBlobs>()
        .AddSingleton<PackStore>()
        .AddSingleton<PackPlanner>()
        .AddSingleton<PackFinisher>()
        .AddSingleton<PackStarter>()
        .AddSingleton<PackSending>()
        .AddSingleton<PackLinks>()
        .AddWorkflow(PackStore.Kind, nameof(PackOrchestrator.RunPack), id => new PackCheckpoint(id));
}
