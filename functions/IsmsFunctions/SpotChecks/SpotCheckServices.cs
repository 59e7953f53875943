using Microsoft.Extensions.DependencyInjection;

namespace IsmsFunctions.SpotChecks;

/// <summary>Registers spot-checks.</summary>
public static class SpotCheckServices
{
    /// <summary>Adds spot-checks to the app.</summary>
    public static IServiceCollection AddSpotChecks(this IServiceCollection services) => services
        .AddSingleton<SpotCheckStore>()
        .AddSingleton<ICollectedSummaries, CollectedSummaries>()
        .AddSingleton<SpotCheckMaking>();
}
