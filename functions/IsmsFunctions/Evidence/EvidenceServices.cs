using Microsoft.Extensions.DependencyInjection;

namespace IsmsFunctions.Evidence;

/// <summary>Registers the evidence store.</summary>
public static class EvidenceServices
{
    /// <summary>Adds the store and what it is made of.</summary>
    public static IServiceCollection AddEvidence(this IServiceCollection services) => services
        .AddSingleton<EvidenceBlobs>()
        .AddSingleton<EvidenceIndex>()
        .AddSingleton<Ledger>()
        .AddSingleton<EvidenceStore>()
        .AddSingleton<IEvidenceStore>(p => p.GetRequiredService<EvidenceStore>())
        .AddSingleton<AuditorGrants>()
        .AddSingleton<ReadLog>()
        .AddSingleton<EvidenceUploads>();
}
